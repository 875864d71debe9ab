// SPDX-License-Identifier: EUPL-1.2
//! What waits to be said to one page: a bounded queue between a room and a session.

use shared::ServerMessage;
use thiserror::Error;
use tokio::sync::{mpsc, oneshot};

/// The room's end. Dropped, the session says what still waits and ends.
#[derive(Debug)]
pub struct Outbox {
    messages: mpsc::Sender<ServerMessage>,
    cut: oneshot::Sender<()>,
}

/// The session's end.
#[derive(Debug)]
pub struct Outgoing {
    messages: mpsc::Receiver<ServerMessage>,
    cut: oneshot::Receiver<()>,
}

/// The page does not take its messages in time.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[error("cannot send message: the outbox is full")]
pub struct Slow;

/// Opens a queue for this many messages. When it is full the page is [`Slow`]; nothing is dropped
/// silently, because a page that misses a change is wrong from there on.
pub fn outbox(len: usize) -> (Outbox, Outgoing) {
    let (sender, receiver) = mpsc::channel(len.max(1));
    let (cut, is_cut) = oneshot::channel();
    (Outbox { messages: sender, cut }, Outgoing { messages: receiver, cut: is_cut })
}

impl Outbox {
    /// Says something, without waiting. A page that is already gone hears nothing.
    pub fn say(&self, message: ServerMessage) -> Result<(), Slow> {
        match self.messages.try_send(message) {
            Ok(()) | Err(mpsc::error::TrySendError::Closed(_)) => Ok(()),
            Err(mpsc::error::TrySendError::Full(_)) => Err(Slow),
        }
    }

    /// Ends the session as slow, whatever still waits.
    pub fn cut(self) {
        if self.cut.send(()).is_err() {
            tracing::debug!("a slow session had already ended");
        }
    }
}

impl Outgoing {
    /// Splits off what tells that the room cut the session off.
    pub(super) fn into_parts(self) -> (mpsc::Receiver<ServerMessage>, oneshot::Receiver<()>) {
        (self.messages, self.cut)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_was_said_before_the_end_is_heard() {
        let (outbox, outgoing) = outbox(2);
        assert_eq!(outbox.say(ServerMessage::TransportLost {}), Ok(()));
        drop(outbox);
        let (mut messages, _cut) = outgoing.into_parts();
        assert_eq!(messages.recv().await, Some(ServerMessage::TransportLost {}));
        assert_eq!(messages.recv().await, None);
    }

    #[tokio::test]
    async fn a_page_that_reads_nothing_is_slow() {
        let (outbox, outgoing) = outbox(1);
        assert_eq!(outbox.say(ServerMessage::TransportLost {}), Ok(()));
        assert_eq!(outbox.say(ServerMessage::TransportLost {}), Err(Slow));
        outbox.cut();
        assert!(outgoing.into_parts().1.await.is_ok());
    }
}

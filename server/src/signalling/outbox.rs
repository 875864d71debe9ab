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
    /// Says something, without waiting. A page that is already gone hears nothing. One that lags does not hear
    /// what is for the moment: many who write in real time cut nobody off, and the next key says it all.
    pub fn say(&self, message: ServerMessage) -> Result<(), Slow> {
        if is_for_the_moment(&message)
            && self.messages.capacity() <= self.messages.max_capacity().div_euclid(2)
        {
            return Ok(());
        }
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

/// Whether nobody is wrong from there on who missed this.
const fn is_for_the_moment(message: &ServerMessage) -> bool {
    matches!(message, ServerMessage::Rtt { .. } | ServerMessage::Reaction { .. })
}

impl Outgoing {
    /// Splits off what tells that the room cut the session off.
    pub(super) fn into_parts(self) -> (mpsc::Receiver<ServerMessage>, oneshot::Receiver<()>) {
        (self.messages, self.cut)
    }
}

#[cfg(test)]
mod tests {
    use shared::{LiveLine, ParticipantId, Reaction, RoomSecret, SealedLine, SealedReaction};

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
    async fn what_is_for_the_moment_makes_nobody_slow() {
        let key = RoomSecret::from_random([1; 32]);
        let to = (key.moderator_key().room_id(), ParticipantId(1));
        let key = key.invitation_key();
        let participant = ParticipantId(1);
        let reaction = SealedReaction::seal(Reaction::Heart, &key, to, [5; 12]);
        let line = SealedLine::seal(&LiveLine::from_typed("Hello"), &key, to, [5; 12]);
        let (outbox, outgoing) = outbox(4);
        for _ in 0..3 {
            let line = line.clone();
            assert_eq!(outbox.say(ServerMessage::Rtt { participant, line }), Ok(()));
            let reaction = reaction.clone();
            assert_eq!(outbox.say(ServerMessage::Reaction { participant, reaction }), Ok(()));
        }
        assert_eq!(outbox.say(ServerMessage::TransportLost {}), Ok(()));
        drop(outbox);
        let (mut messages, _cut) = outgoing.into_parts();
        assert_eq!(messages.recv().await, Some(ServerMessage::Rtt { participant, line }));
        assert_eq!(messages.recv().await, Some(ServerMessage::Reaction { participant, reaction }));
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

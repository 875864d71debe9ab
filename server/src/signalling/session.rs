// SPDX-License-Identifier: EUPL-1.2
//! One WebSocket, one task: reads, writes, pings, and says goodbye.

use axum::extract::ws::{CloseFrame, Message};
use futures::{Sink, SinkExt as _, Stream, StreamExt as _};
use shared::{ClientMessage, CloseReason, MAX_MESSAGE_LEN, Refusal, ServerMessage};
use tokio::{
    sync::{mpsc, oneshot, watch},
    time::{MissedTickBehavior, interval, sleep, timeout},
};

use super::{
    close::{code_after, code_of},
    limit::SessionLimits,
    outbox::{Outbox, Outgoing},
    spelling,
};
use crate::{
    bucket::TokenBucket,
    clock::Clock,
    room::{SessionId, SourceKey},
};

/// What a room hears of a session.
#[derive(Debug)]
pub enum SessionEvent {
    /// It is open; from where it came, and where it listens.
    Opened(SessionId, SourceKey, Outbox),
    /// The page said something; parsed and within its limits.
    Said(SessionId, ClientMessage),
    /// The page broke the protocol: it is over, and what it had come to ends with it.
    Broke(SessionId),
    /// It is over, whoever else ended it.
    Gone(SessionId),
}

/// Everything that a session needs beside its socket.
#[derive(Debug)]
pub struct Session {
    /// Its name.
    pub id: SessionId,
    /// Where the room listens. When it is full the session reads no further: the page waits.
    pub inbox: mpsc::Sender<SessionEvent>,
    /// Becomes true when the server stops.
    pub stopping: watch::Receiver<bool>,
    /// For the message limit.
    pub clock: Clock,
    /// How much the page may say, and how long it may be silent.
    pub limits: SessionLimits,
}

/// Why a session ends, as far as the page is told.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Ending {
    /// Nobody is left to be told.
    Gone,
    /// The room's last message said it; this is its close code.
    Said(u16),
    /// To be said.
    Unsaid(CloseReason),
    /// The same, for a frame that cannot be read; what comes after it cannot be read either.
    Unreadable,
}

impl Session {
    /// Runs until one of page, room and server ends it.
    ///
    /// The room hears of the end before the page does: what takes time is the goodbye.
    pub async fn run<S, E>(self, mut socket: S, outgoing: Outgoing)
    where
        S: Stream<Item = Result<Message, E>> + Sink<Message> + Unpin,
    {
        let (messages, cut) = outgoing.into_parts();
        let ending = {
            let (mut sink, mut stream) = (&mut socket).split();
            tokio::select! {
                biased;
                () = stopped(self.stopping.clone()) => Ending::Unsaid(CloseReason::Stopping),
                () = was_cut(cut) => Ending::Unsaid(CloseReason::Slow),
                ending = self.write(&mut sink, messages) => ending,
                ending = self.read(&mut stream) => ending,
            }
        };
        tracing::debug!(session = self.id.0, ?ending, "session ends");
        let event = match ending {
            Ending::Unsaid(CloseReason::Protocol | CloseReason::Flood) => {
                SessionEvent::Broke(self.id)
            }
            // An unreadable frame can be a broken line: then the seat is kept.
            Ending::Gone | Ending::Said(_) | Ending::Unsaid(_) | Ending::Unreadable => {
                SessionEvent::Gone(self.id)
            }
        };
        if self.inbox.send(event).await.is_err() {
            tracing::debug!(session = self.id.0, "the room ended before");
        }
        // A room without connections can be forgotten; it need not wait for the goodbye.
        drop(self.inbox);
        say_goodbye(socket, ending, &self.limits).await;
    }

    async fn read<E>(
        &self,
        stream: &mut (impl Stream<Item = Result<Message, E>> + Unpin),
    ) -> Ending {
        let mut bucket = TokenBucket::new(self.limits.burst, self.limits.refill);
        loop {
            let Ok(received) = timeout(self.limits.silence, stream.next()).await else {
                return Ending::Gone;
            };
            let text = match received {
                None | Some(Ok(Message::Close(_))) => return Ending::Gone,
                // Either the frame is broken, or the connection: then nobody hears of it.
                Some(Err(_)) => return Ending::Unreadable,
                Some(Ok(Message::Binary(_))) => return Ending::Unsaid(CloseReason::Protocol),
                Some(Ok(Message::Text(text))) => text,
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {
                    // A flood of pings is a flood. Answers to ours come far more rarely.
                    if bucket.take(self.clock.now()) {
                        continue;
                    }
                    return Ending::Unsaid(CloseReason::Flood);
                }
            };
            if !bucket.take(self.clock.now()) {
                return Ending::Unsaid(CloseReason::Flood);
            }
            if text.len() > MAX_MESSAGE_LEN {
                return Ending::Unsaid(CloseReason::Protocol);
            }
            let Some(message) = spelling::read(&text) else {
                return Ending::Unsaid(CloseReason::Protocol);
            };
            if self.inbox.send(SessionEvent::Said(self.id, message)).await.is_err() {
                return Ending::Unsaid(CloseReason::Internal);
            }
        }
    }

    async fn write(
        &self,
        sink: &mut (impl Sink<Message> + Unpin),
        mut messages: mpsc::Receiver<ServerMessage>,
    ) -> Ending {
        let mut pings = interval(self.limits.ping_every);
        pings.set_missed_tick_behavior(MissedTickBehavior::Delay);
        // The room drops its end after the last word; without one, it has failed.
        let mut ending = Ending::Unsaid(CloseReason::Internal);
        loop {
            let frame = tokio::select! {
                biased;
                message = messages.recv() => {
                    let Some(message) = message else { return ending };
                    if let Some(code) = code_after(&message) {
                        ending = Ending::Said(code);
                    }
                    let Ok(text) = serde_json::to_string(&message) else {
                        return Ending::Unsaid(CloseReason::Internal);
                    };
                    Message::Text(text.into())
                }
                _ = pings.tick() => Message::Ping(Vec::new().into()),
            };
            if sink.send(frame).await.is_err() {
                return Ending::Gone;
            }
        }
    }
}

/// Says no to a page that no room has heard of.
pub async fn refuse<S, E>(mut socket: S, reason: Refusal, limits: &SessionLimits)
where
    S: Stream<Item = Result<Message, E>> + Sink<Message> + Unpin,
{
    let message = ServerMessage::Refused { reason, pause: 0 };
    let Some(code) = code_after(&message) else { return };
    if timeout(limits.farewell, say(&mut socket, &message)).await == Ok(true) {
        say_goodbye(socket, Ending::Said(code), limits).await;
    }
}

/// Says why, closes, and lets the page close too: a connection that is dropped while bytes of the
/// page are on their way is reset, and with it goes what the page has not yet read.
async fn say_goodbye<S, E>(mut socket: S, ending: Ending, limits: &SessionLimits)
where
    S: Stream<Item = Result<Message, E>> + Sink<Message> + Unpin,
{
    let (unsaid, code) = match ending {
        Ending::Gone => return,
        Ending::Said(code) => (None, code),
        Ending::Unsaid(reason) => (Some(reason), code_of(reason)),
        Ending::Unreadable => (Some(CloseReason::Protocol), code_of(CloseReason::Protocol)),
    };
    let said = timeout(limits.farewell, async {
        if let Some(reason) = unsaid
            && !say(&mut socket, &ServerMessage::Closed { reason }).await
        {
            return false;
        }
        let frame = CloseFrame { code, reason: "".into() };
        socket.send(Message::Close(Some(frame))).await.is_ok()
    });
    if said.await == Ok(true) {
        tokio::select! {
            () = until_closed(&mut socket), if ending != Ending::Unreadable => {}
            () = sleep(limits.farewell) => {}
        }
    }
}

async fn say(socket: &mut (impl Sink<Message> + Unpin), message: &ServerMessage) -> bool {
    match serde_json::to_string(message) {
        Ok(text) => socket.send(Message::Text(text.into())).await.is_ok(),
        Err(_) => false,
    }
}

/// Reads on until the page has closed.
async fn until_closed<S, E>(socket: &mut S)
where
    S: Stream<Item = Result<Message, E>> + Unpin,
{
    while let Some(Ok(_)) = socket.next().await {}
}

async fn stopped(mut stopping: watch::Receiver<bool>) {
    // Who could stop the server is gone: so is the server.
    drop(stopping.wait_for(|stopping| *stopping).await);
}

async fn was_cut(cut: oneshot::Receiver<()>) {
    if cut.await.is_err() {
        // The room dropped its end: what was said before is still to be written.
        core::future::pending::<()>().await;
    }
}

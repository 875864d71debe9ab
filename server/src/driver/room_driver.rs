// SPDX-License-Identifier: EUPL-1.2
//! Runs one room: a batch in, the deadline, effects out.

use shared::Timestamp;
use tokio::sync::{mpsc, watch};

use super::{
    perform::{RoomNumber, World},
    rooms::INBOX_LEN,
};
use crate::{
    clock::Clock,
    metrics::Share,
    room::{Effect, Input, Room},
    signalling::SessionEvent,
    transport::TransportEvent,
};

/// Owns one room and everything that it may touch.
#[derive(Debug)]
pub(super) struct RoomDriver {
    pub(super) room: Room,
    pub(super) inbox: mpsc::Receiver<SessionEvent>,
    /// The other end of the inbox, to keep it open by.
    pub(super) own: mpsc::WeakSender<SessionEvent>,
    /// Held while the room has people or keeps seats: without it an empty room could not be found
    /// again by those who return.
    pub(super) kept_open: Option<mpsc::Sender<SessionEvent>>,
    pub(super) transports: mpsc::Receiver<TransportEvent>,
    pub(super) world: World,
    pub(super) clock: Clock,
    /// When the server goes out of service, once that is decided.
    pub(super) closing: watch::Receiver<Option<Timestamp>>,
    pub(super) share: Share,
}

impl RoomDriver {
    /// Runs until nobody can reach the room any more.
    pub(super) async fn run(mut self) -> RoomNumber {
        let mut batch = Vec::with_capacity(INBOX_LEN);
        loop {
            let retry = self.world.retry_at(self.clock.now());
            let deadline = self.room.deadline().into_iter().chain(retry).min();
            tokio::select! {
                received = self.inbox.recv_many(&mut batch, INBOX_LEN) => if received == 0 { break },
                Some(event) = self.transports.recv() => {
                    if let Some(input) = self.world.input_of(event) {
                        self.turn(input);
                    }
                }
                () = self.clock.wait_until(deadline) => self.turn(Input::Timeout),
                Ok(()) = self.closing.changed() => {
                    let until = *self.closing.borrow_and_update();
                    if let Some(until) = until {
                        self.turn(Input::Closing(until));
                    }
                }
            }
            for event in batch.drain(..) {
                self.hear(event);
            }
            self.world.retry();
            self.share.account(self.room.people(), self.room.counts());
        }
        self.world.close_everything();
        let counts = self.room.counts();
        if !counts.is_nothing() {
            tracing::debug!(room = self.world.number().0, ?counts, "what the room did not do");
        }
        self.world.number()
    }

    fn hear(&mut self, event: SessionEvent) {
        let input = match event {
            SessionEvent::Opened(session, source, outbox) => {
                self.world.greet(session, outbox);
                self.kept_open = self.own.upgrade();
                Input::Connected(session, source)
            }
            SessionEvent::Said(session, message) => Input::Message(session, message),
            SessionEvent::Broke(session) => {
                self.world.part(session);
                Input::Violated(session)
            }
            SessionEvent::Gone(session) => {
                self.world.part(session);
                Input::Disconnected(session)
            }
        };
        self.turn(input);
    }

    /// One input, and every input that performing its effects brought about.
    fn turn(&mut self, input: Input) {
        let now = self.clock.now();
        let mut next = Some(input);
        while let Some(input) = next {
            tracing::trace!(room = self.world.number().0, ?input);
            for effect in self.room.handle(now, input) {
                tracing::trace!(room = self.world.number().0, ?effect);
                if effect == Effect::Stop {
                    self.kept_open = None;
                } else {
                    self.world.perform(effect);
                }
            }
            next = self.world.next_input();
        }
    }
}

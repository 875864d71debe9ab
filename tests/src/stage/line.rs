// SPDX-License-Identifier: EUPL-1.2
//! The lines between pages and room: slow, in order, and cut.

use std::time::Duration;

use app::call::{EndReason, Event, Screen};
use server::room::{Input, SessionId};
use shared::{ClientMessage, CloseReason, ParticipantId, ServerMessage, Timestamp};

use super::Stage;

/// One WebSocket.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "what either end knows of the other")]
pub(super) struct Line {
    pub(super) page: usize,
    /// Whether the page was told that it is open.
    is_open: bool,
    is_cut: bool,
    /// Whether the server still listens.
    room_hears: bool,
    /// When the last message of each direction arrives: none overtakes another.
    last_up: Timestamp,
    last_down: Timestamp,
}

/// Something on its way.
#[derive(Debug)]
pub(super) enum Coming {
    /// A connection reaches the server.
    Connect(SessionId),
    /// The page learns that it is open.
    Open(SessionId),
    /// A page's word.
    Up(SessionId, ClientMessage),
    /// The room's word.
    Down(SessionId, ServerMessage),
    /// The server notices that the connection is gone.
    RoomLoses(SessionId),
    /// The page notices that the connection is gone.
    PageLoses(SessionId),
    /// A device or a peer connection reports to its page.
    Report(usize, u64, Event),
    /// The relay answered an offer.
    Negotiated(SessionId, ParticipantId, (usize, u64), usize),
}

impl Stage {
    /// A page opens a connection in place of the one there is.
    pub(super) fn dial(&mut self, page: usize) {
        self.hang_up(page);
        self.counter += 1;
        let session = SessionId(self.counter);
        let (reached, opened) = (self.soon(), self.soon());
        let opened = opened.max(reached);
        let Some(it) = self.pages.get_mut(page) else { return };
        it.line = Some(session);
        let is_cut = !it.is_online;
        self.lines.insert(
            session,
            Line {
                page,
                is_open: false,
                is_cut,
                room_hears: false,
                last_up: reached,
                last_down: opened,
            },
        );
        if !is_cut {
            self.later(reached, Coming::Connect(session));
            self.later(opened, Coming::Open(session));
        } else if self.random.below(2) == 0 {
            // Otherwise nobody ever answers, which is for the call to notice.
            self.later(reached, Coming::PageLoses(session));
        }
    }

    /// A page lets go of its connection: what it said before still arrives.
    pub(super) fn hang_up(&mut self, page: usize) {
        let at = self.soon();
        let Some(session) = self.pages.get_mut(page).and_then(|it| it.line.take()) else { return };
        if let Some(line) = self.lines.get(&session) {
            let at = at.max(line.last_up);
            self.later(at, Coming::RoomLoses(session));
        }
    }

    /// A connection breaks: nothing arrives any more, and each end notices when it does.
    pub(super) fn cut(&mut self, page: usize) {
        let Some(session) = self.pages.get(page).and_then(|it| it.line) else { return };
        if let Some(line) = self.lines.get_mut(&session) {
            line.is_cut = true;
        }
        let mut notices = || self.now + Duration::from_millis(self.random.below(5_000));
        let (room, page) = (notices(), notices());
        self.later(room, Coming::RoomLoses(session));
        self.later(page, Coming::PageLoses(session));
    }

    pub(super) fn send(&mut self, page: usize, message: ClientMessage) {
        let at = self.soon();
        let line = self.pages.get(page).and_then(|it| it.line);
        let line = line.and_then(|session| Some((session, self.lines.get_mut(&session)?)));
        match line {
            Some((session, line)) if line.is_open => {
                line.last_up = line.last_up.max(at);
                let at = line.last_up;
                self.later(at, Coming::Up(session, message));
            }
            Some(_) | None => self.faults.push(format!("said without a line: {message:?}")),
        }
    }

    pub(super) fn say(&mut self, session: SessionId, message: ServerMessage) {
        let at = self.soon();
        let Some(line) = self.lines.get_mut(&session) else { return };
        line.last_down = line.last_down.max(at);
        let at = line.last_down;
        self.later(at, Coming::Down(session, message));
    }

    /// The server ends a connection, after what it said before.
    pub(super) fn close(&mut self, session: SessionId) {
        let Some(line) = self.lines.get_mut(&session) else { return };
        line.room_hears = false;
        let at = line.last_down;
        self.later(at, Coming::PageLoses(session));
        self.later(at, Coming::RoomLoses(session));
    }

    /// Every connection breaks at once.
    pub(super) fn cut_all(&mut self) {
        for page in 0..self.pages.len() {
            self.cut(page);
        }
        for line in self.lines.values_mut() {
            line.is_cut = true;
            line.room_hears = false;
        }
    }

    pub(super) fn arrive(&mut self, coming: Coming) {
        match coming {
            Coming::Connect(session) => {
                if let Some(line) = self.lines.get_mut(&session).filter(|line| !line.is_cut) {
                    line.room_hears = true;
                    self.connected(session);
                }
            }
            Coming::Open(session) => {
                if let Some(page) = self.page_at(session).filter(|_| self.carries(session)) {
                    if let Some(line) = self.lines.get_mut(&session) {
                        line.is_open = true;
                    }
                    self.tell(page, Event::SocketOpened);
                }
            }
            Coming::Up(session, message) => {
                let hears = self.lines.get(&session).is_some_and(|line| line.room_hears);
                if hears && self.carries(session) {
                    self.tell_room(Input::Message(session, message));
                }
            }
            Coming::Down(session, message) => {
                if let Some(page) = self.page_at(session).filter(|_| self.carries(session)) {
                    self.deliver(page, message);
                }
            }
            Coming::RoomLoses(session) => {
                if let Some(line) = self.lines.get_mut(&session) {
                    line.room_hears = false;
                }
                self.tell_room(Input::Disconnected(session));
            }
            Coming::PageLoses(session) => {
                if let Some(page) = self.page_at(session) {
                    if let Some(it) = self.pages.get_mut(page) {
                        it.line = None;
                    }
                    self.tell(page, Event::SocketClosed);
                }
            }
            Coming::Report(page, wish, event) => self.report(page, wish, event),
            Coming::Negotiated(session, participant, peer, pictures) => {
                self.negotiated(session, participant, peer, pictures);
            }
        }
    }

    /// A last word ends the call with its reason.
    fn deliver(&mut self, page: usize, message: ServerMessage) {
        if let ServerMessage::Silenced { source, count, .. } = message {
            self.hush_heard(page, source, count);
        }
        let ends = if let ServerMessage::Refused { reason, .. } = message {
            Some(EndReason::Refused(reason))
        } else if let ServerMessage::Closed { reason } = message {
            (reason != CloseReason::Slow).then_some(EndReason::Closed(reason))
        } else {
            None
        };
        self.tell(page, Event::Message(message));
        let screen = self.pages.get(page).map(|it| it.call.view().screen);
        if let Some(reason) = ends
            && screen != Some(Screen::Ended(reason))
        {
            self.faults.push(format!("told {reason:?}, shows {screen:?}"));
        }
    }

    fn carries(&self, session: SessionId) -> bool {
        self.lines.get(&session).is_some_and(|line| !line.is_cut)
    }

    /// The page that still listens on this line.
    fn page_at(&self, session: SessionId) -> Option<usize> {
        let page = self.lines.get(&session)?.page;
        self.pages.get(page).filter(|it| it.line == Some(session)).map(|_| page)
    }
}

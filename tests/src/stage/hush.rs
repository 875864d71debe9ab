// SPDX-License-Identifier: EUPL-1.2
//! Who was silenced and has not switched on again: kept beside the room, so that it can be held
//! against it.

use std::collections::BTreeMap;

use app::call::{Event, Intent};
use server::room::SessionId;
use shared::{ParticipantId, Source};

use super::Stage;

/// The last silencing of each source of each seat.
#[derive(Debug, Default)]
pub(super) struct Hushes {
    seats: BTreeMap<SessionId, ParticipantId>,
    last: BTreeMap<(ParticipantId, Source), Hush>,
}

#[derive(Debug)]
struct Hush {
    count: u32,
    state: State,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum State {
    /// The room said it.
    Said,
    /// The page heard it.
    Heard,
    /// Having heard it, the owner wanted the source on again.
    Lifted,
}

impl Hushes {
    /// A seat is reached over this connection.
    pub(super) fn seated(&mut self, session: SessionId, participant: ParticipantId) {
        self.seats.insert(session, participant);
    }

    /// The room says that a source was silenced, once more perhaps.
    pub(super) fn said(&mut self, session: SessionId, source: Source, count: u32) {
        // What comes with a source is silenced with it, and wanted with it: what was said of that counts.
        if source.comes_with().is_some() {
            return;
        }
        let Some(participant) = self.seats.get(&session) else { return };
        let key = (*participant, source);
        if self.last.get(&key).is_none_or(|last| last.count < count) {
            self.last.insert(key, Hush { count, state: State::Said });
        }
    }

    /// Whether a gate must not open.
    pub(super) fn holds(&self, participant: ParticipantId, source: Source) -> bool {
        let whole = source.comes_with().unwrap_or(source);
        self.last.get(&(participant, whole)).is_some_and(|last| last.state != State::Lifted)
    }

    /// Another room, other seats.
    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    fn of(&mut self, session: Option<SessionId>, source: Source) -> Option<&mut Hush> {
        let participant = self.seats.get(&session?)?;
        self.last.get_mut(&(*participant, source))
    }
}

impl Stage {
    /// A page hears that a source of its own was silenced.
    pub(super) fn hush_heard(&mut self, page: usize, source: Source, count: u32) {
        let session = self.pages.get(page).and_then(|it| it.line);
        if let Some(hush) = self.hushes.of(session, source)
            && hush.count == count
            && hush.state == State::Said
        {
            hush.state = State::Heard;
        }
    }

    /// A person wants a source on.
    pub(super) fn willed(&mut self, page: usize, event: &Event) {
        let Event::Intent(Intent::Transmit(source, true) | Intent::Preview(source, true)) = event
        else {
            return;
        };
        // A page that was loaded again has another connection; its person wants it all the same.
        let sessions: Vec<_> =
            self.lines.iter().filter(|(_, line)| line.page == page).map(|(id, _)| *id).collect();
        for session in sessions {
            if let Some(hush) = self.hushes.of(Some(session), *source)
                && hush.state == State::Heard
            {
                hush.state = State::Lifted;
            }
        }
    }
}

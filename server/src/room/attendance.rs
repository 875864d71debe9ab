// SPDX-License-Identifier: EUPL-1.2
//! Attendance: whether a moderator is here, and what becomes of a conference without one.

use shared::{CloseReason, Floor, Restrictions, RoomRules, ServerMessage, Timestamp};

use super::{
    Effect,
    room::{Room, Standing},
};

/// Whether somebody runs the room.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Attendance {
    /// There is no conference: nobody is inside.
    Nobody,
    /// A moderator is here.
    Attended,
    /// None is here any more. The others keep their places for a while.
    Left {
        /// Since when.
        since: Timestamp,
    },
}

impl Room {
    /// Whether a moderator is here to decide. One who is away does not count: they cannot hear.
    pub(super) fn is_attended(&self) -> bool {
        self.seats.iter().any(|seat| seat.is_moderator() && seat.session().is_some())
    }

    /// Draws the consequences of who came and went in this turn.
    pub(super) fn settle(&mut self, now: Timestamp) {
        let attended = self.is_attended();
        let before = self.attendance;
        if attended && before != Attendance::Attended {
            self.attendance = Attendance::Attended;
            if self.rules.floor == Floor::Paused {
                self.rules.floor = Floor::Open;
                self.tell_rules();
            }
            self.apply_door();
            self.tell_waiting();
        }
        if !attended && before == Attendance::Attended {
            self.attendance = Attendance::Left { since: now };
            self.tell_waiting();
        }
        if self.seats.is_empty() {
            // The next conference has rules of its own.
            self.attendance = Attendance::Nobody;
            self.restrictions = Restrictions::NONE;
            self.rules = RoomRules::default().restricted(self.limits.restrictions);
            self.licensed = None;
        }
    }

    /// When something happens to a conference without moderator.
    pub(super) fn unattended_deadline(&self) -> Option<Timestamp> {
        let Attendance::Left { since } = self.attendance else { return None };
        let end = since + self.limits.end_after;
        Some(match self.rules.floor {
            Floor::Open => end.min(since + self.limits.pause_after),
            Floor::Paused => end,
        })
    }

    /// Pauses a conference that nobody runs, and ends it when nobody came back.
    pub(super) fn expire_unattended(&mut self, now: Timestamp) {
        let Attendance::Left { since } = self.attendance else { return };
        if since + self.limits.end_after <= now {
            self.end_for_all(CloseReason::Abandoned);
        } else if since + self.limits.pause_after <= now && self.rules.floor == Floor::Open {
            self.rules.floor = Floor::Paused;
            self.silence(None, |_, _| true);
            self.tell_rules();
        }
    }

    /// Ends the conference for everybody, those at the door among them. Nothing flows any more before
    /// the first of them is told.
    pub(super) fn end_for_all(&mut self, reason: CloseReason) {
        for seat in core::mem::take(&mut self.seats) {
            self.effects.push(Effect::CloseTransport(seat.participant));
        }
        self.waiting.clear();
        let entered: Vec<_> = self
            .sessions
            .iter()
            .filter(|(_, standing)| !matches!(standing, Standing::Challenged { .. }))
            .map(|(session, _)| *session)
            .collect();
        for session in entered {
            self.end(session, ServerMessage::Closed { reason });
        }
    }
}

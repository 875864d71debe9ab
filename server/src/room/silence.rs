// SPDX-License-Identifier: EUPL-1.2
//! Silence: switching off what somebody transmits, so that only they can switch it on again.
//!
//! Nothing here opens a gate. Each silencing has a number; a statement of the owner raises a silenced
//! source only if it says that this number was heard.

use shared::{ParticipantId, ServerMessage, Source};

use super::{
    Effect,
    room::Room,
    seat::{Seat, Silencing},
};

impl Room {
    /// Switches off, once, everything that is on and chosen; whether that was anything. Every gate is
    /// shut before the first word is said.
    pub(super) fn silence(
        &mut self,
        by: Option<ParticipantId>,
        chosen: impl Fn(&Seat, Source) -> bool,
    ) -> bool {
        let mut silenced: Vec<(ParticipantId, Silencing)> = Vec::new();
        for seat in &mut self.seats {
            for source in seat.live.clone() {
                if chosen(seat, source) {
                    silenced.push((seat.participant, seat.silence(source, by)));
                }
            }
        }
        for (participant, Silencing { source, .. }) in &silenced {
            let (participant, source) = (*participant, *source);
            self.effects.push(Effect::Gate { participant, source, open: false });
        }
        for (participant, silencing) in &silenced {
            self.tell_silenced(*participant, *silencing);
        }
        let mut whose: Vec<_> = silenced.iter().map(|(participant, _)| *participant).collect();
        whose.dedup();
        for participant in whose {
            self.announce(participant);
        }
        if !silenced.is_empty() {
            self.reassign();
        }
        !silenced.is_empty()
    }

    /// Switches off what its owners may not transmit any longer; whether that was anything.
    pub(super) fn silence_forbidden(&mut self, by: Option<ParticipantId>) -> bool {
        let rules = self.rules;
        self.silence(by, |seat, source| !seat.may_transmit(source, &rules))
    }

    /// Says again what is silenced, to somebody whose page may not know it.
    pub(super) fn restate_silence(&mut self, participant: ParticipantId) {
        let silenced = self.seat(participant).map(|seat| seat.silenced.clone());
        for silencing in silenced.into_iter().flatten() {
            self.tell_silenced(participant, silencing);
        }
    }

    /// Tells the owner, if they are there to hear it.
    pub(super) fn tell_silenced(&mut self, participant: ParticipantId, silencing: Silencing) {
        let Some(session) = self.seat(participant).and_then(Seat::session) else { return };
        let Silencing { source, by, count } = silencing;
        self.send(session, ServerMessage::Silenced { source, by, count });
    }
}

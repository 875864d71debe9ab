// SPDX-License-Identifier: EUPL-1.2
//! The floor: what somebody transmits, asks for and writes, by their own word.
//!
//! A gate opens by its owner's own statement and by nothing else. It closes before anybody is told.

use shared::{Act, ParticipantId, SealedText, ServerMessage, Source, Timestamp};

use super::{
    Effect, SessionId,
    room::Room,
    seat::{Seat, Silencing},
};
use crate::bucket::TokenBucket;

impl Room {
    /// Takes the whole of what somebody transmits. What was silenced by a word that they have not
    /// heard stays off; what they may not transmit is silenced at once.
    pub(super) fn publish(
        &mut self,
        session: SessionId,
        participant: ParticipantId,
        stated: &[Source],
        heard: u32,
    ) {
        let mut wish: Vec<_> = Source::ALL.into_iter().filter(|s| stated.contains(s)).collect();
        if wish.len() != stated.len() {
            return self.violation(session);
        }
        // A screen's sound without the screen is nothing.
        wish.retain(|source| source.comes_with().is_none_or(|whole| stated.contains(&whole)));
        let rules = self.rules;
        let Some(seat) = self.seat_mut(participant) else { return };
        let negotiated = seat.reception().is_some();
        let before = seat.live.clone();
        let mut forbidden: Vec<Silencing> = Vec::new();
        seat.live.retain(|source| wish.contains(source));
        // What is silenced below was not said when this was stated.
        let raises =
            |source: &Source| !seat.live.contains(source) && seat.has_heard_of(*source, heard);
        let raised: Vec<Source> = wish.into_iter().filter(raises).collect();
        for source in raised {
            // In the order of all sources: what it comes with has been decided about.
            if source.comes_with().is_some_and(|whole| !seat.live.contains(&whole)) {
                continue;
            }
            if seat.may_transmit(source, &rules) {
                seat.raise(source);
            } else {
                forbidden.push(seat.silence(source, None));
            }
        }
        let live = seat.live.clone();
        for source in Source::ALL {
            let open = live.contains(&source);
            // A gate that closes is closed whatever is known of the transport. A gate that opens
            // waits for the transport it is a part of.
            if before.contains(&source) != open && (negotiated || !open) {
                self.effects.push(Effect::Gate { participant, source, open });
            }
        }
        for silencing in forbidden {
            self.tell_silenced(participant, silencing);
        }
        if before != live {
            self.announce(participant);
            self.reassign();
        }
    }

    /// Raises or lowers a hand. The hands of a room are numbered; one that is up keeps its number.
    pub(super) fn set_hand(&mut self, participant: ParticipantId, raised: bool) {
        let next = self.hands.saturating_add(1);
        let Some(seat) = self.seat_mut(participant) else { return };
        if seat.hand.is_some() == raised {
            return;
        }
        seat.hand = raised.then_some(next);
        if raised {
            self.hands = next;
        }
        self.announce(participant);
    }

    /// Passes on what somebody writes, to themselves too: a page shows what the room has taken. Everybody
    /// has to receive it, those with the slowest line too: what is written too fast is not passed on.
    pub(super) fn chat(&mut self, now: Timestamp, participant: ParticipantId, text: &SealedText) {
        if !self.may(participant, Act::Chat) {
            return;
        }
        let limits = self.limits;
        let Some(seat) = self.seat_mut(participant) else { return };
        let fresh = || TokenBucket::new(limits.chat_burst, limits.chat_refill);
        if !seat.chat.get_or_insert_with(fresh).take(now) {
            return self.counts.held_back();
        }
        let sessions: Vec<_> = self.seats.iter().filter_map(Seat::session).collect();
        for session in sessions {
            self.send(session, ServerMessage::Chat { participant, text: text.clone() });
        }
    }
}

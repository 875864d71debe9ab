// SPDX-License-Identifier: EUPL-1.2
//! What is said for the moment: reactions, and lines while they are written. The room reads and keeps none of
//! it, and passes on no more of it than those with the slowest line can take.

use shared::{Act, Floor, ParticipantId, SealedLine, SealedReaction, ServerMessage, Timestamp};

use super::{room::Room, seat::Seat};
use crate::bucket::TokenBucket;

impl Room {
    /// Shows a reaction to everybody, to whom it comes from too: a page shows what the room has taken.
    /// While nobody runs the room there is nothing to react to.
    pub(super) fn react(
        &mut self,
        now: Timestamp,
        participant: ParticipantId,
        reaction: SealedReaction,
    ) {
        if self.rules.floor == Floor::Paused {
            return self.counts.denial();
        }
        let limits = self.limits;
        let fresh = TokenBucket::new(limits.reaction_burst, limits.reaction_refill);
        if self.may(participant, Act::React)
            && self.keeps_pace(now, participant, |seat| seat.reactions.get_or_insert(fresh))
        {
            self.tell_moment(None, &ServerMessage::Reaction { participant, reaction });
        }
    }

    /// Shows everybody else what somebody is writing. Whoever writes it sees it already.
    pub(super) fn rtt(&mut self, now: Timestamp, participant: ParticipantId, line: SealedLine) {
        let limits = self.limits;
        let fresh = TokenBucket::new(limits.rtt_burst, limits.rtt_refill);
        if self.may(participant, Act::Chat)
            && self.keeps_pace(now, participant, |seat| seat.rtt.get_or_insert(fresh))
        {
            self.tell_moment(Some(participant), &ServerMessage::Rtt { participant, line });
        }
    }

    /// Whether it is not said too fast; what is, is counted.
    fn keeps_pace(
        &mut self,
        now: Timestamp,
        participant: ParticipantId,
        bucket: impl FnOnce(&mut Seat) -> &mut TokenBucket,
    ) -> bool {
        let keeps = self.seat_mut(participant).is_some_and(|seat| bucket(seat).take(now));
        if !keeps {
            self.counts.held_back();
        }
        keeps
    }

    fn tell_moment(&mut self, but: Option<ParticipantId>, message: &ServerMessage) {
        let others = self.seats.iter().filter(|seat| Some(seat.participant) != but);
        let sessions: Vec<_> = others.filter_map(Seat::session).collect();
        for session in sessions {
            self.send(session, message.clone());
        }
    }
}

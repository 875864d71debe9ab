// SPDX-License-Identifier: EUPL-1.2
//! Transports, and what is received by whom.

use shared::{MediaKind, Mid, Offer, ParticipantId, Revision, ServerMessage, SlotEntry, Source};

use super::{
    Effect, SessionId,
    room::Room,
    seat::{Media, Seat},
    slots::{Publication, Slot, assign},
};

impl Room {
    pub(super) fn offer(&mut self, session: SessionId, participant: ParticipantId, offer: Offer) {
        if !names_each_once(&offer) {
            return self.violation(session);
        }
        if let Some(seat) = self.seat_mut(participant) {
            seat.media = Media::Offered;
            self.effects.push(Effect::Negotiate { session, participant, offer });
        }
    }

    /// A fresh transport has every gate closed and receives nothing, and nobody receives from it:
    /// all of it is stated again.
    pub(super) fn negotiated(&mut self, participant: ParticipantId, lines: Vec<(Mid, MediaKind)>) {
        let most = self.limits.slots;
        let Some(seat) = self.seat_mut(participant) else { return };
        // Without an offer nothing can have been answered.
        if matches!(seat.media, Media::Absent) {
            return;
        }
        let silent = lines.into_iter().take(most).map(|(mid, kind)| Slot::silent(mid, kind));
        seat.media = Media::Negotiated(silent.collect());
        for source in seat.live.clone() {
            self.effects.push(Effect::Gate { participant, source, open: true });
        }
        self.reassign_seat(participant, true);
        let receivers: Vec<_> = self
            .seats
            .iter()
            .filter(|s| s.slots().is_some_and(|slots| slots.iter().any(|s| s.carries(participant))))
            .map(|seat| seat.participant)
            .collect();
        for receiver in receivers {
            self.route(receiver);
        }
    }

    /// The transport is gone. What its owner publishes stays published: they are asked for another
    /// transport, and the slots of the others stay as they are.
    pub(super) fn transport_lost(&mut self, participant: ParticipantId) {
        let Some(seat) = self.seat_mut(participant) else { return };
        if seat.slots().is_none() {
            return;
        }
        seat.media = Media::Absent;
        let session = seat.session();
        self.effects.push(Effect::CloseTransport(participant));
        if let Some(session) = session {
            self.send(session, ServerMessage::TransportLost {});
        }
    }

    /// Brings every table up to what is published.
    pub(super) fn reassign(&mut self) {
        let everybody: Vec<_> = self.seats.iter().map(|seat| seat.participant).collect();
        for participant in everybody {
            self.reassign_seat(participant, false);
        }
    }

    /// Says the whole table of a transport that is there.
    pub(super) fn state_slots(&mut self, participant: ParticipantId) {
        let Some(seat) = self.seat(participant) else { return };
        let (Some(session), Some(table)) = (seat.session(), seat.slots()) else { return };
        let slots: Vec<SlotEntry> = table.iter().filter_map(Slot::entry).collect();
        let revision: Revision = seat.slots_revision;
        self.send(session, ServerMessage::Slots { revision, slots });
    }

    /// Brings one table up to what is published. It is stated when it changed, or when its transport
    /// is fresh. The route comes before the word: until the page is told, it takes what arrives for
    /// a picture that it no longer shows.
    fn reassign_seat(&mut self, participant: ParticipantId, fresh: bool) {
        let available = self.available_to(participant);
        let Some(seat) = self.seat_mut(participant) else { return };
        let Media::Negotiated(slots) = &mut seat.media else { return };
        let table = assign(slots, &available);
        if table == *slots && !fresh {
            return;
        }
        *slots = table;
        seat.slots_revision = seat.slots_revision.next();
        self.route(participant);
        self.state_slots(participant);
    }

    /// Everything that is published by others: screens before everything else, because there are few
    /// of them and everybody is to see them; then in order of arrival.
    fn available_to(&self, receiver: ParticipantId) -> Vec<Publication> {
        let publications = |seat: &Seat| {
            let participant = seat.participant;
            let live = seat.live.clone().into_iter();
            live.map(move |source| Publication { participant, source })
        };
        let others = self.seats.iter().filter(|seat| seat.participant != receiver);
        let (screens, rest): (Vec<_>, Vec<_>) = others
            .flat_map(publications)
            .partition(|publication| publication.source == Source::Screen);
        [screens, rest].concat()
    }

    fn route(&mut self, participant: ParticipantId) {
        let Some(table) = self.seat(participant).and_then(Seat::slots) else { return };
        let routes = table.iter().filter_map(Slot::route).collect();
        self.effects.push(Effect::Routes { participant, routes });
    }
}

/// Whether no source and no media line is named twice.
fn names_each_once(offer: &Offer) -> bool {
    let senders = || offer.senders.iter().enumerate();
    senders().all(|(place, line)| {
        senders()
            .skip(place.saturating_add(1))
            .all(|(_, other)| other.source != line.source && other.mid != line.mid)
    })
}

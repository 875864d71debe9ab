// SPDX-License-Identifier: EUPL-1.2
//! Transports, and what is received by whom.

use shared::{
    LayerSet, MediaKind, Mid, Offer, ParticipantId, Revision, ServerMessage, SlotEntry, Source,
    WantedPicture,
};

use super::{
    Effect, SessionId,
    reception::{Difference, Reception},
    room::Room,
    seat::{Media, Seat},
    slots::{Publication, Slot},
    wish::Wish,
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
        seat.media = Media::Negotiated(Reception::silent(lines.into_iter().take(most)));
        for source in seat.live.clone() {
            self.effects.push(Effect::Gate { participant, source, open: true });
        }
        self.update_reception(participant);
        self.route(participant);
        self.state_new_slots(participant);
        let receivers: Vec<_> = self
            .seats
            .iter()
            .filter(|seat| seat.reception().is_some_and(|its| its.receives(participant)))
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
        if seat.reception().is_none() {
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
            self.reassign_seat(participant);
        }
    }

    /// Takes the whole of what somebody wants of the pictures.
    pub(super) fn want(
        &mut self,
        session: SessionId,
        participant: ParticipantId,
        pictures: Vec<WantedPicture>,
    ) {
        let Some(wish) = Wish::stated(pictures, self.limits.wanted) else {
            return self.violation(session);
        };
        if let Some(seat) = self.seat_mut(participant) {
            seat.wish = wish;
            self.reassign_seat(participant);
        }
    }

    /// Passes on what of somebody's pictures anybody can use, where that is anything else than before.
    pub(super) fn layers_wanted(
        &mut self,
        participant: ParticipantId,
        source: Source,
        wanted: LayerSet,
    ) {
        let Some(seat) = self.seat_mut(participant) else { return };
        let Media::Negotiated(reception) = &mut seat.media else { return };
        if reception.set_layers(source, wanted)
            && let Some(session) = seat.session()
        {
            self.send(session, ServerMessage::Layers { source, wanted });
        }
    }

    /// Says again what there is of a transport that is there, to somebody whose page may not know it.
    /// Everything is wanted again.
    pub(super) fn restate_reception(&mut self, participant: ParticipantId) {
        if !self.reassign_seat(participant) {
            self.state_slots(participant);
        }
        let Some(seat) = self.seat(participant) else { return };
        let (Some(session), Some(reception)) = (seat.session(), seat.reception()) else { return };
        for (source, wanted) in reception.layers.clone() {
            self.send(session, ServerMessage::Layers { source, wanted });
        }
    }

    /// Says the whole table of a transport that is there.
    fn state_slots(&mut self, participant: ParticipantId) {
        let Some(seat) = self.seat(participant) else { return };
        let (Some(session), Some(reception)) = (seat.session(), seat.reception()) else { return };
        let slots: Vec<SlotEntry> = reception.slots.iter().filter_map(Slot::entry).collect();
        let revision: Revision = seat.slots_revision;
        self.send(session, ServerMessage::Slots { revision, slots });
    }

    fn state_new_slots(&mut self, participant: ParticipantId) {
        if let Some(seat) = self.seat_mut(participant) {
            seat.slots_revision = seat.slots_revision.next();
            self.state_slots(participant);
        }
    }

    /// Brings one table up to what is published and wanted. What changed is stated; whether the page was
    /// told. The route comes before the word: until the page is told, it takes what arrives for a
    /// picture that it no longer shows.
    fn reassign_seat(&mut self, participant: ParticipantId) -> bool {
        let difference = self.update_reception(participant);
        if difference != Difference::None {
            self.route(participant);
        }
        let said = difference == Difference::Slots;
        if said {
            self.state_new_slots(participant);
        }
        said
    }

    fn update_reception(&mut self, participant: ParticipantId) -> Difference {
        let published = self.published_to(participant);
        let Some(seat) = self.seat_mut(participant) else { return Difference::None };
        let Media::Negotiated(reception) = &mut seat.media else { return Difference::None };
        reception.update(&seat.wish, &published)
    }

    /// Everything that is published by others, in order of arrival.
    fn published_to(&self, receiver: ParticipantId) -> Vec<Publication> {
        let others = self.seats.iter().filter(|seat| seat.participant != receiver);
        others
            .flat_map(|seat| {
                let participant = seat.participant;
                seat.live.iter().map(move |source| Publication { participant, source: *source })
            })
            .collect()
    }

    fn route(&mut self, participant: ParticipantId) {
        let Some(reception) = self.seat(participant).and_then(Seat::reception) else { return };
        let routes = reception.routes.clone();
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

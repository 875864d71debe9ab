// SPDX-License-Identifier: EUPL-1.2
//! Transports, and what is received by whom.

use shared::{
    LayerSet, MediaKind, Mid, Offer, ParticipantId, Revision, ServerMessage, SlotEntry, Source,
    WantedPicture,
};

use super::{
    Effect, SessionId,
    published::Published,
    reception::{Difference, Reception},
    room::Room,
    seat::{Media, Seat},
    slots::Slot,
    wish::Wish,
};

impl Room {
    pub(super) fn offer(&mut self, session: SessionId, participant: ParticipantId, offer: Offer) {
        if !names_each_once(&offer) {
            return self.violation(session);
        }
        if let Some(seat) = self.seat_mut(participant) {
            let before = seat.take_reception();
            seat.media = Media::Offered(before);
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
        let published = Published::by(&self.seats);
        self.update_reception(participant, &published);
        self.route(participant);
        self.state_new_slots(participant);
        self.let_hear(participant, &published);
        self.connect_again(participant);
    }

    /// The transport that was offered again has more slots. What it carries goes on; what the room decided
    /// while it was being answered is stated.
    pub(super) fn grown(&mut self, participant: ParticipantId, lines: Vec<(Mid, MediaKind)>) {
        let most = self.limits.slots;
        let Some(seat) = self.seat_mut(participant) else { return };
        let Some(mut reception) = seat.take_reception() else { return };
        reception.grow(lines.into_iter().take(most));
        seat.media = Media::Negotiated(reception);
        for source in seat.live.clone() {
            self.effects.push(Effect::Gate { participant, source, open: true });
        }
        let published = Published::by(&self.seats);
        let difference = self.update_reception(participant, &published);
        self.route(participant);
        if difference == Difference::Slots {
            self.state_new_slots(participant);
        }
        // Whether they are others or not: one of them may have a fresh transport.
        if let Some(Media::Negotiated(reception)) =
            self.seat_mut(participant).map(|it| &mut it.media)
        {
            reception.update_sounds(participant, &published);
        }
        self.say_sounds(participant);
        self.state_layers(participant, None);
    }

    /// Whoever receives something of a participant is connected to their fresh transport.
    fn connect_again(&mut self, participant: ParticipantId) {
        let receptions = self.seats.iter().filter_map(|seat| Some((seat, seat.reception()?)));
        let receivers: Vec<_> = receptions
            .map(|(seat, its)| {
                (seat.participant, its.receives(participant), its.hears(participant))
            })
            .collect();
        for (receiver, sees, hears) in receivers {
            if sees {
                self.route(receiver);
            }
            if hears {
                self.say_sounds(receiver);
            }
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
        let published = Published::by(&self.seats);
        let everybody: Vec<_> = self.seats.iter().map(|seat| seat.participant).collect();
        for participant in everybody {
            self.reassign_seat(participant, &published);
            self.let_hear(participant, &published);
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
            let published = Published::by(&self.seats);
            self.reassign_seat(participant, &published);
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
        let Some(reception) = seat.reception_mut() else { return };
        let differs = reception.set_layers(source, wanted);
        // While an offer is answered the page may begin anew: what counts is said with the answer.
        if differs && matches!(seat.media, Media::Negotiated(_)) {
            self.state_layers(participant, Some(source));
        }
    }

    /// Says what of somebody's pictures anybody can use: of this source, or of each that was ever spoken of.
    fn state_layers(&mut self, participant: ParticipantId, only: Option<Source>) {
        let Some(seat) = self.seat(participant) else { return };
        let (Some(session), Some(reception)) = (seat.session(), seat.reception()) else { return };
        for (source, wanted) in reception.layers.clone() {
            if only.is_none_or(|only| only == source) {
                self.send(session, ServerMessage::Layers { source, wanted });
            }
        }
    }

    /// Says again what there is of a transport that is there, to somebody whose page may not know it.
    /// Everything is wanted again.
    pub(super) fn restate_reception(&mut self, participant: ParticipantId) {
        let published = Published::by(&self.seats);
        if !self.reassign_seat(participant, &published) {
            self.state_slots(participant);
        }
        self.state_layers(participant, None);
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
    fn reassign_seat(&mut self, participant: ParticipantId, published: &Published) -> bool {
        let difference = self.update_reception(participant, published);
        if difference != Difference::None {
            self.route(participant);
        }
        let said = difference == Difference::Slots;
        if said {
            self.state_new_slots(participant);
        }
        said
    }

    fn update_reception(
        &mut self,
        participant: ParticipantId,
        published: &Published,
    ) -> Difference {
        let Some(seat) = self.seat_mut(participant) else { return Difference::None };
        let Media::Negotiated(reception) = &mut seat.media else { return Difference::None };
        reception.update(participant, &seat.wish, published)
    }

    /// Lets somebody hear everything that is to be heard.
    fn let_hear(&mut self, participant: ParticipantId, published: &Published) {
        let Some(seat) = self.seat_mut(participant) else { return };
        let Media::Negotiated(reception) = &mut seat.media else { return };
        if reception.update_sounds(participant, published) {
            self.say_sounds(participant);
        }
    }

    fn say_sounds(&mut self, participant: ParticipantId) {
        let Some(reception) = self.seat(participant).and_then(Seat::reception) else { return };
        let publishers = reception.sounds.clone();
        self.effects.push(Effect::Sounds { participant, publishers });
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

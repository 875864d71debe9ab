// SPDX-License-Identifier: EUPL-1.2
//! What one room can touch, and how each of its effects is performed: one arm, one call.

use core::time::Duration;
use std::collections::{BTreeMap, VecDeque};

use aws_lc_rs::rand;
use shared::{
    Answer, MediaKind, Mid, Offer, ParticipantId, Sdp, ServerMessage, Source, Timestamp, VoiceKey,
};
use zeroize::Zeroizing;

use crate::{
    room::{self, Effect, Input, SessionId, TransportChange},
    signalling::Outbox,
    transport::{
        Agreed, Feed, MediaCommand, MediaHandle, Publication, Route, TransportEvent,
        TransportFailure, TransportId,
    },
};

/// A room in this process: the upper half of the ids of its transports.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct RoomNumber(pub(super) u32);

impl RoomNumber {
    /// The room that a transport belongs to.
    pub(super) const fn of(transport: TransportId) -> Self {
        let [a, b, c, d, ..] = transport.0.to_be_bytes();
        Self(u32::from_be_bytes([a, b, c, d]))
    }

    /// Below the room is a count; the bits between are the media plane's.
    fn transport(self, count: u32) -> TransportId {
        let count = u64::from(count) & ((1 << TransportId::FREE_BITS) - 1);
        TransportId((u64::from(self.0) << 32) | count)
    }
}

/// The sessions and transports of one room.
///
/// The media plane can be too busy to take a command. A command that is not taken is never forgotten:
/// its transport is given up and reported as lost, so that the page offers another one, and its end
/// is retried until the media plane has heard of it.
#[derive(Debug)]
pub(super) struct World {
    number: RoomNumber,
    media: MediaHandle,
    outboxes: BTreeMap<SessionId, Outbox>,
    transports: BTreeMap<ParticipantId, Transport>,
    transports_opened: u32,
    /// Transports that the media plane has not yet heard the end of.
    unclosed: Vec<TransportId>,
    /// What the room has to be told about its effects.
    inputs: VecDeque<Input>,
}

/// A transport that stands.
#[derive(Debug)]
struct Transport {
    id: TransportId,
    agreed: Box<Agreed>,
    /// What its owner calls the others.
    voices: VoiceKey,
}

impl World {
    pub(super) const fn new(number: RoomNumber, media: MediaHandle) -> Self {
        Self {
            number,
            media,
            outboxes: BTreeMap::new(),
            transports: BTreeMap::new(),
            transports_opened: 0,
            unclosed: Vec::new(),
            inputs: VecDeque::new(),
        }
    }

    pub(super) const fn number(&self) -> RoomNumber {
        self.number
    }

    /// A session has opened.
    pub(super) fn greet(&mut self, session: SessionId, outbox: Outbox) {
        self.outboxes.insert(session, outbox);
    }

    /// A session has ended by itself.
    pub(super) fn part(&mut self, session: SessionId) {
        self.outboxes.remove(&session);
    }

    /// The next thing that the room has to be told.
    pub(super) fn next_input(&mut self) -> Option<Input> {
        self.inputs.pop_front()
    }

    /// Performs one effect.
    pub(super) fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::Send(session, message) => self.send(session, message),
            // What waits in it is still said.
            Effect::Close(session) => self.part(session),
            Effect::Negotiate { session, participant, offer } => {
                let input = self.answer(session, participant, &offer);
                // Before whatever became of the transport since.
                self.inputs.push_front(input);
            }
            Effect::Gate { participant, source, open } => {
                self.command(participant, |id| MediaCommand::Gate { id, source, open });
            }
            Effect::Routes { participant, routes } => self.route(participant, routes),
            Effect::Sounds { participant, publishers } => {
                // Who has no transport is not heard; the room says it again when they have one.
                let feeds = self.feeds(participant, &publishers);
                self.command(participant, |id| MediaCommand::Sounds { id, feeds });
            }
            Effect::CloseTransport(participant) => self.close(participant),
            // The driver's own.
            Effect::Stop => {}
        }
    }

    /// What an event of a transport means to the room; nothing, if the transport is outdated.
    pub(super) fn input_of(&self, event: TransportEvent) -> Option<Input> {
        let id = event.transport();
        let change = match event {
            TransportEvent::Connected(_) => TransportChange::Connected,
            TransportEvent::Failed(_, TransportFailure::WeakCipher) => TransportChange::WeakCipher,
            TransportEvent::Failed(
                _,
                TransportFailure::Fingerprint
                | TransportFailure::Handshake
                | TransportFailure::ConsentExpired,
            ) => TransportChange::Lost,
            TransportEvent::Wanted(publication, layers) => {
                TransportChange::Wanted(publication.source, layers)
            }
            TransportEvent::Speaking(_, speaks) => TransportChange::Speaking(speaks),
        };
        let (participant, _) = self.transports.iter().find(|(_, current)| current.id == id)?;
        Some(Input::Transport(*participant, change))
    }

    /// When [`World::retry`] has something to do.
    pub(super) fn retry_at(&self, now: Timestamp) -> Option<Timestamp> {
        (!self.unclosed.is_empty()).then(|| now + RETRY_AFTER)
    }

    /// Tells the media plane again of the transports that it was too busy to close.
    pub(super) fn retry(&mut self) {
        let media = &self.media;
        self.unclosed.retain(|id| media.send(MediaCommand::Close { id: *id }).is_err());
    }

    /// Ends every transport that is left.
    pub(super) fn close_everything(&mut self) {
        let left = core::mem::take(&mut self.transports).into_values();
        self.unclosed.extend(left.map(|transport| transport.id));
        self.retry();
        if !self.unclosed.is_empty() {
            // They expire by themselves, when nobody is at their other end.
            tracing::warn!(
                left = self.unclosed.len(),
                "the media plane is too busy to close transports"
            );
        }
    }

    fn send(&mut self, session: SessionId, message: ServerMessage) {
        let Some(outbox) = self.outboxes.get(&session) else { return };
        if outbox.say(message).is_err()
            && let Some(outbox) = self.outboxes.remove(&session)
        {
            tracing::debug!(room = self.number.0, session = session.0, "session is slow");
            outbox.cut();
        }
    }

    /// Answers an offer: with more slots for the transport that it goes on with, or else with a fresh one.
    fn answer(&mut self, session: SessionId, participant: ParticipantId, offer: &Offer) -> Input {
        let senders: Vec<_> =
            offer.senders.iter().map(|line| (line.mid.clone(), line.source)).collect();
        if let Some(slots) = self.grow(session, participant, offer.sdp.as_str(), &senders) {
            return Input::Grown { participant, slots };
        }
        match self.negotiate(session, participant, offer.sdp.as_str(), &senders) {
            Some(slots) => Input::Negotiated { participant, slots },
            None => Input::NotNegotiated { participant },
        }
    }

    /// Lets the participant's transport grow, if the offer goes on with it; all its slots.
    fn grow(
        &mut self,
        session: SessionId,
        participant: ParticipantId,
        offer: &str,
        senders: &[(Mid, Source)],
    ) -> Option<Vec<(Mid, MediaKind)>> {
        let transport = self.transports.get_mut(&participant)?;
        let grown = transport.agreed.grow(offer, senders)?;
        let voices = transport.voices.clone();
        let sdp = Sdp::new(grown.answer)?;
        // Before the transport may be given up: it is answered, whatever becomes of it.
        self.send(session, ServerMessage::Answer(Answer { sdp, voices }));
        let params = Box::new(grown.transport);
        self.command(participant, |id| MediaCommand::Grow { id, params });
        Some(grown.slots)
    }

    /// Answers an offer with a fresh transport; its slots, or `None` when it cannot be answered.
    fn negotiate(
        &mut self,
        session: SessionId,
        participant: ParticipantId,
        offer: &str,
        senders: &[(Mid, Source)],
    ) -> Option<Vec<(Mid, MediaKind)>> {
        if self.transports.is_empty() && self.unclosed.is_empty() {
            // Nobody is left whom the room would have to stay near.
            self.media = self.media.placed();
        }
        let (negotiated, agreed) = match self.media.agree(offer, senders) {
            Ok(answered) => answered,
            Err(error) => {
                tracing::debug!(room = self.number.0, %participant, %error);
                return None;
            }
        };
        let Some(sdp) = Sdp::new(negotiated.answer) else {
            tracing::error!(room = self.number.0, "an answer is longer than the protocol allows");
            return None;
        };
        let mut random = Zeroizing::new([0; 16]);
        if rand::fill(&mut *random).is_err() {
            tracing::error!(room = self.number.0, "no random numbers");
            return None;
        }
        let voices = VoiceKey::from_random(*random);
        self.close(participant);
        self.transports_opened = self.transports_opened.wrapping_add(1);
        let id = negotiated.transport.name(self.number.transport(self.transports_opened));
        let agreed = Box::new(agreed);
        self.transports.insert(participant, Transport { id, agreed, voices: voices.clone() });
        let params = Box::new(negotiated.transport);
        if self.command(participant, |id| MediaCommand::Open { id, params }) {
            self.send(session, ServerMessage::Answer(Answer { sdp, voices }));
        }
        Some(negotiated.slots)
    }

    /// What is to be heard of those who have a transport, as the participant calls it.
    fn feeds(
        &self,
        participant: ParticipantId,
        publishers: &[(ParticipantId, Source)],
    ) -> Vec<Feed> {
        let Some(Transport { voices, .. }) = self.transports.get(&participant) else {
            return Vec::new();
        };
        let feeds = publishers.iter().filter_map(|(publisher, source)| {
            let transport = self.transports.get(publisher)?.id;
            let name = match source {
                Source::ScreenSound => voices.screen_sound(*publisher),
                Source::Microphone | Source::Camera | Source::Screen => voices.name(*publisher),
            };
            Some(Feed { transport, source: *source, name })
        });
        feeds.collect()
    }

    fn route(&mut self, participant: ParticipantId, routes: Vec<room::Route>) {
        let routes = routes
            .into_iter()
            .filter_map(|room::Route { mid, publisher, source, lines }| {
                // Without a transport nothing comes from them; the room states the table again
                // when they have one.
                let transport = self.transports.get(&publisher)?.id;
                Some(Route { mid, feed: Publication { transport, source }, lines })
            })
            .collect();
        self.command(participant, |id| MediaCommand::Routes { id, routes });
    }

    fn close(&mut self, participant: ParticipantId) {
        if let Some(Transport { id, .. }) = self.transports.remove(&participant)
            && self.media.send(MediaCommand::Close { id }).is_err()
        {
            self.unclosed.push(id);
        }
    }

    /// Commands the participant's transport, if there is one; whether it was commanded.
    fn command(
        &mut self,
        participant: ParticipantId,
        command: impl FnOnce(TransportId) -> MediaCommand,
    ) -> bool {
        let Some(id) = self.transports.get(&participant).map(|it| it.id) else { return false };
        let taken = self.media.send(command(id)).is_ok();
        if !taken {
            tracing::warn!(room = self.number.0, %participant, "the media plane is too busy: transport given up");
            self.transports.remove(&participant);
            self.unclosed.push(id);
            self.inputs.push_back(Input::Transport(participant, TransportChange::Lost));
        }
        taken
    }
}

/// Longer, a transport without owner lives longer. Shorter, a busy media plane is kept busier.
const RETRY_AFTER: Duration = Duration::from_millis(100);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_transport_names_its_room() {
        let number = RoomNumber(0xdead_beef);
        assert_eq!(number.transport(7), TransportId(0xdead_beef_0000_0007));
        assert_eq!(RoomNumber::of(number.transport(u32::MAX)), number);
    }
}

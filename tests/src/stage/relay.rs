// SPDX-License-Identifier: EUPL-1.2
//! The server around the room: opens it, performs its effects, and relays nothing.

use std::time::Duration;

use app::call::Event;
use server::room::{
    Effect, Input, Licensing, Room, RoomKey, RoomLimits, Route, SessionId, SourceKey,
    TransportChange,
};
use shared::{
    Answer, ChatText, CloseReason, MediaKind, Mid, Offer, ParticipantId, RosterChange, Sdp,
    SealedText, ServerMessage, Source, UnixTime, VoiceKey,
};

use super::{Stage, line::Coming, stage::secret};

/// The relay's end of a peer connection.
#[derive(Clone, Debug)]
pub struct Transport {
    /// Whose page, and which of its peer connections.
    pub peer: (usize, u64),
    /// Which sources pass.
    pub gates: Vec<Source>,
    /// Which picture is received in which slot, the most important first.
    pub routes: Vec<Route>,
    /// What can be heard.
    pub sounds: Vec<(ParticipantId, Source)>,
}

impl Stage {
    /// A connection reaches the server, which opens the room if there is none.
    pub(super) fn connected(&mut self, session: SessionId) {
        if self.room.is_none() {
            self.rooms = self.rooms.wrapping_add(1);
            let id = secret().moderator_key().room_id();
            let key = RoomKey::from_random([self.rooms; 32]);
            let start = UnixTime::from_secs(1_800_000_000);
            let room = Room::new(id, key, RoomLimits::default(), Licensing::Open, start);
            self.room = Some(room);
        }
        let page = self.lines.get(&session).map_or(0, |line| line.page);
        let source = SourceKey(u64::try_from(page).unwrap_or_default());
        self.tell_room(Input::Connected(session, source));
    }

    pub(super) fn tell_room(&mut self, input: Input) {
        let Some(room) = &mut self.room else { return };
        for effect in room.handle(self.now, input) {
            self.obey(effect);
        }
    }

    /// The server fails: everything that it knew is gone.
    pub(super) fn restart(&mut self) {
        self.room = None;
        self.hushes.clear();
        self.cut_all();
        self.coming.retain(|_, coming| !matches!(coming, Coming::Negotiated(..)));
        for (_, transport) in core::mem::take(&mut self.transports) {
            self.expire(&transport);
        }
    }

    /// The relay answers: the transport is a fresh one, with every gate closed, or the one there is with more
    /// slots.
    pub(super) fn negotiated(
        &mut self,
        session: SessionId,
        participant: ParticipantId,
        peer: (usize, u64),
        pictures: usize,
    ) {
        let grows = self.transports.get(&participant).is_some_and(|known| known.peer == peer);
        if !grows {
            let (gates, routes, sounds) = (Vec::new(), Vec::new(), Vec::new());
            let fresh = Transport { peer, gates, routes, sounds };
            if let Some(before) = self.transports.insert(participant, fresh) {
                self.expire(&before);
            }
        }
        if let Some(sdp) = Sdp::new(peer.1.to_string()) {
            self.say(
                session,
                ServerMessage::Answer(Answer { sdp, voices: VoiceKey::from_random([6; 16]) }),
            );
        }
        let pictures = pictures.min(self.most_pictures.into());
        let kinds = [(MediaKind::Audio, 10_u8, 6), (MediaKind::Video, 50, pictures)];
        let slots = kinds.into_iter().flat_map(|(kind, first, count)| {
            let mids = (first..).take(count);
            mids.filter_map(move |number| Some((Mid::parse(&number.to_string())?, kind)))
        });
        let slots = slots.collect();
        if grows {
            return self.tell_room(Input::Grown { participant, slots });
        }
        self.tell_room(Input::Negotiated { participant, slots });
        self.tell_room(Input::Transport(participant, TransportChange::Connected));
    }

    fn obey(&mut self, effect: Effect) {
        match effect {
            Effect::Send(session, message) => {
                if message == (ServerMessage::Closed { reason: CloseReason::Protocol }) {
                    self.faults.push("a page broke the protocol".to_owned());
                }
                self.overhear(session, &message);
                self.say(session, message);
            }
            Effect::Close(session) => self.close(session),
            Effect::Negotiate { session, participant, offer } => {
                self.negotiate(session, participant, &offer);
            }
            Effect::Gate { participant, source, open } => {
                if open && self.hushes.holds(participant, source) {
                    self.faults.push(format!("{source:?} of {participant} is raised by others"));
                }
                if let Some(transport) = self.transports.get_mut(&participant) {
                    transport.gates.retain(|known| *known != source);
                    if open {
                        transport.gates.push(source);
                    }
                }
            }
            Effect::Routes { participant, routes } => {
                let own = routes.iter().any(|route| route.publisher == participant);
                self.receives(participant, own, |transport| transport.routes = routes);
            }
            Effect::Sounds { participant, publishers } => {
                let own = publishers.iter().any(|(publisher, _)| *publisher == participant);
                self.receives(participant, own, |transport| transport.sounds = publishers);
            }
            Effect::CloseTransport(participant) => {
                self.coming.retain(|_, coming| {
                    !matches!(coming, Coming::Negotiated(_, meant, ..) if *meant == participant)
                });
                if let Some(transport) = self.transports.remove(&participant) {
                    self.expire(&transport);
                }
            }
            Effect::Stop => {
                self.room = None;
                self.hushes.clear();
                if !self.transports.is_empty() {
                    self.faults.push("a room stops and leaves transports behind".to_owned());
                }
            }
        }
    }

    /// The relay answers an offer a little later.
    fn negotiate(&mut self, session: SessionId, participant: ParticipantId, offer: &Offer) {
        let at = self.soon();
        let words: Vec<&str> = offer.sdp.as_str().split(' ').collect();
        if let [page, peer, pictures] = words.as_slice()
            && let (Ok(page), Ok(peer), Ok(pictures)) =
                (page.parse(), peer.parse(), pictures.parse())
        {
            let answered = Coming::Negotiated(session, participant, (page, peer), pictures);
            self.later(at, answered);
        }
    }

    /// What somebody receives is another table from here on.
    fn receives(
        &mut self,
        participant: ParticipantId,
        own: bool,
        change: impl FnOnce(&mut Transport),
    ) {
        if own {
            self.faults.push(format!("{participant} receives themselves"));
        }
        match self.transports.get_mut(&participant) {
            Some(transport) => change(transport),
            None => self.faults.push(format!("{participant} receives in nothing")),
        }
    }

    /// What the room says is looked at on its way: nobody is told of a source that is off while its gate
    /// is still open.
    fn overhear(&mut self, session: SessionId, message: &ServerMessage) {
        if let ServerMessage::Welcome { you, .. } = message {
            self.hushes.seated(session, *you);
        } else if let ServerMessage::Silenced { source, count, .. } = message {
            self.hushes.said(session, *source, *count);
        } else if let ServerMessage::Chat { participant, text } = message {
            self.overhear_chat(*participant, text);
        } else if let ServerMessage::Roster {
            change: RosterChange::Present { participant: told },
            ..
        } = message
            && let Some(transport) = self.transports.get(&told.id)
            && transport.gates.iter().any(|source| !told.live.contains(source))
        {
            self.faults.push(format!("{} is said to be off and passes", told.id));
        }
    }

    /// Keeps the order of what is written; each line is said to several people in a row.
    fn overhear_chat(&mut self, from: ParticipantId, text: &SealedText) {
        let room = secret().moderator_key().room_id();
        let text = text.open(&secret().invitation_key(), (room, from));
        let text = text.as_ref().map_or("", ChatText::as_str);
        if self.written.last().is_none_or(|last| last != text) {
            self.written.push(text.to_owned());
        }
    }

    /// The page's end of a transport that is gone learns it by itself, late (RFC 7675 §5.1).
    fn expire(&mut self, transport: &Transport) {
        let (page, peer) = transport.peer;
        let at = self.now + Duration::from_secs(20);
        self.later(at, Coming::Report(page, peer, Event::PeerFailed));
    }
}

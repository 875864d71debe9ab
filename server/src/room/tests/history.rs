// SPDX-License-Identifier: EUPL-1.2
//! Random histories: people, impostors and failures in any order, in a room that is small enough for
//! every limit to be met.

use std::{collections::BTreeMap, time::Duration};

use shared::{
    Challenge, ClientMessage, DisplayName, Entry, MediaKind, Mid, Moderation, ParticipantId,
    Refusal, Restrictions, ResumeToken, Role, RoomSecret, SealedProfile, ServerMessage, Source,
    Ticket, TicketNumber, Timestamp,
};

use super::super::{Effect, Input, Licensing, Room, RoomKey, RoomLimits, SessionId, SourceKey};
use super::model::Shown;
use super::oracle::Oracle;
use super::stage::{CAMERA, MICROPHONE, START, enter, kind, offer};
use super::steps::{Guest, Hand, Heard, Proof, Step, Token, mark_of};
use super::tab::Tab;

/// A room, everybody around it, and the oracle that watches.
pub(super) struct World {
    pub(super) room: Room,
    pub(super) oracle: Oracle,
    now: Timestamp,
    secret: RoomSecret,
    forger: RoomSecret,
    profile: SealedProfile,
    sessions: Vec<SessionId>,
    challenges: BTreeMap<SessionId, Challenge>,
}

impl World {
    pub(super) fn new(limits: RoomLimits) -> Self {
        let secret = RoomSecret::from_random([1; 32]);
        let id = secret.moderator_key().room_id();
        let key = RoomKey::from_random([2; 32]);
        let name = DisplayName::default();
        Self {
            room: Room::new(id, key, limits, Licensing::Open, START),
            oracle: Oracle::new(limits),
            now: Timestamp::default(),
            forger: RoomSecret::from_random([9; 32]),
            profile: SealedProfile::seal(&name, &secret.invitation_key(), id, [3; 12]),
            secret,
            sessions: Vec::new(),
            challenges: BTreeMap::new(),
        }
    }

    pub(super) fn small() -> Self {
        Self::restricted(Restrictions::NONE)
    }

    /// Of an operator who restricts this.
    pub(super) fn restricted(restrictions: Restrictions) -> Self {
        Self::new(RoomLimits {
            restrictions,
            seats: 4,
            reserve: 1,
            waiting: 3,
            challenged: 2,
            chat_burst: 2,
            reaction_burst: 2,
            rtt_burst: 2,
            pause_after: Duration::from_secs(5),
            end_after: Duration::from_secs(50),
            refused: 1,
            removed: 2,
            used_tickets: 2,
            slots: 4,
            wanted: 6,
            ..RoomLimits::default()
        })
    }

    pub(super) fn play(&mut self, steps: &[Step]) {
        for step in steps {
            self.perform(step);
        }
    }

    pub(super) fn perform(&mut self, step: &Step) {
        let input = match step {
            Step::Connect(source) => return self.connect(*source),
            Step::Arrive(hand) => {
                self.connect(hand.source);
                return self.enter(0, *hand);
            }
            Step::Enter(session, hand) => return self.enter(*session, *hand),
            Step::Offer(session, sources) => {
                let lines = ["s1", "s2", "s3"].into_iter().zip(sources.iter().copied());
                return self.say(*session, ClientMessage::Offer(offer(&lines.collect::<Vec<_>>())));
            }
            Step::Publish(session, live, heard) => return self.publish(*session, live, *heard),
            Step::Want(session, pictures) => {
                let session = self.somebody_inside(*session, Role::Participant);
                let pictures = pictures.clone();
                return self.say_from(session, ClientMessage::Want { pictures });
            }
            Step::RaiseHand(session, raised) => {
                return self.say(*session, ClientMessage::Hand { raised: *raised });
            }
            Step::Say(session, said) => return self.say(*session, said.message(&self.secret)),
            Step::Moderate(session, act) => {
                let session = self.somebody_inside(*session, Role::Moderator);
                return self.say_from(session, ClientMessage::Moderate(self.aimed(*act)));
            }
            Step::Desert => return self.desert(),
            Step::Leave(session) => return self.say(*session, ClientMessage::Leave {}),
            Step::Violate(session) => Input::Violated(self.session(*session)),
            Step::Disconnect(session) => Input::Disconnected(self.session(*session)),
            Step::Negotiated(number, mids) => Input::Negotiated {
                participant: ParticipantId(*number),
                slots: mids.iter().map(|mid| slot(mid)).collect(),
            },
            Step::OpenTransport(session, mids) => {
                self.perform(&Step::Offer(*session, vec![MICROPHONE, CAMERA]));
                let page = self.oracle.pages.get(&self.session(*session));
                let Some(participant) = page.and_then(|page| page.you) else { return };
                return self.perform(&Step::Negotiated(participant.0, mids.clone()));
            }
            Step::GrowTransport(session, mids) => return self.grow(*session, mids),
            Step::NotNegotiated(number) => {
                Input::NotNegotiated { participant: ParticipantId(*number) }
            }
            Step::Transport(number, change) => Input::Transport(ParticipantId(*number), *change),
            Step::Leap(seconds) => {
                self.now = self.now + Duration::from_secs(*seconds);
                return;
            }
            Step::Wait(seconds) => {
                self.now = self.now + Duration::from_secs(*seconds);
                Input::Timeout
            }
        };
        self.handle(&input, Shown::default());
    }

    /// Offers to go on with what there is, and is answered with these lines behind it.
    fn grow(&mut self, session: usize, mids: &[&str]) {
        self.perform(&Step::Offer(session, vec![MICROPHONE, CAMERA]));
        let page = self.oracle.pages.get(&self.session(session));
        let Some(participant) = page.and_then(|page| page.you) else { return };
        let known = self.oracle.seats[&participant].shelf.clone().unwrap_or_default();
        let fresh = mids.iter().map(|mid| slot(mid));
        let fresh: Vec<_> = fresh.filter(|(mid, _)| !known.contains_key(mid)).collect();
        let slots = known.into_iter().chain(fresh).collect();
        self.handle(&Input::Grown { participant, slots }, Shown::default());
    }

    /// Counted back from the latest connection.
    pub(super) fn session(&self, number: usize) -> SessionId {
        let place = self.sessions.len().checked_sub(1 + number);
        place.map_or(SessionId(0), |place| self.sessions[place])
    }

    fn publish(&mut self, session: usize, live: &[Source], heard: Heard) {
        let session = self.somebody_inside(session, Role::Participant);
        let said = self.oracle.model.at(session).map_or(0, |person| person.silencings);
        let heard = match heard {
            Heard::AllBut(some) => said.saturating_sub(some),
            Heard::MoreThanWasSaid => said + 1,
        };
        self.say_from(session, ClientMessage::Publish { live: live.to_vec(), heard });
    }

    fn desert(&mut self) {
        let people = self.oracle.model.people.iter();
        let moderators = people.filter(|person| person.role == Role::Moderator);
        let sessions: Vec<_> = moderators.filter_map(|person| person.session).collect();
        for session in sessions {
            self.handle(&Input::Disconnected(session), Shown::default());
        }
    }

    /// Somebody who is here in this role or a higher one; for the last numbers, whoever it may be.
    fn somebody_inside(&self, number: usize, role: Role) -> SessionId {
        let people = self.oracle.model.people.iter().filter(|person| person.role >= role);
        let sessions: Vec<_> = people.filter_map(|person| person.session).collect();
        let hit = number.checked_rem(sessions.len()).filter(|_| number < 4);
        hit.map_or_else(|| self.session(number), |place| sessions[place])
    }

    /// The act, about somebody who is there; for the last numbers, about whoever it may be.
    fn aimed(&self, act: Moderation) -> Moderation {
        let model = &self.oracle.model;
        let inside: Vec<_> = model.people.iter().map(|person| person.id).collect();
        // Those from whom something can be taken.
        let others = model.people.iter().filter(|person| !person.holder);
        let others: Vec<_> = others.map(|person| person.id).collect();
        let waiting: Vec<_> = model.waiting.iter().map(|waits| waits.id).collect();
        let aim = |participant: ParticipantId, at: &[ParticipantId]| {
            let number = usize::try_from(participant.0).unwrap();
            let hit = number.checked_rem(at.len()).filter(|_| number < 9);
            hit.map_or(participant, |place| at[place])
        };
        let mut aimed = act;
        match &mut aimed {
            Moderation::Admit { participant } | Moderation::Refuse { participant } => {
                *participant = aim(*participant, &waiting);
            }
            Moderation::Silence { participant }
            | Moderation::StopCamera { participant }
            | Moderation::StopScreen { participant }
            | Moderation::LowerHand { participant } => *participant = aim(*participant, &inside),
            Moderation::MakeParticipant { participant }
            | Moderation::MakePresenter { participant }
            | Moderation::MakeModerator { participant }
            | Moderation::Remove { participant } => *participant = aim(*participant, &others),
            Moderation::AdmitAll { up_to } => *up_to = aim(*up_to, &waiting),
            Moderation::Door { .. }
            | Moderation::Invitations { .. }
            | Moderation::Share { .. }
            | Moderation::Chat { .. }
            | Moderation::SilenceAll {}
            | Moderation::LowerHands {}
            | Moderation::End {} => {}
        }
        aimed
    }

    pub(super) fn say_from(&mut self, session: SessionId, message: ClientMessage) {
        self.handle(&Input::Message(session, message), Shown::default());
    }

    pub(super) fn handle(&mut self, input: &Input, shown: Shown) {
        let effects = self.room.handle(self.now, input.clone());
        for effect in &effects {
            if let Effect::Send(session, ServerMessage::Challenge { challenge }) = effect {
                self.challenges.insert(*session, *challenge);
            }
        }
        self.oracle.observe(self.now, input, shown, &effects);
        self.oracle.check(self.now, &self.room, &effects);
    }

    fn connect(&mut self, source: u64) {
        let session = SessionId(u64::try_from(self.sessions.len()).unwrap() + 1);
        self.sessions.push(session);
        self.handle(&Input::Connected(session, SourceKey(source)), Shown::default());
    }

    /// Shows what somebody has in hand, and tells the oracle what of it is worth something.
    fn enter(&mut self, session: usize, hand: Hand) {
        let (session, other) = (self.session(session), self.session(1));
        let mut entry = enter(self.profile.clone());
        entry.restrictions = hand.restrictions;
        let mut shown = Shown { restrictions: hand.restrictions, ..Shown::default() };
        self.show_proof(&mut entry, &mut shown, hand, (session, other));
        self.show_guest(&mut entry, &mut shown, hand, (session, other));
        let seen = match hand.token {
            Token::No | Token::Invented => None,
            Token::Seen(back) => self.oracle.tokens.iter().rev().nth(back).cloned(),
            Token::Removed(place) => {
                let tabs = self.oracle.model.removed.iter();
                tabs.flat_map(Tab::tokens).nth(place).and_then(|means| self.oracle.token(*means))
            }
            Token::Refused(place) => {
                let refused = self.oracle.model.refused.get(place);
                refused.and_then(|(participant, _)| self.oracle.token((*participant, 0)))
            }
        };
        if let Token::Invented = hand.token {
            entry.resume = Some(ResumeToken::from_bytes([7; 32]));
        } else if let Some((token, means)) = seen {
            (entry.resume, shown.token) = (Some(token), Some(means));
        }
        if let Some(number) = hand.ticket {
            let moment = Duration::from_secs(if number == 2 { 30 } else { 3_600 });
            let signer = if number == 3 { &self.forger } else { &self.secret };
            let random = TicketNumber::from_random([number; 16]);
            entry.ticket = Some(Ticket::issue(&signer.moderator_key(), random, START + moment));
            let over = Timestamp::default() + moment <= self.now;
            shown.ticket = Some(match number {
                3 => Err(Refusal::WrongTicket),
                2 if over => Err(Refusal::TicketExpired),
                _ => Ok(number),
            });
        }
        self.handle(&Input::Message(session, ClientMessage::Enter(entry)), shown);
    }

    fn show_proof(
        &self,
        entry: &mut Entry,
        shown: &mut Shown,
        hand: Hand,
        (session, other): (SessionId, SessionId),
    ) {
        let prove = |secret: &RoomSecret, session| {
            self.challenges.get(&session).map(|c| secret.moderator_key().prove(c))
        };
        entry.proof = match hand.proof {
            Proof::Holds => prove(&self.secret, session),
            Proof::Forged => prove(&self.forger, session),
            Proof::Borrowed if other != session => prove(&self.secret, other),
            Proof::No | Proof::Borrowed => None,
        };
        let holds = matches!(hand.proof, Proof::Holds);
        shown.proof = entry.proof.as_ref().map(|_| holds);
    }

    fn show_guest(
        &self,
        entry: &mut Entry,
        shown: &mut Shown,
        hand: Hand,
        (session, other): (SessionId, SessionId),
    ) {
        let room = self.secret.moderator_key().room_id();
        let prove = |secret: &RoomSecret, session| {
            let key = secret.invitation_key().guest_key();
            self.challenges.get(&session).map(|challenge| key.prove(room, challenge))
        };
        (entry.guest, shown.guest) = match hand.guest {
            Guest::Invited => (prove(&self.secret, session), Some(mark_of(1))),
            Guest::InvitedElsewhere => (prove(&self.forger, session), Some(mark_of(9))),
            Guest::Borrowed if other != session => (prove(&self.secret, other), None),
            Guest::No | Guest::Borrowed => (None, None),
        };
        if entry.guest.is_none() {
            shown.guest = None;
        }
    }

    fn say(&mut self, session: usize, message: ClientMessage) {
        self.say_from(self.session(session), message);
    }
}

fn slot(mid: &str) -> (Mid, MediaKind) {
    (Mid::parse(mid).unwrap(), kind(mid))
}

// SPDX-License-Identifier: EUPL-1.2
//! The call: one event in, the effects out.

use shared::{
    Challenge, ClientMessage, CloseReason, InvitationKey, Moderation, ResumeToken, RoomSecret,
    SealedProfile, ServerMessage, Source, Timestamp, WaitingFor,
};

use super::{
    Access, Device, Effect, EndReason, Event, Intent,
    line::Line,
    own::{OnEntry, Own},
    peer::Peer,
    roster::{Names, Roster},
};

/// One person's part in one conference, from the gate to the end.
#[derive(Debug)]
pub struct Call {
    pub(super) access: Access,
    pub(super) names: Names,
    pub(super) resume: Option<ResumeToken>,
    pub(super) phase: Phase,
    pub(super) microphone: Own,
    pub(super) camera: Own,
    pub(super) devices: Vec<Device>,
    pub(super) effects: Vec<Effect>,
}

/// Where the person is.
#[derive(Debug)]
pub(super) enum Phase {
    /// Choosing devices and a name.
    Gate,
    /// Asked to enter, and not inside.
    Outside { line: Line, profile: SealedProfile, waiting: Option<WaitingFor> },
    /// In the conference, or returning to it.
    Inside(Box<Inside>),
    /// Over, and why.
    Ended(EndReason),
}

/// What there is only in the conference.
#[derive(Debug)]
pub(super) struct Inside {
    pub(super) line: Line,
    pub(super) profile: SealedProfile,
    pub(super) roster: Roster,
    pub(super) peer: Peer,
}

impl Call {
    /// A call at the gate. `resume` is what the seat of this tab's earlier stay left behind.
    pub fn new(access: Access, resume: Option<ResumeToken>) -> Self {
        let names = Names { room: access.room_id(), key: access.invitation_key() };
        Self {
            access,
            names,
            resume,
            phase: Phase::Gate,
            microphone: Own::new(Source::Microphone),
            camera: Own::new(Source::Camera),
            devices: Vec::new(),
            effects: Vec::new(),
        }
    }

    /// Advances the call by one event.
    #[must_use = "a call acts only through its effects"]
    pub fn handle(&mut self, now: Timestamp, event: Event) -> Vec<Effect> {
        match event {
            Event::Intent(intent) => self.intent(now, intent),
            Event::Message(message) => self.message(now, message),
            Event::SocketClosed => self.line_broken(now),
            Event::NetworkReturned => {
                if let Some(line) = self.line() {
                    line.hurry(now);
                }
            }
            Event::Devices(devices) => self.devices = devices,
            Event::Captured { source, device } => self.captured(source, device),
            Event::CaptureFailed { source, failure } => {
                self.with_own(source, |own, effects| own.failed(failure, effects));
            }
            Event::CaptureEnded(source) => {
                self.change_own(source, Own::ended);
            }
            Event::Offered(offer) => self.offered(offer),
            Event::PeerConnected => {
                if let Phase::Inside(inside) = &mut self.phase {
                    inside.peer.connected();
                }
            }
            Event::PeerFailed => self.peer_failed(now),
            // The server speaks first; what is due is done below.
            Event::SocketOpened | Event::Timeout => {}
        }
        self.do_what_is_due(now);
        std::mem::take(&mut self.effects)
    }

    /// When the call wants [`Event::Timeout`].
    pub fn deadline(&self) -> Option<Timestamp> {
        match &self.phase {
            Phase::Gate | Phase::Ended(_) => None,
            Phase::Outside { line, .. } => line.deadline(),
            Phase::Inside(inside) => {
                let peer = inside.peer.deadline().filter(|_| inside.line.holds());
                [inside.line.deadline(), peer].into_iter().flatten().min()
            }
        }
    }

    fn intent(&mut self, now: Timestamp, intent: Intent) {
        let at_gate = matches!(self.phase, Phase::Gate);
        let inside = matches!(self.phase, Phase::Inside(_));
        match intent {
            Intent::Preview(source, true) if at_gate => self.with_own(source, Own::switch_on),
            Intent::Preview(source, false) if at_gate => {
                self.with_own(source, |own, effects| {
                    own.switch_off(effects);
                    own.on_entry(OnEntry::GoOff);
                });
            }
            Intent::TransmitOnEntry(source, transmit) if at_gate => {
                let wish = if transmit { OnEntry::Transmit } else { OnEntry::GoOff };
                self.own(source).on_entry(wish);
            }
            Intent::ChooseDevice(source, device) => {
                self.with_own(source, |own, effects| own.choose(device, effects));
            }
            Intent::Join { name, nonce } if at_gate => {
                let key = self.names.key.clone().unwrap_or_else(nobodys_key);
                self.join(now, SealedProfile::seal(&name, &key, self.names.room, nonce));
            }
            Intent::Transmit(source, true) if inside => self.with_own(source, Own::switch_on),
            Intent::Transmit(source, false) if inside => self.change_own(source, Own::switch_off),
            Intent::Admit(participant) => {
                self.moderate(Moderation::Admit { participant });
            }
            Intent::AdmitAll => self.moderate(Moderation::AdmitAll {}),
            Intent::Refuse(participant) => {
                self.moderate(Moderation::Refuse { participant });
            }
            Intent::Leave => self.leave(),
            Intent::Return => {
                if matches!(self.phase, Phase::Ended(_)) {
                    self.phase = Phase::Gate;
                }
            }
            // A hand that was quicker than the screen.
            Intent::Preview(..)
            | Intent::TransmitOnEntry(..)
            | Intent::Join { .. }
            | Intent::Transmit(..) => {}
        }
    }

    fn join(&mut self, now: Timestamp, profile: SealedProfile) {
        self.with_own(Source::Microphone, Own::enter);
        self.with_own(Source::Camera, Own::enter);
        self.phase = Phase::Outside { line: Line::opening(now), profile, waiting: None };
        self.effects.push(Effect::OpenSocket(self.names.room));
    }

    fn message(&mut self, now: Timestamp, message: ServerMessage) {
        if matches!(self.phase, Phase::Gate | Phase::Ended(_)) {
            return;
        }
        match message {
            ServerMessage::Challenge { challenge } => self.challenged(&challenge),
            ServerMessage::Waiting { for_whom } => self.wait(for_whom),
            ServerMessage::Welcome { you, revision, participants, knocks, transport, resume } => {
                let roster = Roster::new((you, revision), participants, knocks, &self.names);
                if !transport && let Phase::Inside(inside) = &mut self.phase {
                    inside.peer.forget();
                }
                self.welcomed(roster, resume);
            }
            ServerMessage::Roster { revision, change } => {
                self.roster_changed(now, revision, change);
            }
            ServerMessage::Knock(knock) => self.knocked(knock),
            ServerMessage::KnockGone { participant } => {
                if let Phase::Inside(inside) = &mut self.phase {
                    inside.roster.knock_gone(participant);
                }
            }
            ServerMessage::Answer(answer) => {
                if let Phase::Inside(inside) = &mut self.phase
                    && inside.peer.answered()
                {
                    self.effects.push(Effect::AcceptAnswer(answer));
                }
            }
            ServerMessage::Slots { revision: _, slots } => {
                if let Phase::Inside(inside) = &mut self.phase {
                    inside.peer.feed(slots);
                }
            }
            ServerMessage::TransportLost {} => {
                if let Phase::Inside(inside) = &mut self.phase {
                    inside.peer.lost(now);
                }
            }
            ServerMessage::Refused { reason } => self.end(EndReason::Refused(reason)),
            ServerMessage::Closed { reason } => match reason {
                // The line ends with it and is opened again: the seat is kept.
                CloseReason::Slow | CloseReason::Stopping | CloseReason::Internal => {}
                CloseReason::Left
                | CloseReason::Replaced
                | CloseReason::Protocol
                | CloseReason::Unknown => self.end(EndReason::Closed(reason)),
            },
            ServerMessage::Unknown => {}
        }
    }

    fn challenged(&mut self, challenge: &Challenge) {
        let proof = match &self.access {
            Access::Moderator(secret) => Some(secret.moderator_key().prove(challenge)),
            Access::Invited { .. } => None,
        };
        let resume = self.resume.clone();
        let (line, profile) = match &mut self.phase {
            Phase::Outside { line, profile, .. } => (line, profile),
            Phase::Inside(inside) => (&mut inside.line, &mut inside.profile),
            Phase::Gate | Phase::Ended(_) => return,
        };
        line.opened();
        let profile = profile.clone();
        self.say(ClientMessage::Enter { resume, proof, profile });
    }
}

/// The key of those who hold none: nobody opens what is sealed with it, which is what the room is
/// to see.
fn nobodys_key() -> InvitationKey {
    InvitationKey::parse(&"A".repeat(43))
        .unwrap_or_else(|| RoomSecret::from_random([0; 32]).invitation_key())
}

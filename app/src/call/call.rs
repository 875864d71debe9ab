// SPDX-License-Identifier: EUPL-1.2
//! The machine: takes an event, advances, and says what is to be done.

use shared::{Restrictions, ResumeToken, RoomId, ServerMessage, Source, Timestamp};

use super::{
    Access, Device, Effect, Event, Intent, PersonalLink,
    closing::Closing,
    conference::Conference,
    ear::Ear,
    evidence::Evidence,
    gaze::Gaze,
    keys::Keys,
    names::Names,
    phase::{Phase, Place, Underway},
    roster::Roster,
    scene::Scene,
    source::OwnSources,
    speaker::Speaker,
    treatment::Treatment,
};

/// One person's stay in one room, from the gate to the end.
#[derive(Debug)]
pub struct Call {
    pub(super) room: RoomId,
    pub(super) keys: Keys,
    pub(super) names: Names,
    /// What the link or the embedding page says that nobody can loosen.
    pub(super) restrictions: Restrictions,
    /// By what the room knows this tab: it takes up the seat again, as long as there is hope that it is
    /// kept, and owns up to a knock or a stay that a moderator ended.
    pub(super) resume: Option<ResumeToken>,
    pub(super) sources: OwnSources,
    pub(super) ear: Ear,
    pub(super) treatment: Treatment,
    pub(super) speaker: Speaker,
    pub(super) devices: Vec<Device>,
    pub(super) phase: Phase,
    /// The personal invitations made here; the page has them, and nobody else.
    pub(super) invitations: Vec<PersonalLink>,
    /// When somebody was last heard knocking.
    pub(super) chimed: Option<Timestamp>,
    pub(super) gaze: Gaze,
    pub(super) scene: Scene,
    pub(super) evidence: Evidence,
    pub(super) closing: Closing,
    /// What this turn has decided so far; empty between turns.
    pub(super) effects: Vec<Effect>,
}

impl Call {
    /// A call at the gate: nothing is on, nothing is connected. The token is what this tab kept of an
    /// earlier stay.
    pub fn new(access: Access, resume: Option<ResumeToken>) -> Self {
        Self {
            room: access.room_id(),
            names: Names::of(&access),
            restrictions: Restrictions::NONE,
            keys: Keys::of(access),
            resume,
            sources: OwnSources::new(),
            ear: Ear::default(),
            treatment: Treatment::default(),
            speaker: Speaker::default(),
            devices: Vec::new(),
            phase: Phase::Gate,
            invitations: Vec::new(),
            chimed: None,
            gaze: Gaze::default(),
            scene: Scene::default(),
            evidence: Evidence::default(),
            closing: Closing::default(),
            effects: Vec::new(),
        }
    }

    /// The same, where the link or the embedding page restricts it: at the bookmark the whole room is, otherwise
    /// this page alone.
    #[must_use]
    pub const fn restricted(mut self, restrictions: Restrictions) -> Self {
        self.restrictions = restrictions;
        self
    }

    /// Advances the call by one event.
    #[must_use = "a call acts only through its effects"]
    pub fn handle(&mut self, now: Timestamp, event: Event) -> Vec<Effect> {
        match event {
            Event::Intent(intent) => self.intend(now, intent),
            Event::SocketOpened => self.opened(),
            Event::Message(message) => self.hear(now, message),
            Event::SocketClosed => self.lose_line(now),
            Event::NetworkReturned => self.reopen(now),
            Event::Devices(devices) => self.devices(devices),
            Event::Captured { source, device } => self.captured(source, device),
            Event::CaptureFailed { source, failure } => self.capture_failed(source, failure),
            Event::CaptureEnded(source) => self.capture_ended(source),
            Event::Processed(found) => self.treatment.processed(found),
            Event::Blurred(blurred) => self.treatment.is_blurred(blurred),
            Event::Heard { peak } => self.heard(now, peak),
            Event::Offered(offer) => self.offered(offer),
            Event::PeerConnected => self.peer_connected(now),
            Event::PeerFailed => self.peer_failed(now),
            Event::Measured(tiles) => self.measured(tiles),
            Event::Staged(area) => self.staged(area),
            Event::Floats(float) => self.scene.floats(float),
            Event::Late(slots) => self.late(&slots),
            Event::Gauged(gauged) => self.gauged(now, gauged),
            Event::Found(found) => self.found(found),
            Event::Turned { to_front } => self.turned(to_front),
            // A call has the one, and the other is the driver's.
            Event::Rest(_) | Event::Host(_) => {}
            Event::Timeout => self.timeout(now),
        }
        self.set_scene(now);
        self.stand_down();
        self.say_wanted(now);
        self.compare(now);
        core::mem::take(&mut self.effects)
    }

    /// When the call wants [`Event::Timeout`].
    #[must_use]
    pub fn deadline(&self) -> Option<Timestamp> {
        let underway = match &self.phase {
            Phase::Gate => return None,
            Phase::Underway(underway) => underway,
            Phase::Ended(ended) => return ended.shut_until,
        };
        let inside = self.conference().into_iter().flat_map(|conference| {
            let (peer, outbox) = (conference.peer.deadline(), conference.outbox.deadline());
            let (lips, moment) = (conference.lips.deadline(), conference.moment.deadline());
            let (gaze, scene) = (self.gaze.deadline(), self.scene.deadline());
            let inside = [peer, outbox, lips, moment, gaze, scene];
            inside.into_iter().flatten()
        });
        let key = self.sources.talk.deadline();
        underway.line.deadline(underway.patience()).into_iter().chain(inside).chain(key).min()
    }

    fn intend(&mut self, now: Timestamp, intent: Intent) {
        match intent {
            Intent::Preview(source, true) => self.preview(source),
            Intent::Transmit(source, true) => self.transmit(source),
            Intent::Preview(source, false) | Intent::Transmit(source, false) => {
                self.switch_off(source);
            }
            Intent::TransmitOnEntry(source, transmit) => self.transmit_on_entry(source, transmit),
            Intent::ChooseDevice(source, device) => self.choose(source, device),
            Intent::ChooseSpeaker(device) => self.speaker.choose(device),
            Intent::Process(wanted) => {
                let microphone = self.sources.get_mut(Source::Microphone);
                self.effects.extend(self.treatment.process(wanted, microphone));
            }
            Intent::Blur(wanted) => {
                let camera = self.sources.get(Source::Camera);
                self.effects.extend(self.treatment.blur(wanted, camera));
            }
            Intent::Join { name, nonce } => self.join(now, &name, nonce),
            Intent::PushToTalk(chosen) => self.push_to_talk(chosen),
            Intent::HoldKey(held) => self.hold_key(now, held),
            Intent::RaiseHand(raised) => self.raise_hand(raised),
            Intent::Chat { text, nonce } => self.write(now, text, nonce),
            Intent::React { reaction, nonce } => self.react(now, reaction, nonce),
            Intent::Rtt { on, nonce } => self.switch_rtt(now, on, nonce),
            Intent::Type { line, nonce } => self.typed(now, line, nonce),
            Intent::Moderate(moderation) => self.moderate(moderation),
            Intent::OpenDoor => self.open_door(),
            Intent::Invite { numbers, expires } => self.invite(numbers, expires),
            Intent::Understood(source) => self.understood(source),
            Intent::ReadClosing => self.closing_is_read(),
            Intent::Examine => self.examine(),
            Intent::Look(look) => self.look(look),
            Intent::Leave => self.leave(),
            Intent::Return => self.return_to_gate(),
        }
    }

    /// Takes what the server says on a connection that is open. Before we asked to enter it has
    /// nothing to say but its greeting and that it ends.
    fn hear(&mut self, now: Timestamp, message: ServerMessage) {
        let Some(Underway { line, .. }) = self.underway() else { return };
        if !line.hears() {
            return;
        }
        match message {
            ServerMessage::Challenge { challenge } => self.greeted(&challenge),
            ServerMessage::Waiting { for_whom, visit } => self.waiting(now, for_whom, visit),
            ServerMessage::Welcome {
                you,
                revision,
                rules,
                participants,
                knocks,
                transport,
                resume,
            } => {
                let room = (revision, rules.restricted(self.restrictions));
                let roster = Roster::snapshot(you, room, participants, &self.names);
                self.welcomed(now, roster, knocks, transport, resume);
            }
            ServerMessage::Roster { revision, change } => self.changed(now, revision, change),
            ServerMessage::Knock(knock) => self.knocked(now, knock),
            ServerMessage::KnockGone { participant } => self.knock_gone(participant),
            ServerMessage::Silenced { source, by, count } => self.silenced(source, by, count),
            ServerMessage::Chat { participant, text } => self.written(now, participant, text),
            ServerMessage::Rtt { participant, line } => self.writes(now, participant, &line),
            ServerMessage::Reaction { participant, reaction } => {
                self.reacted(now, participant, reaction);
            }
            ServerMessage::Answer(answer) => self.answered(answer),
            ServerMessage::Slots { revision, slots } => self.assigned(revision, slots),
            ServerMessage::Speaking { participants } => self.speaking(participants),
            ServerMessage::Closing { within } => self.closes(now, within),
            ServerMessage::TransportLost {} => self.transport_lost(now),
            ServerMessage::Layers { source, wanted } => self.layers(source, wanted),
            ServerMessage::Refused { reason, pause } => self.refused(now, reason, pause),
            ServerMessage::Closed { reason } => self.closed(now, reason),
            ServerMessage::Unknown => {}
        }
    }

    pub(super) const fn underway(&self) -> Option<&Underway> {
        match &self.phase {
            Phase::Underway(underway) => Some(underway),
            Phase::Gate | Phase::Ended(_) => None,
        }
    }

    pub(super) const fn underway_mut(&mut self) -> Option<&mut Underway> {
        match &mut self.phase {
            Phase::Underway(underway) => Some(underway),
            Phase::Gate | Phase::Ended(_) => None,
        }
    }

    /// The room that is shown, while the line is being mended too.
    pub(super) fn shown(&self) -> Option<&Conference> {
        match &self.underway()?.place {
            Place::Inside(conference) => Some(conference),
            Place::Entering | Place::Waiting(_) => None,
        }
    }

    /// The room, while the server hears us.
    pub(super) fn conference(&self) -> Option<&Conference> {
        self.shown().filter(|_| self.underway().is_some_and(|u| u.line.is_settled()))
    }

    /// The room to be changed, while the server hears us.
    pub(super) fn conference_mut(&mut self) -> Option<&mut Conference> {
        match self.underway_mut()? {
            Underway { line, place: Place::Inside(conference), .. } if line.is_settled() => {
                Some(conference)
            }
            Underway { .. } => None,
        }
    }
}

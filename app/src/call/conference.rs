// SPDX-License-Identifier: EUPL-1.2
//! Inside: who is there, who knocks, what is written and received, and the peer connection over which
//! it comes.

use core::time::Duration;

use shared::{
    Act, Answer, ClientMessage, Knock, Offer, ParticipantId, Revision, RosterChange, SlotEntry,
    Timestamp,
};

use super::{
    Call, Effect, Silencer,
    chat::Chat,
    heard::Heard,
    knocks::Knocks,
    layers::Layers,
    lips::Lips,
    moment::Moment,
    names::Names,
    outbox::Outbox,
    peer::Peer,
    phase::{Phase, Place, Underway},
    quality::Quality,
    roster::{Applied, Roster},
    slots::Slots,
};

/// The room as this page knows it.
#[derive(Debug)]
pub(super) struct Conference {
    pub(super) roster: Roster,
    pub(super) knocks: Knocks,
    pub(super) slots: Slots,
    pub(super) layers: Layers,
    pub(super) lips: Lips,
    pub(super) quality: Quality,
    /// Who speaks, as the server said last on this line.
    pub(super) speaking: Vec<ParticipantId>,
    pub(super) peer: Peer,
    pub(super) chat: Chat,
    pub(super) outbox: Outbox,
    pub(super) moment: Moment,
    /// What the person wanted with the hand while nobody heard it.
    pub(super) hand: Option<bool>,
    /// Belongs to the seat, as its silencings do.
    pub(super) heard: Heard,
}

impl Conference {
    /// Entered for the first time.
    pub(super) fn new(roster: Roster) -> Self {
        Self {
            roster,
            knocks: Knocks::default(),
            slots: Slots::default(),
            layers: Layers::default(),
            lips: Lips::default(),
            quality: Quality::default(),
            speaking: Vec::new(),
            peer: Peer::default(),
            chat: Chat::default(),
            outbox: Outbox::default(),
            moment: Moment::default(),
            hand: None,
            heard: Heard::default(),
        }
    }

    /// Entered from another line. What belongs to the seat is kept with the seat. One without a transport
    /// may be another one, even under the same name: a server that was started again counts from the
    /// beginning. What it said of a loss may have been lost itself.
    pub(super) fn resumed(mut self, roster: Roster, transport: bool) -> Self {
        if transport && self.roster.you() == roster.you() {
            self.slots.restate();
        } else {
            self.slots.clear();
            self.peer.lost_seat();
            self.heard = Heard::default();
        }
        if self.roster.you() != roster.you() {
            self.outbox.seal_again();
        }
        self.roster = roster;
        self.speaking.clear();
        self.moment.resume();
        self.settle_moment();
        self
    }

    /// Who it is that switched something off.
    pub(super) fn silencer(&self, by: Option<ParticipantId>) -> Silencer {
        match by {
            Some(id) => {
                let moderator = self.roster.find(id);
                Silencer::Moderator(moderator.and_then(|moderator| moderator.named.name()))
            }
            None => Silencer::Room,
        }
    }
}

impl Call {
    /// The roster changed. Where a change is missing, another line brings a snapshot. Whoever does not
    /// run the door any longer does not look at it either.
    pub(super) fn changed(&mut self, now: Timestamp, revision: Revision, change: RosterChange) {
        let change = match change {
            RosterChange::Rules { rules } => {
                RosterChange::Rules { rules: rules.restricted(self.restrictions) }
            }
            RosterChange::Present { .. } | RosterChange::Gone { .. } => change,
        };
        let Some((conference, names)) = self.conference_and_names() else { return };
        let ran_door = conference.roster.may(Act::RunDoor);
        match conference.roster.apply(revision, change, names) {
            Applied::Yes if ran_door && !conference.roster.may(Act::RunDoor) => {
                conference.knocks = Knocks::default();
            }
            Applied::Yes => {}
            Applied::Gap => return self.lose_line(now),
        }
        conference.settle_moment();
        // What waits to be said is not said without the right to say it, later neither.
        if !conference.roster.may(Act::Chat) {
            conference.outbox = Outbox::default();
        }
    }

    pub(super) fn knocked(&mut self, now: Timestamp, knock: Knock) {
        let Some((conference, names)) = self.conference_and_names() else { return };
        if conference.knocks.add(knock, names) {
            self.chime(now);
        }
    }

    /// Somebody is heard knocking: once for many who come together.
    pub(super) fn chime(&mut self, now: Timestamp) {
        if self.chimed.is_none_or(|before| now.since(before) >= BETWEEN_CHIMES) {
            self.chimed = Some(now);
            self.effects.push(Effect::Chime);
        }
    }

    pub(super) fn knock_gone(&mut self, participant: ParticipantId) {
        if let Some(conference) = self.conference_mut() {
            conference.knocks.remove(participant);
        }
    }

    /// Makes a peer connection. Its slots are silent, and everything is sent over it, until the server says
    /// otherwise.
    pub(super) fn open_peer(&mut self) {
        let Some(conference) = self.conference_mut() else { return };
        conference.slots.clear();
        conference.layers.clear();
        conference.lips.clear();
        conference.quality.clear();
        let pictures = conference.peer.opening();
        self.effects.push(Effect::OpenPeer { pictures });
    }

    pub(super) fn offered(&mut self, offer: Offer) {
        let settled = self.conference().is_some();
        if self.shown_mut().is_some_and(|conference| conference.peer.offered(settled)) {
            self.effects.push(Effect::Send(ClientMessage::Offer(offer)));
        }
    }

    pub(super) fn answered(&mut self, answer: Answer) {
        if let Some(conference) = self.conference_mut()
            && conference.peer.answered()
        {
            conference.lips.know(answer.voices.clone());
            self.effects.push(Effect::AcceptAnswer(answer));
        }
    }

    pub(super) fn peer_connected(&mut self, now: Timestamp) {
        if let Some(conference) = self.shown_mut() {
            conference.peer.connected(now);
            self.examine_again();
        }
    }

    pub(super) fn peer_failed(&mut self, now: Timestamp) {
        let settled = self.conference().is_some();
        let Some(conference) = self.shown_mut() else { return };
        let at_once = conference.peer.failed(now, settled);
        if !conference.peer.is_running() {
            conference.slots.clear();
        }
        self.examine_again();
        if at_once {
            self.open_peer();
        }
    }

    /// The server gave up the transport that it had answered. Until it answers, what it says is
    /// about one that is replaced already.
    pub(super) fn transport_lost(&mut self, now: Timestamp) {
        if self.conference().is_some_and(|conference| conference.peer.is_running()) {
            self.peer_failed(now);
        }
    }

    /// The table of the peer connection that was answered; about another one nothing is known here.
    pub(super) fn assigned(&mut self, revision: Revision, slots: Vec<SlotEntry>) {
        if let Some(conference) = self.conference_mut()
            && conference.peer.is_running()
        {
            conference.slots.replace(revision, slots);
        }
        self.keep_together();
    }

    /// The whole of who speaks.
    pub(super) fn speaking(&mut self, participants: Vec<ParticipantId>) {
        if let Some(conference) = self.conference_mut() {
            conference.speaking = participants;
        }
    }

    pub(super) fn conference_and_names(&mut self) -> Option<(&mut Conference, &Names)> {
        let is_heard = self.conference().is_some();
        self.shown_and_names().filter(|_| is_heard)
    }

    pub(super) fn shown_and_names(&mut self) -> Option<(&mut Conference, &Names)> {
        match &mut self.phase {
            Phase::Underway(Underway { place: Place::Inside(conference), .. }) => {
                Some((conference, &self.names))
            }
            Phase::Underway(_) | Phase::Gate | Phase::Ended(_) => None,
        }
    }

    pub(super) fn shown_mut(&mut self) -> Option<&mut Conference> {
        match &mut self.underway_mut()?.place {
            Place::Inside(conference) => Some(conference),
            Place::Entering | Place::Waiting(_) => None,
        }
    }
}

/// Shorter, whoever is admitted late makes a concert of many knocks. Longer, somebody who comes by
/// themselves is not heard.
const BETWEEN_CHIMES: Duration = Duration::from_secs(3);

// SPDX-License-Identifier: EUPL-1.2
//! The floor: hands, chat, and what moderators do.

use shared::{
    Act, ChatText, ClientMessage, Door, Moderation, ParticipantId, SealedText, TicketNumber,
    Timestamp, UnixTime,
};

use super::{Call, ChatView, Effect, conference::Conference};

impl Call {
    /// The own hand is up when the room says so.
    pub(super) fn raise_hand(&mut self, raised: bool) {
        if self.conference().is_some() {
            self.effects.push(Effect::Send(ClientMessage::Hand { raised }));
        } else if let Some(conference) = self.shown_mut() {
            conference.hand = Some(raised);
        }
    }

    /// Writes to everybody. The line is shown when it comes back: in the order in which all see it.
    /// Without an invitation there is nobody who could read it.
    pub(super) fn write(&mut self, now: Timestamp, text: ChatText, nonce: [u8; 12]) {
        let Some((conference, names)) = self.shown_and_names() else { return };
        if conference.roster.may(Act::Chat) && names.are_readable() {
            conference.outbox.write(text, nonce);
            conference.moment.own_line.finish();
            self.say_lines(now);
        }
    }

    /// Says what was written, as far as it is its turn.
    pub(super) fn say_lines(&mut self, now: Timestamp) {
        let Some((conference, names)) = self.conference_and_names() else { return };
        let Conference { roster, outbox, .. } = conference;
        if !roster.may(Act::Chat) {
            return;
        }
        let you = roster.you();
        let lines = outbox.say(now, |text, nonce| names.seal_text(text, you, nonce));
        let said = lines.into_iter().map(|text| Effect::Send(ClientMessage::Chat { text }));
        self.effects.extend(said);
    }

    /// The line is mended: what was said meanwhile is said.
    pub(super) fn say_unsaid(&mut self, now: Timestamp) {
        let Some(conference) = self.conference_mut() else { return };
        if let Some(raised) = conference.hand.take() {
            self.raise_hand(raised);
        }
        self.say_lines(now);
        self.say_line(now);
    }

    /// Somebody wrote to everybody.
    pub(super) fn written(&mut self, now: Timestamp, from: ParticipantId, sealed: SealedText) {
        let Some((conference, names)) = self.conference_and_names() else { return };
        let own = from == conference.roster.you();
        if own {
            conference.outbox.heard(now, &sealed);
            // With a line that is finished goes what others read of the next one.
            conference.moment.own_line.restate();
        }
        conference.moment.lines.end(from);
        let name = conference.roster.find(from).and_then(|person| person.named.name());
        let text = names.open_text(&sealed, from);
        conference.chat.add(from, sealed, |line| ChatView { line, own, name, text });
        self.say_line(now);
    }

    /// Says what a moderator wants, if it is one who wants it.
    pub(super) fn moderate(&mut self, moderation: Moderation) {
        if self.conference().is_some_and(|conference| conference.allows(&moderation)) {
            self.effects.push(Effect::Send(ClientMessage::Moderate(moderation)));
        }
    }

    /// Lets in everybody who holds the invitation; by what they are recognised only who holds it knows.
    pub(super) fn open_door(&mut self) {
        if let Some(mark) = self.names.mark() {
            self.moderate(Moderation::Door { door: Door::Open(mark) });
        }
    }

    /// Makes a personal invitation of each number.
    pub(super) fn invite(&mut self, numbers: Vec<TicketNumber>, expires: UnixTime) {
        let (keys, names) = (&self.keys, &self.names);
        let link = |number| names.personal_link(&keys.issue(number, expires)?);
        self.invitations.extend(numbers.into_iter().filter_map(link));
    }
}

impl Conference {
    /// Whether the person at this screen may do this to whom it is meant for. Whether it changes
    /// anything is for the room to know: a word may be on its way.
    fn allows(&self, moderation: &Moderation) -> bool {
        let is_inside = |id: &ParticipantId| self.roster.find(*id).is_some();
        let can_lose = |id: &ParticipantId| self.roster.find(*id).is_some_and(|it| !it.holder);
        self.roster.may(moderation.needs())
            && match moderation {
                Moderation::Admit { participant } | Moderation::Refuse { participant } => {
                    self.knocks.contains(*participant)
                }
                Moderation::AdmitAll { .. } => !self.knocks.is_empty(),
                Moderation::Silence { participant }
                | Moderation::StopCamera { participant }
                | Moderation::StopScreen { participant }
                | Moderation::LowerHand { participant } => is_inside(participant),
                Moderation::MakeParticipant { participant }
                | Moderation::MakePresenter { participant }
                | Moderation::MakeModerator { participant } => can_lose(participant),
                Moderation::Remove { participant } => {
                    can_lose(participant) && *participant != self.roster.you()
                }
                Moderation::Door { .. }
                | Moderation::Invitations { .. }
                | Moderation::Share { .. }
                | Moderation::Chat { .. }
                | Moderation::SilenceAll {}
                | Moderation::LowerHands {}
                | Moderation::End {} => true,
            }
    }
}

// SPDX-License-Identifier: EUPL-1.2
//! What is said for the moment: reactions, and lines while they are written. Nothing of it is kept.

use shared::{
    Act, ClientMessage, LiveLine, ParticipantId, Reaction, SealedLine, SealedReaction, Timestamp,
};

use super::{
    Call, Effect, MomentView, conference::Conference, own_line::OwnLine, reactions::Reactions,
    read_along::Lines,
};

/// All of it.
#[derive(Debug, Default)]
pub(super) struct Moment {
    pub(super) reactions: Reactions,
    pub(super) own_line: OwnLine,
    pub(super) lines: Lines,
}

impl Moment {
    /// Inside again: what was said meanwhile was not heard, and what was under way was lost.
    pub(super) fn resume(&mut self) {
        self.lines.keep(|_| false);
        self.reactions.keep(|_| false);
        self.own_line.restate();
    }

    /// When something is to be said while the server hears us, goes, or is read out.
    pub(super) fn deadline(&self) -> Option<Timestamp> {
        let dues = [self.own_line.deadline(), self.lines.deadline(), self.reactions.deadline()];
        dues.into_iter().flatten().min()
    }

    /// What the screen shows of it.
    pub(super) fn view(&self) -> MomentView {
        MomentView {
            reactions: self.reactions.shown(),
            reactions_told: self.reactions.told().cloned(),
            rtt: self.own_line.is_on(),
            own_line: self.own_line.said(),
            lines: self.lines.view(),
            line_told: self.lines.told().cloned(),
        }
    }
}

impl Conference {
    /// Lets go of what comes from somebody who is not there, and of lines of who may not write any more.
    pub(super) fn settle_moment(&mut self) {
        let Self { roster, moment, .. } = self;
        moment.reactions.keep(|from| roster.find(from).is_some());
        moment.lines.keep(|from| {
            roster.find(from).is_some_and(|it| !it.away && it.role.may(Act::Chat, roster.rules()))
        });
        if !roster.may(Act::Chat) {
            moment.own_line = OwnLine::default();
        }
    }

    /// Whether the person at this screen can react now.
    pub(super) fn can_react(&self) -> bool {
        self.roster.may(Act::React) && !self.roster.is_paused()
    }
}

impl Call {
    /// Shows everybody a reaction. It is seen when the room says it. While the line is lost it is of no use
    /// to anybody later.
    pub(super) fn react(&mut self, now: Timestamp, reaction: Reaction, nonce: [u8; 12]) {
        let Some((conference, names)) = self.conference_and_names() else { return };
        if !conference.can_react() || !names.are_readable() {
            return;
        }
        let you = conference.roster.you();
        if conference.moment.reactions.begin(now)
            && let Some(reaction) = names.seal_reaction(reaction, you, nonce)
        {
            self.effects.push(Effect::Send(ClientMessage::Reaction { reaction }));
        }
    }

    /// Somebody reacts. What cannot be read is not shown.
    pub(super) fn reacted(&mut self, now: Timestamp, from: ParticipantId, sealed: SealedReaction) {
        let Some((conference, names)) = self.conference_and_names() else { return };
        let Conference { roster, moment, .. } = conference;
        if roster.find(from).is_some()
            && let Some(reaction) = names.open_reaction(&sealed, from)
            && moment.reactions.is_news(from, sealed)
        {
            moment.reactions.show(now, from, from == roster.you(), reaction);
        }
    }

    /// Lets others read along, or not.
    pub(super) fn switch_rtt(&mut self, now: Timestamp, on: bool, nonce: [u8; 12]) {
        let Some((conference, names)) = self.shown_and_names() else { return };
        if !on || (conference.roster.may(Act::Chat) && names.are_readable()) {
            conference.moment.own_line.switch(on, nonce);
            self.say_line(now);
        }
    }

    /// What stands in the field became different.
    pub(super) fn typed(&mut self, now: Timestamp, line: LiveLine, nonce: [u8; 12]) {
        if let Some(conference) = self.shown_mut() {
            conference.moment.own_line.typed(line, nonce);
            self.say_line(now);
        }
    }

    /// Says the own line, if it is its turn.
    pub(super) fn say_line(&mut self, now: Timestamp) {
        let Some((conference, names)) = self.conference_and_names() else { return };
        let you = conference.roster.you();
        let seal = |line: &LiveLine, nonce| names.seal_line(line, you, nonce);
        if let Some(line) = conference.moment.own_line.say(now, seal) {
            self.effects.push(Effect::Send(ClientMessage::Rtt { line }));
        }
    }

    /// Somebody is writing. What cannot be read is not shown.
    pub(super) fn writes(&mut self, now: Timestamp, from: ParticipantId, sealed: &SealedLine) {
        let Some((conference, names)) = self.conference_and_names() else { return };
        let Conference { roster, moment, .. } = conference;
        let Some(person) = roster.find(from).filter(|_| from != roster.you()) else { return };
        if person.role.may(Act::Chat, roster.rules())
            && !person.away
            && let Some(line) = names.open_line(sealed, from)
        {
            moment.lines.take(now, from, person.named.name(), line);
        }
    }

    /// What time brings about.
    pub(super) fn pass_moment(&mut self, now: Timestamp) {
        self.say_line(now);
        if let Some(conference) = self.shown_mut() {
            let Conference { roster, moment, .. } = conference;
            moment.reactions.pass(now, roster);
            moment.lines.pass(now);
        }
    }
}

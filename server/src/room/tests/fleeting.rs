// SPDX-License-Identifier: EUPL-1.2
//! What is written and shown: stories about reactions and about lines while they are written, and what the
//! [`Model`] makes of all that people say to each other.

use std::time::Duration;

use shared::{
    Audience, ClientMessage, Floor, LiveLine, Moderation, ParticipantId, Reaction, Role,
    RoomSecret, SealedLine, SealedReaction, Timestamp,
};

use super::model::Model;
use super::stage::{ADA, BOB, CLEO, Stage, chat_text};

/// What somebody can say to the others.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Said {
    /// Something written.
    Text,
    /// A line that is being written.
    Line,
    Reaction,
}

impl Said {
    pub(super) fn message(self, secret: &RoomSecret) -> ClientMessage {
        let key = secret.invitation_key();
        let to = (secret.moderator_key().room_id(), ParticipantId(1));
        match self {
            Self::Text => ClientMessage::Chat { text: chat_text(secret) },
            Self::Line => {
                let line = LiveLine::from_typed("Hel");
                ClientMessage::Rtt { line: SealedLine::seal(&line, &key, to, [4; 12]) }
            }
            Self::Reaction => {
                let reaction = SealedReaction::seal(Reaction::Heart, &key, to, [4; 12]);
                ClientMessage::Reaction { reaction }
            }
        }
    }
}

/// Of each kind: how long it takes until as much can be said at once as ever, and since when.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Paces([(Duration, Timestamp); 3]);

impl Model {
    /// Somebody inside says something to the others.
    pub(super) fn says(&mut self, now: Timestamp, (id, role): (ParticipantId, Role), said: Said) {
        let writes = role >= Role::Presenter || self.rules.chat == Audience::Everybody;
        let may = match said {
            Said::Text | Said::Line => writes,
            Said::Reaction => self.rules.floor == Floor::Open,
        };
        if !may {
            self.counts.denied += 1;
        } else if !self.keeps_pace(now, id, said) {
            self.counts.held_back += 1;
        } else {
            let hears = |who: ParticipantId| who != id || said != Said::Line;
            let people = self.people.iter().filter(|person| hears(person.id));
            self.words.said = people.filter_map(|p| Some((p.session?, said))).collect();
        }
    }

    /// Whether somebody may say it once more: as often at once as the limit says, and then one at a time.
    fn keeps_pace(&mut self, now: Timestamp, id: ParticipantId, said: Said) -> bool {
        let limits = &self.limits;
        let (place, burst, refill) = match said {
            Said::Text => (0, limits.chat_burst, limits.chat_refill),
            Said::Line => (1, limits.rtt_burst, limits.rtt_refill),
            Said::Reaction => (2, limits.reaction_burst, limits.reaction_refill),
        };
        let person = self.person_mut(id).unwrap();
        let (rest, since) = person.paces.0[place];
        let rest = rest.saturating_sub(now.since(since));
        let may = rest + refill <= refill * burst;
        person.paces.0[place] = (if may { rest + refill } else { rest }, now);
        may
    }
}

#[test]
fn a_reaction_is_shown_to_everybody_inside_and_to_nobody_at_the_door() {
    let mut stage = Stage::with_inside(&[BOB]);
    stage.arrive(CLEO);
    stage.skip();
    says(&mut stage, BOB, Said::Reaction);
    stage.check("ada ← reaction of bob\nbob ← reaction of bob");
    says(&mut stage, CLEO, Said::Reaction);
    stage.check(
        "cleo ← closed protocol
         cleo closed
         ada ← knock gone cleo",
    );
}

#[test]
fn everybody_reacts_whoever_may_write_and_nobody_while_the_room_is_paused() {
    let mut stage = Stage::with_inside(&[BOB]);
    stage.moderate(ADA, Moderation::Chat { audience: Audience::Presenters });
    stage.skip();
    says(&mut stage, BOB, Said::Reaction);
    stage.check("ada ← reaction of bob\nbob ← reaction of bob");
    stage.leave(ADA);
    stage.wait(120);
    stage.skip();
    says(&mut stage, BOB, Said::Reaction);
    stage.check("");
    assert_eq!(stage.room.counts().denied, 1);
    stage.arrive_as_moderator(ADA);
    stage.skip();
    says(&mut stage, BOB, Said::Reaction);
    stage.check("bob ← reaction of bob\nada#2 ← reaction of bob");
}

#[test]
fn who_reacts_too_often_is_not_shown_and_counted_and_stays() {
    let mut stage = Stage::with_inside(&[BOB]);
    for _ in 0..5 {
        says(&mut stage, BOB, Said::Reaction);
    }
    stage.skip();
    says(&mut stage, BOB, Said::Reaction);
    stage.check("");
    says(&mut stage, ADA, Said::Reaction);
    stage.check("ada ← reaction of ada\nbob ← reaction of ada");
    stage.leap(1);
    says(&mut stage, BOB, Said::Reaction);
    says(&mut stage, BOB, Said::Reaction);
    stage.check("ada ← reaction of bob\nbob ← reaction of bob");
    assert_eq!(stage.room.counts().held_back, 2);
}

#[test]
fn what_is_being_written_reaches_everybody_else_who_is_inside() {
    let mut stage = Stage::with_inside(&[BOB, CLEO]);
    says(&mut stage, BOB, Said::Line);
    stage.check("ada ← rtt of bob\ncleo ← rtt of bob");
    stage.moderate(ADA, Moderation::Chat { audience: Audience::Presenters });
    stage.skip();
    says(&mut stage, BOB, Said::Line);
    stage.check("");
    assert_eq!(stage.room.counts().denied, 1);
    says(&mut stage, ADA, Said::Line);
    stage.check("bob ← rtt of ada\ncleo ← rtt of ada");
    stage.cut(CLEO);
    stage.skip();
    says(&mut stage, ADA, Said::Line);
    stage.check("bob ← rtt of ada");
}

/// A page says the line of its person every 300 ms, however fast they write.
#[test]
fn three_who_write_without_a_pause_are_read_and_a_flooder_is_held_back() {
    let mut stage = Stage::with_inside(&[BOB, CLEO]);
    for _ in 0..400 {
        for writer in [ADA, BOB, CLEO] {
            says(&mut stage, writer, Said::Line);
        }
        stage.now = stage.now + Duration::from_millis(300);
    }
    // What a line held up for three seconds comes in one go.
    for _ in 0..10 {
        says(&mut stage, BOB, Said::Line);
    }
    assert!(stage.room.counts().is_nothing());
    stage.leap(60);
    stage.skip();
    for _ in 0..100 {
        says(&mut stage, BOB, Said::Line);
        stage.now = stage.now + Duration::from_millis(100);
    }
    // Twelve at once and four in each of the 9.9 seconds that follow, to each of the two others.
    assert_eq!((stage.has_done(), stage.room.counts().held_back), (2 * (12 + 39), 49));
}

#[test]
fn one_pace_does_not_slow_another_down() {
    let mut stage = Stage::with_inside(&[BOB]);
    for said in [Said::Text, Said::Line, Said::Reaction] {
        for _ in 0..20 {
            says(&mut stage, BOB, said);
        }
    }
    assert_eq!(stage.room.counts().held_back, 60 - 5 - 12 - 5);
    assert_eq!(stage.has_done(), 2 * 5 + 12 + 2 * 5);
}

fn says(stage: &mut Stage, name: &'static str, said: Said) {
    let message = said.message(&stage.secret);
    stage.say(name, message);
}

// SPDX-License-Identifier: EUPL-1.2
//! Stories about who speaks, and what the oracle holds of it.

use shared::{ParticipantId, Source, Timestamp};

use super::super::TransportChange;
use super::oracle::Oracle;
use super::stage::{ADA, BOB, CLEO, MICROPHONE, Stage};

/// What everybody inside is to have been told.
#[derive(Default)]
pub(super) struct Spoken {
    told: Vec<ParticipantId>,
    quiet_until: Timestamp,
}

impl Oracle {
    /// What a turn is to have told.
    pub(super) fn expect_speaking(&mut self, now: Timestamp) {
        let speaking = self.speakers();
        if speaking != self.speaking.told && now >= self.speaking.quiet_until {
            let quiet_until = now + self.limits.speaking;
            self.speaking = Spoken { told: speaking, quiet_until };
        }
    }

    /// Everybody inside knows who speaks, and when there is news it has a moment.
    pub(super) fn check_speaking(&self) -> Option<Timestamp> {
        for page in self.pages.values().filter(|page| page.you.is_some()) {
            assert_eq!(page.speaking, self.speaking.told, "everybody knows who speaks");
        }
        (self.speakers() != self.speaking.told).then_some(self.speaking.quiet_until)
    }

    /// Who is heard, and is on.
    fn speakers(&self) -> Vec<ParticipantId> {
        let people = self.model.people.iter();
        let speak = people.filter(|person| {
            self.seats[&person.id].speaks && person.live.contains(&Source::Microphone)
        });
        speak.map(|person| person.id).collect()
    }
}

#[test]
fn who_speaks_is_told_to_everybody_at_once_and_then_not_more_often_than_eyes_can_follow() {
    let mut stage = with_microphones();
    stage.transport(BOB, TransportChange::Speaking(true));
    stage.check(
        "ada ← speaking: bob
         bob ← speaking: bob
         cleo ← speaking: bob",
    );
    stage.transport(CLEO, TransportChange::Speaking(true));
    stage.transport(BOB, TransportChange::Speaking(false));
    stage.check("");
    stage.wait(1);
    stage.check(
        "ada ← speaking: cleo
         bob ← speaking: cleo
         cleo ← speaking: cleo",
    );
    stage.transport(CLEO, TransportChange::Speaking(true));
    stage.wait(1);
    stage.check("");
}

#[test]
fn who_is_switched_off_does_not_speak() {
    let mut stage = with_microphones();
    stage.transport(BOB, TransportChange::Speaking(true));
    stage.wait(1);
    stage.skip();
    stage.publish(BOB, &[]);
    stage.check(
        "shut bob/microphone
         ada ← r6 present bob
         bob ← r6 present bob
         cleo ← r6 present bob
         sounds ada: cleo
         sounds cleo:
         ada ← speaking:
         bob ← speaking:
         cleo ← speaking:",
    );
}

#[test]
fn who_comes_in_is_told_who_speaks() {
    let mut stage = with_microphones();
    stage.transport(BOB, TransportChange::Speaking(true));
    stage.skip();
    stage.resume(ADA);
    stage.check(
        "ada#2 ← challenge
         ada ← closed replaced
         ada closed
         ada#2 ← welcome r6: ada★, bob +microphone, cleo +microphone
         ada#2 ← speaking: bob
         bob ← r6 present ada★
         cleo ← r6 present ada★
         ada#2 ← slots r1:",
    );
}

#[test]
fn who_has_no_transport_does_not_speak() {
    let mut stage = with_microphones();
    stage.transport(BOB, TransportChange::Speaking(true));
    stage.wait(1);
    stage.skip();
    stage.transport(BOB, TransportChange::Lost);
    stage.check(
        "close transport bob
         bob ← transport lost
         ada ← speaking:
         bob ← speaking:
         cleo ← speaking:",
    );
    stage.transport(BOB, TransportChange::Speaking(true));
    stage.wait(1);
    stage.check("");
}

/// Bob and Cleo have their microphones on.
fn with_microphones() -> Stage {
    let mut stage = Stage::with_transports(&[ADA, BOB, CLEO]);
    stage.publish(BOB, &[MICROPHONE]);
    stage.publish(CLEO, &[MICROPHONE]);
    stage.skip();
    stage
}

// SPDX-License-Identifier: EUPL-1.2
//! Stories about roles, hands and chat.

use shared::{Audience, Moderation, Refusal};

use super::super::Counts;
use super::stage::{ADA, BOB, CLEO, Stage};

#[test]
fn a_moderator_can_be_made_and_unmade_and_learns_who_knocks() {
    let mut stage = Stage::with_inside(&[BOB]);
    stage.arrive(CLEO);
    stage.skip();
    stage.act(ADA, |participant| Moderation::MakeModerator { participant }, BOB);
    stage.check(
        "ada ← r3 present bob☆
         bob ← r3 present bob☆
         bob ← knock cleo",
    );
    stage.refuse(BOB, CLEO);
    stage.check(
        "cleo ← refused turnedaway (30 s)
         cleo closed
         ada ← knock gone cleo
         bob ← knock gone cleo",
    );
    stage.act(ADA, |participant| Moderation::MakeParticipant { participant }, BOB);
    stage.check("ada ← r4 present bob\nbob ← r4 present bob");
    stage.arrive(CLEO);
    stage.check(
        "cleo#2 ← challenge
         cleo#2 ← waiting for admission
         ada ← knock cleo",
    );
}

#[test]
fn nobody_takes_anything_of_the_holder_but_what_they_transmit() {
    let mut stage = Stage::with_inside(&[BOB]);
    stage.act(ADA, |participant| Moderation::MakeModerator { participant }, BOB);
    stage.skip();
    for act in [
        |participant| Moderation::MakeParticipant { participant },
        |participant| Moderation::MakePresenter { participant },
        |participant| Moderation::MakeModerator { participant },
        |participant| Moderation::Remove { participant },
    ] {
        for by in [BOB, ADA] {
            stage.act(by, act, ADA);
        }
    }
    stage.check("");
    stage.hand(ADA, true);
    stage.skip();
    stage.act(BOB, |participant| Moderation::LowerHand { participant }, ADA);
    stage.check("ada ← r5 present ada★\nbob ← r5 present ada★");
}

#[test]
fn an_appointed_moderator_may_step_down() {
    let mut stage = Stage::with_inside(&[BOB]);
    stage.act(ADA, |participant| Moderation::MakeModerator { participant }, BOB);
    stage.skip();
    stage.act(BOB, |participant| Moderation::MakePresenter { participant }, BOB);
    stage.check("ada ← r4 present bob◆\nbob ← r4 present bob◆");
    stage.moderate(BOB, Moderation::End {});
    stage.check("");
}

#[test]
fn hands_are_numbered_in_the_order_in_which_they_were_raised() {
    let mut stage = Stage::with_inside(&[BOB, CLEO]);
    stage.hand(CLEO, true);
    stage.hand(BOB, true);
    stage.skip();
    stage.hand(CLEO, true);
    stage.check("");
    stage.hand(ADA, true);
    stage.check(
        "ada ← r6 present ada★ ✋3
         bob ← r6 present ada★ ✋3
         cleo ← r6 present ada★ ✋3",
    );
    stage.moderate(ADA, Moderation::LowerHands {});
    stage.check(
        "ada ← r7 present ada★
         bob ← r7 present ada★
         cleo ← r7 present ada★
         ada ← r8 present bob
         bob ← r8 present bob
         cleo ← r8 present bob
         ada ← r9 present cleo
         bob ← r9 present cleo
         cleo ← r9 present cleo",
    );
    stage.hand(CLEO, false);
    stage.check("");
    stage.hand(CLEO, true);
    stage.check(
        "ada ← r10 present cleo ✋4
         bob ← r10 present cleo ✋4
         cleo ← r10 present cleo ✋4",
    );
}

#[test]
fn what_is_written_reaches_everybody_inside_and_nobody_at_the_door() {
    let mut stage = Stage::with_inside(&[BOB]);
    stage.arrive(CLEO);
    stage.skip();
    stage.chat(BOB);
    stage.check("ada ← chat bob\nbob ← chat bob");
    stage.moderate(ADA, Moderation::Chat { audience: Audience::Presenters });
    stage.check("ada ← r3 rules no-chat\nbob ← r3 rules no-chat");
    stage.chat(BOB);
    stage.check("");
    assert_eq!(stage.room.counts().denied, 1);
    stage.chat(ADA);
    stage.check("ada ← chat ada\nbob ← chat ada");
    stage.chat(CLEO);
    stage.check(
        "cleo ← closed protocol
         cleo closed
         ada ← knock gone cleo",
    );
}

#[test]
fn who_writes_too_fast_is_not_passed_on_and_counted_and_stays() {
    let mut stage = Stage::with_inside(&[BOB]);
    for _ in 0..5 {
        stage.chat(BOB);
    }
    stage.skip();
    stage.chat(BOB);
    stage.check("");
    stage.chat(ADA);
    stage.check("ada ← chat ada\nbob ← chat ada");
    stage.leap(1);
    stage.resume(BOB);
    stage.skip();
    stage.chat(BOB);
    stage.chat(BOB);
    stage.check("ada ← chat bob\nbob#2 ← chat bob");
    assert_eq!(stage.room.counts().held_back, 2);
}

#[test]
fn what_a_room_did_not_do_is_counted_by_its_reason() {
    let mut stage = Stage::with_inside(&[BOB]);
    assert!(stage.room.counts().is_nothing());
    stage.moderate(BOB, Moderation::SilenceAll {});
    for _ in 0..2 {
        stage.arrive_as_impostor(CLEO);
    }
    stage.arrive(CLEO);
    stage.refuse(ADA, CLEO);
    stage.violate(BOB);
    stage.connect(CLEO);
    stage.wait(10);
    let expected = Counts {
        refused: [(Refusal::WrongProof, 2), (Refusal::TurnedAway, 1)].into(),
        violations: 2,
        denied: 1,
        held_back: 0,
    };
    assert_eq!(*stage.room.counts(), expected);
}

#[test]
fn the_end_ends_it_for_everybody_and_stops_everything_first() {
    let mut stage = Stage::with_inside(&[BOB]);
    stage.cut(BOB);
    stage.arrive(CLEO);
    stage.skip();
    stage.moderate(ADA, Moderation::End {});
    stage.check(
        "close transport ada
         close transport bob
         ada ← closed ended
         ada closed
         cleo ← closed ended
         cleo closed
         stop",
    );
}

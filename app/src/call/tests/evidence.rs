// SPDX-License-Identifier: EUPL-1.2
//! What is said of what the browser found.

use shared::{
    Answered, Barrier, Enforcement, InBoth, Judged, Responsible, Source, Standing, Statement,
    Weight,
};

use super::{
    super::{Carriage, Event, Found, Intent, Kept, Proof, Verdict},
    desk::{ADA, CAMERA, Desk, MICROPHONE},
};

fn good() -> Found {
    Found {
        carriage: Carriage::Encrypted,
        cipher: Some("AEAD_AES_256_GCM".into()),
        kept: vec![Kept::Seat, Kept::Link, Kept::Name],
        page: Some("00".into()),
        stated: Some(stated()),
        ..Found::default()
    }
}

fn stated() -> Statement {
    let responsible = Responsible {
        controller: "Ada School".into(),
        places_de: "Deutschland".into(),
        places_en: "Germany".into(),
    };
    Statement {
        responsible: Some(responsible),
        enforcement: Enforcement::WHOLE,
        page_sha256: Some("00".into()),
        criteria: vec![judged("T8", Standing::Met), judged("L2", Standing::NotMet)],
    }
}

fn judged(id: &str, state: Standing) -> Judged {
    Judged {
        id: id.into(),
        source: "Ada".into(),
        weight: Weight::Always,
        answered: Answered::Constructed,
        asks: InBoth { de: "Was?".into(), en: "What?".into() },
        state,
        why: None,
    }
}

fn verdicts(desk: &Desk) -> Vec<(&'static str, Verdict)> {
    desk.view().proofs.iter().map(|proof| (proof.name(), proof.verdict())).collect()
}

fn broken(found: Found) -> Vec<&'static str> {
    let mut desk = Desk::of(ADA);
    desk.happen(Event::Found(found));
    let verdicts = verdicts(&desk).into_iter();
    verdicts.filter(|(_, verdict)| *verdict == Verdict::Broken).map(|(name, _)| name).collect()
}

#[test]
fn the_browser_looks_when_it_is_asked_and_nothing_is_said_before() {
    let mut desk = Desk::of(ADA);
    assert!(desk.view().proofs.is_empty());
    desk.want(Intent::Examine);
    desk.check("examine");
    assert!(desk.view().proofs.is_empty(), "it has not come back");
    desk.happen(Event::Found(good()));
    for (name, verdict) in verdicts(&desk) {
        let expected = if name == "sealed" { Verdict::Open } else { Verdict::Holds };
        assert_eq!(verdict, expected, "{name}");
    }
}

#[test]
fn it_looks_again_when_there_is_something_else_to_be_found_and_only_for_who_has_asked() {
    let mut desk = Desk::inside(ADA, &[]);
    desk.happen(Event::PeerConnected);
    desk.check("");
    desk.want(Intent::Examine);
    desk.happen(Event::PeerConnected);
    desk.check("examine\nexamine");
    desk.happen(Event::PeerFailed);
    assert!(desk.view().proofs.is_empty(), "nothing has come back");
    desk.check("examine\nopen peer");
}

#[test]
fn each_thing_that_is_not_as_promised_is_said_and_nothing_else() {
    assert!(broken(good()).is_empty());
    let weak = Some("AES_CM_128_HMAC_SHA1_80".into());
    for (found, name) in [
        (Found { strangers: vec!["example.org".into()], ..good() }, "hosts"),
        (Found { carriage: Carriage::Open, ..good() }, "carriage"),
        (Found { cipher: weak, ..good() }, "cipher"),
        (Found { held: vec![CAMERA], ..good() }, "devices"),
        (Found { cookies: true, ..good() }, "cookies"),
        (Found { kept: vec![Kept::Other], ..good() }, "kept"),
        (Found { page: Some("01".into()), ..good() }, "page"),
    ] {
        assert_eq!(broken(found), [name]);
    }
}

#[test]
fn what_a_server_does_not_say_of_itself_is_left_open() {
    let open = |found| {
        let mut desk = Desk::of(ADA);
        desk.happen(Event::Found(found));
        let verdicts = verdicts(&desk).into_iter();
        let open = verdicts.filter(|(_, verdict)| *verdict == Verdict::Open);
        open.map(|(name, _)| name).collect::<Vec<_>>()
    };
    let silent = Found { stated: None, ..good() };
    assert_eq!(open(silent), ["sealed", "page", "enforced", "responsible"]);
    let enforcement = Enforcement { exec: Barrier::Missing, ..Enforcement::WHOLE };
    let older = Found { stated: Some(Statement { enforcement, ..stated() }), ..good() };
    assert_eq!(open(older), ["sealed", "enforced"]);
}

#[test]
fn a_device_that_is_on_may_be_held_and_what_was_found_then_stays_said() {
    let mut desk = Desk::of(ADA);
    desk.want(Intent::Preview(CAMERA, true));
    desk.happen(Event::Found(Found { held: vec![CAMERA, MICROPHONE], ..good() }));
    let devices = |desk: &Desk| {
        let proofs = desk.view().proofs.into_iter();
        proofs.filter(|proof| matches!(proof, Proof::Devices { .. })).collect::<Vec<_>>()
    };
    let found = Proof::Devices { held: vec![CAMERA, MICROPHONE], wrongly: vec![MICROPHONE] };
    assert_eq!(devices(&desk), std::slice::from_ref(&found));
    desk.want(Intent::Preview(CAMERA, false));
    assert_eq!(devices(&desk), [found], "the camera was on when it was found to be");
}

#[test]
fn what_the_page_puts_away_is_told_from_what_it_does_not() {
    for (key, kept) in [
        ("zooo.seat.abc", Kept::Seat),
        ("zooo.link.abc", Kept::Link),
        ("zooo.name", Kept::Name),
        ("zooo.name.x", Kept::Other),
        ("zooo", Kept::Other),
        ("_ga", Kept::Other),
        ("", Kept::Other),
    ] {
        assert_eq!(Kept::of(key), kept, "{key}");
    }
}

#[test]
fn every_criterion_of_the_page_has_a_line() {
    let mut desk = Desk::of(ADA);
    desk.happen(Event::Found(Found { held: Source::ALL.to_vec(), ..good() }));
    let named: Vec<_> = desk.view().proofs.iter().flat_map(Proof::criteria).collect();
    for criterion in ["L1", "L2", "L3", "L4", "T1", "T5", "T6", "T7", "T8", "T9"] {
        assert!(named.contains(&&criterion), "{criterion}");
    }
}

#[test]
fn what_the_server_says_of_each_criterion_is_shown_as_it_says_it() {
    let mut desk = Desk::of(ADA);
    assert!(desk.view().judged.is_empty());
    desk.happen(Event::Found(good()));
    assert_eq!(desk.view().judged, stated().criteria);
    // It no longer answers: what it said before is no longer said.
    desk.happen(Event::Found(Found { stated: None, ..good() }));
    assert!(desk.view().judged.is_empty());
}

// SPDX-License-Identifier: EUPL-1.2
//! Offers that go on with a transport, and offers that only seem to.

use super::super::negotiate::tests::{local, senders};
use super::super::offers::{chrome, firefox, video};
use super::*;

#[test]
fn a_longer_offer_of_the_same_peer_is_answered_as_before_with_more_lines() {
    for offer in [chrome(), firefox()] {
        let (before, mut agreed) = begin(&offer);
        let grown = agreed.grow(&longer(&offer), &senders()).unwrap();
        let (mut first, mut second) = (sections(&before.answer), sections(&grown.answer));
        // A refused line is not one of those that go on.
        let lines = first.len().min(5);
        assert_eq!(second.len(), first.len() + 2);
        let (session, again) = (first.remove(0), second.remove(0));
        assert_eq!(session.replace("o=- 1 1 IN", "o=- 1 2 IN").replace("2 3", "2 3 8 9"), again);
        assert_eq!(first[..lines - 1], second[..lines - 1], "byte by byte");
        let mids: Vec<_> = grown.slots.iter().map(|(mid, _)| mid.as_str()).collect();
        assert_eq!(mids, ["2", "3", "8", "9"]);
        assert_eq!(grown.transport.slots[..2], before.transport.slots);
        let numbers: std::collections::BTreeSet<_> =
            grown.transport.slots.iter().flat_map(|slot| [slot.ssrc, slot.rtx_ssrc]).collect();
        assert_eq!(numbers.len(), 8, "each source is new");
    }
}

#[test]
fn what_is_said_twice_is_answered_twice() {
    let (_, mut agreed) = begin(&chrome());
    let offer = longer(&chrome());
    let (one, two) = (agreed.grow(&offer, &senders()), agreed.grow(&offer, &senders()));
    let (one, two) = (one.unwrap().answer, two.unwrap().answer);
    assert_eq!(one.replace("o=- 1 2 IN", "o=- 1 3 IN"), two);
    assert!(agreed.grow(&chrome(), &senders()).is_none(), "nothing that was agreed goes away");
}

#[test]
fn sources_that_are_named_later_change_nothing() {
    let unnamed: String =
        chrome().split_inclusive("\r\n").filter(|line| !line.starts_with("a=ssrc")).collect();
    let (_, mut agreed) = begin(&unnamed);
    assert!(agreed.grow(&longer(&chrome()), &senders()).is_some());
}

#[test]
fn an_offer_for_another_transport_does_not_go_on() {
    let without = |mid: &str| {
        let line = video(mid, "recvonly", "");
        chrome().replace(&line, &video(mid, "inactive", ""))
    };
    let swapped = chrome().replace("a=mid:2", "a=mid:x").replace("BUNDLE 0 1 2", "BUNDLE 0 1 x");
    for (offer, why) in [
        (longer(&chrome()).replace("ice-ufrag:aBcD", "ice-ufrag:other"), "another ICE session"),
        (longer(&chrome()).replace("09:09", "08:08"), "another certificate"),
        (longer(&without("3")), "a line is switched off"),
        (longer(&swapped), "a line has another name"),
        (longer(&chrome()).replace("extmap:4 ", "extmap:9 "), "an extension has another number"),
        (longer(&chrome()).replace("96", "98"), "a codec has another number"),
        ("v=0".to_owned(), "none at all"),
    ] {
        let (_, mut agreed) = begin(&chrome());
        assert!(agreed.grow(&offer, &senders()).is_none(), "{why}");
        assert!(agreed.grow(&longer(&chrome()), &senders()).is_some(), "harms nothing: {why}");
    }
    let (_, mut agreed) = begin(&chrome());
    assert!(agreed.grow(&longer(&chrome()), &senders()[..1]).is_none(), "the camera is a slot");
}

#[test]
fn nothing_of_a_secret_is_shown_for_debugging() {
    let (_, agreed) = begin(&chrome());
    let shown = format!("{agreed:?}");
    assert!(!shown.contains("password") && !shown.contains("aBcD"), "{shown}");
}

fn begin(offer: &str) -> (Negotiated, Agreed) {
    let negotiated = negotiate(offer, &senders(), &local()).unwrap();
    let agreed = Agreed::new(local(), &negotiated);
    (negotiated, agreed)
}

/// The offer with two more slots of pictures.
fn longer(offer: &str) -> String {
    let last = offer.rfind("m=video").unwrap();
    let end = offer[last + 1..].find("m=").map_or(offer.len(), |at| last + 1 + at);
    let line = &offer[last..end];
    let more = |mid: &str| line.replace("a=mid:3", &format!("a=mid:{mid}"));
    let head = offer[..end].replace("BUNDLE 0 1 2 3", "BUNDLE 0 1 2 3 8 9");
    let head = head.replace("BUNDLE 0 1 x 3", "BUNDLE 0 1 x 3 8 9");
    [&head, &offer[end..], &more("8"), &more("9")].concat()
}

/// The session and its lines.
fn sections(answer: &str) -> Vec<String> {
    answer.split("m=").map(ToOwned::to_owned).collect()
}

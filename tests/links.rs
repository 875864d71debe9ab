// SPDX-License-Identifier: EUPL-1.2
//! The page reads the links that a terminal makes, and the terminal those that the page makes.

#![expect(clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on fails")]

use app::call::{
    Access, Link,
    link::{invite_link, moderator_link, personal_link},
};
use proptest::prelude::*;
use server::office::{Bookmark, Origin, invitation, room_of};
use shared::{Licence, LicenceTerms, OperatorKey, RoomSecret, Ticket, TicketNumber, UnixTime};

proptest! {
    #[test]
    fn what_a_terminal_makes_the_page_follows(secret: [u8; 32], licensed: bool, at in origins()) {
        let bookmark = Bookmark { origin: at.1, secret: RoomSecret::from_random(secret) };
        let licence = licensed.then(|| licence(&bookmark.secret));
        let Access::Moderator { secret: found, licence: carried } =
            followed(&bookmark.link(licence.as_ref()), at.0)
        else {
            panic!("no bookmark")
        };
        prop_assert_eq!(found.to_text(), bookmark.secret.to_text());
        prop_assert!(carried == licence);
        let Access::Invited { room, key, ticket } = followed(&invitation(&bookmark), at.0) else {
            panic!("no invitation")
        };
        prop_assert_eq!(room, bookmark.secret.moderator_key().room_id());
        let expected = bookmark.secret.invitation_key().to_text();
        prop_assert_eq!(key.map(|key| key.to_text()), Some(expected));
        prop_assert!(ticket.is_none());
    }

    #[test]
    fn what_the_page_makes_a_terminal_reads(secret: [u8; 32], licensed: bool, at in origins()) {
        let secret = RoomSecret::from_random(secret);
        let (key, moderator) = (secret.invitation_key(), secret.moderator_key());
        let room = moderator.room_id();
        let licence = licensed.then(|| licence(&secret));
        let link = format!("{}{}", at.0, moderator_link(&secret, licence.as_ref()));
        let bookmark = Bookmark::parse(&link).unwrap();
        prop_assert_eq!(&bookmark.origin, &at.1);
        prop_assert_eq!(bookmark.link(licence.as_ref()), link);
        let ticket =
            Ticket::issue(&moderator, TicketNumber::from_random([5; 16]), UnixTime::from_secs(1));
        let personal = personal_link(room, &key, &ticket);
        for link in [invite_link(room, &key).as_str(), personal.as_str()] {
            prop_assert_eq!(room_of(&format!("{}{link}", at.0)), Ok(room));
        }
    }
}

/// Where a link leads, read as the browser hands it to the page.
fn followed(link: &str, origin: &str) -> Access {
    let (path, fragment) = link.strip_prefix(origin).unwrap().split_once('#').unwrap();
    let Link::Room(access) = Link::parse(path, fragment) else { panic!("no room: {link}") };
    access
}

fn origins() -> impl Strategy<Value = (&'static str, Origin)> {
    let origins =
        vec!["", "https://zooo.example", "http://localhost:8080", "https://[2001:db8::1]"];
    proptest::sample::select(origins).prop_map(|at| (at, Origin::parse(at).unwrap_or_default()))
}

fn licence(secret: &RoomSecret) -> Licence {
    let until = UnixTime::from_secs(1);
    let terms = LicenceTerms { max_participants: 30, until, number: 4711 };
    Licence::issue(&OperatorKey::from_random([9; 32]), secret.moderator_key().room_id(), terms)
}

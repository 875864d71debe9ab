// SPDX-License-Identifier: EUPL-1.2
//! Links, as the page makes and reads them.

use core::fmt;

use shared::{Licence, RoomId, RoomSecret};
use thiserror::Error;

/// Where a server is reached: scheme, host and port, such as `https://zooo.example`. Nothing, when it
/// was not said: links then begin with their path.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Origin(String);

impl Origin {
    /// Reads an origin; a `/` at its end is left out.
    pub fn parse(text: &str) -> Option<Self> {
        let origin = text.strip_suffix('/').unwrap_or(text);
        let host = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"))?;
        let allowed =
            |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
        (!host.is_empty() && host.chars().all(allowed)).then(|| Self(origin.to_owned()))
    }

    /// The text: scheme, host and port.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name or the address of the host, without its port.
    pub fn host(&self) -> &str {
        let host = self.0.split_once("://").map_or(self.0.as_str(), |(_, host)| host);
        let bare = match host.rsplit_once(':') {
            // The last part of an IPv6 address is no port.
            Some((bare, port)) if !port.contains(']') => bare,
            _ => host,
        };
        bare.trim_matches(['[', ']'])
    }

    /// Whether the page comes over HTTPS.
    pub fn is_secure(&self) -> bool {
        self.0.starts_with("https://")
    }
}

/// What a moderator keeps: where, and the secret of the room. It does not print.
pub struct Bookmark {
    /// Where the server is reached.
    pub origin: Origin,
    /// From what everything about the room derives.
    pub secret: RoomSecret,
}

impl Bookmark {
    /// Reads a link; the licence that it may carry is left out.
    pub fn parse(link: &str) -> Result<Self, LinkFault> {
        let (place, secrets) = link.trim().split_once('#').ok_or(LinkFault::NoBookmark)?;
        let origin = match place.strip_suffix("/m").ok_or(LinkFault::NoBookmark)? {
            "" => Origin::default(),
            origin => Origin::parse(origin).ok_or(LinkFault::NoBookmark)?,
        };
        let secret = secrets.split('.').next().unwrap_or_default();
        let secret = RoomSecret::parse(secret).ok_or(LinkFault::NoBookmark)?;
        Ok(Self { origin, secret })
    }

    /// The link, with a licence where the room has one.
    pub fn link(&self, licence: Option<&Licence>) -> String {
        let (origin, secret) = (&self.origin.0, self.secret.to_text());
        match licence {
            Some(licence) => format!("{origin}/m#{secret}.{}", licence.to_text()),
            None => format!("{origin}/m#{secret}"),
        }
    }
}

impl fmt::Debug for Bookmark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Bookmark(…)")
    }
}

/// The link for everybody who is invited.
pub fn invitation(bookmark: &Bookmark) -> String {
    let (room, key) = (bookmark.secret.moderator_key().room_id(), bookmark.secret.invitation_key());
    format!("{}/r/{}#{}", bookmark.origin.0, room.to_text(), key.to_text())
}

/// The room of an invitation, or of its bare id. A licence can be made without knowing the secret.
pub fn room_of(text: &str) -> Result<RoomId, LinkFault> {
    let place = text.trim().split('#').next().unwrap_or_default();
    if place.ends_with("/m") {
        return Err(LinkFault::IsBookmark);
    }
    let id = place.rsplit_once("/r/").map_or(place, |(_, id)| id);
    RoomId::parse(id).ok_or(LinkFault::NoRoom)
}

/// Why a link leads nowhere. It does not quote: there may be a secret in it.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
pub enum LinkFault {
    /// Neither an invitation nor a room's id.
    #[error("it is neither a room's id, which has 26 characters, nor a whole invitation link")]
    NoRoom,
    /// The moderator's own link where anybody's is enough.
    #[error(
        "it is a bookmark: give the room's id or its invitation, or the bookmark to --bookmark"
    )]
    IsBookmark,
    /// Not the link of a moderator.
    #[error("it is not a whole bookmark, such as https://zooo.example/m#… with 43 characters")]
    NoBookmark,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use shared::{LicenceTerms, OperatorKey, UnixTime};

    use super::*;

    #[test]
    fn an_origin_has_a_host() {
        for (origin, host) in [
            ("https://zooo.example", "zooo.example"),
            ("http://zooo.example:8080", "zooo.example"),
            ("https://192.0.2.1:8443/", "192.0.2.1"),
            ("https://[2001:db8::1]", "2001:db8::1"),
            ("https://[2001:db8::1]:8443", "2001:db8::1"),
        ] {
            assert_eq!(Origin::parse(origin).expect("an origin").host(), host, "{origin}");
        }
    }

    fn bookmark(origin: &str) -> Bookmark {
        let origin = Origin::parse(origin).unwrap_or_default();
        Bookmark { origin, secret: RoomSecret::from_random([7; 32]) }
    }

    fn licence() -> Licence {
        let room = RoomSecret::from_random([7; 32]).moderator_key().room_id();
        let terms = LicenceTerms { max_participants: 1, until: UnixTime::from_secs(1), number: 0 };
        Licence::issue(&OperatorKey::from_random([9; 32]), room, terms)
    }

    #[test]
    fn a_bookmark_survives_its_link_and_takes_another_licence() {
        for origin in ["", "https://zooo.example", "http://[::1]:8080"] {
            let bookmark = bookmark(origin);
            let plain = bookmark.link(None);
            assert!(plain.starts_with(&format!("{origin}/m#BwcH")), "{plain}");
            let licensed = bookmark.link(Some(&licence()));
            for link in [&plain, &licensed, &format!("{licensed}\n")] {
                let again = Bookmark::parse(link).expect("its own link");
                assert_eq!(again.link(Some(&licence())), licensed);
                assert_eq!(again.link(None), plain);
            }
        }
    }

    #[test]
    fn a_room_is_found_by_its_invitation_and_not_by_its_bookmark() {
        let bookmark = bookmark("https://zooo.example");
        let room = bookmark.secret.moderator_key().room_id();
        let link = invitation(&bookmark);
        assert!(link.starts_with("https://zooo.example/r/tyxzxvlcg7n3lvx6rtdgezbt54#VMq8"));
        for text in [&link, &room.to_text(), &format!("/r/{}", room.to_text())] {
            assert_eq!(room_of(text), Ok(room), "{text}");
        }
        assert_eq!(room_of(&bookmark.link(None)), Err(LinkFault::IsBookmark));
        for text in ["", "x", "/r/", "https://zooo.example/r/short", &link.replace("tyx", "tyX")] {
            assert_eq!(room_of(text), Err(LinkFault::NoRoom), "{text}");
        }
        let secret = bookmark.secret.to_text();
        for text in ["", "/m#", "/m#short", &link, &secret, &format!("evil/m#{secret}")] {
            assert_eq!(Bookmark::parse(text).map(drop), Err(LinkFault::NoBookmark), "{text}");
        }
    }

    #[test]
    fn an_origin_is_nothing_but_an_origin() {
        for right in ["https://zooo.example", "http://localhost:8080", "https://zooo.example/"] {
            assert!(Origin::parse(right).is_some(), "{right}");
        }
        for wrong in [
            "",
            "zooo.example",
            "https://",
            "ftp://zooo.example",
            "https://zooo.example/m",
            "https://zooo.example#",
            "https://ada@zooo.example",
            "https://zooo.example ",
        ] {
            assert!(Origin::parse(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn a_bookmark_does_not_print() {
        assert_eq!(format!("{:?}", bookmark("")), "Bookmark(…)");
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in ".{0,80}", end in "(https://z|)/(m|r/)#?.{0,50}") {
            for text in [text, end] {
                drop((Bookmark::parse(&text), room_of(&text), Origin::parse(&text)));
            }
        }
    }
}

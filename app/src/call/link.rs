// SPDX-License-Identifier: EUPL-1.2
//! What a link opens: a path that names the place, and a secret behind the `#` that opens it.

use core::fmt;

use shared::{InvitationKey, Licence, RoomId, RoomSecret, Ticket};
use zeroize::{Zeroize, ZeroizeOnDrop};

/// Where a link leads.
#[derive(Clone, Debug)]
pub enum Link {
    /// The page on which rooms are made.
    Start,
    /// A room, with what its bearer may do there.
    Room(Access),
    /// Nowhere: something is missing from the link.
    Broken,
}

impl Link {
    /// Reads the path and the fragment of an address; the fragment with its `#` or without.
    pub fn parse(path: &str, fragment: &str) -> Self {
        let secrets = fragment.strip_prefix('#').unwrap_or(fragment);
        let access = match path {
            "/" => return Self::Start,
            "/m" => bookmark(secrets),
            _ => path
                .strip_prefix("/r/")
                .and_then(RoomId::parse)
                .and_then(|room| invitation(room, secrets)),
        };
        access.map_or(Self::Broken, Self::Room)
    }
}

/// What somebody may do in a room. It shows no secret.
#[derive(Clone, Debug)]
pub enum Access {
    /// Holds the room's bookmark: opens the room and runs the door.
    Moderator {
        /// Everything about the room derives from it.
        secret: RoomSecret,
        /// The operator's licence for the room, where it needs one.
        licence: Option<Licence>,
    },
    /// Was invited: knocks.
    Invited {
        /// Where.
        room: RoomId,
        /// Opens the names. Without it nobody can be read, and nobody can read this person.
        key: Option<InvitationKey>,
        /// The personal invitation, where it is one.
        ticket: Option<Ticket>,
    },
}

impl Link {
    /// What is opened where this tab kept another link to the same room: a reload shows in the address bar
    /// what `stands_for` it. A personal invitation gives way to a link that somebody opened after it.
    #[must_use]
    pub fn or_kept(self, kept: Option<Self>, stands_for: bool) -> Self {
        match kept {
            Some(Self::Room(Access::Invited { ticket: Some(_), .. })) if !stands_for => self,
            Some(kept) => kept,
            None => self,
        }
    }
}

impl Access {
    /// Which room.
    pub fn room_id(&self) -> RoomId {
        match self {
            Self::Moderator { secret, .. } => secret.moderator_key().room_id(),
            Self::Invited { room, .. } => *room,
        }
    }

    /// What protects the names in the room.
    pub fn invitation_key(&self) -> Option<InvitationKey> {
        match self {
            Self::Moderator { secret, .. } => Some(secret.invitation_key()),
            Self::Invited { key, .. } => key.clone(),
        }
    }
}

/// The bookmark of a moderator, without the origin.
pub fn moderator_link(secret: &RoomSecret, licence: Option<&Licence>) -> String {
    let bookmark = format!("/m#{}", secret.to_text());
    match licence {
        Some(licence) => format!("{bookmark}.{}", licence.to_text()),
        None => bookmark,
    }
}

/// The link for everybody who is invited, without the origin.
pub fn invite_link(room: RoomId, key: &InvitationKey) -> String {
    format!("/r/{}#{}", room.to_text(), key.to_text())
}

/// The link for one person, good for one admission, without the origin.
pub fn personal_link(room: RoomId, key: &InvitationKey, ticket: &Ticket) -> PersonalLink {
    PersonalLink(format!("{}.{}", invite_link(room, key), ticket.to_text()))
}

/// The link for one person. It does not print.
#[derive(Clone, Eq, PartialEq, Zeroize, ZeroizeOnDrop)]
pub struct PersonalLink(String);

impl PersonalLink {
    /// The link, to be passed on.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PersonalLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PersonalLink(…)")
    }
}

/// A licence that is damaged leads nowhere: a moderator would learn at a shut door only that there is
/// none.
fn bookmark(secrets: &str) -> Option<Access> {
    let (secret, end) = split(secrets);
    let licence = match end {
        Some(end) => Some(Licence::parse(end)?),
        None => None,
    };
    Some(Access::Moderator { secret: RoomSecret::parse(secret)?, licence })
}

/// Without its key an invitation still leads to the door. With a ticket that is damaged it does not:
/// whoever was invited in person would knock like anybody, perhaps in vain, and not know why.
fn invitation(room: RoomId, secrets: &str) -> Option<Access> {
    let (key, end) = split(secrets);
    let ticket = match end {
        Some(end) => Some(Ticket::parse(end)?),
        None => None,
    };
    Some(Access::Invited { room, key: InvitationKey::parse(key), ticket })
}

/// The secret, and what follows it behind a full stop. One at the very end belongs to the sentence in
/// which the link stood.
fn split(secrets: &str) -> (&str, Option<&str>) {
    let secrets = secrets.trim_end_matches('.');
    match secrets.split_once('.') {
        Some((secret, end)) => (secret, Some(end)),
        None => (secrets, None),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use shared::{LicenceTerms, OperatorKey, TicketNumber, UnixTime};

    use super::*;

    #[test]
    fn a_bookmark_opens_the_room_it_was_made_for() {
        let secret = RoomSecret::from_random([7; 32]);
        let room = secret.moderator_key().room_id();
        let access = followed(&moderator_link(&secret, None));
        assert!(matches!(access, Access::Moderator { licence: None, .. }));
        assert_eq!(access.room_id(), room);
        assert_eq!(key_text(&access), Some(secret.invitation_key().to_text()));
    }

    #[test]
    fn a_bookmark_carries_the_licence_of_its_room() {
        let secret = RoomSecret::from_random([7; 32]);
        let access = followed(&moderator_link(&secret, Some(&licence(&secret))));
        assert_eq!(access.room_id(), secret.moderator_key().room_id());
        let Access::Moderator { licence: Some(carried), .. } = access else { panic!("none") };
        assert!(carried == licence(&secret));
    }

    #[test]
    fn a_personal_invitation_carries_its_ticket() {
        let secret = RoomSecret::from_random([7; 32]);
        let room = secret.moderator_key().room_id();
        let access =
            followed(personal_link(room, &secret.invitation_key(), &ticket(&secret)).as_str());
        assert_eq!(access.room_id(), room);
        assert_eq!(key_text(&access), Some(secret.invitation_key().to_text()));
        let Access::Invited { ticket: Some(carried), .. } = access else { panic!("none") };
        assert!(carried == ticket(&secret));
    }

    #[test]
    fn a_licence_or_a_ticket_that_is_damaged_is_told_and_not_lost() {
        let secret = RoomSecret::from_random([7; 32]);
        let room = secret.moderator_key().room_id();
        let licensed = moderator_link(&secret, Some(&licence(&secret)));
        let personal = personal_link(room, &secret.invitation_key(), &ticket(&secret));
        for link in [licensed.as_str(), personal.as_str()] {
            let short = link.get(..link.len() - 1).unwrap();
            let (path, fragment) = short.split_once('#').unwrap();
            assert!(matches!(Link::parse(path, fragment), Link::Broken), "{short}");
        }
    }

    #[test]
    fn a_personal_invitation_does_not_print() {
        let secret = RoomSecret::from_random([7; 32]);
        let room = secret.moderator_key().room_id();
        let link = personal_link(room, &secret.invitation_key(), &ticket(&secret));
        assert_eq!(format!("{link:?}"), "PersonalLink(…)");
    }

    #[test]
    fn a_link_that_is_opened_takes_the_place_of_a_personal_one_and_a_reload_does_not() {
        let secret = RoomSecret::from_random([7; 32]);
        let room = secret.moderator_key().room_id();
        let key = secret.invitation_key();
        let parsed = |link: &str| {
            let (path, fragment) = link.split_once('#').unwrap();
            Link::parse(path, fragment)
        };
        let common = || parsed(&invite_link(room, &key));
        let personal = || parsed(personal_link(room, &key, &ticket(&secret)).as_str());
        let bookmark = || parsed(&moderator_link(&secret, None));
        let has_ticket = |link| matches!(link, Link::Room(Access::Invited { ticket: Some(_), .. }));
        assert!(has_ticket(common().or_kept(Some(personal()), true)), "loaded again");
        assert!(!has_ticket(common().or_kept(Some(personal()), false)), "opened");
        assert!(!has_ticket(common().or_kept(None, true)), "nothing is kept");
        for stands_for in [true, false] {
            let opened = common().or_kept(Some(bookmark()), stands_for);
            assert!(
                matches!(opened, Link::Room(Access::Moderator { .. })),
                "a moderator stays one"
            );
        }
    }

    #[test]
    fn the_full_stop_of_the_sentence_around_a_link_does_not_break_it() {
        let secret = RoomSecret::from_random([7; 32]);
        let room = secret.moderator_key().room_id();
        let key = secret.invitation_key();
        let personal = personal_link(room, &key, &ticket(&secret));
        for link in [invite_link(room, &key).as_str(), personal.as_str()] {
            let access = followed(&format!("{link}."));
            assert_eq!(key_text(&access), Some(key.to_text()));
        }
        assert!(matches!(
            followed(&format!("{}.", moderator_link(&secret, None))),
            Access::Moderator { .. }
        ));
    }

    #[test]
    fn an_invitation_opens_the_same_room_and_its_names() {
        let secret = RoomSecret::from_random([7; 32]);
        let room = secret.moderator_key().room_id();
        let link = invite_link(room, &secret.invitation_key());
        let (path, fragment) = link.split_once('#').map(owned).unwrap();
        for fragment in [fragment.clone(), format!("#{fragment}")] {
            let Link::Room(access) = Link::parse(&path, &fragment) else { panic!("no room") };
            assert!(matches!(access, Access::Invited { .. }));
            assert_eq!(access.room_id(), room);
            assert_eq!(key_text(&access), Some(secret.invitation_key().to_text()));
        }
    }

    #[test]
    fn an_invitation_that_lost_its_end_still_leads_to_the_door() {
        for fragment in ["", "#", "short"] {
            let link = Link::parse("/r/tyxzxvlcg7n3lvx6rtdgezbt54", fragment);
            let Link::Room(access) = link else { panic!("no room") };
            assert!(access.invitation_key().is_none());
        }
    }

    #[test]
    fn what_is_no_link_is_broken() {
        for (path, fragment) in [("/m", "short"), ("/m", ""), ("/r/", ""), ("/r/x", ""), ("/x", "")]
        {
            assert!(matches!(Link::parse(path, fragment), Link::Broken), "{path}#{fragment}");
        }
        assert!(matches!(Link::parse("/", ""), Link::Start));
    }

    #[test]
    fn an_access_does_not_print_its_secret() {
        let secret = RoomSecret::from_random([7; 32]);
        let room = secret.moderator_key().room_id();
        let (ticket, licence) = (ticket(&secret), licence(&secret));
        let invited = Access::Invited {
            room,
            key: Some(secret.invitation_key()),
            ticket: Some(ticket.clone()),
        };
        let moderator =
            Access::Moderator { secret: secret.clone(), licence: Some(licence.clone()) };
        let printed = format!("{moderator:?} {invited:?}");
        assert!(!printed.contains(&ticket.to_text()) && !printed.contains(&licence.to_text()));
        assert!(!printed.contains(&secret.to_text()));
        assert!(!printed.contains(&secret.invitation_key().to_text()));
        assert!(!printed.contains(&room.to_text()));
    }

    proptest! {
        #[test]
        fn any_address_is_read_or_broken(path in "/?(m|r/|r/[a-z2-7]{26})?.{0,20}", fragment in "[A-Za-z0-9_-]{43}(\\.[A-Za-z0-9_-]{110}|\\.[A-Za-z0-9_-]{160})?|.{0,50}") {
            if let Link::Room(access) = Link::parse(&path, &fragment) {
                prop_assert_eq!(access.room_id().to_text().len(), 26);
            }
        }
    }

    fn followed(link: &str) -> Access {
        let (path, fragment) = link.split_once('#').unwrap();
        let Link::Room(access) = Link::parse(path, fragment) else { panic!("no room") };
        access
    }

    fn ticket(secret: &RoomSecret) -> Ticket {
        let number = TicketNumber::from_random([5; 16]);
        Ticket::issue(&secret.moderator_key(), number, UnixTime::from_secs(1_800_000_000))
    }

    fn licence(secret: &RoomSecret) -> Licence {
        let until = UnixTime::from_secs(1_800_000_000);
        let terms = LicenceTerms { max_participants: 20, until, number: 7 };
        let room = secret.moderator_key().room_id();
        Licence::issue(&OperatorKey::from_random([1; 32]), room, terms)
    }

    fn owned((path, fragment): (&str, &str)) -> (String, String) {
        (path.to_owned(), fragment.to_owned())
    }

    fn key_text(access: &Access) -> Option<String> {
        access.invitation_key().map(|key| key.to_text())
    }
}

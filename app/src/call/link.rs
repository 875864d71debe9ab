// SPDX-License-Identifier: EUPL-1.2
//! What a link opens: a path that names the place, and a secret behind the `#` that opens it.

use shared::{InvitationKey, RoomId, RoomSecret};

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
        let secret = fragment.strip_prefix('#').unwrap_or(fragment);
        let access = match path {
            "/" => return Self::Start,
            "/m" => RoomSecret::parse(secret).map(Access::Moderator),
            _ => path.strip_prefix("/r/").and_then(RoomId::parse).map(|room| {
                // Without its secret an invitation still leads to the door.
                Access::Invited { room, key: InvitationKey::parse(secret) }
            }),
        };
        access.map_or(Self::Broken, Self::Room)
    }
}

/// What somebody may do in a room. It shows no secret.
#[derive(Clone, Debug)]
pub enum Access {
    /// Holds the room's bookmark: opens the room and runs the door.
    Moderator(RoomSecret),
    /// Was invited: knocks.
    Invited {
        /// Where.
        room: RoomId,
        /// Opens the names. Without it nobody can be read, and nobody can read this person.
        key: Option<InvitationKey>,
    },
}

impl Access {
    /// Which room.
    pub fn room_id(&self) -> RoomId {
        match self {
            Self::Moderator(secret) => secret.moderator_key().room_id(),
            Self::Invited { room, .. } => *room,
        }
    }

    /// What protects the names in the room.
    pub fn invitation_key(&self) -> Option<InvitationKey> {
        match self {
            Self::Moderator(secret) => Some(secret.invitation_key()),
            Self::Invited { key, .. } => key.clone(),
        }
    }
}

/// The bookmark of a moderator, without the origin.
pub fn moderator_link(secret: &RoomSecret) -> String {
    format!("/m#{}", secret.to_text())
}

/// The link for everybody who is invited, without the origin.
pub fn invite_link(room: RoomId, key: &InvitationKey) -> String {
    format!("/r/{}#{}", room.to_text(), key.to_text())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_bookmark_opens_the_room_it_was_made_for() {
        let secret = RoomSecret::from_random([7; 32]);
        let room = secret.moderator_key().room_id();
        let (path, fragment) = moderator_link(&secret).split_once('#').map(owned).unwrap();
        let Link::Room(access) = Link::parse(&path, &fragment) else { panic!("no room") };
        assert!(matches!(access, Access::Moderator(_)));
        assert_eq!(access.room_id(), room);
        assert_eq!(key_text(&access), Some(secret.invitation_key().to_text()));
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
        let invited = Access::Invited { room, key: Some(secret.invitation_key()) };
        let printed = format!("{:?} {invited:?}", Access::Moderator(secret.clone()));
        assert!(!printed.contains(&secret.to_text()));
        assert!(!printed.contains(&secret.invitation_key().to_text()));
        assert!(!printed.contains(&room.to_text()));
    }

    proptest! {
        #[test]
        fn any_address_is_read_or_broken(path in "/?(m|r/|r/[a-z2-7]{26})?.{0,20}", fragment in ".{0,50}") {
            if let Link::Room(access) = Link::parse(&path, &fragment) {
                prop_assert_eq!(access.room_id().to_text().len(), 26);
            }
        }
    }

    fn owned((path, fragment): (&str, &str)) -> (String, String) {
        (path.to_owned(), fragment.to_owned())
    }

    fn key_text(access: &Access) -> Option<String> {
        access.invitation_key().map(|key| key.to_text())
    }
}

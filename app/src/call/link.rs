// SPDX-License-Identifier: EUPL-1.2
//! Links: what a path and the text behind its `#` open.

use shared::{InvitationKey, RoomId, RoomSecret};

/// What an address leads to.
#[derive(Debug)]
pub enum Link {
    /// The start page.
    Start,
    /// A room.
    Room(Access),
    /// Nothing: cut off, or mistyped.
    Broken,
}

/// How somebody comes to a room.
#[derive(Clone, Debug)]
pub enum Access {
    /// With the bookmark.
    Moderator(RoomSecret),
    /// With an invitation. Without its key one may knock, but is not known.
    Invited {
        /// The room.
        room: RoomId,
        /// What stood behind the `#`, if it was whole.
        key: Option<InvitationKey>,
    },
}

impl Link {
    /// Reads an address; `fragment` is the text behind the `#`.
    pub fn parse(path: &str, fragment: &str) -> Self {
        match path {
            "/" => Self::Start,
            "/m" => RoomSecret::parse(fragment)
                .map_or(Self::Broken, |secret| Self::Room(Access::Moderator(secret))),
            _ => path.strip_prefix("/r/").and_then(RoomId::parse).map_or(Self::Broken, |room| {
                Self::Room(Access::Invited { room, key: InvitationKey::parse(fragment) })
            }),
        }
    }
}

impl Access {
    /// The room.
    pub fn room_id(&self) -> RoomId {
        match self {
            Self::Moderator(secret) => secret.moderator_key().room_id(),
            Self::Invited { room, .. } => *room,
        }
    }

    /// The key that protects the names, if the link held it.
    pub fn invitation_key(&self) -> Option<InvitationKey> {
        match self {
            Self::Moderator(secret) => Some(secret.invitation_key()),
            Self::Invited { key, .. } => key.clone(),
        }
    }

    /// Whether it is the bookmark.
    pub const fn is_moderator(&self) -> bool {
        matches!(self, Self::Moderator(_))
    }
}

/// The bookmark of a room, from the path on.
pub fn moderator_link(secret: &RoomSecret) -> String {
    format!("/m#{}", secret.to_text())
}

/// The invitation to a room, from the path on.
pub fn invite_link(room: RoomId, key: &InvitationKey) -> String {
    format!("/r/{}#{}", room.to_text(), key.to_text())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(link: &str) -> (&str, &str) {
        link.split_once('#').expect("a fragment")
    }

    #[test]
    fn a_bookmark_and_its_invitation_lead_to_the_same_room() {
        let secret = RoomSecret::from_random([7; 32]);
        let (path, fragment) = (moderator_link(&secret), ());
        let (path, fragment) = {
            let () = fragment;
            split(&path)
        };
        let Link::Room(moderator) = Link::parse(path, fragment) else { panic!("no room") };
        let invitation = invite_link(moderator.room_id(), &secret.invitation_key());
        let (path, fragment) = split(&invitation);
        let Link::Room(invited) = Link::parse(path, fragment) else { panic!("no room") };
        assert!(moderator.is_moderator() && !invited.is_moderator());
        assert_eq!(moderator.room_id(), invited.room_id());
        assert!(invited.invitation_key().is_some());
    }

    #[test]
    fn a_cut_invitation_still_knocks_and_a_cut_bookmark_opens_nothing() {
        let room = RoomSecret::from_random([7; 32]).moderator_key().room_id().to_text();
        assert!(matches!(
            Link::parse(&format!("/r/{room}"), "abc"),
            Link::Room(Access::Invited { key: None, .. })
        ));
        assert!(matches!(Link::parse("/m", "abc"), Link::Broken));
        assert!(matches!(Link::parse("/r/abc", ""), Link::Broken));
        assert!(matches!(Link::parse("/elsewhere", ""), Link::Broken));
        assert!(matches!(Link::parse("/", ""), Link::Start));
    }
}

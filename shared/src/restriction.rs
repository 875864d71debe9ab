// SPDX-License-Identifier: EUPL-1.2
//! What nobody can loosen in a room: said by its operator, by a link, by the page that embeds it.
//!
//! Restrictions only add up. Whoever has a say can make a room stricter, and nobody looser.

use alloc::{string::String, vec::Vec};
use core::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::role::{Audience, Door, Invitations, RoomRules};

/// One thing that the rules of a room can then no longer allow.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Restriction {
    /// Everybody is admitted one by one: the door never stands open.
    Lobby,
    /// Personal invitations count, and no other.
    Personal,
    /// Presenters and moderators share their screen, and nobody else.
    Share,
    /// Presenters and moderators write, and nobody else.
    Chat,
}

impl Restriction {
    /// Every restriction, in the order in which they are read.
    pub const ALL: [Self; 4] = [Self::Lobby, Self::Personal, Self::Share, Self::Chat];

    /// Its name in links and settings.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Lobby => "lobby",
            Self::Personal => "personal",
            Self::Share => "share",
            Self::Chat => "chat",
        }
    }

    /// The one of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }

    const fn bit(self) -> u8 {
        match self {
            Self::Lobby => 1,
            Self::Personal => 1 << 1,
            Self::Share => 1 << 2,
            Self::Chat => 1 << 3,
        }
    }
}

/// Several of them. On the wire a list of their names.
#[derive(Clone, Copy, Default, Eq, PartialEq)]
pub struct Restrictions(u8);

impl Restrictions {
    /// Nothing is restricted.
    pub const NONE: Self = Self(0);

    /// Everything is.
    pub const ALL: Self = Self::NONE
        .with(Restriction::Lobby)
        .with(Restriction::Personal)
        .with(Restriction::Share)
        .with(Restriction::Chat);

    /// These, and one more.
    #[must_use]
    pub const fn with(self, one: Restriction) -> Self {
        Self(self.0 | one.bit())
    }

    /// What is restricted by either.
    #[must_use]
    pub const fn join(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether this one is among them.
    pub const fn has(self, one: Restriction) -> bool {
        self.0 & one.bit() != 0
    }

    /// Whether there are none.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks in this way")]
    pub const fn is_empty(&self) -> bool {
        self.0 == 0
    }

    /// Each of them.
    pub fn iter(self) -> impl Iterator<Item = Restriction> {
        Restriction::ALL.into_iter().filter(move |one| self.has(*one))
    }

    /// As links carry them: names, with full stops between them.
    pub fn to_text(self) -> String {
        self.iter().map(Restriction::name).collect::<Vec<_>>().join(".")
    }

    /// Reads what a link carries. A name that is not known was meant to restrict something: everything is
    /// restricted then, since that is what is known to suffice.
    pub fn from_text(text: &str) -> Self {
        let each = text
            .split('.')
            .filter(|name| !name.is_empty())
            .map(|name| Restriction::from_name(name).map_or(Self::ALL, |one| Self::NONE.with(one)));
        each.fold(Self::NONE, Self::join)
    }
}

impl FromIterator<Restriction> for Restrictions {
    fn from_iter<T: IntoIterator<Item = Restriction>>(all: T) -> Self {
        all.into_iter().fold(Self::NONE, Self::with)
    }
}

impl fmt::Debug for Restrictions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

impl Serialize for Restrictions {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for Restrictions {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::<Restriction>::deserialize(deserializer).map(Self::from_iter)
    }
}

impl RoomRules {
    /// These rules where that is restricted too: what they allowed beyond it, they no longer do.
    #[must_use]
    pub fn restricted(self, also: Restrictions) -> Self {
        let fixed = self.fixed.join(also);
        let Self { door, invitations, share, chat, floor, fixed: _ } = self;
        let door = match door {
            Door::Open(_) if fixed.has(Restriction::Lobby) => Door::Lobby,
            Door::Open(_) | Door::Lobby | Door::Locked => door,
        };
        let audience = |one, said| if fixed.has(one) { Audience::Presenters } else { said };
        Self {
            door,
            invitations: if fixed.has(Restriction::Personal) {
                Invitations::Personal
            } else {
                invitations
            },
            share: audience(Restriction::Share, share),
            chat: audience(Restriction::Chat, chat),
            floor,
            fixed,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{Act, GuestMark, Role, RoomSecret, role::Floor};

    fn restrictions() -> impl Strategy<Value = Restrictions> {
        proptest::collection::vec(0..Restriction::ALL.len(), 0..5)
            .prop_map(|all| all.into_iter().map(|at| Restriction::ALL[at]).collect())
    }

    fn rules() -> impl Strategy<Value = RoomRules> {
        let audience = || prop_oneof![Just(Audience::Everybody), Just(Audience::Presenters)];
        let door = prop_oneof![
            Just(Door::Lobby),
            Just(Door::Locked),
            any::<[u8; 32]>().prop_map(|mark| Door::Open(mark_of(mark)))
        ];
        let invitations = prop_oneof![Just(Invitations::All), Just(Invitations::Personal)];
        (door, invitations, audience(), audience(), restrictions()).prop_map(
            |(door, invitations, share, chat, fixed)| RoomRules {
                door,
                invitations,
                share,
                chat,
                floor: Floor::Open,
                fixed,
            },
        )
    }

    fn mark_of(seed: [u8; 32]) -> GuestMark {
        RoomSecret::from_random(seed).invitation_key().guest_key().mark()
    }

    proptest! {
        #[test]
        fn who_has_a_say_only_tightens(
            before in rules(), one in restrictions(), other in restrictions(),
        ) {
            let after = before.restricted(one);
            prop_assert_eq!(after.restricted(one), after);
            prop_assert_eq!(after.restricted(Restrictions::NONE), after);
            prop_assert_eq!(
                before.restricted(one).restricted(other),
                before.restricted(other).restricted(one)
            );
            prop_assert_eq!(after.restricted(other), before.restricted(one.join(other)));
            for role in Role::ALL {
                for act in Act::ALL {
                    prop_assert!(before.restricted(Restrictions::NONE).fixed == before.fixed);
                    prop_assert!(!role.may(act, &after) || role.may(act, &before));
                }
            }
            prop_assert!(!matches!(after.door, Door::Open(_)) || after.door == before.door);
            prop_assert!(
                after.invitations == Invitations::Personal || before.invitations == Invitations::All
            );
        }

        #[test]
        fn what_is_restricted_is_not_allowed(before in rules(), also in restrictions()) {
            let after = before.restricted(also);
            for one in also.iter() {
                prop_assert!(after.fixed.has(one));
                let kept = match one {
                    Restriction::Lobby => !matches!(after.door, Door::Open(_)),
                    Restriction::Personal => after.invitations == Invitations::Personal,
                    Restriction::Share => !Role::Participant.may(Act::ShareScreen, &after),
                    Restriction::Chat => !Role::Participant.may(Act::Chat, &after),
                };
                prop_assert!(kept, "{one:?} in {after:?}");
            }
        }

        #[test]
        fn a_link_carries_them(all in restrictions()) {
            prop_assert_eq!(Restrictions::from_text(&all.to_text()), all);
        }

        #[test]
        fn no_text_loosens(text in "[a-z.]{0,20}", all in restrictions()) {
            let read = Restrictions::from_text(&text);
            let longer = Restrictions::from_text(&[text, all.to_text()].join("."));
            prop_assert_eq!(longer, read.join(all));
        }
    }

    #[test]
    fn what_is_not_known_restricts_everything() {
        assert_eq!(Restrictions::from_text("chat.camera"), Restrictions::ALL);
        assert_eq!(Restrictions::from_text("Chat"), Restrictions::ALL);
        assert_eq!(Restrictions::from_text(".chat."), Restrictions::NONE.with(Restriction::Chat));
        assert_eq!(Restrictions::from_text(""), Restrictions::NONE);
    }

    #[test]
    fn on_the_wire_they_are_names() {
        let all = serde_json::to_string(&Restrictions::ALL).expect("JSON");
        assert_eq!(all, r#"["lobby","personal","share","chat"]"#);
        assert_eq!(serde_json::from_str::<Restrictions>(&all).expect("a list"), Restrictions::ALL);
        assert!(serde_json::from_str::<Restrictions>(r#"["camera"]"#).is_err());
    }
}

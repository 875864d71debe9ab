// SPDX-License-Identifier: EUPL-1.2
//! Who may do what: one table, from which the server decides and the page shows.

use serde::{Deserialize, Serialize};

use crate::{guest::GuestMark, restriction::Restrictions};

/// What a participant may do; each role may do all that the one before it may.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum Role {
    /// Takes part.
    #[default]
    Participant,
    /// May share a screen, and chat, where not everybody may.
    Presenter,
    /// Runs the door and the floor.
    Moderator,
}

impl Role {
    /// Every role, in order of what it may do.
    pub const ALL: [Self; 3] = [Self::Participant, Self::Presenter, Self::Moderator];

    /// The line of the table that stands for this role and this act.
    pub const fn grant(self, act: Act) -> Grant {
        match act {
            Act::Speak | Act::ShowCamera | Act::RaiseHand | Act::React => Grant::Always,
            Act::ShareScreen | Act::Chat => match self {
                Self::Participant => Grant::AsTheRoomSays,
                Self::Presenter | Self::Moderator => Grant::Always,
            },
            Act::RunDoor
            | Act::Silence
            | Act::StopCamera
            | Act::StopScreen
            | Act::LowerHand
            | Act::SetRules
            | Act::GiveRole
            | Act::Remove
            | Act::End => match self {
                Self::Participant | Self::Presenter => Grant::Never,
                Self::Moderator => Grant::Always,
            },
        }
    }

    /// Whether somebody in this role may do this under the rules of their room.
    pub fn may(self, act: Act, rules: &RoomRules) -> bool {
        match self.grant(act) {
            Grant::Always => true,
            Grant::Never => false,
            Grant::AsTheRoomSays => match act {
                Act::ShareScreen => rules.share == Audience::Everybody,
                Act::Chat => rules.chat == Audience::Everybody,
                // Of these the room says nothing.
                Act::Speak
                | Act::ShowCamera
                | Act::RaiseHand
                | Act::React
                | Act::RunDoor
                | Act::Silence
                | Act::StopCamera
                | Act::StopScreen
                | Act::LowerHand
                | Act::SetRules
                | Act::GiveRole
                | Act::Remove
                | Act::End => false,
            },
        }
    }
}

/// What can be done inside. Nobody can switch on what is somebody else's: there is no such act.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Act {
    /// Transmit the own microphone.
    Speak,
    /// Transmit the own camera.
    ShowCamera,
    /// Transmit the own screen.
    ShareScreen,
    /// Raise and lower the own hand.
    RaiseHand,
    /// Show a reaction for a moment.
    React,
    /// Write to everybody.
    Chat,
    /// Admit, refuse, and set the door.
    RunDoor,
    /// Switch off the microphone of one, or of everybody else.
    Silence,
    /// Switch off somebody's camera.
    StopCamera,
    /// Stop somebody's screen.
    StopScreen,
    /// Lower somebody's hand, or all.
    LowerHand,
    /// Decide who may share a screen, who may chat, and which invitations count.
    SetRules,
    /// Make somebody a participant, a presenter or a moderator; not whoever holds the bookmark.
    GiveRole,
    /// Remove somebody; not whoever holds the bookmark.
    Remove,
    /// End the conference for everybody.
    End,
}

impl Act {
    /// Every act, in the order of the table.
    pub const ALL: [Self; 15] = [
        Self::Speak,
        Self::ShowCamera,
        Self::ShareScreen,
        Self::RaiseHand,
        Self::React,
        Self::Chat,
        Self::RunDoor,
        Self::Silence,
        Self::StopCamera,
        Self::StopScreen,
        Self::LowerHand,
        Self::SetRules,
        Self::GiveRole,
        Self::Remove,
        Self::End,
    ];
}

/// A cell of the table.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Grant {
    /// Whatever the rules of the room are.
    Always,
    /// Where the rules of the room allow it to everybody.
    AsTheRoomSays,
    /// Whatever the rules of the room are.
    Never,
}

/// What moderators have decided for the whole room, and whether its floor is open. The default is the
/// strictest that still is a conference.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct RoomRules {
    /// Who comes in.
    pub door: Door,
    /// Which invitations count.
    pub invitations: Invitations,
    /// Who may share a screen.
    pub share: Audience,
    /// Who may chat.
    pub chat: Audience,
    /// Whether the conference is held.
    pub floor: Floor,
    /// What of it no moderator can loosen: the operator or a bookmark said so.
    #[serde(default, skip_serializing_if = "Restrictions::is_empty")]
    pub fixed: Restrictions,
}

impl Default for RoomRules {
    fn default() -> Self {
        Self {
            door: Door::Lobby,
            invitations: Invitations::All,
            share: Audience::Presenters,
            chat: Audience::Everybody,
            floor: Floor::Open,
            fixed: Restrictions::NONE,
        }
    }
}

/// Who comes in, while a moderator is there. Moderators always do.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Door {
    /// Whom a moderator admits.
    Lobby,
    /// Whoever shows this mark: everybody invited. All others knock.
    Open(GuestMark),
    /// Nobody new.
    Locked,
}

/// Which invitations count at the door.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Invitations {
    /// The room's one link, and personal ones.
    All,
    /// Personal ones only.
    Personal,
}

/// Whom the room allows something that not every role may always do.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// All roles.
    Everybody,
    /// Presenters and moderators.
    Presenters,
}

/// Whether anything is transmitted.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Floor {
    /// The conference is held.
    Open,
    /// No moderator has been there for a while: every source is off and stays off.
    Paused,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_higher_role_never_may_less() {
        for share in [Audience::Everybody, Audience::Presenters] {
            for chat in [Audience::Everybody, Audience::Presenters] {
                let rules = RoomRules { share, chat, ..RoomRules::default() };
                for act in Act::ALL {
                    let may = Role::ALL.map(|role| role.may(act, &rules));
                    assert!(may.is_sorted(), "{act:?} under {rules:?}: {may:?}");
                    assert!(may[2], "a moderator may {act:?}");
                }
            }
        }
    }

    #[test]
    fn what_the_room_says_decides_where_it_is_asked_and_nowhere_else() {
        let strict = RoomRules {
            share: Audience::Presenters,
            chat: Audience::Presenters,
            ..RoomRules::default()
        };
        let generous =
            RoomRules { share: Audience::Everybody, chat: Audience::Everybody, ..strict };
        for role in Role::ALL {
            for act in Act::ALL {
                let may = (role.may(act, &strict), role.may(act, &generous));
                let expected = match role.grant(act) {
                    Grant::Always => (true, true),
                    Grant::AsTheRoomSays => (false, true),
                    Grant::Never => (false, false),
                };
                assert_eq!(may, expected, "{role:?} {act:?}");
            }
        }
    }
}

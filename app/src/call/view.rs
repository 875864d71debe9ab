// SPDX-License-Identifier: EUPL-1.2
//! Everything the screen may show of a call, in the words of the screen.

use shared::{
    Act, ChatText, CloseReason, DisplayName, Mid, Moderation, ParticipantId, Refusal, Role,
    RoomRules, Source,
};

use super::{CaptureFailure, Device, DeviceId, PersonalLink, Proof};

/// One picture of the call. Two equal views look the same.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct CallView {
    /// Which screen.
    pub screen: Screen,
    /// Whether this person came with the room's bookmark.
    pub holder: bool,
    /// Whether this person holds the room's invitation: without it they read nobody, and nobody reads
    /// them. The bookmark holds it too.
    pub invited: bool,
    /// What this person may do; `Participant` outside.
    pub role: Role,
    /// What is decided for the whole room.
    pub rules: RoomRules,
    /// Their own microphone.
    pub microphone: SourceView,
    /// Their own camera.
    pub camera: SourceView,
    /// Their own screen, as they share it.
    pub sharing: SourceView,
    /// Whether their own hand is up.
    pub hand: bool,
    /// Every device the browser tells of.
    pub devices: Vec<Device>,
    /// The tiles of the conference: shared screens first, then the own one, then the others in order
    /// of arrival.
    pub tiles: Vec<TileView>,
    /// Everybody inside: raised hands first, in the order in which they were raised, then the person
    /// at this screen, then the others in order of arrival.
    pub people: Vec<PersonView>,
    /// For moderators: who knocks, in order of arrival.
    pub knocks: Vec<KnockView>,
    /// What was written since this page entered, in order.
    pub chat: Vec<ChatView>,
    /// What this person wrote and nobody has said yet, in order: the line is lost, or it was too much at
    /// once.
    pub unsent: Vec<ChatText>,
    /// Whether so much is on its way that nothing more can be written.
    pub chat_is_full: bool,
    /// The personal invitations made at this page, without the origin, in the order they were made.
    pub invitations: Vec<PersonalLink>,
    /// What was found to protect the meeting when the browser last looked; empty before.
    pub proofs: Vec<Proof>,
    /// After the end: whether the gate is open again. It may open later, by itself.
    pub may_return: bool,
}

/// Which screen is shown.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Screen {
    /// Before the room: devices and name.
    #[default]
    Gate,
    /// Asked to enter; the server has not answered yet.
    Entering,
    /// Begins when a moderator is here.
    WaitingModerator,
    /// A moderator decides.
    WaitingAdmission,
    /// Inside, while no moderator is: nothing is transmitted, everybody keeps their place.
    Paused {
        /// Whether the line is lost and being mended.
        reconnecting: bool,
    },
    /// Inside. `reconnecting`: the line is lost and being mended; the room is still shown.
    Conference {
        /// Whether the line is lost.
        reconnecting: bool,
    },
    /// Over.
    Ended(EndReason),
}

/// Why it is over.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum EndReason {
    /// The person left.
    Left,
    /// The server did not grant the entry. Another knock may be in vain for a while.
    Refused(Refusal),
    /// The server ended the connection.
    Closed(CloseReason),
    /// The server could not be reached again in time.
    Unreachable,
    /// What only a conference needs could not be had. Loading the page again brings another one.
    Incomplete,
}

/// One of the person's own sources.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct SourceView {
    /// Whether the device runs: its light is on. In the conference this is also whether it is sent.
    pub on: bool,
    /// Whether it is being switched on.
    pub starting: bool,
    /// At the gate: whether it will be transmitted from the moment of entry.
    pub transmit_on_entry: bool,
    /// The chosen device, or the one that runs.
    pub device: Option<DeviceId>,
    /// Why it did not switch on, until the next attempt.
    pub failure: Option<CaptureFailure>,
    /// Whether it ended by itself: unplugged, permission withdrawn, or the browser's own button.
    pub vanished: bool,
    /// Who switched it off, until it is on again or the person has read it.
    pub silenced: Option<Silencer>,
}

/// Who switched somebody's source off.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Silencer {
    /// A moderator; by name, which is empty if none was given, and `None` when it cannot be read.
    Moderator(Option<DisplayName>),
    /// The room: it is paused, or does not allow it to this person.
    Room,
}

/// One picture of the conference, or the place for it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TileView {
    /// Whose, and whether it is their screen.
    pub key: TileKey,
    /// Whether it is the person at this screen.
    pub own: bool,
    /// The name; empty when none was given. `None` when it cannot be read.
    pub name: Option<DisplayName>,
    /// Whether they run the room: the star.
    pub moderator: bool,
    /// Whether their microphone is off.
    pub muted: bool,
    /// Their place among the raised hands, from 1.
    pub hand: Option<usize>,
    /// Whether their connection is lost and their seat kept.
    pub away: bool,
    /// Whether they speak.
    pub speaking: bool,
    /// What the picture comes from; `None` when there is none.
    pub picture: Option<Picture>,
}

/// Which tile: everybody has one, and one more for a screen they share.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct TileKey {
    /// Whose.
    pub id: ParticipantId,
    /// Whether it is their screen.
    pub screen: bool,
}

/// Somebody inside, as the list of people shows them.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PersonView {
    /// Who.
    pub id: ParticipantId,
    /// Whether it is the person at this screen.
    pub own: bool,
    /// The name; empty when none was given. `None` when it cannot be read.
    pub name: Option<DisplayName>,
    /// Whether somebody else inside or at the door has the same name.
    pub duplicate: bool,
    /// What they may do.
    pub role: Role,
    /// Whether they hold the bookmark.
    pub holder: bool,
    /// Their place among the raised hands, from 1.
    pub hand: Option<usize>,
    /// What they transmit.
    pub live: Vec<Source>,
    /// Whether their connection is lost and their seat kept.
    pub away: bool,
    /// What the person at this screen can do about them as a moderator, in the order of the buttons.
    /// Each is good for something right now.
    pub acts: Vec<Moderation>,
}

/// Something that somebody wrote.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ChatView {
    /// Counts the lines of this page.
    pub line: u64,
    /// Whether the person at this screen wrote it.
    pub own: bool,
    /// The writer's name, as it was then; `None` when it cannot be read.
    pub name: Option<DisplayName>,
    /// What; `None` when it cannot be read.
    pub text: Option<ChatText>,
}

/// Where a picture comes from.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Picture {
    /// The own camera.
    Own,
    /// The own screen, as it is shared.
    OwnScreen,
    /// A slot of the peer connection.
    Slot(Mid),
}

/// Somebody at the door.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct KnockView {
    /// Who.
    pub id: ParticipantId,
    /// The name, which may be empty; `None` when they did not show to hold the invitation.
    pub name: Option<DisplayName>,
    /// Whether somebody else inside or at the door has the same name.
    pub duplicate: bool,
    /// Whether they showed a personal invitation.
    pub personal: bool,
    /// Whether this tab was removed from the room before.
    pub removed: bool,
}

impl CallView {
    /// The view of one of the person's own sources.
    pub const fn source(&self, source: Source) -> &SourceView {
        match source {
            Source::Microphone => &self.microphone,
            Source::Camera => &self.camera,
            Source::Screen => &self.sharing,
        }
    }

    /// Whether the person at this screen may do this now.
    pub fn may(&self, act: Act) -> bool {
        self.role.may(act, &self.rules)
    }
}

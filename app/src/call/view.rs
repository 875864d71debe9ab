// SPDX-License-Identifier: EUPL-1.2
//! Everything the screen may show of a call, in the words of the screen.

use shared::{CloseReason, Mid, ParticipantId, Refusal, Source};

use super::{CaptureFailure, Device, DeviceId};

/// One picture of the call. Two equal views look the same.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct CallView {
    /// Which screen.
    pub screen: Screen,
    /// Whether this person came with the room's bookmark.
    pub moderator: bool,
    /// Their own microphone.
    pub microphone: SourceView,
    /// Their own camera.
    pub camera: SourceView,
    /// Every device the browser tells of.
    pub devices: Vec<Device>,
    /// The tiles of the conference, the own one first, the others in order of arrival.
    pub tiles: Vec<TileView>,
    /// For moderators: who knocks, in order of arrival.
    pub knocks: Vec<KnockView>,
    /// Every slot's media line that carries something: sound to be played, pictures to be shown.
    pub sounds: Vec<Mid>,
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
    /// The server did not grant the entry.
    Refused(Refusal),
    /// The server ended the connection.
    Closed(CloseReason),
    /// The server could not be reached again in time.
    Unreachable,
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
    /// Whether it ended by itself: unplugged, or permission withdrawn.
    pub vanished: bool,
}

/// One person in the conference.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TileView {
    /// Who.
    pub id: ParticipantId,
    /// Whether it is the person at this screen.
    pub own: bool,
    /// The name; empty when none was given. `None` when it cannot be read.
    pub name: Option<String>,
    /// Whether they run the door: the star.
    pub moderator: bool,
    /// Whether their microphone is off.
    pub muted: bool,
    /// Whether their connection is lost and their seat kept.
    pub away: bool,
    /// What their picture comes from; `None` when the camera is off.
    pub picture: Option<Picture>,
}

/// Where a picture comes from.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Picture {
    /// The own camera.
    Own,
    /// A slot of the peer connection.
    Slot(Mid),
}

/// Somebody at the door.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct KnockView {
    /// Who.
    pub id: ParticipantId,
    /// The name, which may be empty; `None` when they hold no invitation.
    pub name: Option<String>,
}

impl CallView {
    /// The view of one of the person's own sources.
    pub const fn source(&self, source: Source) -> &SourceView {
        match source {
            Source::Microphone => &self.microphone,
            Source::Camera => &self.camera,
        }
    }
}

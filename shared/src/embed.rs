// SPDX-License-Identifier: EUPL-1.2
//! What a page that embeds a meeting and the meeting say to each other: JSON texts by `postMessage`.
//!
//! The host page says [`HostMessage::Hello`] until it is answered, and commands from then on; each is answered. The meeting
//! tells what happens in it as whole statements: an [`Event`] replaces the one of its name before.
//!
//! What is not here cannot be asked for: a command takes away, lets in whom a moderator could let in, or changes what is
//! seen. None switches a device on, loosens a rule, or reads a key.

use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::id::ParticipantId;
pub use crate::told::{
    Awaited, DeviceFailure, DeviceState, Event, Fault, Feature, Knocker, LeftReason, OwnDevice,
    Person, Quality,
};

/// The version of this protocol that is spoken. An older one is spoken as long as somebody asks for it.
pub const VERSION: u32 = 1;

/// The most bytes of a message of the host page. Longer than any command with the longest name; larger, a hostile page has
/// more to be read.
pub const MAX_LEN: usize = 2_048;

/// What the host page says.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "type", rename_all = "snake_case", try_from = "crate::spoken::Spoken")]
pub enum HostMessage {
    /// Begins, and names every version that it speaks.
    Hello {
        /// The versions.
        versions: Vec<u32>,
    },
    /// Wants something.
    Command {
        /// Chosen by the host page; the answer carries it.
        id: u32,
        /// What.
        command: Command,
    },
}

/// What of a message is known that is not: a host page of a later version has other commands.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
pub struct Numbered {
    /// The command's.
    pub id: u32,
}

/// What a host page can want. Nothing of it switches a device on.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "name", rename_all = "snake_case")]
pub enum Command {
    /// Switches the own microphone off.
    MuteMicrophone {},
    /// Switches the own camera off.
    StopCamera {},
    /// Ends the sharing of the own screen.
    StopSharing {},
    /// Leaves.
    HangUp {},
    /// Shows the conference in this layout.
    SetLayout {
        /// Which.
        layout: Layout,
    },
    /// Speaks this language.
    SetLanguage {
        /// Which.
        language: Language,
    },
    /// Is seen in these colours.
    SetTheme {
        /// Which.
        theme: Theme,
    },
    /// Keeps somebody's picture large, or no longer.
    Pin {
        /// Whose.
        participant: ParticipantId,
        /// Whether the screen that they share is meant, not they themselves.
        screen: bool,
        /// Whether it is kept large.
        pinned: bool,
    },
    /// Lets somebody in who knocks; for moderators.
    Admit {
        /// Whom.
        participant: ParticipantId,
    },
    /// Turns somebody away who knocks; for moderators.
    Refuse {
        /// Whom.
        participant: ParticipantId,
    },
    /// Opens a panel beside the pictures.
    OpenPanel {
        /// Which.
        panel: Panel,
    },
    /// Closes the panel that is open.
    ClosePanel {},
    /// At the gate: offers a name to whoever has not typed one. It can be changed before it counts.
    SetName {
        /// The name.
        display_name: String,
    },
    /// At the gate: goes on to the lobby. Refused as soon as a device is on: then only the person goes on.
    Enter {},
}

/// Who is large.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// Nobody.
    Grid,
    /// Who speaks.
    Speaker,
}

/// A language of the page.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// German.
    De,
    /// English.
    En,
}

/// The colours of the page.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// Those that the person's device prefers.
    Auto,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// What can be open beside the pictures.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Panel {
    /// Everybody inside and at the door.
    People,
    /// What people write.
    Chat,
    /// What protects the meeting.
    Evidence,
}

/// What the meeting says.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum FrameMessage {
    /// Answers a hello: this version is spoken from here on.
    Welcome {
        /// The highest that both speak.
        version: u32,
    },
    /// Answers a hello: there is no version that both speak.
    Unsupported {
        /// Those that could be.
        versions: Vec<u32>,
    },
    /// The command is carried out.
    Done {
        /// Which.
        id: u32,
    },
    /// The command is not carried out.
    Refused {
        /// Which.
        id: u32,
        /// Why.
        reason: Reason,
    },
    /// Something is otherwise than it was.
    Event {
        /// What.
        event: Event,
    },
}

/// Why a command is not carried out.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// This version knows no such command, or not in this way.
    Unknown,
    /// Not on this screen, or not while the connection is being mended.
    NotNow,
    /// The person at this screen has not the right to it.
    NotAllowed,
    /// There is nobody of this number, or nothing of them to be seen.
    Nobody,
    /// Only the person at this screen decides that.
    PersonDecides,
    /// There were too many commands at once.
    TooMany,
}

#[cfg(test)]
#[path = "embed_tests.rs"]
mod tests;

// SPDX-License-Identifier: EUPL-1.2
//! What happens in a meeting, as the page around it is told.

use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{id::ParticipantId, reason::Refusal, role::Role};

/// What happens in the meeting. Each replaces the one of its name before.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "name", rename_all = "snake_case")]
pub enum Event {
    /// The meeting listens.
    Ready {
        /// What the host page does not pass on to its frame: `allow` or `sandbox` lacks it.
        withheld: Vec<Feature>,
    },
    /// The person stands at the gate.
    Gate {},
    /// The person has asked to enter.
    Entering {},
    /// The person waits.
    Waiting {
        /// For whom.
        for_whom: Awaited,
    },
    /// The person is inside.
    Joined {
        /// By what number the room knows them.
        participant: ParticipantId,
    },
    /// The person is inside, and nothing is transmitted: there is no moderator.
    Paused {},
    /// The connection is lost and being mended, or it is mended.
    Connection {
        /// Whether it is lost.
        lost: bool,
    },
    /// It is over.
    Left {
        /// Why.
        reason: LeftReason,
        /// What was refused, where it was.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(test, ts(optional))]
        refusal: Option<Refusal>,
    },
    /// Who is inside, the person at this screen among them.
    People {
        /// Everybody.
        people: Vec<Person>,
    },
    /// What the person at this screen has switched on.
    Devices {
        /// Their microphone.
        microphone: DeviceState,
        /// Their camera.
        camera: DeviceState,
        /// Their screen.
        screen: DeviceState,
    },
    /// For moderators: who knocks, in order of arrival.
    Knock {
        /// Everybody at the door.
        knocks: Vec<Knocker>,
    },
    /// Who speaks.
    Speaking {
        /// By their numbers.
        participants: Vec<ParticipantId>,
    },
    /// How well the person at this screen is connected.
    Quality {
        /// How well.
        quality: Quality,
    },
    /// Something went wrong that the host page may want to know of.
    Error {
        /// What.
        error: Fault,
    },
}

/// What a host page passes on to a frame, with `allow` or `sandbox`.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum Feature {
    /// Pictures of a camera.
    Camera,
    /// Sound of a microphone.
    Microphone,
    /// Sharing a screen.
    DisplayCapture,
    /// Hearing the others without a click.
    Autoplay,
    /// Filling the whole display.
    Fullscreen,
    /// Opening the notice on data protection in a window of its own: of `sandbox`. It is known once it was tried.
    AllowPopups,
}

/// Who is waited for.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Awaited {
    /// A moderator, who is not there.
    Moderator,
    /// A moderator, who is there and decides.
    Admission,
}

/// Why it is over.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum LeftReason {
    /// The person left, or the host page hung up.
    Left,
    /// A moderator removed the person.
    Removed,
    /// A moderator ended the conference for everybody.
    Ended,
    /// No moderator came back in time.
    Abandoned,
    /// The person goes on in another tab.
    Replaced,
    /// The entry was not granted.
    Refused,
    /// The server cannot be reached, or stops.
    Unreachable,
    /// Something failed.
    Failed,
}

/// Somebody inside.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Person {
    /// By what number the room knows them, as long as they stay.
    pub participant: ParticipantId,
    /// Whether they are the person at this screen.
    pub own: bool,
    /// What they may do.
    pub role: Role,
    /// The name of the person at this screen, if they agreed that this page learns it. Nobody can agree for others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub display_name: Option<String>,
}

/// Somebody at the door.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[expect(
    clippy::struct_excessive_bools,
    reason = "what a moderator should know, independent of each other"
)]
pub struct Knocker {
    /// By what number the room knows them.
    pub participant: ParticipantId,
    /// Whether they showed to hold the room's invitation.
    pub invited: bool,
    /// Whether they showed a personal invitation.
    pub personal: bool,
    /// Whether their tab was removed from the room before.
    pub removed: bool,
}

/// What a device of the person at this screen does.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum DeviceState {
    /// It is released.
    #[default]
    Off,
    /// It is being switched on.
    Starting,
    /// It runs, and nobody but the person sees or hears it.
    Preview,
    /// It is sent.
    On,
    /// It runs, and is sent while a key is held.
    Held,
}

/// How well somebody is connected.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Quality {
    /// Nothing is noticed.
    #[default]
    Good,
    /// It is noticed.
    Fair,
    /// It is hard to talk.
    Poor,
}

/// What went wrong.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Fault {
    /// A device did not switch on.
    Device {
        /// Which.
        device: OwnDevice,
        /// Why.
        failure: DeviceFailure,
    },
    /// The host page said so much at once that it is not listened to any more.
    Flooded {},
}

/// A device of the person at this screen.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum OwnDevice {
    /// Their microphone.
    Microphone,
    /// Their camera.
    Camera,
    /// Their screen.
    Screen,
}

/// Why a device did not switch on.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum DeviceFailure {
    /// The host page does not pass it on: `allow` lacks it.
    Embedding,
    /// The person, the browser or the system said no.
    Denied,
    /// There is no such device, or it is gone.
    Missing,
    /// Another program has it.
    InUse,
    /// It failed.
    Failed,
}

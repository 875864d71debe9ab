// SPDX-License-Identifier: EUPL-1.2
//! What can happen to a call.

use shared::{
    ChatText, DisplayName, Mid, Moderation, Offer, ServerMessage, Source, TicketNumber, UnixTime,
};

use super::{Found, TileKey};

/// Everything that a call reacts to: what the person wants, what the server says, what the browser
/// reports.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Event {
    /// The person wants something.
    Intent(Intent),
    /// The connection is open.
    SocketOpened,
    /// The server said something.
    Message(ServerMessage),
    /// The connection is gone, or could not be opened.
    SocketClosed,
    /// The browser has a network again: there is no point in waiting.
    NetworkReturned,
    /// The list of devices, at the start and after each change.
    Devices(Vec<Device>),
    /// A capture that was asked for runs; the browser chose this device.
    Captured {
        /// Which source.
        source: Source,
        /// The device that delivers.
        device: DeviceId,
    },
    /// A capture that was asked for does not run.
    CaptureFailed {
        /// Which source.
        source: Source,
        /// Why.
        failure: CaptureFailure,
    },
    /// A running capture ended without being asked to: unplugged, or permission withdrawn.
    CaptureEnded(Source),
    /// The offer that was asked for is ready.
    Offered(Offer),
    /// Media flows.
    PeerConnected,
    /// The transport is gone for good.
    PeerFailed,
    /// Tiles are shown this tall, in the steps of [`lines`](super::lines); 0 when they are out of sight.
    /// Once a browser has said so, it does at each change.
    Measured(Vec<(TileKey, u16)>),
    /// How late what comes out of some slots is; nothing of those of which it cannot be told.
    Late(Vec<Late>),
    /// What was looked for is found; ends `Effect::Examine`.
    Found(Found),
    /// The page came to the front, or went behind others; at the start it is taken to be in front.
    Turned {
        /// Whether it can be seen.
        to_front: bool,
    },
    /// How much of the page is here.
    Rest(Rest),
    /// The moment of [`Call::deadline`](super::Call::deadline) has come.
    Timeout,
}

/// Whether what only a conference needs is here. It may come after the gate, so that nobody waits for it there.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Rest {
    /// It is on its way.
    Coming,
    /// It is here.
    Here,
    /// It could not be had: the network is gone, or the server has another page by now.
    Missing,
}

/// How late what comes out of a slot is. Compared are one person's voice and picture.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Late {
    /// The slot.
    pub mid: Mid,
    /// Milliseconds from when it was captured, by the clock of who sends it.
    pub millis: i64,
    /// Of a slot of sound, whose voice it is; see [`shared::VoiceKey`].
    pub voice: Option<u32>,
}

/// What the person wants.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Intent {
    /// At the gate: switch a device on for preview, or off.
    Preview(Source, bool),
    /// At the gate: whether the source is transmitted from the moment of entry.
    TransmitOnEntry(Source, bool),
    /// Use this device for a source, at once if it is on.
    ChooseDevice(Source, DeviceId),
    /// Enter under this name. The nonce is 12 random bytes for sealing it.
    Join {
        /// How the person wants to be called; may be empty.
        name: DisplayName,
        /// Fresh randomness.
        nonce: [u8; 12],
    },
    /// In the conference: switch a source on or off.
    Transmit(Source, bool),
    /// Raise or lower the own hand.
    RaiseHand(bool),
    /// Write to everybody. The nonce is 12 random bytes for sealing it.
    Chat {
        /// What.
        text: ChatText,
        /// Fresh randomness.
        nonce: [u8; 12],
    },
    /// Let somebody in, take something away, set a rule.
    Moderate(Moderation),
    /// Let in everybody who was invited, without asking.
    OpenDoor,
    /// Make a personal invitation of each number.
    Invite {
        /// Fresh randomness.
        numbers: Vec<TicketNumber>,
        /// Until when they are good.
        expires: UnixTime,
    },
    /// The word about a source that was switched off has been read.
    Understood(Source),
    /// See what protects the meeting at this moment.
    Examine,
    /// Leave.
    Leave,
    /// After the end: back to the gate.
    Return,
}

/// Which device, as the browser names it for this page. It does not print.
#[derive(Clone, Default, Eq, Ord, PartialEq, PartialOrd)]
pub struct DeviceId(pub String);

impl core::fmt::Debug for DeviceId {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("DeviceId(…)")
    }
}

/// A device that exists.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Device {
    /// Its name for the browser.
    pub id: DeviceId,
    /// What it is.
    pub kind: DeviceKind,
    /// Its name for people; empty until the browser may tell.
    pub label: String,
}

/// What a device is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum DeviceKind {
    /// Takes pictures.
    Camera,
    /// Takes sound.
    Microphone,
    /// Gives sound.
    Speaker,
}

/// Why there is no picture or sound from a device (W3C Media Capture, `getUserMedia`).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum CaptureFailure {
    /// The person, the browser or the system said no (`NotAllowedError`).
    Denied,
    /// The page that embeds this one does not allow it.
    DeniedByEmbedding,
    /// There is no such device (`NotFoundError`).
    NotFound,
    /// Another program has it, or it failed (`NotReadableError`, `AbortError`).
    InUse,
    /// The chosen device is gone (`OverconstrainedError`).
    Gone,
    /// The page was not loaded over a secure connection: the browser shows it no devices.
    InsecureContext,
    /// The browser named no reason that is known.
    Unknown,
}

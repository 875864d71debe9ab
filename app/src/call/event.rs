// SPDX-License-Identifier: EUPL-1.2
//! What can happen to a call.

use shared::{
    ChatText, DisplayName, LiveLine, Mid, Moderation, Offer, Reaction, ServerMessage, Source,
    TicketNumber, UnixTime, embed::Feature,
};

use super::{Area, Found, Gauged, Processing, TileKey};

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
    /// What the browser does with the sound of the own microphone, once it runs.
    Processed(Processing),
    /// Whether the background of the own camera is out of focus, once it runs and whenever that changes; `None` where it
    /// cannot be.
    Blurred(Option<bool>),
    /// The own microphone, while it runs, was that loud since it was last said, about twice a second. Not said where
    /// the browser cannot tell.
    Heard {
        /// The loudest sample; full scale is 32,768, and 0 is nothing at all.
        peak: u16,
    },
    /// The offer that was asked for is ready.
    Offered(Offer),
    /// Media flows.
    PeerConnected,
    /// The transport is gone for good.
    PeerFailed,
    /// Tiles are shown this tall, in the steps of [`lines`](super::lines); 0 when they are out of sight.
    /// Once a browser has said so, it does at each change.
    Measured(Vec<(TileKey, u16)>),
    /// The stage, on which all tiles stand, is that large.
    Staged(Area),
    /// This is shown in a small window beside the page from here on.
    Floats(Float),
    /// How late what comes out of some slots is; nothing of those of which it cannot be told.
    Late(Vec<Late>),
    /// How well everybody is connected, about every two seconds while the page is in front.
    Gauged(Gauged),
    /// What was looked for is found; ends `Effect::Examine`.
    Found(Found),
    /// The page came to the front, or went behind others; at the start it is taken to be in front.
    Turned {
        /// Whether it can be seen.
        to_front: bool,
    },
    /// How much of the page is here.
    Rest(Rest),
    /// Something about the page that embeds this one; a call has nothing to do with it.
    Host(HostEvent),
    /// The moment of [`Call::deadline`](super::Call::deadline) has come.
    Timeout,
}

/// What happens between this page and the one that embeds it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum HostEvent {
    /// The server has said whom the operator lets embed.
    Embedders(Vec<String>),
    /// The window around this one says something.
    Said {
        /// Of which origin it is.
        origin: String,
        /// What.
        text: String,
    },
    /// The person agrees that it learns their name, or does no longer.
    Named(bool),
    /// It does not pass this on, as was found out by trying.
    Withheld(Feature),
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
    /// Play sounds on this device; empty is the browser's choice.
    ChooseSpeaker(DeviceId),
    /// Treat the sound of the own microphone like this.
    Process(Processing),
    /// Put the background of the own camera out of focus, or not.
    Blur(bool),
    /// Enter under this name. The nonce is 12 random bytes for sealing it.
    Join {
        /// How the person wants to be called; may be empty.
        name: DisplayName,
        /// Fresh randomness.
        nonce: [u8; 12],
    },
    /// In the conference: switch a source on or off.
    Transmit(Source, bool),
    /// Have the microphone wait for a key, or no more.
    PushToTalk(bool),
    /// That key is held, or up again.
    HoldKey(bool),
    /// Raise or lower the own hand.
    RaiseHand(bool),
    /// Write to everybody. The nonce is 12 random bytes for sealing it.
    Chat {
        /// What.
        text: ChatText,
        /// Fresh randomness.
        nonce: [u8; 12],
    },
    /// Show everybody a reaction. The nonce is 12 random bytes for sealing it.
    React {
        /// Which.
        reaction: Reaction,
        /// Fresh randomness.
        nonce: [u8; 12],
    },
    /// Let others read along while a line is written, or no longer.
    Rtt {
        /// Whether.
        on: bool,
        /// Fresh randomness.
        nonce: [u8; 12],
    },
    /// What stands in the field of the chat is this from here on.
    Type {
        /// The whole of it.
        line: LiveLine,
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
    /// The word about a source has been read: that it was switched off, that nothing comes from it.
    Understood(Source),
    /// The word about the server's end has been read.
    ReadClosing,
    /// See what protects the meeting at this moment.
    Examine,
    /// See the conference in another way.
    Look(Look),
    /// Leave.
    Leave,
    /// After the end: back to the gate.
    Return,
}

/// How the person wants to see the conference.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Look {
    /// In this layout.
    Layout(Layout),
    /// With this tile large from here on, or as small as the others.
    Pin(TileKey, bool),
    /// The page after this one; the last one has none.
    NextPage,
    /// The page before this one; the first one has none.
    PreviousPage,
    /// Without the own face, or with it. What is sent is the same.
    HideSelf(bool),
    /// With the own picture as a mirror shows it, or as it is sent.
    Mirror(bool),
}

/// Who is large, where nothing is pinned and nobody shares a screen.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Layout {
    /// Nobody.
    #[default]
    Grid,
    /// Who speaks.
    Speaker,
}

/// What a small window beside the page shows.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Float {
    /// There is none.
    #[default]
    Nothing,
    /// What matters most at each moment.
    Leading,
    /// One picture, whatever else matters more: the browser has lifted it out of the page.
    Tile(TileKey),
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
    /// The system does not let the browser have it, as far as that tells (`NotAllowedError`).
    DeniedBySystem,
    /// The browser shows devices to no page, or not to this one (`SecurityError`).
    Forbidden,
    /// The page that embeds this one does not allow it.
    DeniedByEmbedding,
    /// There is no such device (`NotFoundError`).
    NotFound,
    /// Another program has it (`NotReadableError`).
    InUse,
    /// It failed (`AbortError`).
    Broken,
    /// The page is not the one that is shown, or is going (`InvalidStateError`).
    Inactive,
    /// The chosen device is gone (`OverconstrainedError`).
    Gone,
    /// The page was not loaded over a secure connection: the browser shows it no devices.
    InsecureContext,
    /// The browser named no reason that is known (`TypeError` among them).
    Unknown,
}

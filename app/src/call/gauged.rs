// SPDX-License-Identifier: EUPL-1.2
//! What the browser measured of how well everybody is connected, as it counts.

use shared::Mid;

/// What the browser measured; counters only ever grow, as long as there is the same peer connection.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Gauged {
    /// The way out.
    pub sent: Sent,
    /// Every slot that something came through.
    pub received: Vec<Received>,
}

/// How what is sent arrives, as far as the browser tells.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Sent {
    /// Milliseconds to the server and back.
    pub round_trip: Option<u64>,
    /// How much of a thousand packets was lost lately, before anything was sent again.
    pub lost: Option<u64>,
    /// Why the picture is smaller or slower than it is meant to be.
    pub limit: Option<Limit>,
    /// What the way out is believed to carry, in kbit/s.
    pub carries: Option<u64>,
}

/// What keeps a picture small (W3C WebRTC Statistics, `qualityLimitationReason`).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Limit {
    /// The way out.
    Bandwidth,
    /// The device has too much to do.
    Processor,
}

/// What came through a slot so far.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Received {
    /// The slot.
    pub mid: Mid,
    /// What of it.
    pub flow: Flow,
}

/// Sound or a picture, as counted so far.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Flow {
    /// Sound.
    Sound(SoundCount),
    /// A picture.
    Picture(PictureCount),
}

/// What is counted of sound.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct SoundCount {
    /// Whose voice was heard last; see [`shared::VoiceKey`].
    pub voice: Option<u32>,
    /// Samples that were played.
    pub played: u64,
    /// Those of them that were made up in the place of missing ones, silence apart.
    pub made_up: u64,
    /// For how many milliseconds all that was played waited, summed up.
    pub waited: u64,
    /// How much that was, in the same count as `waited` is a sum of.
    pub emitted: u64,
}

/// What is counted of a picture.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct PictureCount {
    /// Frames that were decoded.
    pub frames: u64,
    /// For how many milliseconds it stood still although it should not have.
    pub frozen: u64,
}

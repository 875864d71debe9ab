// SPDX-License-Identifier: EUPL-1.2
//! One stream of a publication as it arrives: gate, order, losses, history, wish for key frames.

use shared::{Layer, LayerSet, MediaKind, Source};

use super::Micros;
use super::bytes::{count, low32};
use super::codec::Codec;
use super::descriptor::Descriptor;
use super::history::{Body, CaptureTime, History, PacketMeta};
use super::keyframe::KeyframeRequester;
use super::nack::{Arrival, LossTracker};
use super::packet::RtpHeader;
use super::picture::{PictureReader, Seen, layer};
use super::rate::RateMeter;
use super::reception::Reception;
use super::rtx;
use super::scale::Scale;
use super::sequence::SequenceExtender;

/// The extension ids of a transport; 0 where the offer had none.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct ExtensionIds {
    /// `urn:ietf:params:rtp-hdrext:sdes:mid`.
    pub mid: u8,
    /// `urn:ietf:params:rtp-hdrext:ssrc-audio-level`.
    pub audio_level: u8,
    /// Transport-wide sequence number.
    pub transport_cc: u8,
    /// Absolute capture time.
    pub capture_time: u8,
    /// Dependency descriptor.
    pub dependency: u8,
    /// `urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id`: which encoding.
    pub rid: u8,
    /// `urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id`: of which encoding it is a repetition.
    pub repaired_rid: u8,
}

/// One stream: a publication, or one of its encodings.
#[derive(Clone, Debug)]
pub struct Incoming {
    source: Source,
    open: bool,
    generation: u32,
    reader: PictureReader,
    /// The layers of which another thread, which reads the stream, has told.
    told: LayerSet,
    ssrc: Option<u32>,
    extender: SequenceExtender,
    losses: LossTracker,
    reception: Reception,
    history: History,
    /// Of each layer, what it adds to those below.
    rates: [RateMeter; 3],
    arrived: Option<Micros>,
    layer: Layer,
    /// The wish for a key frame.
    pub keyframes: KeyframeRequester,
}

/// An opened packet, and what it takes to read it.
#[derive(Clone, Copy, Debug)]
pub struct Opened<'packet> {
    /// Its header.
    pub header: RtpHeader,
    /// All of it.
    pub packet: &'packet [u8],
    /// The extensions of the transport.
    pub ids: ExtensionIds,
    /// What its payload type stands for, or that of what it repeats.
    pub codec: Codec,
}

/// Why a packet of a publication goes no further.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Discard {
    /// The owner has not switched the source on.
    GateClosed,
    /// Seen before, or given up.
    Duplicate,
    /// Probing padding, or a retransmission nobody asked for.
    Padding,
    /// Not what the codec allows.
    Malformed,
}

impl Incoming {
    /// A stream whose gate is closed.
    pub fn new(source: Source, layer: Layer) -> Self {
        Self {
            source,
            open: false,
            generation: 0,
            reader: PictureReader::default(),
            told: LayerSet::NONE,
            ssrc: None,
            extender: SequenceExtender::default(),
            losses: LossTracker::new(),
            reception: Reception::default(),
            history: history(source.kind(), layer),
            rates: [RateMeter::of(source); 3],
            arrived: None,
            layer,
            keyframes: KeyframeRequester::default(),
        }
    }

    /// Opens or closes the gate.
    pub fn set_gate(&mut self, open: bool) {
        let was_open = core::mem::replace(&mut self.open, open);
        if open && !was_open {
            self.start_over();
        }
        if !open {
            self.keyframes.cancel();
            // Whoever switches a camera off may leave it off for an hour.
            self.history = history(self.kind(), self.layer);
            self.rates = [RateMeter::of(self.source); 3];
            self.arrived = None;
            self.losses.reset();
        }
    }

    /// Sound or pictures.
    pub const fn kind(&self) -> MediaKind {
        self.source.kind()
    }

    /// Whether packets pass.
    pub const fn is_open(&self) -> bool {
        self.open
    }

    /// The media source bound to this publication, once a packet of it was authentic.
    pub const fn ssrc(&self) -> Option<u32> {
        self.ssrc
    }

    /// Takes a packet of the media source; what is left to forward, or why nothing is.
    pub fn accept<'packet>(
        &mut self,
        now: Micros,
        opened: Opened<'packet>,
    ) -> Result<(PacketMeta, Body<'packet>), Discard> {
        let header = opened.header;
        if self.ssrc != Some(header.ssrc) {
            // The sender began a new stream on the same media line.
            self.ssrc = Some(header.ssrc);
            self.reception = Reception::default();
            self.start_over();
        }
        let sequence = self.extender.extend(header.sequence);
        self.reception.record(now, sequence, header.timestamp, self.clock_rate());
        let payload = header.payload(opened.packet).ok_or(Discard::Malformed)?;
        self.take(now, sequence, false, opened, payload)
    }

    /// Takes a packet of the retransmission source.
    pub fn accept_retransmission<'packet>(
        &mut self,
        now: Micros,
        opened: Opened<'packet>,
    ) -> Result<(PacketMeta, Body<'packet>), Discard> {
        let payload = opened.header.payload(opened.packet).ok_or(Discard::Malformed)?;
        let (original, payload) = rtx::unwrap(payload).ok_or(Discard::Padding)?;
        if self.extender.highest().is_none() {
            return Err(Discard::Padding);
        }
        let sequence = self.extender.extend(original);
        self.take(now, sequence, true, opened, payload)
    }

    /// Takes a packet that was accepted on another thread; whether it is to be forwarded here, too.
    pub fn accept_again(&mut self, now: Micros, meta: &PacketMeta, body: Body<'_>) -> bool {
        if !self.open {
            return false;
        }
        if self.generation != meta.generation {
            self.generation = meta.generation;
            self.told = LayerSet::NONE;
            self.history.clear();
        }
        self.keyframes.record(meta.part);
        if let Some(scale) = meta.scale {
            self.told = scale.layers;
        }
        self.note(now, meta.scale, body.len());
        self.history.store(meta, body);
        true
    }

    fn note(&mut self, now: Micros, scale: Option<Scale>, len: usize) {
        self.arrived = Some(now);
        if let Some(rate) = self.rates.get_mut(layer(scale, self.layer).index()) {
            rate.record(now, len);
        }
    }

    /// Puts the sequence numbers to ask the publisher for into `due`.
    pub fn lost(&mut self, now: Micros, due: &mut Vec<u16>) {
        if self.open && self.kind() == MediaKind::Video {
            self.losses.due(now, due);
        }
    }

    /// Whether its publisher is to be asked for something, at this moment or soon.
    pub fn waits(&self) -> bool {
        let is_asked = self.open && self.ssrc.is_some() && self.kind() == MediaKind::Video;
        is_asked && (self.losses.waits() || self.keyframes.may_be_due())
    }

    /// A packet forwarded lately.
    pub fn find(&self, sequence: u64) -> Option<(&PacketMeta, Body<'_>)> {
        self.history.get(sequence)
    }

    /// The packets of the 100 ms before `meta`, in their order.
    pub fn shortly_before(
        &self,
        meta: &PacketMeta,
    ) -> impl Iterator<Item = (&PacketMeta, Body<'_>)> + use<'_> {
        let ticks = low32(FIRST_WORD.0 * u64::from(self.clock_rate()) / 1_000_000);
        let PacketMeta { sequence, timestamp, .. } = *meta;
        let first = sequence.saturating_sub(count(FIRST_WORD_PACKETS) - 1);
        (first..sequence)
            .filter_map(|sequence| self.find(sequence))
            .filter(move |(before, _)| timestamp.wrapping_sub(before.timestamp) <= ticks)
    }

    /// How much comes of a layer, without those below.
    pub fn rate(&self, layer: Layer) -> RateMeter {
        self.rates.get(layer.index()).copied().unwrap_or_else(|| RateMeter::of(self.source))
    }

    /// The layers in which it can be had.
    pub fn layers(&self) -> LayerSet {
        let several = if self.told.is_empty() { self.reader.layers() } else { self.told };
        if several.is_empty() { [self.layer].into_iter().collect() } else { several }
    }

    /// When something came last; nothing since the gate was opened or closed.
    pub const fn arrived(&self) -> Option<Micros> {
        self.arrived
    }

    /// What arrived, for the receiver report.
    pub const fn reception(&mut self) -> &mut Reception {
        &mut self.reception
    }

    /// Ticks of the media clock per second.
    pub const fn clock_rate(&self) -> u32 {
        clock_rate(self.kind())
    }

    fn take<'packet>(
        &mut self,
        now: Micros,
        sequence: u64,
        retransmitted: bool,
        opened: Opened<'packet>,
        payload: &'packet [u8],
    ) -> Result<(PacketMeta, Body<'packet>), Discard> {
        if !self.open {
            self.extender.record(sequence);
            return Err(Discard::GateClosed);
        }
        match self.losses.record(now, sequence, retransmitted) {
            Arrival::Unwanted => return Err(Discard::Duplicate),
            Arrival::Restarted => {
                self.generation = self.generation.wrapping_add(1);
                self.history.clear();
                self.keyframes.request();
            }
            Arrival::New | Arrival::Recovered => {}
        }
        self.extender.record(sequence);
        let Opened { header, packet, ids, codec } = opened;
        let dependency = extension(&header, packet, ids.dependency);
        let seen = if self.kind() == MediaKind::Video && !payload.is_empty() {
            self.reader.read(sequence, &header, dependency, codec, payload)
        } else {
            Some(Seen::default())
        };
        let Seen { part, descriptor, scale } = seen.ok_or(Discard::Malformed)?;
        let meta = PacketMeta {
            sequence,
            timestamp: header.timestamp,
            marker: header.marker,
            generation: self.generation,
            part,
            codec,
            descriptor,
            scale,
            audio_level: extension(&header, packet, ids.audio_level).first().copied(),
            capture_time: CaptureTime::new(extension(&header, packet, ids.capture_time)),
        };
        self.keyframes.record(part);
        self.note(now, scale, packet.len());
        let is_described = matches!(descriptor, Descriptor::Dependency(_));
        if is_described && scale.is_none() && !self.reader.layers().is_empty() {
            // The structure that it names did not come, and what is left out meanwhile is not sent again.
            self.keyframes.request();
        }
        let body = Body { dependency: if is_described { dependency } else { &[] }, payload };
        self.history.store(&meta, body);
        Ok((meta, body))
    }

    /// What comes next has nothing to do with what came before.
    fn start_over(&mut self) {
        self.reader = PictureReader::default();
        self.generation = self.generation.wrapping_add(1);
        self.extender = SequenceExtender::default();
        self.losses.reset();
        self.history.clear();
        if self.open && self.kind() == MediaKind::Video {
            self.keyframes.request();
        }
    }
}

/// What is kept: pictures to be sent again, which browsers ask for; sound to begin with.
const fn history(kind: MediaKind, layer: Layer) -> History {
    match (kind, layer) {
        (MediaKind::Audio, _) => History::new(FIRST_WORD_PACKETS, FIRST_WORD_BYTES),
        (MediaKind::Video, Layer::High) => History::new(HISTORY_LEN, HISTORY_BYTES),
        (MediaKind::Video, Layer::Middle) => History::new(HISTORY_LEN / 2, HISTORY_BYTES / 2),
        (MediaKind::Video, Layer::Low) => History::new(HISTORY_LEN / 4, HISTORY_BYTES / 8),
    }
}

/// Ticks of the media clock per second: 48,000 for Opus (RFC 7587), 90,000 for VP8 (RFC 7741).
pub const fn clock_rate(kind: MediaKind) -> u32 {
    match kind {
        MediaKind::Audio => 48_000,
        MediaKind::Video => 90_000,
    }
}

/// The transport-wide number of a packet, if it has one.
pub fn transport_sequence(header: &RtpHeader, packet: &[u8], ids: ExtensionIds) -> Option<u16> {
    super::bytes::u16_at(extension(header, packet, ids.transport_cc), 0)
}

fn extension<'packet>(header: &RtpHeader, packet: &'packet [u8], id: u8) -> &'packet [u8] {
    if id == 0 { &[] } else { header.extension(packet, id).unwrap_or_default() }
}

/// Larger costs memory per publication; smaller cannot answer a request from a long round trip: 512
/// packets are about two seconds of 2.5 Mbit/s.
const HISTORY_LEN: usize = 512;
/// The same, in bytes: 0.8 s of 2.5 Mbit/s.
const HISTORY_BYTES: usize = 256 * 1_024;
/// Longer, somebody who begins to speak is heard with the noise before, and later; shorter, without the
/// beginning of the first word.
const FIRST_WORD: Micros = Micros::from_millis(100);
/// Enough for packets of 10 ms.
const FIRST_WORD_PACKETS: usize = 10;
const FIRST_WORD_BYTES: usize = 4_096;

#[cfg(test)]
#[path = "incoming_tests.rs"]
mod tests;

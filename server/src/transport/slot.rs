// SPDX-License-Identifier: EUPL-1.2
//! One receive slot of a subscriber: its sources, its numbering, what it was sent.

use shared::{Layer, MediaKind, Mid};

use super::params::{CodecParams, SlotParams, formats};
use super::plane::Publication;
use super::sending::Draft;
use crate::media::Micros;
use crate::media::bytes::{low16, low32, put};
use crate::media::codec::Codec;
use crate::media::described::ROOM;
use crate::media::descriptor::Descriptor;
use crate::media::forwarder::{Forwarder, Withheld};
use crate::media::history::{Body, PacketMeta};
use crate::media::incoming::{ExtensionIds, clock_rate};
use crate::media::packet::{HeaderFields, mark_padded, pad, write_header_of};
use crate::media::red;
use crate::media::rewriter::{Rewriter, Rewritten};
use crate::media::rtcp::{ReportBlock, SenderReport, write_sender_report};
use crate::media::rtx;
use crate::media::run::RunPadding;
use crate::media::srtp::Sealer;
use crate::media::template::{HeaderTemplate, Shape};

/// What is written in front of every packet of a transport, besides what belongs to its slot.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stamp {
    pub(super) ids: ExtensionIds,
    /// The transport-wide number.
    pub(super) number: u16,
}

/// A slot.
#[derive(Debug)]
pub(super) struct Slot {
    mid: Mid,
    ssrc: u32,
    rtx_ssrc: u32,
    /// In what form something goes out that is coded like this, by [`Codec::index`]: as it is or in another.
    formats: [Option<CodecParams>; 6],
    forwarder: Forwarder,
    feed: Option<Publication>,
    /// What the subscriber calls the voice that it is fed with.
    pub(super) voice: Option<u32>,
    /// Its place by importance among the slots; the first is the most important.
    pub(super) rank: usize,
    /// How tall the picture is shown.
    pub(super) lines: u16,
    transport_cc: bool,
    /// Whether the subscriber reads the dependency descriptor.
    dependency: bool,
    rtx_next: u64,
    packets: u32,
    octets: u32,
    reported: Option<(u32, Micros)>,
    round_trip: Micros,
    run: RunPadding,
    /// The header of what was sent last.
    template: Option<HeaderTemplate>,
}

impl Slot {
    pub(super) fn new(params: SlotParams, first_sequence: u16, first_timestamp: u32) -> Self {
        let rewriter = Rewriter::new(clock_rate(params.kind), first_sequence, first_timestamp);
        Self {
            mid: params.mid,
            ssrc: params.ssrc,
            rtx_ssrc: params.rtx_ssrc,
            formats: formats(&params.codecs),
            forwarder: Forwarder::new(params.kind, rewriter),
            feed: None,
            voice: None,
            rank: 0,
            lines: u16::MAX,
            transport_cc: params.transport_cc,
            dependency: params.dependency,
            rtx_next: u64::from(first_sequence & 0x7fff),
            packets: 0,
            octets: 0,
            reported: None,
            round_trip: FIRST_ROUND_TRIP,
            run: RunPadding::default(),
            template: None,
        }
    }

    pub(super) const fn mid(&self) -> &Mid {
        &self.mid
    }

    pub(super) const fn kind(&self) -> MediaKind {
        self.forwarder.kind()
    }

    pub(super) const fn feed(&self) -> Option<Publication> {
        self.feed
    }

    /// Whether packets with that source go out of here.
    pub(super) const fn sends(&self, ssrc: u32) -> bool {
        self.ssrc == ssrc || self.rtx_ssrc == ssrc
    }

    /// Whether the subscriber can be sent what is coded like this, as it is or in another form.
    pub(super) fn takes(&self, codec: Codec) -> bool {
        self.format(codec).is_some()
    }

    fn format(&self, codec: Codec) -> Option<CodecParams> {
        self.formats.get(codec.index()).copied().flatten()
    }

    /// Takes another feed, or none.
    pub(super) fn set_feed(&mut self, feed: Option<Publication>) {
        self.feed = feed;
        if feed.is_some() {
            self.forwarder.start();
        } else {
            self.forwarder.stop();
        }
    }

    /// Goes on with the same feed after packets that were left out.
    pub(super) fn resume(&mut self) {
        self.forwarder.resume();
    }

    /// The layer that a key frame is waited for in.
    pub(super) fn awaits(&self) -> Option<Layer> {
        self.forwarder.awaits()
    }

    /// The encoding that is sent, whichever of its layers.
    pub(super) const fn encoding(&self) -> Option<Layer> {
        self.forwarder.encoding()
    }

    /// The layer that is sent.
    pub(super) const fn current(&self) -> Option<Layer> {
        self.forwarder.current()
    }

    /// Goes for another layer, or leaves the picture out.
    pub(super) fn set_target(&mut self, target: Option<Layer>) {
        self.forwarder.set_target(target);
    }

    /// The numbers for a packet of the feed, if it is to be sent.
    pub(super) fn admit(
        &mut self,
        now: Micros,
        layer: Layer,
        meta: &PacketMeta,
    ) -> Result<Rewritten, Withheld> {
        if !self.takes(meta.codec) {
            return Err(Withheld::OtherCodec);
        }
        self.forwarder.forward(now, layer, meta)
    }

    /// Whether the subscriber tells when its packets arrived.
    pub(super) const fn is_stamped(&self) -> bool {
        self.transport_cc
    }

    /// Whether padding can be sent here: it goes where repetitions go, and counts as none.
    pub(super) fn carries_padding(&self) -> bool {
        self.transport_cc && self.repeats().is_some()
    }

    /// A payload type of repetitions, whichever.
    fn repeats(&self) -> Option<u8> {
        self.formats.iter().flatten().find_map(|format| format.rtx_payload_type)
    }

    /// Writes and seals an admitted packet; the length of the datagram.
    pub(super) fn write(
        &mut self,
        out: &mut [u8],
        numbers: Rewritten,
        draft: &mut Draft,
        stamp: Stamp,
        sealer: &Sealer,
    ) -> Option<usize> {
        let Draft { meta, dependency, plain, .. } = draft;
        let format = self.format(meta.codec)?;
        let len = within(meta.codec, format.codec, numbers, plain.payload()?)?;
        let fields = HeaderFields {
            marker: numbers.marker,
            payload_type: format.payload_type,
            sequence: low16(numbers.sequence),
            timestamp: numbers.timestamp,
            ssrc: self.ssrc,
        };
        let mut room = None;
        let description = self.describe(meta, dependency, numbers, &mut room)?;
        let known = if description.is_empty() && meta.capture_time.as_bytes().is_empty() {
            self.write_known_header(out, fields, meta.audio_level, stamp)
        } else {
            None
        };
        let header_len = match known {
            Some(len) => len,
            None => self.write_header(out, fields, meta, stamp, description)?,
        };
        let end = header_len + len;
        out.get(..end)?;
        let padding = match self.kind() {
            MediaKind::Audio => 0,
            MediaKind::Video => self.run.of(meta.timestamp, numbers.marker, end),
        };
        let plain = plain.last(len, padding)?;
        if !numbers.is_empty {
            meta.descriptor.rewrite(plain, numbers.numbers)?;
        }
        mark_padded(out, padding)?;
        self.packets = self.packets.wrapping_add(1);
        self.octets = self.octets.wrapping_add(u32::try_from(len).ok()?);
        sealer.seal_rtp_from(out, header_len, plain, self.ssrc, numbers.sequence)
    }

    /// The publisher's number of a packet the subscriber asks for, unless it was just sent again.
    pub(super) fn find_lost(&mut self, now: Micros, sequence: u16) -> Option<(u64, u64)> {
        self.repeats()?;
        let pause = Micros(self.round_trip.0 / 2);
        self.forwarder.rewriter().take_repeat(now, sequence, pause)
    }

    /// Writes and seals a retransmission; the length of the datagram.
    #[expect(clippy::too_many_arguments, reason = "the parts of one packet, written in place")]
    pub(super) fn write_retransmission(
        &mut self,
        out: &mut [u8],
        original: u64,
        meta: &PacketMeta,
        body: Body<'_>,
        stamp: Stamp,
        sealer: &Sealer,
    ) -> Option<usize> {
        let numbers = self.forwarder.repeat(meta, original);
        let fields = HeaderFields {
            marker: numbers.marker,
            payload_type: self.format(meta.codec)?.rtx_payload_type?,
            sequence: low16(self.rtx_next),
            timestamp: numbers.timestamp,
            ssrc: self.rtx_ssrc,
        };
        let mut room = None;
        let description = self.describe(meta, body.dependency, numbers, &mut room)?;
        let header_len = self.write_header(out, fields, meta, stamp, description)?;
        put(out, header_len, &rtx::prefix(low16(original)))?;
        let at = header_len + rtx::ORIGINAL_SEQUENCE_LEN;
        let payload = if numbers.is_empty { &[] } else { body.payload };
        put(out, at, payload)?;
        if !numbers.is_empty {
            meta.descriptor.rewrite(out.get_mut(at..)?, numbers.numbers)?;
        }
        let len =
            sealer.seal_rtp(out, header_len, at + payload.len(), self.rtx_ssrc, self.rtx_next)?;
        self.rtx_next += 1;
        Some(len)
    }

    /// Writes and seals a packet of nothing but padding, which the subscriber only counts; the length of
    /// the datagram.
    pub(super) fn write_padding(
        &mut self,
        out: &mut [u8],
        stamp: Stamp,
        sealer: &Sealer,
    ) -> Option<usize> {
        let fields = HeaderFields {
            marker: false,
            payload_type: self.repeats()?,
            sequence: low16(self.rtx_next),
            timestamp: self.forwarder.rewriter().last_timestamp(),
            ssrc: self.rtx_ssrc,
        };
        let meta = PacketMeta::default();
        let header_len = self.write_header(out, fields, &meta, stamp, &[])?;
        let end = header_len + pad(out, header_len, PADDING_LEN)?;
        let len = sealer.seal_rtp(out, header_len, end, self.rtx_ssrc, self.rtx_next)?;
        self.rtx_next += 1;
        Some(len)
    }

    /// Writes the publisher's report in the slot's terms: its wall clock kept, the timestamp moved.
    pub(super) fn write_report(
        &mut self,
        out: &mut [u8],
        now: Micros,
        layer: Layer,
        report: &SenderReport,
    ) -> Option<usize> {
        let timestamp = self.forwarder.translate(layer, report.timestamp)?;
        self.reported = Some((low32(report.ntp >> 16), now));
        write_sender_report(
            out,
            &SenderReport {
                ssrc: self.ssrc,
                ntp: report.ntp,
                timestamp,
                packets: self.packets,
                octets: self.octets,
            },
        )
    }

    /// Learns the round trip from the subscriber's answer to a report.
    pub(super) fn handle_report(&mut self, now: Micros, block: &ReportBlock) {
        if let Some((ntp, at)) = self.reported
            && block.last_report == ntp
            && block.ssrc == self.ssrc
        {
            let held = u64::from(block.delay).saturating_mul(1_000_000) >> 16;
            self.round_trip = Micros(now.since(at).0.saturating_sub(held).min(MAX_ROUND_TRIP.0));
        }
    }

    /// What the dependency descriptor of a packet says to the subscriber; empty where there is none.
    fn describe<'room>(
        &self,
        meta: &PacketMeta,
        dependency: &[u8],
        numbers: Rewritten,
        room: &'room mut Option<[u8; ROOM]>,
    ) -> Option<&'room [u8]> {
        match meta.descriptor {
            Descriptor::Dependency(own)
                if self.dependency && !numbers.is_empty && !dependency.is_empty() =>
            {
                let Rewritten { numbers, most, .. } = numbers;
                let room = room.insert([0; ROOM]);
                own.rewrite(dependency, numbers.picture_id, most, room)
            }
            Descriptor::None
            | Descriptor::Vp8(_)
            | Descriptor::Vp9(_)
            | Descriptor::Dependency(_) => Some(&[]),
        }
    }

    /// Writes a header in which no other extensions are than most packets have.
    fn write_known_header(
        &mut self,
        out: &mut [u8],
        fields: HeaderFields,
        level: Option<u8>,
        stamp: Stamp,
    ) -> Option<usize> {
        let HeaderFields { payload_type, ssrc, .. } = fields;
        let (contributor, is_loud, ids) = (self.voice, level.is_some(), stamp.ids);
        let shape = Shape { payload_type, ssrc, contributor, is_loud, ids };
        if self.template.as_ref().is_none_or(|template| !template.fits(&shape)) {
            self.template = HeaderTemplate::learn(shape, |out, fields, audio_level, number| {
                let meta = PacketMeta { audio_level, ..PacketMeta::default() };
                self.write_header(out, fields, &meta, Stamp { ids, number }, &[])
            });
        }
        self.template.as_ref()?.write(out, fields, level, stamp.number)
    }

    fn write_header(
        &self,
        out: &mut [u8],
        fields: HeaderFields,
        meta: &PacketMeta,
        stamp: Stamp,
        description: &[u8],
    ) -> Option<usize> {
        let Stamp { ids, number } = stamp;
        let wide = number.to_be_bytes();
        let level = meta.audio_level.map(|level| [level]);
        let extensions = [
            (ids.mid, self.mid.as_str().as_bytes()),
            (ids.audio_level, level.as_ref().map_or(&[][..], |level| &level[..])),
            (ids.capture_time, meta.capture_time.as_bytes()),
            (if self.transport_cc { ids.transport_cc } else { 0 }, &wide[..]),
            (ids.dependency, description),
        ];
        write_header_of(out, fields, self.voice, &extensions)
    }
}

/// How many bytes of a payload, the last ones, go out in that form.
fn within(codec: Codec, form: Codec, numbers: Rewritten, payload: &[u8]) -> Option<usize> {
    if numbers.is_empty {
        return Some(0);
    }
    Some(if codec == form { payload.len() } else { red::primary(payload)?.len() })
}

/// The most that one packet of padding can hold and be counted in one byte (RFC 3550 §5.1).
const PADDING_LEN: u8 = 255;
/// Until the subscriber's first report.
const FIRST_ROUND_TRIP: Micros = Micros::from_millis(40);
/// A subscriber that claims more does not keep itself from being answered.
const MAX_ROUND_TRIP: Micros = Micros::from_millis(400);

// SPDX-License-Identifier: EUPL-1.2
//! What a publisher sends: pictures at a bitrate in packets of 1,200 bytes, sound in small ones.
//!
//! The packets are made once; what changes is their numbers and the time at which they were sent, which
//! stands in the payload where no relay looks.

use std::time::Duration;

use server::media::packet::{HeaderFields, MAX_DATAGRAM, write_header};
use shared::MediaKind;

use crate::{
    Fault,
    sdp::{Line, MID, WIDE, payload_type},
    transport::Transport,
};

/// One stream of packets.
pub(crate) struct Stream {
    kind: MediaKind,
    ssrc: u32,
    mid: String,
    index: u64,
    frame: u32,
    /// Packets of a frame in thousandths, and what is left over from the frames before.
    per_frame: u64,
    rest: u64,
    due: Duration,
    /// How many packets were sent in the time that counts.
    pub(crate) counted: u64,
}

impl Stream {
    /// The stream of a line, the first packet of which is sent at `first`.
    pub(crate) fn new(
        line: &Line,
        mid: usize,
        bits_per_second: u64,
        first: Duration,
    ) -> Option<Self> {
        let per_frame = match line.kind {
            MediaKind::Audio => 1_000,
            MediaKind::Video => bits_per_second * 1_000 / 8 / PACKET_LEN / FRAMES_PER_SECOND,
        };
        Some(Self {
            kind: line.kind,
            ssrc: line.ssrc?,
            mid: mid.to_string(),
            index: 1,
            frame: 0,
            per_frame,
            rest: 0,
            due: first,
            counted: 0,
        })
    }

    /// Sends the frame that is due, if one is; `wide` counts the packets of the transport.
    pub(crate) fn advance(
        &mut self,
        transport: &Transport,
        wide: &mut u16,
        clock: impl Fn() -> Duration,
        counted: &core::ops::Range<Duration>,
    ) -> Result<(), Fault> {
        if clock() < self.due {
            return Ok(());
        }
        let interval = match self.kind {
            MediaKind::Audio => Duration::from_millis(20),
            MediaKind::Video => Duration::from_millis(1_000 / FRAMES_PER_SECOND),
        };
        // What was missed is not caught up on: a burst would measure us, not the server.
        self.due = (self.due + interval).max(clock().saturating_sub(interval));
        self.rest += self.per_frame;
        let packets = self.rest / 1_000;
        self.rest %= 1_000;
        for part in 0..packets {
            *wide = wide.wrapping_add(1);
            let now = clock();
            self.send(transport, *wide, now, (part == 0, part + 1 == packets))?;
            self.counted += u64::from(counted.contains(&now));
        }
        self.frame = self.frame.wrapping_add(1);
        Ok(())
    }

    fn send(
        &mut self,
        transport: &Transport,
        wide: u16,
        now: Duration,
        (first, last): (bool, bool),
    ) -> Result<(), Fault> {
        let mut packet = [0x5a; MAX_DATAGRAM];
        let (ticks, len) = match self.kind {
            MediaKind::Audio => (960, SOUND_LEN),
            MediaKind::Video => (90_000 / 25, usize::try_from(PACKET_LEN)?),
        };
        let fields = HeaderFields {
            marker: last && self.kind == MediaKind::Video,
            payload_type: payload_type(self.kind),
            sequence: u16::try_from(self.index & 0xffff)?,
            timestamp: self.frame.wrapping_mul(ticks),
            ssrc: self.ssrc,
        };
        let extensions = [(MID, self.mid.as_bytes()), (WIDE, &wide.to_be_bytes()[..])];
        let header = write_header(&mut packet, fields, &extensions).ok_or("no header")?;
        let payload = packet.get_mut(header..len).ok_or("no payload")?;
        if self.kind == MediaKind::Video {
            let descriptor = self.descriptor(first);
            payload
                .get_mut(..descriptor.len())
                .ok_or("no descriptor")?
                .copy_from_slice(&descriptor);
        }
        let stamp = payload.last_chunk_mut::<STAMP_LEN>().ok_or("no room for the time")?;
        *stamp = u64::try_from(now.as_nanos())?.to_be_bytes();
        transport.send_rtp(&mut packet, header, len, (self.ssrc, self.index))?;
        self.index += 1;
        Ok(())
    }

    /// The VP8 descriptor with all its numbers, and the first byte of a frame: one in 25 is a key frame.
    fn descriptor(&self, first: bool) -> [u8; 7] {
        let key = self.frame.is_multiple_of(25);
        let [.., high, low] = (0x8000 | (self.frame & 0x7fff)).to_be_bytes();
        let [.., tl0] = self.frame.to_be_bytes();
        [if first { 0x90 } else { 0x80 }, 0xe0, high, low, tl0, 0, u8::from(!key)]
    }
}

/// What is read out of a payload that arrived.
pub(crate) fn read(payload: &[u8]) -> Option<(MediaKind, Duration)> {
    let stamp = payload.last_chunk::<STAMP_LEN>()?;
    let kind = if payload.len() < 2 * SOUND_LEN { MediaKind::Audio } else { MediaKind::Video };
    Some((kind, Duration::from_nanos(u64::from_be_bytes(*stamp))))
}

const FRAMES_PER_SECOND: u64 = 25;
/// Of a packet before sealing, header included.
const PACKET_LEN: u64 = 1_200;
const SOUND_LEN: usize = 100;
const STAMP_LEN: usize = 8;

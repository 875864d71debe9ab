// SPDX-License-Identifier: EUPL-1.2
//! What a publisher sends: pictures at a bitrate in packets of 1,200 bytes, sound in small ones.
//!
//! The last bytes of each payload, where no relay looks, say what it is and when it was sent, by the clock
//! that the receivers read too: they run in this process, on one machine.

use std::time::Duration;

use server::media::packet::{HeaderFields, MAX_DATAGRAM, write_header};
use shared::MediaKind;

use crate::{
    Fault,
    sdp::{Form, Line, MID, RID, RIDS, WIDE, payload_type},
    transport::Transport,
};

/// One stream of packets.
pub(crate) struct Stream {
    what: What,
    ssrc: u32,
    mid: String,
    /// The name of the encoding, where there are several.
    rid: Option<&'static str>,
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
    /// The streams of a line, one for each encoding; their first packets are sent at `first`.
    ///
    /// `bits_per_second` are those of the largest picture. The next has half as many lines and columns and a
    /// quarter of the bits, and so on.
    pub(crate) fn of_line(
        line: &Line,
        mid: usize,
        bits_per_second: u64,
        first: Duration,
    ) -> Vec<Self> {
        let Some(ssrc) = line.ssrc else { return Vec::new() };
        let stream = |what, ssrc, rid, per_frame| Self {
            what,
            ssrc,
            mid: mid.to_string(),
            rid,
            index: 1,
            frame: 0,
            per_frame,
            rest: 0,
            due: first,
            counted: 0,
        };
        let picture = |bits: u64| bits * 1_000 / 8 / PACKET_LEN / FRAMES_PER_SECOND;
        match (line.kind, line.form) {
            (MediaKind::Audio, _) => vec![stream(What::Sound, ssrc, None, 1_000)],
            (MediaKind::Video, Form::Single) => {
                vec![stream(What::Picture(Size::Large), ssrc, None, picture(bits_per_second))]
            }
            (MediaKind::Video, Form::Layers) => {
                let sizes = [(Size::Small, 16), (Size::Middle, 4), (Size::Large, 1)];
                let layers = (ssrc..).zip(RIDS).zip(sizes);
                let layer = |((ssrc, rid), (size, part))| {
                    stream(What::Picture(size), ssrc, Some(rid), picture(bits_per_second / part))
                };
                layers.map(layer).collect()
            }
        }
    }

    /// Whether it is sound or a picture.
    pub(crate) const fn kind(&self) -> MediaKind {
        self.what.kind()
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
        let interval = match self.kind() {
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
        let (ticks, len) = match self.kind() {
            MediaKind::Audio => (960, SOUND_LEN),
            MediaKind::Video => (90_000 / 25, usize::try_from(PACKET_LEN)?),
        };
        let fields = HeaderFields {
            marker: last && self.kind() == MediaKind::Video,
            payload_type: payload_type(self.kind()),
            sequence: u16::try_from(self.index & 0xffff)?,
            timestamp: self.frame.wrapping_mul(ticks),
            ssrc: self.ssrc,
        };
        let wide = wide.to_be_bytes();
        let extensions = [
            (MID, self.mid.as_bytes()),
            (WIDE, &wide[..]),
            (RID, self.rid.unwrap_or_default().as_bytes()),
        ];
        let named = extensions.len() - usize::from(self.rid.is_none());
        let extensions = extensions.get(..named).unwrap_or_default();
        let header = write_header(&mut packet, fields, extensions).ok_or("no header")?;
        let payload = packet.get_mut(header..len).ok_or("no payload")?;
        if self.kind() == MediaKind::Video {
            let descriptor = self.descriptor(first);
            payload
                .get_mut(..descriptor.len())
                .ok_or("no descriptor")?
                .copy_from_slice(&descriptor);
        }
        let end = payload.last_chunk_mut::<STAMP_LEN>().ok_or("no room for the stamp")?;
        *end = stamp(self.what, now);
        transport.send_rtp(&mut packet, header, len, (self.ssrc, self.index))?;
        self.index += 1;
        Ok(())
    }

    /// The VP8 descriptor with all its numbers, and in the first packet of a frame how a key frame begins or
    /// another frame (RFC 6386 §9.1): servers there are that look for it. One frame in 25 is a key frame.
    fn descriptor(&self, first: bool) -> [u8; 16] {
        let key = self.frame.is_multiple_of(25);
        let [.., high, low] = (0x8000 | (self.frame & 0x7fff)).to_be_bytes();
        let [.., tl0] = self.frame.to_be_bytes();
        let start = if first { 0x90 } else { 0x80 };
        let mut bytes = [start, 0xe0, high, low, tl0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        let [_, _, _, _, _, _, tag, _, _, code @ .., _, _, _, _] = &mut bytes;
        match (first, key) {
            (true, true) => (*tag, *code) = (0x10, [0x9d, 0x01, 0x2a]),
            (true, false) => *tag = 0x11,
            (false, _) => {}
        }
        bytes
    }
}

/// What a packet carries.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum What {
    Sound,
    Picture(Size),
}

/// The size of a picture; what is sent once only is large.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Size {
    Small,
    Middle,
    Large,
}

impl What {
    /// Whether it is sound or a picture.
    pub(crate) const fn kind(self) -> MediaKind {
        match self {
            Self::Sound => MediaKind::Audio,
            Self::Picture(_) => MediaKind::Video,
        }
    }
}

/// The mark of what is sent, the time in nanoseconds, and once more the mark, by which it is known that
/// this is a stamp: what a relay sends of its own accord has none.
fn stamp(what: What, now: Duration) -> [u8; STAMP_LEN] {
    let mark = match what {
        What::Sound => MARKS[0],
        What::Picture(Size::Small) => MARKS[1],
        What::Picture(Size::Middle) => MARKS[2],
        What::Picture(Size::Large) => MARKS[3],
    };
    let mut stamp = [mark; STAMP_LEN];
    let [_, time @ .., _] = &mut stamp;
    *time = u64::try_from(now.as_nanos()).unwrap_or(0).to_be_bytes();
    stamp
}

/// What a payload that arrived says of itself; nothing if it has no stamp.
pub(crate) fn read(payload: &[u8]) -> Option<(What, Duration)> {
    let [mark, time @ .., again] = payload.last_chunk::<STAMP_LEN>()?;
    let known = MARKS.iter().position(|known| known == mark && known == again)?;
    let what = match known {
        0 => What::Sound,
        1 => What::Picture(Size::Small),
        2 => What::Picture(Size::Middle),
        _ => What::Picture(Size::Large),
    };
    Some((what, Duration::from_nanos(u64::from_be_bytes(*time))))
}

const FRAMES_PER_SECOND: u64 = 25;
/// Of a packet before sealing, header included.
const PACKET_LEN: u64 = 1_200;
const SOUND_LEN: usize = 100;
const STAMP_LEN: usize = 10;
/// Of sound and of the sizes of pictures. No padding looks like one.
const MARKS: [u8; 4] = [0xa5, 0xb1, 0xb2, 0xb3];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_says_what_was_sent_when_and_padding_says_nothing() {
        let at = Duration::from_nanos(1_700_000_000_123_456_789);
        let all = [Size::Small, Size::Middle, Size::Large].map(What::Picture);
        for what in [What::Sound].into_iter().chain(all) {
            let payload = [&[0x5a; 7][..], &stamp(what, at)].concat();
            assert_eq!(read(&payload), Some((what, at)));
        }
        assert_eq!(read(&[0; 200]), None);
        assert_eq!(read(&[0xa5; 9]), None);
        assert_eq!(read(&[&[0xa5][..], &[0; 9]].concat()), None, "marked on one side only");
    }

    #[test]
    fn a_frame_begins_as_vp8_does() {
        let line = Line { kind: MediaKind::Video, ssrc: Some(5), form: Form::Single };
        let mut streams = Stream::of_line(&line, 0, 1_000_000, Duration::ZERO);
        let stream = streams.first_mut().unwrap();
        let [0x90, _, _, _, _, _, tag, _, _, 0x9d, 0x01, 0x2a, ..] = stream.descriptor(true) else {
            panic!("no key frame");
        };
        assert_eq!(tag & 1, 0, "a key frame (RFC 6386 §9.1)");
        assert_eq!(stream.descriptor(false)[0], 0x80);
        stream.frame = 1;
        let [0x90, _, _, _, _, _, tag, ..] = stream.descriptor(true) else { panic!("no frame") };
        assert_eq!(tag & 1, 1, "one that refers to others");
    }

    #[test]
    fn a_layered_line_is_three_streams_of_which_the_largest_has_the_bits() {
        let line = Line { kind: MediaKind::Video, ssrc: Some(5), form: Form::Layers };
        let streams = Stream::of_line(&line, 0, 2_400_000, Duration::ZERO);
        let seen: Vec<_> = streams.iter().map(|s| (s.ssrc, s.rid, s.per_frame)).collect();
        assert_eq!(seen, [(5, Some("l"), 625), (6, Some("m"), 2_500), (7, Some("h"), 10_000)]);
        let single = Line { form: Form::Single, ..line };
        assert_eq!(Stream::of_line(&single, 0, 2_400_000, Duration::ZERO).len(), 1);
        let received = Line { ssrc: None, ..line };
        assert!(Stream::of_line(&received, 0, 2_400_000, Duration::ZERO).is_empty());
    }
}

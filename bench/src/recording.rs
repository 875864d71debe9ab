// SPDX-License-Identifier: EUPL-1.2
//! A recorded picture: the frames of an IVF file of VP8, again and again, in packets of RFC 7741.

use std::{sync::Arc, time::Duration};

use server::media::packet::{HeaderFields, MAX_DATAGRAM, write_header};
use shared::MediaKind;

use crate::{
    Fault,
    sdp::{MID, WIDE, payload_type},
    transport::Transport,
};

/// The frames of a file. Clones share them.
#[derive(Clone, Debug)]
pub(crate) struct Recording {
    frames: Arc<[Vec<u8>]>,
}

impl Recording {
    /// Reads an IVF file; its first frame has to be a key frame, and one a second is wanted: who begins to look
    /// sees nothing before the next.
    pub(crate) fn read(file: &[u8]) -> Result<Self, Fault> {
        let [b'D', b'K', b'I', b'F', _, _, low, high, b'V', b'P', b'8', b'0', ..] = file else {
            return Err("no IVF file of VP8".into());
        };
        let mut rest = file.get(usize::from(u16::from_le_bytes([*low, *high]))..);
        let mut frames = Vec::new();
        while let Some(&[a, b, c, d, _, _, _, _, _, _, _, _, ref data @ ..]) = rest {
            let len = usize::try_from(u32::from_le_bytes([a, b, c, d]))?;
            frames.push(data.get(..len).ok_or("a frame is cut off")?.to_vec());
            rest = data.get(len..);
        }
        if frames.first().and_then(|frame| frame.first()).is_none_or(|tag| tag & 1 != 0) {
            return Err("it begins with no key frame".into());
        }
        Ok(Self { frames: frames.into() })
    }
}

/// Somebody who shows it.
#[derive(Debug)]
pub(crate) struct Show {
    recording: Recording,
    ssrc: u32,
    /// Of the next packet.
    index: u64,
    /// Of the next frame.
    frame: u32,
    wide: u16,
    due: Duration,
}

impl Show {
    /// Shows the recording from its beginning, over the first line of a transport, from `first` on.
    pub(crate) const fn new(recording: Recording, ssrc: u32, first: Duration) -> Self {
        Self { recording, ssrc, index: 1, frame: 0, wide: 0, due: first }
    }

    /// Sends the frame that is due, if one is.
    pub(crate) fn advance(&mut self, transport: &Transport, now: Duration) -> Result<(), Fault> {
        if now < self.due {
            return Ok(());
        }
        self.due = (self.due + INTERVAL).max(now.saturating_sub(INTERVAL));
        let frames = Arc::clone(&self.recording.frames);
        let at = usize::try_from(self.frame)?.checked_rem(frames.len()).unwrap_or_default();
        let frame = frames.get(at).map_or(&[][..], Vec::as_slice);
        let parts = frame.chunks(PART_LEN);
        let last = parts.len().saturating_sub(1);
        for (number, part) in parts.enumerate() {
            self.send(transport, part, (number == 0, number == last))?;
        }
        self.frame = self.frame.wrapping_add(1);
        Ok(())
    }

    fn send(
        &mut self,
        transport: &Transport,
        part: &[u8],
        (first, last): (bool, bool),
    ) -> Result<(), Fault> {
        let mut packet = [0; MAX_DATAGRAM];
        let fields = HeaderFields {
            marker: last,
            payload_type: payload_type(MediaKind::Video),
            sequence: u16::try_from(self.index & 0xffff)?,
            timestamp: self.frame.wrapping_mul(TICKS),
            ssrc: self.ssrc,
        };
        self.wide = self.wide.wrapping_add(1);
        let wide = self.wide.to_be_bytes();
        let extensions = [(MID, &b"0"[..]), (WIDE, &wide[..])];
        let header = write_header(&mut packet, fields, &extensions).ok_or("no header")?;
        // With a picture id of 15 bits (RFC 7741 §4.2).
        let [.., high, low] = (0x8000 | (self.frame & 0x7fff)).to_be_bytes();
        let descriptor = [if first { 0x90 } else { 0x80 }, 0x80, high, low];
        let end = header + descriptor.len() + part.len();
        let payload = packet.get_mut(header..end).ok_or("the packet is too long")?;
        let (head, body) = payload.split_at_mut(descriptor.len());
        head.copy_from_slice(&descriptor);
        body.copy_from_slice(part);
        transport.send_rtp(&mut packet, header, end, (self.ssrc, self.index))?;
        self.index += 1;
        Ok(())
    }
}

/// Ten pictures a second: a crowd on one machine is for counting, not for looking.
const INTERVAL: Duration = Duration::from_millis(100);
/// Of the clock of pictures.
const TICKS: u32 = 9_000;
/// Bytes of a frame in a packet.
const PART_LEN: usize = 1_100;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_frames_of_a_file_are_read_and_what_is_none_is_refused() {
        let mut file = b"DKIF\x00\x00\x20\x00VP80".to_vec();
        file.resize(32, 0);
        for frame in [&[0x10, 1, 2][..], &[0x11]] {
            file.extend(u32::try_from(frame.len()).unwrap().to_le_bytes());
            file.extend([0; 8]);
            file.extend(frame);
        }
        let recording = Recording::read(&file).unwrap();
        assert_eq!(recording.frames[..], [vec![0x10, 1, 2], vec![0x11]]);
        assert!(Recording::read(&file[..file.len() - 1]).is_err(), "cut off");
        assert!(Recording::read(b"DKIF").is_err());
        file[44] = 0x11;
        assert!(Recording::read(&file).is_err(), "begins in the middle");
    }
}

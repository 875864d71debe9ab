// SPDX-License-Identifier: EUPL-1.2
//! Somebody's browser in a meeting in memory: what it offered, what it got.

use shared::{Layer, MediaKind, Mid, Source};

use crate::media::bytes::{count, low32};
use crate::media::codec::Codec;
use crate::media::packet::{RtpHeader, is_rtcp};
use crate::media::srtp::{Opener, Sealer};
use crate::transport::dtls::Identity;
use crate::transport::params::{CodecParams, SenderParams, SlotParams, TransportParams};
use crate::transport::rehearsal::{SALT, key, params};

/// A packet as it arrives.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(in crate::transport) struct Got {
    pub(in crate::transport) ssrc: u32,
    pub(in crate::transport) sequence: u16,
    pub(in crate::transport) timestamp: u32,
    pub(in crate::transport) payload: Vec<u8>,
}

impl Got {
    pub(in crate::transport) fn layer(&self) -> Layer {
        Layer::ALL[usize::from(self.payload[6])]
    }
}

/// What somebody's browser knows.
pub(in crate::transport) struct Person {
    pub(in crate::transport) sealer: Sealer,
    pub(in crate::transport) opener: Opener,
    pub(in crate::transport) next: [u64; 4],
    pub(in crate::transport) got: Vec<Got>,
    pub(in crate::transport) asked: Vec<u32>,
    pub(in crate::transport) reports: usize,
    /// How much may be sent (REMB), in the bits of the message.
    pub(in crate::transport) most: Option<u32>,
}

impl Person {
    pub(in crate::transport) fn new(who: usize) -> Self {
        let key = key(count(who));
        Self {
            sealer: Sealer::new(&key, &SALT).unwrap(),
            opener: Opener::new(&key, &SALT).unwrap(),
            next: [FIRST; 4],
            got: Vec::new(),
            asked: Vec::new(),
            reports: 0,
            most: None,
        }
    }

    pub(in crate::transport) fn take(&mut self, mut datagram: Vec<u8>) {
        if datagram[0] < 4 {
            return;
        }
        if is_rtcp(&datagram) {
            let len = self.opener.open_rtcp(&mut datagram).unwrap();
            match datagram[1] {
                // A sender report (RFC 3550 §6.4.1), a picture loss indication (RFC 4585 §6.3.1).
                200 => self.reports += 1,
                206 if datagram[0] & 0x1f == 15 => {
                    let word = u32::from_be_bytes(datagram[16..20].try_into().unwrap());
                    self.most = Some((word & 0x3ffff) << ((word >> 18) & 0x3f));
                }
                206 => self.asked.push(u32::from_be_bytes(datagram[8..12].try_into().unwrap())),
                _ => assert!(len >= 8),
            }
            return;
        }
        let header = RtpHeader::parse(&datagram).unwrap();
        let len = self.opener.open_rtp(&mut datagram, &header).unwrap();
        let payload = header.payload(&datagram[..len]).unwrap().to_vec();
        let RtpHeader { ssrc, sequence, timestamp, .. } = header;
        self.got.push(Got { ssrc, sequence, timestamp, payload });
    }
}

pub(in crate::transport) fn params_of(who: usize, identity: &Identity) -> TransportParams {
    let mut params = params(count(who), identity).unwrap();
    params.ids.rid = RID_ID;
    params.ids.dependency = DEPENDENCY_ID;
    params.ids.audio_level = LEVEL_ID;
    params.senders[0].ssrcs = Vec::new();
    params.senders[0].rids = Layer::ALL.map(|layer| (rid(layer).to_owned(), layer)).to_vec();
    let sound =
        CodecParams { codec: Codec::Opus, payload_type: SOUND_TYPE, rtx_payload_type: None };
    params.senders.push(SenderParams {
        mid: Mid::parse("2").unwrap(),
        source: Source::Microphone,
        codecs: vec![sound],
        ssrcs: vec![(SOUND, false)],
        rids: Vec::new(),
    });
    let picture = params.senders[0].codecs[0];
    let lines = [
        ("1", MediaKind::Video, picture),
        ("3", MediaKind::Video, picture),
        ("4", MediaKind::Audio, sound),
    ];
    let slot = |(at, (mid, kind, codec)): (u32, (&str, _, _))| SlotParams {
        mid: Mid::parse(mid).unwrap(),
        kind,
        codecs: vec![codec],
        ssrc: slot_ssrc(who, at),
        rtx_ssrc: slot_ssrc(who, at) + 1,
        // Nobody's browser reports: the path is no reason for anything here.
        transport_cc: false,
        dependency: false,
    };
    params.slots = (0..).zip(lines).map(slot).collect();
    params
}

pub(in crate::transport) fn slot_ssrc(who: usize, slot: u32) -> u32 {
    1_000 + 100 * low32(count(who)) + 2 * slot
}

pub(in crate::transport) fn rid(layer: Layer) -> &'static str {
    match layer {
        Layer::Low => "l",
        Layer::Middle => "m",
        Layer::High => "h",
    }
}

pub(in crate::transport) const FIRST: u64 = 100;
pub(in crate::transport) const SOUND: u32 = 50;
pub(in crate::transport) const SOUND_TYPE: u8 = 111;
pub(in crate::transport) const RID_ID: u8 = 10;
pub(in crate::transport) const DEPENDENCY_ID: u8 = 12;
pub(in crate::transport) const LEVEL_ID: u8 = 13;

// SPDX-License-Identifier: EUPL-1.2
//! Ada and Cleo, who send AV1 in layers, and Bob, who sees one of them, in memory.

use shared::{Mid, Source};

use crate::media::Micros;
use crate::media::bytes::{count, low16, low32, u16_at};
use crate::media::codec::Codec;
use crate::media::dependency_writer::{Mode, Part};
use crate::media::packet::{HeaderFields, MAX_DATAGRAM, RtpHeader, is_rtcp, write_header};
use crate::media::rtcp::write_nack;
use crate::media::srtp::{Opener, Sealer};
use crate::transport::company::{FIRST_PORT, Sent, address, connect};
use crate::transport::dtls::Identity;
use crate::transport::links::Links;
use crate::transport::params::{CodecParams, SlotParams, TransportParams};
use crate::transport::plane::{MediaCommand, Publication, Route, TransportId};
use crate::transport::rehearsal::{MID_ID, SALT, SSRC, key, origin, params};
use crate::transport::relay::Relay;

pub(super) const ADA: usize = 0;
const BOB: usize = 1;
pub(super) const CLEO: usize = 2;

/// Ada and Cleo send, Bob receives.
pub(super) struct Stage {
    relays: Vec<Relay>,
    threads: [usize; 3],
    pub(super) codec: Codec,
    bob: Sealer,
    opener: Opener,
    now: Micros,
    pub(super) next: [Next; 3],
}

/// What comes next of somebody.
#[derive(Clone, Copy)]
pub(super) struct Next {
    pub(super) sequence: u64,
    number: u16,
    picture: u32,
}

/// A packet that Bob got.
#[derive(Clone, Debug)]
pub(super) struct Got {
    pub(super) sequence: u16,
    pub(super) timestamp: u32,
    pub(super) marker: bool,
    pub(super) payload_type: u8,
    pub(super) description: Vec<u8>,
    /// Of a repetition.
    pub(super) original: Option<u16>,
    pub(super) payload: Vec<u8>,
}

impl Got {
    pub(super) fn number(&self) -> u16 {
        u16_at(&self.description, 1).unwrap()
    }

    /// The number that the publisher gave the frame.
    pub(super) fn own_number(&self) -> u16 {
        u16_at(&self.payload, 2).unwrap()
    }
}

impl Stage {
    /// On those threads; whether Bob reads descriptors.
    pub(super) fn new(threads: &[usize; 3], reads: bool) -> Self {
        let identity = Identity::generate().unwrap();
        let relays = Links::between(threads.iter().max().unwrap() + 1);
        let mut relays: Vec<_> = relays
            .into_iter()
            .map(|links| {
                let mut relay = Relay::new(identity.clone(), origin());
                relay.links = links;
                relay
            })
            .collect();
        let now = Micros::from_millis(1);
        for (who, thread) in threads.iter().enumerate() {
            let id = TransportId(count(who)).on(*thread);
            let relay = &mut relays[*thread];
            connect(relay, now, (id, count(who)), person(who, &identity, reads), &identity);
            let source = Source::Camera;
            relay.handle_command(now, MediaCommand::Gate { id, source, open: true });
        }
        let next = FIRST_NUMBERS.map(|number| Next { sequence: 100, number, picture: 7 });
        let opener = Opener::new(&key(count(BOB)), &SALT).unwrap();
        let bob = Sealer::new(&key(count(BOB)), &SALT).unwrap();
        Self { relays, threads: *threads, codec: Codec::Av1, bob, opener, now, next }
    }

    fn id(&self, who: usize) -> TransportId {
        TransportId(count(who)).on(self.threads[who])
    }

    /// Bob shows somebody's camera with so many lines.
    pub(super) fn show(&mut self, who: usize, lines: u16) {
        let mid = Mid::parse("1").unwrap();
        let feed = Publication { transport: self.id(who), source: Source::Camera };
        let routes = vec![Route { mid, feed, lines }];
        let command = MediaCommand::Routes { id: self.id(BOB), routes };
        self.relays[self.threads[BOB]].handle_command(self.now, command);
        self.settle(Sent::default());
        (0..3).for_each(|_| self.rest());
    }

    /// So many pictures of three layers, the first a key frame or not; what Bob gets.
    pub(super) fn play(&mut self, who: usize, pictures: usize, key: bool) -> Vec<Got> {
        let mut got = Vec::new();
        for at in 0..pictures {
            for spatial in 0..3 {
                let part = self.part(who, spatial, key && at == 0);
                got.extend(self.publish(who, part, None));
            }
            self.next[who].picture += 1;
            (0..3).for_each(|_| self.rest());
        }
        got
    }

    /// The next frame.
    pub(super) fn part(&mut self, who: usize, spatial: u8, key: bool) -> Part {
        let number = self.next[who].number;
        self.next[who].number = number.wrapping_add(1);
        let ends = [true, true];
        Part { mode: Mode::Key, count: 3, spatial, number, key, ends, available: None, own: None }
    }

    /// The next frame does not arrive.
    pub(super) fn lose(&mut self, who: usize) {
        self.next[who].sequence += 1;
        self.part(who, 0, false);
    }

    /// A frame of one packet, or the repetition of a packet with that number.
    pub(super) fn publish(&mut self, who: usize, part: Part, repeats: Option<u64>) -> Vec<Got> {
        let [high, low] = part.number.to_be_bytes();
        self.send(who, &part.write(), &[0x10, part.spatial, high, low, 0, 0], repeats)
    }

    /// A packet that is described like this.
    pub(super) fn publish_described(
        &mut self,
        who: usize,
        description: &[u8],
        repeats: Option<u64>,
    ) -> Vec<Got> {
        self.send(who, description, &[0x10; 1_100], repeats)
    }

    fn send(
        &mut self,
        who: usize,
        description: &[u8],
        payload: &[u8],
        repeats: Option<u64>,
    ) -> Vec<Got> {
        let own = format(self.codec);
        let next = &mut self.next[who];
        let (ssrc, payload_type, sequence) = match repeats {
            Some(sequence) => (SSRC + 1, own.rtx_payload_type.unwrap(), sequence),
            None => (SSRC, own.payload_type, next.sequence),
        };
        next.sequence += u64::from(repeats.is_none());
        let fields = HeaderFields {
            marker: payload[1] == 2,
            payload_type,
            sequence: low16(sequence),
            timestamp: next.picture * 3_000,
            ssrc,
        };
        let mut datagram = vec![0; MAX_DATAGRAM];
        let extensions = [(MID_ID, &b"0"[..]), (DEPENDENCY_ID, description)];
        let header = write_header(&mut datagram, fields, &extensions).unwrap();
        let original = repeats.map(|sequence| low16(sequence).to_be_bytes().to_vec());
        let payload = [original.unwrap_or_default(), payload.to_vec()].concat();
        let end = header + payload.len();
        datagram[header..end].copy_from_slice(&payload);
        let sealer = Sealer::new(&key(count(who)), &SALT).unwrap();
        let len = sealer.seal_rtp(&mut datagram, header, end, ssrc, sequence).unwrap();
        datagram.truncate(len);
        self.datagram(who, datagram)
    }

    /// Bob's browser misses a packet.
    pub(super) fn ask(&mut self, sequence: u16) -> Vec<Got> {
        let mut nack = vec![0; 128];
        let len = write_nack(&mut nack, 1, slot_ssrc(BOB), &[sequence]).unwrap();
        let len = self.bob.seal_rtcp(&mut nack, len).unwrap();
        nack.truncate(len);
        self.datagram(BOB, nack)
    }

    fn datagram(&mut self, who: usize, mut datagram: Vec<u8>) -> Vec<Got> {
        let mut sent = Sent::default();
        let relay = &mut self.relays[self.threads[who]];
        relay.handle_datagram(self.now, address(count(who)), &mut datagram, &mut sent);
        self.settle(sent)
    }

    /// Ten milliseconds pass.
    pub(super) fn rest(&mut self) {
        self.now = self.now + Micros::from_millis(10);
        let mut sent = Sent::default();
        for relay in &mut self.relays {
            relay.handle_timeout(self.now, &mut sent);
        }
        self.settle(sent);
    }

    /// Until no thread wakes another; what Bob gets.
    fn settle(&mut self, mut sent: Sent) -> Vec<Got> {
        let mut woken = 1;
        while woken != 0 {
            woken = 0;
            for relay in &mut self.relays {
                relay.take_crossings(self.now, &mut sent);
                woken |= relay.take_unwoken();
            }
        }
        let bob = FIRST_PORT + low16(count(BOB));
        let datagrams = sent.0.into_iter().filter(|(to, it)| to.port() == bob && !is_rtcp(it));
        datagrams.map(|(_, datagram)| self.open(datagram)).collect()
    }

    fn open(&mut self, mut datagram: Vec<u8>) -> Got {
        let header = RtpHeader::parse(&datagram).unwrap();
        let len = self.opener.open_rtp(&mut datagram, &header).unwrap();
        let payload = header.payload(&datagram[..len]).unwrap();
        let repeats = header.payload_type == RTX_TYPE;
        Got {
            sequence: header.sequence,
            timestamp: header.timestamp,
            marker: header.marker,
            payload_type: header.payload_type,
            description: header.extension(&datagram, DEPENDENCY_ID).unwrap_or_default().to_vec(),
            original: u16_at(payload, 0).filter(|_| repeats),
            payload: payload[if repeats { 2 } else { 0 }..].to_vec(),
        }
    }
}

/// What somebody's browser agreed to.
fn person(who: usize, identity: &Identity, reads: bool) -> TransportParams {
    let mut params = params(count(who), identity).unwrap();
    params.ids.dependency = DEPENDENCY_ID;
    let codecs: Vec<_> = [Codec::Av1, Codec::H264].map(format).to_vec();
    params.senders[0].codecs.clone_from(&codecs);
    params.senders[0].ssrcs = vec![(SSRC, false), (SSRC + 1, true)];
    let own = params.slots.remove(0);
    assert_eq!(own.ssrc, slot_ssrc(who));
    params.slots = vec![SlotParams { codecs, transport_cc: false, dependency: reads, ..own }];
    params
}

fn slot_ssrc(who: usize) -> u32 {
    1_000 + 2 * low32(count(who))
}

fn format(codec: Codec) -> CodecParams {
    let payload_type = if codec == Codec::Av1 { RTX_TYPE - 1 } else { RTX_TYPE + 1 };
    CodecParams { codec, payload_type, rtx_payload_type: Some(payload_type + 1) }
}

const DEPENDENCY_ID: u8 = 12;
pub(super) const RTX_TYPE: u8 = 46;
/// About to wrap, and others for everybody.
pub(super) const FIRST_NUMBERS: [u16; 3] = [0xffe0, 0, 0x7000];

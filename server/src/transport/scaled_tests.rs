// SPDX-License-Identifier: EUPL-1.2
//! A camera in one stream with layers, and codecs that not everybody has, in memory.

use shared::{Layer, LayerSet, MediaKind, Mid, Source};

use super::company::{Sent, address, connect, heard, voice};
use super::dtls::Identity;
use super::params::{CodecParams, SenderParams, SlotParams};
use super::plane::{MediaCommand, Publication, Route, TransportEvent, TransportId};
use super::rehearsal::{MID_ID, SALT, SSRC, key, origin, params};
use super::relay::Relay;
use crate::media::Micros;
use crate::media::bytes::{low16, u16_at};
use crate::media::codec::Codec;
use crate::media::dependency_writer::{Mode, part};
use crate::media::packet::{HeaderFields, MAX_DATAGRAM, RtpHeader, is_rtcp, write_header};
use crate::media::srtp::{Opener, Sealer};

const ADA: TransportId = TransportId(0);
const BOB: TransportId = TransportId(1);

#[test]
fn layers_follow_the_tile_without_a_gap_and_each_picture_ends() {
    let mut stage = Stage::of(Source::Camera, Codec::Vp9, &[Codec::Vp9]);
    stage.show(180);
    // It is not known before its first packet that there are layers.
    stage.play(20, true);
    let small = stage.play(10, false);
    assert_eq!(layers(&small), [0].into());
    stage.show(720);
    let waiting = stage.play(10, false);
    assert_eq!(layers(&waiting), [0].into(), "not before a key frame");
    assert!(stage.asked > 0, "which is asked for");
    let large = stage.play(10, true);
    assert_eq!(layers(&large), [0, 1, 2].into());
    stage.show(180);
    let again = stage.play(10, false);
    assert_eq!(layers(&again), [0].into(), "less needs no key frame");
    let all = [small, waiting, large, again].concat();
    for two in all.windows(2) {
        let [before, after] = two else { panic!("two") };
        assert_eq!(after.sequence, before.sequence.wrapping_add(1));
        let next = u16::from(before.marker);
        assert_eq!(after.picture, (before.picture + next) & 0x7fff, "a picture ends with a marker");
        assert_eq!(after.timestamp - before.timestamp, u32::from(next) * 3_000);
    }
    assert!(all.iter().all(|packet| packet.payload_type == 98));
}

#[test]
fn what_of_the_layers_nobody_can_use_is_said_and_what_they_cost_is_measured_together() {
    let mut stage = Stage::of(Source::Camera, Codec::Vp9, &[Codec::Vp9]);
    stage.show(180);
    stage.play(150, true);
    let low: LayerSet = [Layer::Low].into_iter().collect();
    let last = TransportEvent::Wanted(stage.publication(), low);
    assert_eq!(stage.heard().last(), Some(&last));
    let now = stage.now;
    let sender = stage.relay.sender(stage.publication()).unwrap();
    let [Some(small), Some(middle), Some(large)] = sender.costs(now) else { panic!("three") };
    // A packet of each layer in a picture: all have about the same length.
    assert!(small > 5_000 && middle.abs_diff(2 * small) < small / 2, "{small} {middle}");
    assert!(large.abs_diff(3 * small) < small / 2, "{small} {large}");
}

#[test]
fn what_came_of_a_lost_packet_is_sent_again_under_the_number_it_had() {
    let mut stage = Stage::of(Source::Camera, Codec::Vp9, &[Codec::Vp9]);
    stage.show(180);
    stage.play(20, true);
    let sent = stage.play(5, false);
    let asked = sent[2];
    let again = stage.ask(asked.sequence);
    assert_eq!(again.len(), 1);
    let repeated = again[0];
    assert_eq!((repeated.payload_type, repeated.original), (99, Some(asked.sequence)));
    assert_eq!((repeated.picture, repeated.marker), (asked.picture, true));
}

#[test]
fn who_has_not_agreed_to_a_codec_is_sent_nothing_in_it_and_it_is_counted() {
    let mut stage = Stage::of(Source::Camera, Codec::Vp9, &[Codec::Vp8, Codec::Av1]);
    stage.show(720);
    assert!(stage.play(100, true).is_empty());
    assert_eq!(stage.relay.counters.other_codec, 300);
    let none = TransportEvent::Wanted(stage.publication(), LayerSet::NONE);
    assert_eq!(stage.heard(), [none], "nor need it be sent");
    let mut stage = Stage::of(Source::Camera, Codec::Vp9, &[Codec::Vp8, Codec::Vp9]);
    stage.show(720);
    assert!(!stage.play(10, true).is_empty());
    assert_eq!(stage.relay.counters.other_codec, 0);
}

#[test]
fn redundant_sound_goes_as_it_is_or_without_what_came_before() {
    for (taken, payload_type, len) in
        [(&[Codec::Red, Codec::Opus][..], 63, RED.len()), (&[Codec::Opus], 111, 3)]
    {
        let mut stage = Stage::of(Source::Microphone, Codec::Red, taken);
        stage.show(0);
        let got = stage.play(4, false);
        assert_eq!(got.len(), 4);
        assert!(got.iter().all(|it| (it.payload_type, it.len) == (payload_type, len)), "{got:?}");
    }
}

fn layers(packets: &[Got]) -> std::collections::BTreeSet<u8> {
    packets.iter().map(|packet| packet.layer).collect()
}

/// Ada sends, Bob receives.
struct Stage {
    relay: Relay,
    source: Source,
    codec: Codec,
    sealer: Sealer,
    bob: Sealer,
    opener: Opener,
    now: Micros,
    next: u64,
    picture: u16,
    asked: usize,
}

/// A packet that Bob got.
#[derive(Clone, Copy, Debug)]
struct Got {
    sequence: u16,
    timestamp: u32,
    marker: bool,
    payload_type: u8,
    len: usize,
    /// Of a repetition.
    original: Option<u16>,
    picture: u16,
    layer: u8,
}

impl Stage {
    /// A source in that codec, to somebody who has those.
    fn of(source: Source, codec: Codec, taken: &[Codec]) -> Self {
        let identity = Identity::generate().unwrap();
        let mut relay = Relay::new(identity.clone(), origin());
        let now = Micros::from_millis(1);
        for number in 0..2 {
            let id = TransportId(number);
            let mut params = params(number, &identity).unwrap();
            params.ids.dependency = DEPENDENCY_ID;
            let own = &params.slots[0];
            params.slots = vec![SlotParams {
                kind: source.kind(),
                codecs: taken.iter().copied().map(format).collect(),
                transport_cc: false,
                ..own.clone()
            }];
            let own = &params.senders[0];
            let codecs = vec![format(codec)];
            params.senders = vec![SenderParams { source, codecs, ..own.clone() }];
            connect(&mut relay, now, (id, number), params, &identity);
        }
        relay.handle_command(now, MediaCommand::Gate { id: ADA, source, open: true });
        Self {
            relay,
            source,
            codec,
            sealer: Sealer::new(&key(0), &SALT).unwrap(),
            bob: Sealer::new(&key(1), &SALT).unwrap(),
            opener: Opener::new(&key(1), &SALT).unwrap(),
            now,
            next: 100,
            picture: 0x7ff0,
            asked: 0,
        }
    }

    fn publication(&self) -> Publication {
        Publication { transport: ADA, source: self.source }
    }

    fn show(&mut self, lines: u16) {
        let (mid, feed) = (Mid::parse("1").unwrap(), self.publication());
        let command = match self.source.kind() {
            MediaKind::Audio => {
                MediaCommand::Sounds { id: BOB, feeds: vec![voice(feed.transport)] }
            }
            MediaKind::Video => {
                MediaCommand::Routes { id: BOB, routes: vec![Route { mid, feed, lines }] }
            }
        };
        self.relay.handle_command(self.now, command);
        for _ in 0..3 {
            self.tick();
        }
    }

    /// So many pictures of three layers or packets of sound, the first a key frame or not; what Bob gets.
    fn play(&mut self, pictures: u32, key: bool) -> Vec<Got> {
        let mut got = Vec::new();
        for at in 0..pictures {
            let parts = if self.source.kind() == MediaKind::Video { 3 } else { 1 };
            for spatial in 0..parts {
                got.extend(self.publish(spatial, key && at == 0));
            }
            self.picture = (self.picture + 1) & 0x7fff;
            for _ in 0..3 {
                self.tick();
            }
        }
        got
    }

    fn publish(&mut self, spatial: u8, key: bool) -> Vec<Got> {
        let fields = HeaderFields {
            marker: spatial == 2,
            payload_type: format(self.codec).payload_type,
            sequence: low16(self.next),
            timestamp: u32::from(self.picture.wrapping_sub(0x7ff0) & 0x7fff) * 3_000,
            ssrc: SSRC,
        };
        let number = low16(self.next);
        let dependency = part(Mode::Key, 3, spatial, number, key, [true, true]);
        let [high, low] = (self.picture | 0x8000).to_be_bytes();
        let (extension, payload) = match self.codec {
            Codec::Red => (&[][..], RED.to_vec()),
            Codec::Vp9 => {
                let flags = if key { 0xac } else { 0xec };
                (&dependency[..], vec![flags, high, low, spatial << 1, 7, spatial, 0, 0])
            }
            Codec::Opus | Codec::Vp8 | Codec::Av1 | Codec::H264 => {
                (&dependency[..], vec![0x10; 100])
            }
        };
        let mut datagram = vec![0; MAX_DATAGRAM];
        let extensions = [(MID_ID, &b"0"[..]), (DEPENDENCY_ID, extension)];
        let header = write_header(&mut datagram, fields, &extensions).unwrap();
        let end = header + payload.len();
        datagram[header..end].copy_from_slice(&payload);
        let len = self.sealer.seal_rtp(&mut datagram, header, end, SSRC, self.next);
        datagram.truncate(len.unwrap());
        self.next += 1;
        let mut sent = Sent::default();
        self.relay.handle_datagram(self.now, address(0), &mut datagram, &mut sent);
        self.read(sent)
    }

    /// Bob's browser misses a packet.
    fn ask(&mut self, sequence: u16) -> Vec<Got> {
        let mut nack = vec![0x81, 205, 0, 3, 0, 0, 0, 1];
        nack.extend_from_slice(&1_002_u32.to_be_bytes());
        nack.extend_from_slice(&sequence.to_be_bytes());
        nack.extend_from_slice(&[0, 0]);
        let len = nack.len();
        nack.resize(len + 64, 0);
        let sealed = self.bob.seal_rtcp(&mut nack, len).unwrap();
        nack.truncate(sealed);
        let mut sent = Sent::default();
        self.relay.handle_datagram(self.now, address(1), &mut nack, &mut sent);
        self.read(sent)
    }

    fn tick(&mut self) {
        self.now = self.now + Micros::from_millis(10);
        let mut sent = Sent::default();
        self.relay.handle_timeout(self.now, &mut sent);
        self.read(sent);
    }

    fn read(&mut self, sent: Sent) -> Vec<Got> {
        let mut got = Vec::new();
        for (to, mut datagram) in sent.0 {
            if is_rtcp(&datagram) {
                self.asked += usize::from(to == address(0) && datagram[..2] == [0x81, 206]);
                continue;
            }
            let header = RtpHeader::parse(&datagram).unwrap();
            let len = self.opener.open_rtp(&mut datagram, &header).unwrap();
            let payload = header.payload(&datagram[..len]).unwrap();
            let repeats = header.payload_type == 99;
            let own = &payload[if repeats { 2 } else { 0 }..];
            got.push(Got {
                sequence: header.sequence,
                timestamp: header.timestamp,
                marker: header.marker,
                payload_type: header.payload_type,
                len: payload.len(),
                original: u16_at(payload, 0).filter(|_| repeats),
                picture: u16_at(own, 1).unwrap() & 0x7fff,
                layer: own.get(3).map_or(0, |byte| byte >> 1),
            });
        }
        got
    }

    fn heard(&mut self) -> Vec<TransportEvent> {
        heard(&mut self.relay)
    }
}

/// As Chromium numbers them.
fn format(codec: Codec) -> CodecParams {
    let payload_type = match codec {
        Codec::Opus => 111,
        Codec::Red => 63,
        Codec::Vp8 => 96,
        Codec::Vp9 => 98,
        Codec::Av1 => 45,
        Codec::H264 => 108,
    };
    let rtx_payload_type = (codec.kind() == MediaKind::Video).then(|| payload_type + 1);
    CodecParams { codec, payload_type, rtx_payload_type }
}

const DEPENDENCY_ID: u8 = 12;
/// Two bytes of the packet before, and three of its own.
const RED: [u8; 10] = [0xef, 0x0f, 0x00, 2, 0x6f, 1, 2, 3, 4, 5];

// SPDX-License-Identifier: EUPL-1.2
//! A camera in three encodings, from its packets to those of one subscriber, in memory.

use shared::{Layer, LayerSet, Mid, Source};

use super::company::{Sent, address, connect, heard};
use super::dtls::Identity;
use super::plane::{MediaCommand, Publication, Route, TransportEvent, TransportId};
use super::rehearsal::{MID_ID, PAYLOAD_TYPE, SALT, key, origin, params};
use super::relay::Relay;
use crate::media::Micros;
use crate::media::bytes::{count, low8, low16, low32};
use crate::media::packet::{HeaderFields, MAX_DATAGRAM, RtpHeader, is_rtcp, write_header};
use crate::media::srtp::{Opener, Sealer};

const ADA: TransportId = TransportId(0);
const BOB: TransportId = TransportId(1);
const CAMERA: Publication = Publication { transport: ADA, source: Source::Camera };

#[test]
fn a_picture_grows_and_shrinks_with_its_tile_at_key_frames_and_without_a_gap() {
    let mut stage = Stage::new();
    stage.show(180);
    let small = stage.play(10, &[Layer::Low]);
    assert!(!small.is_empty() && small.iter().all(|packet| packet.1 == Layer::Low), "{small:?}");
    stage.show(720);
    let waiting = stage.play(10, &[]);
    assert!(waiting.iter().all(|packet| packet.1 == Layer::Low), "no key frame of it yet");
    assert!(stage.asked_for(Layer::High), "its key frame is asked for");
    let large = stage.play(10, &[Layer::High]);
    assert!(large.iter().skip(1).all(|packet| packet.1 == Layer::High), "{large:?}");
    stage.show(180);
    let again = stage.play(10, &[Layer::Low]);
    assert!(again.iter().all(|packet| packet.1 == Layer::Low));
    let all: Vec<_> = [small, waiting, large, again].concat();
    let without_gap = all.windows(2).all(|two| two[1].0 == two[0].0.wrapping_add(1));
    assert!(without_gap, "{all:?}");
}

#[test]
fn what_nobody_can_use_need_not_be_sent_and_is_said_so_once() {
    let mut stage = Stage::new();
    stage.show(180);
    stage.play(150, &[Layer::Low]);
    let only = |layer| TransportEvent::Wanted(CAMERA, [layer].into_iter().collect());
    assert_eq!(stage.heard(), [only(Layer::Low)]);
    stage.show(360);
    stage.play(150, &[Layer::Middle]);
    let both = [Layer::Low, Layer::Middle].into_iter().collect();
    let expected = [TransportEvent::Wanted(CAMERA, both), only(Layer::Middle)];
    assert_eq!(stage.heard(), expected, "the small one until the other has come");
    stage.hide();
    stage.play(150, &[]);
    assert_eq!(stage.heard(), [TransportEvent::Wanted(CAMERA, LayerSet::NONE)]);
}

#[test]
fn what_was_paused_comes_back_as_soon_as_somebody_looks() {
    let mut stage = Stage::new();
    stage.sent = Some(LayerSet::ALL);
    for lines in [720, 180, 720] {
        stage.show(lines);
        stage.play(250, &[]);
        let got = stage.play(1, &[]);
        let layer = if lines == 720 { Layer::High } else { Layer::Low };
        assert_eq!(got.last().map(|packet| packet.1), Some(layer), "{lines} lines");
        assert_eq!(stage.sent, Some([layer].into_iter().collect()));
    }
    stage.hide();
    stage.play(250, &[]);
    assert_eq!(stage.sent, Some(LayerSet::NONE));
    stage.show(360);
    let got = stage.play(10, &[]);
    assert_eq!(got.last().map(|packet| packet.1), Some(Layer::Middle));
}

#[test]
fn what_nobody_took_is_said_again() {
    let mut stage = Stage::new();
    stage.show(180);
    stage.play(150, &[Layer::Low]);
    stage.relay.tell_events(|_| false);
    stage.play(10, &[]);
    let low = [Layer::Low].into_iter().collect();
    assert_eq!(stage.heard(), [TransportEvent::Wanted(CAMERA, low)]);
    stage.play(10, &[]);
    assert_eq!(stage.heard(), []);
}

#[test]
fn a_layer_that_a_small_camera_does_not_send_is_not_waited_for() {
    let mut stage = Stage::new();
    stage.missing = Some(Layer::High);
    stage.show(1_080);
    let got = stage.play(20, &[Layer::Low, Layer::Middle]);
    assert_eq!(got.last().map(|packet| packet.1), Some(Layer::Middle));
}

#[test]
fn a_lost_packet_of_an_encoding_is_found_again_by_its_name() {
    let mut stage = Stage::new();
    stage.show(180);
    stage.play(5, &[Layer::Low]);
    let lost = stage.next[0];
    stage.next[0] += 1;
    let later = stage.publish(Layer::Low, stage.next[0], None, false);
    assert_eq!(later.len(), 1);
    let repeated = stage.publish(Layer::Low, 77, Some(low16(lost)), false);
    assert_eq!(repeated.len(), 1);
    assert_eq!(repeated[0].0.wrapping_add(1), later[0].0, "it fills the gap");
}

#[test]
fn a_key_frame_is_asked_for_as_soon_as_it_can_be_received_and_not_before() {
    let mut stage = Stage::new();
    let keys = stage.relay.peer_mut(BOB).unwrap().srtp.take();
    stage.play(1, &Layer::ALL);
    stage.requests.clear();
    stage.show(180);
    stage.play(60, &[]);
    assert!(stage.requests.is_empty(), "Bob has no keys yet");
    stage.relay.peer_mut(BOB).unwrap().srtp = keys;
    stage.relay.begin_pictures(1);
    stage.tick();
    assert!(stage.asked_for(Layer::Low), "at once");
}

/// Ada sends, Bob receives.
struct Stage {
    relay: Relay,
    sealer: Sealer,
    opener: Opener,
    asked: Opener,
    now: Micros,
    next: [u64; 3],
    frames: u32,
    missing: Option<Layer>,
    /// What Ada's page sends, where it does as it is told; a layer begins with a key frame.
    sent: Option<LayerSet>,
    requests: Vec<u32>,
}

impl Stage {
    fn new() -> Self {
        let identity = Identity::generate().unwrap();
        let mut relay = Relay::new(identity.clone(), origin());
        let now = Micros::from_millis(1);
        for number in 0..2 {
            let id = TransportId(number);
            let mut params = params(number, &identity).unwrap();
            params.ids.rid = RID_ID;
            params.ids.repaired_rid = REPAIRED_ID;
            params.ids.dependency = DEPENDENCY_ID;
            // Bob's browser reports nothing: the path is no reason for anything here.
            params.slots[0].transport_cc = false;
            let sender = &mut params.senders[0];
            sender.ssrcs = Vec::new();
            sender.rids = Layer::ALL.map(|layer| (rid(layer).to_owned(), layer)).to_vec();
            connect(&mut relay, now, (id, number), params, &identity);
        }
        relay.handle_command(
            now,
            MediaCommand::Gate { id: ADA, source: Source::Camera, open: true },
        );
        Self {
            relay,
            sealer: Sealer::new(&key(0), &SALT).unwrap(),
            opener: Opener::new(&key(1), &SALT).unwrap(),
            asked: Opener::new(&key(0), &SALT).unwrap(),
            now,
            next: [100, 2_000, 30_000],
            frames: 0,
            missing: None,
            sent: None,
            requests: Vec::new(),
        }
    }

    /// Bob shows the camera with so many lines.
    fn show(&mut self, lines: u16) {
        let route = Route { mid: Mid::parse("1").unwrap(), feed: CAMERA, lines };
        let routes = vec![route];
        self.relay.handle_command(self.now, MediaCommand::Routes { id: BOB, routes });
        for _ in 0..3 {
            self.tick();
        }
    }

    fn hide(&mut self) {
        self.relay.handle_command(self.now, MediaCommand::Routes { id: BOB, routes: Vec::new() });
    }

    /// Frames of all layers, the first of those in `keys` key frames; what Bob gets: numbers and layers.
    fn play(&mut self, frames: u32, keys: &[Layer]) -> Vec<(u16, Layer)> {
        let mut got = Vec::new();
        let missing = self.missing;
        for frame in 0..frames {
            let begins = self.obey();
            let sent = self.sent.unwrap_or(LayerSet::ALL);
            for layer in sent.iter().filter(|layer| missing != Some(*layer)) {
                let sequence = self.next[layer.index()];
                self.next[layer.index()] += 1;
                let key = frame == 0 && keys.contains(&layer) || begins.contains(layer);
                got.extend(self.publish(layer, sequence, None, key));
            }
            self.frames += 1;
            for _ in 0..3 {
                self.tick();
            }
        }
        got
    }

    /// Ada's page does what it is told; what begins with that, or is to begin anew.
    fn obey(&mut self) -> LayerSet {
        let mut begins = LayerSet::NONE;
        let Some(mut sent) = self.sent else { return begins };
        for event in self.heard() {
            let TransportEvent::Wanted(_, wanted) = event else { continue };
            begins = wanted.iter().filter(|layer| !sent.contains(*layer)).collect();
            sent = wanted;
        }
        self.sent = Some(sent);
        let requests = core::mem::take(&mut self.requests);
        let asked = |layer: &Layer| requests.contains(&(10 + 2 * low32(count(layer.index()))));
        begins.iter().chain(sent.iter().filter(asked)).collect()
    }

    /// One packet, or the repetition of one; what Bob gets.
    fn publish(
        &mut self,
        layer: Layer,
        sequence: u64,
        repeats: Option<u16>,
        key: bool,
    ) -> Vec<(u16, Layer)> {
        let ssrc = 10 + 2 * low32(count(layer.index())) + u32::from(repeats.is_some());
        let fields = HeaderFields {
            marker: true,
            payload_type: if repeats.is_some() { PAYLOAD_TYPE + 1 } else { PAYLOAD_TYPE },
            sequence: low16(sequence),
            timestamp: self.frames * 3_000,
            ssrc,
        };
        let name = if repeats.is_some() { REPAIRED_ID } else { RID_ID };
        let dependency: &[u8] = if key { &[0xc0, 0, 1, 0x80, 0] } else { &[0xc0, 0, 1] };
        let extensions =
            [(MID_ID, &b"0"[..]), (name, rid(layer).as_bytes()), (DEPENDENCY_ID, dependency)];
        let mut datagram = vec![0; MAX_DATAGRAM];
        let header = write_header(&mut datagram, fields, &extensions).unwrap();
        let mut payload = repeats.map(|number| number.to_be_bytes().to_vec()).unwrap_or_default();
        payload.extend_from_slice(&[0x90, 0xc0, 0x80, 1, 1, 0, low8(count(layer.index()))]);
        payload.resize(200, 0);
        datagram[header..header + 200].copy_from_slice(&payload);
        let len = self.sealer.seal_rtp(&mut datagram, header, header + 200, ssrc, sequence);
        datagram.truncate(len.unwrap());
        let mut sent = Sent::default();
        self.relay.handle_datagram(self.now, address(0), &mut datagram, &mut sent);
        self.read(sent)
    }

    /// Ten milliseconds pass.
    fn tick(&mut self) {
        self.now = self.now + Micros::from_millis(10);
        let mut sent = Sent::default();
        self.relay.handle_timeout(self.now, &mut sent);
        self.read(sent);
    }

    fn read(&mut self, sent: Sent) -> Vec<(u16, Layer)> {
        let mut got = Vec::new();
        for (to, mut datagram) in sent.0 {
            if is_rtcp(&datagram) {
                if to == address(0) {
                    let len = self.asked.open_rtcp(&mut datagram).unwrap();
                    // Picture loss indication (RFC 4585 §6.3.1) and the source it is about.
                    if datagram[..2] == [0x81, 206] {
                        self.requests.push(u32::from_be_bytes(datagram[8..12].try_into().unwrap()));
                    }
                    assert!(len >= 8);
                }
                continue;
            }
            let header = RtpHeader::parse(&datagram).unwrap();
            let len = self.opener.open_rtp(&mut datagram, &header).unwrap();
            let payload = header.payload(&datagram[..len]).unwrap();
            got.push((header.sequence, Layer::ALL[usize::from(payload[6])]));
        }
        got
    }

    fn asked_for(&self, layer: Layer) -> bool {
        self.requests.contains(&(10 + 2 * low32(count(layer.index()))))
    }

    fn heard(&mut self) -> Vec<TransportEvent> {
        heard(&mut self.relay)
    }
}

fn rid(layer: Layer) -> &'static str {
    match layer {
        Layer::Low => "l",
        Layer::Middle => "m",
        Layer::High => "h",
    }
}

const RID_ID: u8 = 10;
const REPAIRED_ID: u8 = 11;
const DEPENDENCY_ID: u8 = 12;

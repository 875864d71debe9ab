// SPDX-License-Identifier: EUPL-1.2
//! A page that is turned on a shared screen, on its way to somebody whose path is narrow.

use shared::{Mid, Source};

use super::company::{Sent, address, connect};
use super::dtls::Identity;
use super::plane::{MediaCommand, Publication, Route, TransportId};
use super::rehearsal::{MID_ID, PAYLOAD_TYPE, SALT, SSRC, key, origin, params};
use super::relay::Relay;
use crate::media::Micros;
use crate::media::bytes::{low16, low32};
use crate::media::packet::{HeaderFields, MAX_DATAGRAM, RtpHeader, is_rtcp, write_header};
use crate::media::srtp::{Opener, Sealer};

const ADA: TransportId = TransportId(0);
const BOB: TransportId = TransportId(1);
const SCREEN: Publication = Publication { transport: ADA, source: Source::Camera };

struct Stage {
    relay: Relay,
    sealer: Sealer,
    opener: Opener,
    now: Micros,
    next: u64,
    frames: u32,
}

impl Stage {
    /// Bob sees Ada's screen over a path that is known to carry so much.
    fn new(bits: Option<u64>) -> Self {
        let identity = Identity::generate().unwrap();
        let mut relay = Relay::new(identity.clone(), origin());
        let now = Micros::from_millis(1);
        for number in 0..2 {
            let params = params(number, &identity).unwrap();
            connect(&mut relay, now, (TransportId(number), number), params, &identity);
        }
        let (id, source) = (ADA, SCREEN.source);
        relay.handle_command(now, MediaCommand::Gate { id, source, open: true });
        let routes = vec![Route { mid: Mid::parse("1").unwrap(), feed: SCREEN, lines: u16::MAX }];
        relay.handle_command(now, MediaCommand::Routes { id: BOB, routes });
        relay.peer_mut(BOB).unwrap().pacer.set_estimate(bits);
        let (sealer, opener) = (Sealer::new(&key(0), &SALT), Opener::new(&key(1), &SALT));
        let (sealer, opener) = (sealer.unwrap(), opener.unwrap());
        Self { relay, sealer, opener, now, next: 1, frames: 0 }
    }

    /// A frame of so many packets comes at once; what Bob is sent of it at once.
    fn turn(&mut self, packets: u64) -> Vec<u16> {
        let mut got = Vec::new();
        for at in 0..packets {
            let fields = HeaderFields {
                marker: at + 1 == packets,
                payload_type: PAYLOAD_TYPE,
                sequence: low16(self.next),
                timestamp: self.frames * 3_000,
                ssrc: SSRC,
            };
            let mut datagram = vec![0; MAX_DATAGRAM];
            let header = write_header(&mut datagram, fields, &[(MID_ID, b"0")]).unwrap();
            // The first of a key frame of VP8, or another of its packets.
            datagram[header] = if at == 0 { 0x10 } else { 0 };
            datagram[header + 1] = u8::from(at > 0 || self.frames > 0);
            let len = self.sealer.seal_rtp(&mut datagram, header, header + LEN, SSRC, self.next);
            datagram.truncate(len.unwrap());
            let mut sent = Sent::default();
            self.relay.handle_datagram(self.now, address(0), &mut datagram, &mut sent);
            got.extend(self.read(sent));
            self.next += 1;
        }
        self.frames += 1;
        got
    }

    /// So many milliseconds later, what waited.
    fn later(&mut self, millis: u64) -> Vec<u16> {
        self.now = self.now + Micros::from_millis(millis);
        let mut sent = Sent::default();
        self.relay.release(self.now, &mut sent);
        self.read(sent)
    }

    fn read(&mut self, sent: Sent) -> Vec<u16> {
        let media = sent.0.into_iter().filter(|(to, it)| *to == address(1) && !is_rtcp(it));
        let read = media.map(|(_, mut datagram)| {
            let header = RtpHeader::parse(&datagram).unwrap();
            self.opener.open_rtp(&mut datagram, &header).unwrap();
            header.sequence
        });
        read.collect()
    }
}

#[test]
fn a_page_leaves_as_fast_as_the_path_carries_it_whole_and_in_order() {
    let mut stage = Stage::new(Some(2_000_000));
    let mut got = stage.turn(80);
    assert!((10..20).contains(&got.len()), "{}", got.len());
    assert!(stage.later(0).is_empty());
    assert_eq!(stage.relay.held, [1], "once, however much waits");
    let mut ticks = 0;
    while got.len() < 80 {
        let more = stage.later(10);
        assert!((1..=5).contains(&more.len()), "{more:?}");
        got.extend(more);
        ticks += 1;
    }
    // 80 times 1,143 bytes are 244 ms of 3 Mbit/s, 50 of which were sent at once.
    assert!((19..=21).contains(&ticks), "{ticks}");
    assert!(got.windows(2).all(|two| two[1] == two[0] + 1), "{got:?}");
    assert_eq!(stage.relay.counters.packets_out, 80);
    assert!(stage.relay.held.is_empty() && stage.later(10).is_empty());
}

#[test]
fn what_comes_behind_it_waits_too_and_then_nothing_does() {
    let mut stage = Stage::new(Some(2_000_000));
    let at_once = stage.turn(40);
    assert!(stage.turn(2).is_empty());
    let mut got = [at_once, stage.later(400)].concat();
    got.extend(stage.later(400));
    assert_eq!(got.len(), 42);
    assert!(got.windows(2).all(|two| two[1] == two[0] + 1), "{got:?}");
    assert_eq!(stage.turn(2).len(), 2);
}

#[test]
fn on_a_path_that_is_not_known_nothing_waits() {
    let mut stage = Stage::new(None);
    assert_eq!(stage.turn(200).len(), 200);
    assert_eq!(stage.relay.counters.paced, 0);
}

#[test]
fn what_is_too_much_is_dropped_and_can_be_asked_for() {
    let mut stage = Stage::new(Some(100_000));
    let at_once = low32(u64::try_from(stage.turn(400).len()).unwrap());
    let counters = stage.relay.counters;
    assert_eq!(counters.paced, 256);
    assert_eq!(counters.pace_dropped, u64::from(400 - 256 - at_once));
}

#[test]
fn what_its_publisher_took_along_is_lost_and_keeps_nothing_else() {
    let mut stage = Stage::new(Some(2_000_000));
    stage.turn(80);
    stage.relay.handle_command(stage.now, MediaCommand::Close { id: ADA });
    assert!(stage.later(10).is_empty());
    assert!(stage.relay.held.is_empty());
}

#[test]
fn who_waited_and_is_gone_is_forgotten() {
    let mut stage = Stage::new(Some(2_000_000));
    stage.turn(80);
    stage.relay.handle_command(stage.now, MediaCommand::Close { id: BOB });
    assert!(stage.later(10).is_empty());
    assert!(stage.relay.held.is_empty());
}

/// Of a payload.
const LEN: usize = 1_100;

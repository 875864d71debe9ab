// SPDX-License-Identifier: EUPL-1.2
//! What comes together is forwarded as if every datagram had come alone.

use std::net::SocketAddr;

use proptest::prelude::*;
use shared::{Mid, Source};

use super::company::{Sent, address, connect};
use super::counters::MediaCounters;
use super::dtls::Identity;
use super::outlet::{Outlet, Urgency};
use super::plane::{MediaCommand, Publication, Route, TransportId};
use super::rehearsal::{MID_ID, PAYLOAD_TYPE, SALT, SSRC, key, origin, params};
use super::relay::Relay;
use crate::media::Micros;
use crate::media::bytes::{low8, low16, low32};
use crate::media::packet::{HeaderFields, MAX_DATAGRAM, write_header};
use crate::media::rtcp::{write_nack, write_pli};
use crate::media::srtp::Sealer;

const ADA: u64 = 0;
const BOB: u64 = 1;
/// Who sees whom: Dan comes late, Eve's path is narrow.
const SEEN: [(u64, u64); 4] = [(1, ADA), (2, BOB), (3, ADA), (4, ADA)];
const DAN: u64 = 3;
const EVE: TransportId = TransportId(4);

/// What somebody does.
#[derive(Clone, Debug)]
enum Step {
    /// Shows a picture of some packets, the first of which come late or not at all.
    Shows { who: u64, packets: u64, key: bool, late: bool, lost: u8 },
    /// Misses one of the last packets.
    Misses(u64, u16),
    /// Can show nothing.
    Waits(u64),
    /// Comes, or comes again.
    Comes,
}

/// A relay and what it sent to everybody, with its counters.
struct Stage {
    relay: Relay,
    identity: Identity,
    got: [Vec<Vec<u8>>; 5],
}

impl Stage {
    fn new(identity: Identity) -> Self {
        let relay = Relay::new(identity.clone(), origin());
        let mut stage = Self { relay, identity, got: Default::default() };
        (0..5).for_each(|number| stage.enter(Micros(1), number));
        for (who, whom) in SEEN.into_iter().filter(|(who, _)| *who != DAN) {
            stage.watch(Micros(1), who, whom);
        }
        stage
    }

    fn enter(&mut self, now: Micros, number: u64) {
        let (id, params) = (TransportId(number), params(number, &self.identity).unwrap());
        connect(&mut self.relay, now, (id, number), params, &self.identity);
        let source = Source::Camera;
        self.relay.handle_command(now, MediaCommand::Gate { id, source, open: true });
    }

    fn watch(&mut self, now: Micros, who: u64, whom: u64) {
        let feed = Publication { transport: TransportId(whom), source: Source::Camera };
        let routes = vec![Route { mid: Mid::parse("1").unwrap(), feed, lines: u16::MAX }];
        self.relay.handle_command(now, MediaCommand::Routes { id: TransportId(who), routes });
    }

    fn collect(&mut self, sent: Sent) {
        for (to, datagram) in sent.0 {
            let who = (0..5_u64).position(|number| address(number) == to).unwrap();
            self.got[who].push(datagram);
        }
    }

    /// The same datagrams, each alone or all together.
    fn take(&mut self, now: Micros, datagrams: &[(u64, Vec<u8>)], together: bool) {
        self.relay.peer_mut(EVE).unwrap().pacer.set_estimate(Some(400_000));
        let mut sent = Sent::default();
        for (who, datagram) in datagrams {
            let (from, mut datagram) = (address(*who), datagram.clone());
            if together {
                self.relay.take_datagram(now, from, &mut datagram, &mut sent);
            } else {
                self.relay.handle_datagram(now, from, &mut datagram, &mut sent);
            }
        }
        self.relay.end_run(now, &mut sent);
        self.collect(sent);
    }

    fn tick(&mut self, now: Micros) -> MediaCounters {
        let mut sent = Sent::default();
        self.relay.handle_timeout(now, &mut sent);
        self.collect(sent);
        self.relay.counters
    }
}

/// Notes how often it may send at once.
#[derive(Default)]
struct Noted {
    holds: bool,
    releases: usize,
}

impl Outlet for Noted {
    fn send(
        &mut self,
        _to: SocketAddr,
        _urgency: Urgency,
        write: impl FnOnce(&mut [u8]) -> Option<usize>,
    ) -> bool {
        write(&mut [0; MAX_DATAGRAM]).is_some()
    }

    fn is_empty(&self) -> bool {
        !self.holds
    }

    fn release(&mut self) {
        self.releases += 1;
    }
}

/// The other ends of all transports.
struct Browsers {
    sealers: [Sealer; 5],
    next: [u64; 5],
    frames: [u32; 5],
}

impl Browsers {
    fn new() -> Self {
        let sealers = [0, 1, 2, 3, 4].map(|number| Sealer::new(&key(number), &SALT).unwrap());
        Self { sealers, next: [1; 5], frames: [0; 5] }
    }

    fn does(&mut self, step: &Step) -> Vec<(u64, Vec<u8>)> {
        match *step {
            Step::Shows { who, packets, key, late, lost } => {
                let mut frame = Vec::new();
                for at in 0..packets {
                    let packet = self.packet(usize::try_from(who).unwrap(), at, packets, key);
                    if (u64::from(lost) >> at) & 1 == 0 {
                        frame.push((who, packet));
                    }
                }
                let turned = usize::from(late).min(frame.len());
                frame.rotate_left(turned);
                frame
            }
            Step::Misses(who, back) => {
                let sequence = low16(self.next[0]).wrapping_sub(back);
                vec![(who, self.control(who, |out, ssrc| write_nack(out, 1, ssrc, &[sequence])))]
            }
            Step::Waits(who) => vec![(who, self.control(who, |out, ssrc| write_pli(out, 1, ssrc)))],
            Step::Comes => Vec::new(),
        }
    }

    fn packet(&mut self, who: usize, at: u64, packets: u64, key: bool) -> Vec<u8> {
        let mut bytes = vec![0; MAX_DATAGRAM];
        self.frames[who] += u32::from(at == 0);
        let (number, frame) = (self.next[who], self.frames[who]);
        let fields = HeaderFields {
            marker: at + 1 == packets,
            payload_type: PAYLOAD_TYPE,
            sequence: low16(number),
            timestamp: frame * 3_000,
            ssrc: SSRC,
        };
        let header = write_header(&mut bytes, fields, &[(MID_ID, b"0")]).unwrap();
        let [high, low] = (low16(u64::from(frame)) | 0x8000).to_be_bytes();
        let first = if at == 0 { 0x90 } else { 0x80 };
        let descriptor = [first, 0xf0, high, low, low8(u64::from(frame)), 3, u8::from(!key)];
        let end = header + 600 + usize::try_from(at % 2 + number % 3).unwrap();
        bytes[header..end].fill(low8(number));
        bytes[header..header + descriptor.len()].copy_from_slice(&descriptor);
        let len = self.sealers[who].seal_rtp(&mut bytes, header, end, SSRC, number).unwrap();
        self.next[who] += 1;
        bytes.truncate(len);
        bytes
    }

    fn control(&mut self, who: u64, write: impl Fn(&mut [u8], u32) -> Option<usize>) -> Vec<u8> {
        let mut bytes = vec![0; 100];
        let len = write(&mut bytes, low32(1_000 + 2 * who)).unwrap();
        let sealer = &mut self.sealers[usize::try_from(who).unwrap()];
        let len = sealer.seal_rtcp(&mut bytes, len).unwrap();
        bytes.truncate(len);
        bytes
    }
}

fn step() -> impl Strategy<Value = Step> {
    let shows = (ADA..=BOB, 1_u64..12, prop::bool::weighted(0.2), any::<bool>(), any::<u8>());
    let shows = shows.prop_map(|(who, packets, key, late, lost)| {
        let lost = if lost < 128 { 0 } else { lost & 0x55 };
        Step::Shows { who, packets, key, late, lost }
    });
    prop_oneof![
        8 => shows,
        1 => (1_u64..5, 1_u16..20).prop_map(|(who, back)| Step::Misses(who, back)),
        1 => (1_u64..5).prop_map(Step::Waits),
        1 => Just(Step::Comes),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn what_comes_together_is_forwarded_as_if_it_came_alone(
        turns in prop::collection::vec(prop::collection::vec(step(), 1..5), 1..25),
    ) {
        let identity = Identity::generate().unwrap();
        let (mut alone, mut together) = (Stage::new(identity.clone()), Stage::new(identity));
        let (mut browsers, mut now) = (Browsers::new(), Micros::from_millis(2));
        for turn in turns {
            if turn.iter().any(|step| matches!(step, Step::Comes)) {
                alone.watch(now, DAN, ADA);
                together.watch(now, DAN, ADA);
            }
            let datagrams: Vec<_> = turn.iter().flat_map(|step| browsers.does(step)).collect();
            alone.take(now, &datagrams, false);
            together.take(now, &datagrams, true);
            for _ in 0..4 {
                now = now + Micros::from_millis(10);
                prop_assert_eq!(alone.tick(now), together.tick(now));
            }
            prop_assert_eq!(&alone.got, &together.got);
        }
    }
}

#[test]
fn only_of_a_frame_that_came_whole_something_leaves_early() {
    let (mut stage, mut browsers) = (Stage::new(Identity::generate().unwrap()), Browsers::new());
    let shows = Step::Shows { who: ADA, packets: 3, key: true, late: false, lost: 0 };
    let mut publish = |packets: std::ops::Range<usize>, holds| {
        let frame = browsers.does(&shows);
        let mut noted = Noted { holds, ..Noted::default() };
        for (who, mut datagram) in frame[packets].iter().cloned() {
            let from = address(who);
            stage.relay.take_datagram(Micros::from_millis(5), from, &mut datagram, &mut noted);
        }
        stage.relay.end_run(Micros::from_millis(5), &mut noted);
        noted.releases
    };
    assert_eq!(publish(0..3, false), 2, "with each subscriber");
    assert_eq!(publish(0..2, false), 0, "its end is not there");
    assert_eq!(publish(0..3, true), 0, "others may get more of what is there");
}

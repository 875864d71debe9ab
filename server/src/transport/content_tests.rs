// SPDX-License-Identifier: EUPL-1.2
//! Somebody who has all they want costs little time, and is looked at again as soon as that may change.

use shared::{Mid, Source};

use super::company::{Sent, address, connect};
use super::dtls::Identity;
use super::plane::{MediaCommand, Publication, Route, TransportId};
use super::rehearsal::{MID_ID, PAYLOAD_TYPE, SALT, SSRC, WIDE_ID, key, origin, params};
use super::relay::Relay;
use crate::media::Micros;
use crate::media::bytes::low16;
use crate::media::packet::{HeaderFields, MAX_DATAGRAM, RtpHeader, is_rtcp, write_header};
use crate::media::srtp::{Opener, Sealer};
use crate::media::twcc::TwccRecorder;

const ADA: TransportId = TransportId(0);
const BOB: TransportId = TransportId(1);
const CAMERA: Publication = Publication { transport: ADA, source: Source::Camera };

/// Ada sends 25 frames per second, and Bob says which packets of them have come.
struct Stage {
    relay: Relay,
    ada: Sealer,
    bob: (Opener, Sealer, TwccRecorder),
    now: Micros,
    next: u64,
    frames: u32,
    /// Of ten packets, how many Bob does not get.
    lost: u16,
    /// What Bob was sent of reports.
    reports: usize,
}

impl Stage {
    fn new() -> Self {
        let identity = Identity::generate().unwrap();
        let mut relay = Relay::new(identity.clone(), origin());
        let now = Micros::from_millis(1);
        for number in 0..2 {
            let params = params(number, &identity).unwrap();
            connect(&mut relay, now, (TransportId(number), number), params, &identity);
        }
        let (id, source) = (ADA, CAMERA.source);
        relay.handle_command(now, MediaCommand::Gate { id, source, open: true });
        let routes = vec![Route { mid: Mid::parse("1").unwrap(), feed: CAMERA, lines: u16::MAX }];
        relay.handle_command(now, MediaCommand::Routes { id: BOB, routes });
        let sealer = |number| Sealer::new(&key(number), &SALT).unwrap();
        let bob = (Opener::new(&key(1), &SALT).unwrap(), sealer(1), TwccRecorder::new());
        let (ada, next, frames) = (sealer(0), 1, 0);
        Self { relay, ada, bob, now, next, frames, lost: 0, reports: 0 }
    }

    /// So many frames of so many packets; for each ten milliseconds, how many turns Bob lets pass.
    fn play(&mut self, frames: u32, packets: u64) -> Vec<u8> {
        let mut passes = Vec::new();
        for _ in 0..frames {
            for at in 0..packets {
                let mut datagram = self.packet(at, at + 1 == packets);
                let mut sent = Sent::default();
                self.relay.handle_datagram(self.now, address(0), &mut datagram, &mut sent);
                self.arrive(sent);
            }
            self.frames += 1;
            for _ in 0..4 {
                self.now = self.now + Micros::from_millis(10);
                self.report();
                let mut sent = Sent::default();
                self.relay.handle_timeout(self.now, &mut sent);
                self.arrive(sent);
                passes.push(self.relay.allotment.passes_left(1));
            }
        }
        passes
    }

    /// One packet of a frame, by its place in it.
    fn packet(&mut self, at: u64, ends: bool) -> Vec<u8> {
        let fields = HeaderFields {
            marker: ends,
            payload_type: PAYLOAD_TYPE,
            sequence: low16(self.next),
            timestamp: self.frames * 3_600,
            ssrc: SSRC,
        };
        let mut datagram = vec![0; MAX_DATAGRAM];
        let header = write_header(&mut datagram, fields, &[(MID_ID, b"0")]).unwrap();
        // The first of a key frame of VP8, or another of its packets.
        datagram[header] = if at == 0 { 0x10 } else { 0 };
        datagram[header + 1] = u8::from(at > 0 || self.frames > 0);
        let len = self.ada.seal_rtp(&mut datagram, header, header + LEN, SSRC, self.next);
        datagram.truncate(len.unwrap());
        self.next += 1;
        datagram
    }

    fn arrive(&mut self, sent: Sent) {
        for (_, mut datagram) in sent.0.into_iter().filter(|(to, _)| *to == address(1)) {
            if is_rtcp(&datagram) {
                self.reports += 1;
                continue;
            }
            let (opener, _, arrivals) = &mut self.bob;
            let header = RtpHeader::parse(&datagram).unwrap();
            let len = opener.open_rtp(&mut datagram, &header).unwrap();
            let wide = header.extension(&datagram[..len], WIDE_ID).unwrap();
            let number = u16::from_be_bytes([wide[0], wide[1]]);
            if number % 10 >= self.lost {
                arrivals.record(self.now, number);
            }
        }
    }

    fn report(&mut self) {
        let (_, sealer, arrivals) = &mut self.bob;
        while arrivals.is_due(self.now) {
            let mut message = vec![0; 1_200];
            let Some(len) = arrivals.write(self.now, &mut message[..1_000], 1, 1) else { break };
            let len = sealer.seal_rtcp(&mut message, len).unwrap();
            let (message, mut sent) = (&mut message[..len], Sent::default());
            self.relay.handle_datagram(self.now, address(1), message, &mut sent);
        }
    }
}

/// How often Bob had a turn and was content with it.
fn turns(passes: &[u8]) -> usize {
    passes.windows(2).filter(|two| two[1] > two[0]).count()
}

/// Whether the next turn did not pass Bob by although he would have let two or more pass.
fn is_woken(passes: &[u8]) -> bool {
    passes.windows(2).any(|two| two[0] >= 2 && two[1] == 0)
}

#[test]
fn who_has_all_it_wants_has_two_turns_in_a_second_instead_of_ten() {
    let mut stage = Stage::new();
    stage.play(125, 2);
    let passes = stage.play(250, 2);
    assert!((19..=21).contains(&turns(&passes)), "{passes:?}");
    assert!(!is_woken(&passes), "nothing happened: {passes:?}");
}

#[test]
fn who_is_content_is_looked_at_when_the_picture_becomes_dearer() {
    let mut stage = Stage::new();
    stage.play(125, 2);
    assert!(is_woken(&stage.play(50, 12)));
    assert_eq!(turns(&stage.play(50, 12)), 0, "it takes more than half of what the path carries");
}

#[test]
fn who_is_content_is_looked_at_when_the_path_loses_something() {
    let mut stage = Stage::new();
    stage.play(125, 2);
    stage.lost = 1;
    assert!(is_woken(&stage.play(40, 2)));
    assert_eq!(turns(&stage.play(50, 2)), 0, "it goes on");
}

#[test]
fn who_is_content_is_looked_at_when_the_picture_stops_and_when_it_goes_on() {
    let mut woken = [false; 2];
    // Whenever in half a second that is.
    for wait in 0..5 {
        let mut stage = Stage::new();
        stage.play(125 + 5 * wait, 2);
        woken[0] |= is_woken(&stage.play(40, 0));
        woken[1] |= is_woken(&stage.play(40, 2));
    }
    assert_eq!(woken, [true; 2]);
}

#[test]
fn who_only_receives_is_seldom_told_that_nothing_comes_from_it() {
    let mut stage = Stage::new();
    stage.play(500, 1);
    assert!((3..=5).contains(&stage.reports), "{}", stage.reports);
}

#[test]
fn time_presses_only_while_something_is_missing() {
    let mut stage = Stage::new();
    stage.play(75, 4);
    assert!(!stage.relay.hurries(), "everything came");
    stage.next += 1;
    stage.play(1, 4);
    assert!(stage.relay.hurries(), "a packet is missing");
}

/// Of a payload.
const LEN: usize = 1_100;

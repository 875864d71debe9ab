// SPDX-License-Identifier: EUPL-1.2
//! Many microphones and few slots, from packets to packets, in memory; and a transport that grows meanwhile.

use std::collections::{BTreeMap, BTreeSet};

use shared::{MediaKind, Mid, Source};

use super::company::{FIRST_NAME, Sent, address, connect, heard, voice};
use super::dtls::Identity;
use super::params::{SenderParams, SlotParams, TransportParams};
use super::plane::{Feed, MediaCommand, TransportEvent, TransportId};
use super::rehearsal::{MID_ID, PAYLOAD_TYPE, SALT, key, origin, params};
use super::relay::Relay;
use crate::media::Micros;
use crate::media::bytes::{low16, low32};
use crate::media::packet::{HeaderFields, MAX_DATAGRAM, RtpHeader, is_rtcp, write_header};
use crate::media::srtp::{Opener, Sealer};

const PEOPLE: u64 = 12;
const LISTENER: TransportId = TransportId(PEOPLE);

#[test]
fn the_loudest_of_many_are_heard_in_a_few_slots() {
    let mut stage = Stage::new(3);
    let heard = stage.speak(&[60; 12]);
    assert_eq!(voices(&heard).len(), 3, "as many as there are slots");
    let mut levels = [60; 12];
    levels[9] = 30;
    let heard = stage.speak(&levels);
    assert_eq!(voices(&heard).len(), 3);
    assert!(voices(&heard).contains(&9), "{heard:?}");
    assert!(slots(&heard).is_subset(&BTreeSet::from([500, 502, 504])), "{heard:?}");
    stage.is_without_a_gap();
    assert!(stage.news().contains(&TransportEvent::Speaking(TransportId(9), true)));
}

#[test]
fn what_comes_with_a_screen_is_heard_among_the_loudest_and_never_speaks() {
    let mut stage = Stage::new(3);
    stage.shares(11);
    let mut levels = [20; 12];
    levels[11] = 100;
    for _ in 0..2 {
        let heard = stage.speak(&levels);
        let screen = heard.iter().filter(|(_, voice, _)| *voice == 11).count();
        assert!(screen >= 49, "{screen} of 50 packets");
        assert_eq!(voices(&heard).len(), 3, "and two people");
    }
    stage.is_without_a_gap();
    levels[11] = 0;
    stage.speak(&levels);
    assert!(!stage.news().contains(&TransportEvent::Speaking(TransportId(11), true)));
}

#[test]
fn who_is_gone_is_not_heard_and_who_comes_is() {
    let mut stage = Stage::new(6);
    stage.hear(0..3);
    assert_eq!(voices(&stage.speak(&[40; 12])), BTreeSet::from([0, 1, 2]));
    stage.hear(2..5);
    assert_eq!(voices(&stage.speak(&[40; 12])), BTreeSet::from([2, 3, 4]));
    stage.hear(0..0);
    assert!(stage.speak(&[40; 12]).is_empty());
    stage.is_without_a_gap();
}

#[test]
fn a_transport_that_grows_goes_on_in_the_slots_that_it_had() {
    let mut stage = Stage::new(2);
    let before = stage.speak(&[40; 12]);
    assert_eq!(slots(&before), BTreeSet::from([500, 502]));
    for _ in 0..2 {
        let params = Box::new(listener(4, &stage.identity));
        stage.relay.handle_command(stage.now, MediaCommand::Grow { id: LISTENER, params });
    }
    let after = stage.speak(&[40; 12]);
    assert_eq!(slots(&after), BTreeSet::from([500, 502, 504, 506]));
    assert!(voices(&after).is_superset(&voices(&before)), "who was heard is heard: {after:?}");
    stage.is_without_a_gap();
}

#[test]
fn a_transport_that_is_not_there_neither_grows_nor_hears() {
    let mut stage = Stage::new(2);
    let (id, params) = (TransportId(99), Box::new(listener(4, &stage.identity)));
    stage.relay.handle_command(stage.now, MediaCommand::Grow { id, params });
    stage
        .relay
        .handle_command(stage.now, MediaCommand::Sounds { id, feeds: vec![voice(LISTENER)] });
    stage.relay.handle_command(stage.now, MediaCommand::Close { id: LISTENER });
    assert!(stage.speak(&[40; 12]).is_empty());
}

/// What arrived at the listener: the slot's source, whose voice it is, and the number.
type Heard = (u32, u8, u16);

fn voices(heard: &[Heard]) -> BTreeSet<u8> {
    // The last packets, when everybody has had their turn.
    heard.iter().rev().take(10).map(|(_, voice, _)| *voice).collect()
}

fn slots(heard: &[Heard]) -> BTreeSet<u32> {
    heard.iter().map(|(ssrc, ..)| *ssrc).collect()
}

struct Stage {
    identity: Identity,
    relay: Relay,
    now: Micros,
    index: u64,
    opener: Opener,
    heard: Vec<Heard>,
    news: Vec<TransportEvent>,
}

impl Stage {
    /// Everybody is there, and can be heard by the listener in so many slots.
    fn new(slots: u64) -> Self {
        let identity = Identity::generate().unwrap();
        let mut relay = Relay::new(identity.clone(), origin());
        let now = Micros::from_millis(10);
        for number in 0..=PEOPLE {
            let id = TransportId(number);
            let params = if id == LISTENER {
                listener(slots, &identity)
            } else {
                speaker(number, Source::Microphone, &identity)
            };
            begin(&mut relay, now, (number, Source::Microphone), params, &identity);
        }
        let opener = Opener::new(&key(PEOPLE), &SALT).unwrap();
        let (heard, news) = (Vec::new(), Vec::new());
        let mut stage = Self { identity, relay, now, index: 1, opener, heard, news };
        stage.hear(0..PEOPLE);
        stage
    }

    /// Somebody has a screen with sound instead of a microphone.
    fn shares(&mut self, number: u64) {
        let what = (number, Source::ScreenSound);
        let params = speaker(number, what.1, &self.identity);
        begin(&mut self.relay, self.now, what, params, &self.identity);
        let source = |feed: Feed| Feed { source: Source::ScreenSound, ..feed };
        let all = (0..PEOPLE).map(|it| (it, voice(TransportId(it))));
        let feeds = all.map(|(it, feed)| if it == number { source(feed) } else { feed }).collect();
        self.relay.handle_command(self.now, MediaCommand::Sounds { id: LISTENER, feeds });
    }

    /// Lets the listener hear these, and itself, which is in vain.
    fn hear(&mut self, people: core::ops::Range<u64>) {
        let feeds = people.chain([PEOPLE]).map(TransportId).map(voice).collect();
        self.relay.handle_command(self.now, MediaCommand::Sounds { id: LISTENER, feeds });
    }

    /// Everybody sends for a second, each as loud as told; what arrived.
    fn speak(&mut self, levels: &[u8; 12]) -> Vec<Heard> {
        let from = self.heard.len();
        for _ in 0..50 {
            self.now = self.now + Micros::from_millis(20);
            let mut sent = Sent::default();
            for (number, level) in (0..).zip(levels) {
                let mut datagram = self.packet(number, *level);
                self.relay.handle_datagram(self.now, address(number), &mut datagram, &mut sent);
            }
            self.index += 1;
            self.relay.handle_timeout(self.now, &mut sent);
            self.news.extend(heard(&mut self.relay));
            for (to, mut datagram) in sent.0 {
                if to != address(PEOPLE) || is_rtcp(&datagram) {
                    continue;
                }
                let header = RtpHeader::parse(&datagram).unwrap();
                let len = self.opener.open_rtp(&mut datagram, &header).unwrap();
                let voice = header.payload(&datagram[..len]).unwrap()[0];
                // One contributing source, behind the slot's own.
                let named = FIRST_NAME + u32::from(voice);
                assert_eq!((datagram[0] & 0x0f, &datagram[12..16]), (1, &named.to_be_bytes()[..]));
                self.heard.push((header.ssrc, voice, header.sequence));
            }
        }
        self.heard[from..].to_vec()
    }

    fn packet(&self, number: u64, level: u8) -> Vec<u8> {
        let fields = HeaderFields {
            marker: false,
            payload_type: PAYLOAD_TYPE,
            sequence: low16(self.index),
            timestamp: low32(self.index * 960),
            ssrc: low32(100 + number),
        };
        let mut datagram = vec![0; MAX_DATAGRAM];
        let extensions = [(MID_ID, &b"0"[..]), (LEVEL_ID, &[level][..])];
        let header = write_header(&mut datagram, fields, &extensions).unwrap();
        datagram[header] = u8::try_from(number).unwrap();
        let sealer = Sealer::new(&key(number), &SALT).unwrap();
        let end = header + 20;
        let len = sealer.seal_rtp(&mut datagram, header, end, fields.ssrc, self.index).unwrap();
        datagram.truncate(len);
        datagram
    }

    /// For the receiver nothing is ever missing, whoever is heard in a slot.
    fn is_without_a_gap(&self) {
        let mut last = BTreeMap::new();
        for (ssrc, _, sequence) in &self.heard {
            if let Some(before) = last.insert(ssrc, *sequence) {
                assert_eq!(*sequence, before.wrapping_add(1), "in slot {ssrc}");
            }
        }
    }

    fn news(&mut self) -> Vec<TransportEvent> {
        core::mem::take(&mut self.news)
    }
}

/// Somebody is there, and what they send passes.
fn begin(
    relay: &mut Relay,
    now: Micros,
    (number, source): (u64, Source),
    params: TransportParams,
    identity: &Identity,
) {
    let id = TransportId(number);
    connect(relay, now, (id, number), params, identity);
    relay.handle_command(now, MediaCommand::Gate { id, source, open: true });
}

fn speaker(number: u64, source: Source, identity: &Identity) -> TransportParams {
    let mut all = params(number, identity).unwrap();
    all.ids.audio_level = LEVEL_ID;
    all.slots.clear();
    let sender = SenderParams {
        mid: Mid::parse("0").unwrap(),
        source,
        ssrcs: vec![(low32(100 + number), false)],
        ..all.senders.remove(0)
    };
    all.senders.push(sender);
    all
}

fn listener(slots: u64, identity: &Identity) -> TransportParams {
    let mut all = params(PEOPLE, identity).unwrap();
    all.ids.audio_level = LEVEL_ID;
    all.senders.clear();
    let first = all.slots.remove(0);
    let slot = |number: u64| SlotParams {
        mid: Mid::parse(&number.to_string()).unwrap(),
        kind: MediaKind::Audio,
        ssrc: low32(500 + 2 * number),
        rtx_ssrc: low32(501 + 2 * number),
        ..first.clone()
    };
    all.slots = (0..slots).map(slot).collect();
    all
}

const LEVEL_ID: u8 = 1;

// SPDX-License-Identifier: EUPL-1.2
//! Three people whose transports are on relays in memory; what one thread passes to another is there at once.

use std::sync::Arc;

use shared::{Layer, Mid, Source};

use crate::media::Micros;
use crate::media::bytes::{count, low8, low16, low32};
use crate::media::packet::{HeaderFields, MAX_DATAGRAM, write_header};
use crate::media::rtcp::{SenderReport, write_nack, write_pli, write_sender_report};
use crate::transport::bounds::{MediaLimits, share_out};
use crate::transport::company::{FIRST_PORT, Sent, address, connect, heard, voice};
use crate::transport::counters::MediaCounters;
use crate::transport::dtls::Identity;
use crate::transport::links::Links;
use crate::transport::plane::{MediaCommand, Publication, Route, TransportEvent, TransportId};
use crate::transport::rehearsal::{MID_ID, PAYLOAD_TYPE, origin};
use crate::transport::relay::Relay;
use crate::transport::thread::Shared;
pub(super) use person::Got;
use person::{
    DEPENDENCY_ID, FIRST, LEVEL_ID, Person, RID_ID, SOUND, SOUND_TYPE, params_of, rid, slot_ssrc,
};

#[path = "person_tests.rs"]
mod person;

pub(super) const ADA: usize = 0;
pub(super) const BOB: usize = 1;
pub(super) const CLEO: usize = 2;

pub(super) struct Meeting {
    identity: Identity,
    relays: Vec<Relay>,
    /// Where everybody is, and where they entered.
    threads: [usize; 3],
    homes: [usize; 3],
    people: Vec<Person>,
    now: Micros,
    /// What one thread passes to another stays on the way.
    pub(super) is_jammed: bool,
    /// The bytes of a packet of each layer, more or less.
    pub(super) weights: [usize; 3],
    shared: Arc<[Arc<Shared>]>,
}

impl Meeting {
    /// Everybody is there and shows and says something.
    pub(super) fn new(threads: [usize; 3]) -> Self {
        Self::among(threads.iter().max().unwrap() + 1, threads)
    }

    /// The same where there are so many threads.
    pub(super) fn among(relays: usize, threads: [usize; 3]) -> Self {
        let mut meeting = Self::empty(relays, threads);
        for who in [ADA, BOB, CLEO] {
            meeting.enter(who);
        }
        meeting
    }

    /// Nobody is there.
    pub(super) fn empty(relays: usize, threads: [usize; 3]) -> Self {
        let identity = Identity::generate().unwrap();
        let relays = Links::between(relays).into_iter().map(|links| {
            let mut relay = Relay::new(identity.clone(), origin());
            relay.links = links;
            relay
        });
        let (relays, people) = (relays.collect::<Vec<_>>(), (0..3).map(Person::new).collect());
        let shared = relays.iter().map(|_| Arc::new(Shared::new().unwrap())).collect();
        let (now, homes, is_jammed, weights) = (Micros::from_millis(1), threads, false, [0; 3]);
        Self { identity, relays, threads, homes, people, now, is_jammed, weights, shared }
    }

    pub(super) fn id(&self, who: usize) -> TransportId {
        TransportId(count(who)).on(self.homes[who])
    }

    pub(super) fn publication(&self, who: usize, source: Source) -> Publication {
        Publication { transport: self.id(who), source }
    }

    pub(super) fn enter(&mut self, who: usize) {
        let (number, id) = (count(who), self.id(who));
        self.people[who] = Person::new(who);
        self.threads[who] = self.homes[who];
        let params = params_of(who, &self.identity);
        let relay = &mut self.relays[self.threads[who]];
        connect(relay, self.now, (id, number), params, &self.identity);
        self.settle(Sent::default());
        for source in [Source::Camera, Source::Microphone] {
            self.command(who, MediaCommand::Gate { id, source, open: true });
        }
    }

    /// Somebody sees those, the most important first, with so many lines, and hears the first.
    pub(super) fn watch(&mut self, who: usize, whom: &[usize], lines: u16) {
        let route = |mid: &str, feed| Route { mid: Mid::parse(mid).unwrap(), feed, lines };
        let pictures = whom.iter().zip(["1", "3"]);
        let routes = pictures
            .map(|(other, mid)| route(mid, self.publication(*other, Source::Camera)))
            .collect();
        let feeds = whom.iter().take(1).map(|other| voice(self.id(*other))).collect();
        let id = self.id(who);
        self.command(who, MediaCommand::Routes { id, routes });
        self.command(who, MediaCommand::Sounds { id, feeds });
        self.rest(40);
    }

    /// Nobody who enters from here on may send or be sent more.
    pub(super) fn limit(&mut self, limits: MediaLimits) {
        for relay in &mut self.relays {
            relay.bounds.limits = limits;
        }
    }

    pub(super) fn gate(&mut self, who: usize, open: bool) {
        let id = self.id(who);
        for source in [Source::Camera, Source::Microphone] {
            self.command(who, MediaCommand::Gate { id, source, open });
        }
    }

    pub(super) fn command(&mut self, who: usize, command: MediaCommand) {
        let relay = &mut self.relays[self.homes[who]];
        assert!(relay.takes_commands());
        relay.handle_command(self.now, command);
        self.settle(Sent::default());
    }

    /// A frame in every layer, and the time until the next.
    pub(super) fn picture(&mut self, who: usize, key: bool) {
        self.frame(who, key);
        self.rest(30);
    }

    /// A frame in every layer, one packet each.
    pub(super) fn frame(&mut self, who: usize, key: bool) {
        for layer in Layer::ALL {
            let sequence = self.people[who].next[layer.index()];
            self.people[who].next[layer.index()] += 1;
            let dependency: &[u8] = if key { &[0xc0, 0, 1, 0x80, 0] } else { &[0xc0, 0, 1] };
            let extensions =
                [(MID_ID, &b"0"[..]), (RID_ID, rid(layer).as_bytes()), (DEPENDENCY_ID, dependency)];
            let mut payload = vec![0x90, 0xc0, 0x80, 1, 1, 0, low8(count(layer.index()))];
            payload.extend(sequence.to_be_bytes());
            payload.resize(payload.len().max(self.weights[layer.index()]), 0);
            let ssrc = Self::source_of(layer);
            self.publish(who, (ssrc, PAYLOAD_TYPE, sequence), &extensions, &payload);
        }
    }

    /// Frames for as long as it takes, now and then a key frame.
    pub(super) fn play(&mut self, who: usize, frames: usize) {
        for frame in 0..frames {
            self.picture(who, frame % 30 == 0);
        }
    }

    /// A packet of each layer does not arrive.
    pub(super) fn lose(&mut self, who: usize) {
        for next in &mut self.people[who].next {
            *next += 1;
        }
    }

    /// A packet of sound, as loud as that.
    pub(super) fn sound(&mut self, who: usize, level: u8) {
        let sequence = self.people[who].next[3];
        self.people[who].next[3] += 1;
        let payload = [low8(sequence - FIRST); 60];
        let extensions = [(MID_ID, &b"2"[..]), (LEVEL_ID, &[level][..])];
        self.publish(who, (SOUND, SOUND_TYPE, sequence), &extensions, &payload);
        self.rest(20);
    }

    /// Somebody's transport moves, unless it has moved before.
    pub(super) fn move_to(&mut self, who: usize, thread: usize) {
        let (id, home) = (self.id(who), self.homes[who]);
        if self.threads[who] != home || thread == home || thread >= self.relays.len() {
            return;
        }
        let (peer, addresses) = self.relays[home].depart(self.now, id, thread).unwrap();
        let addresses = addresses.into_iter().map(|address| (address, home)).collect();
        self.relays[home].send_off(thread, peer, addresses);
        self.threads[who] = thread;
        self.settle(Sent::default());
    }

    pub(super) fn nack(&mut self, who: usize, sequence: u16) {
        self.feed_back(who, |out| write_nack(out, 1, slot_ssrc(who, 0), &[sequence]));
    }

    pub(super) fn pli(&mut self, who: usize) {
        self.feed_back(who, |out| write_pli(out, 1, slot_ssrc(who, 0)));
    }

    pub(super) fn report(&mut self, who: usize, layer: Layer) {
        let ssrc = Self::source_of(layer);
        let report = SenderReport { ssrc, ntp: 1 << 40, timestamp: 9, packets: 1, octets: 1 };
        self.feed_back(who, |out| write_sender_report(out, &report));
    }

    /// Time passes, in ticks of 10 ms.
    pub(super) fn rest(&mut self, millis: u64) {
        for _ in 0..millis / 10 {
            self.now = self.now + Micros::from_millis(10);
            let mut sent = Sent::default();
            for relay in &mut self.relays {
                relay.handle_timeout(self.now, &mut sent);
            }
            for (relay, own) in self.relays.iter_mut().zip(&*self.shared) {
                share_out(relay, own, &self.shared);
            }
            self.settle(sent);
        }
    }

    pub(super) const fn source_of(layer: Layer) -> u32 {
        match layer {
            Layer::Low => 10,
            Layer::Middle => 12,
            Layer::High => 14,
        }
    }

    pub(super) fn take_got(&mut self) -> [Vec<Got>; 3] {
        [ADA, BOB, CLEO].map(|who| std::mem::take(&mut self.people[who].got))
    }

    /// The sources that somebody was asked for key frames of.
    pub(super) fn take_asked(&mut self, who: usize) -> Vec<u32> {
        std::mem::take(&mut self.people[who].asked)
    }

    /// How many bits per second somebody was told to send at most.
    pub(super) fn most(&self, who: usize) -> Option<u32> {
        self.people[who].most
    }

    /// How many reports of senders somebody got.
    pub(super) fn take_reports(&mut self, who: usize) -> usize {
        std::mem::take(&mut self.people[who].reports)
    }

    /// What was said of somebody's transport.
    pub(super) fn take_events(&mut self, who: usize) -> Vec<TransportEvent> {
        let (id, mut events) = (self.id(who), Vec::new());
        for relay in &mut self.relays {
            let heard = heard(relay).into_iter();
            events.extend(heard.filter(|event| event.transport() == id));
        }
        events
    }

    /// How many transports are on each thread.
    pub(super) fn places(&self) -> Vec<usize> {
        self.relays.iter().map(|relay| relay.by_id.len()).collect()
    }

    /// Whether somebody's thread takes another command.
    pub(super) fn takes_commands(&mut self, who: usize) -> bool {
        self.relays[self.homes[who]].takes_commands()
    }

    pub(super) fn counters(&self) -> MediaCounters {
        self.counters_by_relay().into_iter().fold(MediaCounters::default(), MediaCounters::plus)
    }

    pub(super) fn counters_by_relay(&self) -> Vec<MediaCounters> {
        self.relays.iter().map(|relay| relay.counters).collect()
    }

    fn publish(
        &mut self,
        who: usize,
        (ssrc, payload_type, sequence): (u32, u8, u64),
        extensions: &[(u8, &[u8])],
        payload: &[u8],
    ) {
        let ticks = if payload_type == SOUND_TYPE { 48 } else { 90 };
        let fields = HeaderFields {
            marker: true,
            payload_type,
            sequence: low16(sequence),
            timestamp: low32(self.now.0 / 1_000 * ticks),
            ssrc,
        };
        let mut datagram = vec![0; MAX_DATAGRAM];
        let header = write_header(&mut datagram, fields, extensions).unwrap();
        let end = header + payload.len();
        datagram[header..end].copy_from_slice(payload);
        let sealer = &self.people[who].sealer;
        let len = sealer.seal_rtp(&mut datagram, header, end, ssrc, sequence).unwrap();
        datagram.truncate(len);
        self.datagram(who, &mut datagram);
    }

    fn feed_back(&mut self, who: usize, write: impl FnOnce(&mut [u8]) -> Option<usize>) {
        let mut datagram = vec![0; MAX_DATAGRAM];
        let len = write(&mut datagram).unwrap();
        let len = self.people[who].sealer.seal_rtcp(&mut datagram, len).unwrap();
        datagram.truncate(len);
        self.datagram(who, &mut datagram);
    }

    fn datagram(&mut self, who: usize, datagram: &mut [u8]) {
        let mut sent = Sent::default();
        let relay = &mut self.relays[self.threads[who]];
        relay.handle_datagram(self.now, address(count(who)), datagram, &mut sent);
        self.settle(sent);
    }

    /// Until no thread wakes another.
    fn settle(&mut self, mut sent: Sent) {
        while !self.is_jammed {
            let mut woken = 0;
            for relay in &mut self.relays {
                relay.take_crossings(self.now, &mut sent);
                woken |= relay.take_unwoken();
            }
            if woken == 0 {
                break;
            }
        }
        for (to, datagram) in sent.0 {
            let who = usize::from(to.port() - FIRST_PORT);
            self.people[who].take(datagram);
        }
    }
}

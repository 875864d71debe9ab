// SPDX-License-Identifier: EUPL-1.2
//! Which datagrams go to whom, and what a full ring does.

use super::super::company::{Sent, address, connect};
use super::super::dtls::Identity;
use super::super::links::Links;
use super::super::plane::TransportId;
use super::super::rehearsal::{origin, params};
use super::*;

fn threads(count: usize) -> Vec<Handover> {
    let shared: Vec<_> = (0..count).map(|_| Arc::new(Shared::new().unwrap())).collect();
    Handover::between(&shared).into_iter().flatten().collect()
}

/// A relay without transports.
fn relay() -> Relay {
    Relay::new(Identity::generate().unwrap(), origin())
}

fn ada() -> SocketAddr {
    SocketAddr::from(([192, 0, 2, 1], 5_000))
}

/// A binding request of which only the user name is right.
fn check(name: &[u8]) -> Vec<u8> {
    let mut check = vec![0; 20];
    check[1] = 1;
    check.extend([0x80, 0x22, 0, 3, b'x', b'y', b'z', 0]);
    check.extend([0, 6, 0, u8::try_from(name.len()).unwrap()]);
    check.extend(name);
    check
}

#[test]
fn a_thread_that_is_alone_hands_nothing_over() {
    assert!(threads(1).is_empty());
}

#[test]
fn a_check_belongs_to_the_thread_that_its_user_name_tells() {
    let (mut threads, relay) = (threads(3), relay());
    assert_eq!(threads[0].owner_of(ada(), &check(b"Cdef:ghij"), &relay), Some(2));
    assert_eq!(threads[2].owner_of(ada(), &check(b"Cdef:ghij"), &relay), None, "it is here");
    assert_eq!(
        threads[0].owner_of(ada(), &check(b"Ddef:ghij"), &relay),
        None,
        "there are three only"
    );
    assert_eq!(threads[0].owner_of(ada(), &check(b"-def:ghij"), &relay), None, "no such character");
    assert_eq!(threads[0].owner_of(ada(), &check(b""), &relay), None);
    let whole = check(b"Bdef:ghij");
    for len in 0..whole.len() - b"def:ghij".len() {
        assert_eq!(threads[0].owner_of(ada(), &whole[..len], &relay), None, "{len}");
    }
}

#[test]
fn everything_else_belongs_to_the_thread_that_told_so() {
    let (mut threads, relay) = (threads(2), relay());
    let rtp = [128; 40];
    assert_eq!(threads[0].owner_of(ada(), &rtp, &relay), None);
    threads[1].notify(0, Notice::Owned { address: ada(), by: 1 });
    assert_eq!(threads[0].owner_of(ada(), &rtp, &relay), Some(1), "known within the turn");
    assert_eq!(threads[0].owner_of(ada(), &[255; 40], &relay), None, "garbage stays where it is");
    threads[1].notify(0, Notice::Forgotten { address: ada(), by: 1 });
    threads[0].learn();
    assert_eq!(threads[0].owner_of(ada(), &rtp, &relay), None, "and taken back");
}

#[test]
fn what_is_handed_on_to_who_has_just_been_given_a_transport_finds_it_there() {
    let (mut threads, identity) = (threads(2), Identity::generate().unwrap());
    let (now, id) = (Micros(1), TransportId(0).on(0));
    let mut relays: Vec<_> = Links::between(2)
        .into_iter()
        .map(|links| {
            let mut relay = Relay::new(identity.clone(), origin());
            relay.links = links;
            relay
        })
        .collect();
    connect(&mut relays[0], now, (id, 0), params(0, &identity).unwrap(), &identity);
    let (peer, addresses) = relays[0].depart(now, id, 1).unwrap();
    let addresses = addresses.into_iter().map(|address| (address, 0)).collect();
    relays[0].send_off(1, peer, addresses);
    threads[0].hand_over(1, address(0), &[128; 40], &mut MediaCounters::default());
    // Before the other thread has looked at what else there is.
    threads[1].take(now, &mut relays[1], &mut Sent::default());
    let counters = relays[1].counters;
    assert_eq!((counters.srtp_failures, counters.unknown_datagrams), (1, 0), "it is its own");
}

#[test]
fn what_a_full_ring_does_not_take_is_counted_and_the_owner_is_woken_once() {
    let mut threads = threads(2);
    let mut counters = MediaCounters::default();
    for _ in 0..DATAGRAM_RING_LEN + 10 {
        threads[0].hand_over(1, ada(), &[128; 40], &mut counters);
    }
    assert_eq!(counters.handed_over, u64::try_from(DATAGRAM_RING_LEN).unwrap());
    assert_eq!(counters.handover_dropped, 10);
    assert_eq!(threads[0].unwoken, 0b10);
    threads[0].wake(0);
    assert_eq!(threads[0].unwoken, 0);
    let handed = threads[1].datagrams.recv().unwrap();
    assert_eq!((handed.via, handed.from, &handed.bytes[..handed.len]), (0, ada(), &[128; 40][..]));
}

#[test]
fn garbage_of_every_beginning_and_length_goes_nowhere() {
    let (mut threads, relay) = (threads(3), relay());
    for first in 0..=255 {
        for len in 0..64 {
            assert_eq!(threads[0].owner_of(ada(), &vec![first; len], &relay), None);
        }
    }
}

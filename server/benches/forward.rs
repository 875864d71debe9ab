// SPDX-License-Identifier: EUPL-1.2
//! Forwarding in memory against the sealing that it cannot do without.
//!
//! Both are measured in turn, in one process, in rounds of equal length and in processor time, so that
//! a busy machine troubles both alike; that is also why there is no framework here. An outlet that only
//! collects takes what the relay makes: each packet of the publisher is opened once, and for each
//! subscriber numbered, written and sealed.
//!
//! `cargo bench -p zooo --features bench --bench forward`
#![expect(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::unwrap_used,
    unreachable_pub,
    reason = "a measurement that cannot go on has failed; what it finds is printed"
)]

#[path = "support/allocator.rs"]
mod allocator;
#[path = "support/rounds.rs"]
mod rounds;

use std::net::SocketAddr;

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use server::transport::rehearsal::{Collector, PAYLOAD_LEN, Rehearsal};

use allocator::Counting;
use rounds::Rounds;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn main() {
    println!("subscribers  forwarding ns  sealing ns  share of sealing  allocations per packet");
    println!("                    (best)      (best)            (best)");
    for subscribers in [10, 50, 100, 1_000] {
        compare(subscribers);
    }
    println!();
    println!("subscribers  forwarding a frame after a pause, ns per packet (best)");
    for subscribers in [10, 100, 1_000] {
        wake(subscribers);
    }
}

/// A frame that comes when everything else has been in the caches, as in a server with little to do.
fn wake(subscribers: u16) {
    let (mut relay, mut collector) = (rehearsal(subscribers), Collector::default());
    let (mut frame, mut forwarding) = (vec![Vec::new(); FRAME], Rounds::new(ROUNDS));
    let mut others = vec![1_u8; LARGER_THAN_CACHES];
    for number in 0..ROUNDS {
        relay.publish(&mut frame).unwrap();
        others.iter_mut().step_by(64).for_each(|byte| *byte = byte.wrapping_add(1));
        let mut forward = || relay.collect(&mut frame, &mut collector);
        if number < WARM_UP {
            forward();
        } else {
            forwarding.measure(forward);
        }
    }
    let (middle, best) = forwarding.median_and_best();
    println!("{subscribers:>11}  {middle:>5.0} {:>7}", format!("({best:.0})"));
}

fn rehearsal(subscribers: u16) -> Rehearsal {
    let addresses: Vec<_> =
        (0..subscribers).map(|at| SocketAddr::from(([198, 51, 100, 1], 1_024 + at))).collect();
    Rehearsal::new(SocketAddr::from(([198, 51, 100, 2], 1_024)), &addresses).unwrap()
}

fn compare(subscribers: u16) {
    let (mut relay, mut collector) = (rehearsal(subscribers), Collector::default());
    let mut sealing = Sealing::new(usize::from(subscribers));
    let (mut forwarding, mut raw, mut allocations) = (Rounds::new(ROUNDS), Rounds::new(ROUNDS), 0);
    let mut round = vec![Vec::new(); usize::from((PACKETS / subscribers).max(1)) * FRAME];
    for number in 0..ROUNDS {
        for frame in round.chunks_mut(FRAME) {
            relay.publish(frame).unwrap();
        }
        let packets = round.len() as u64 * u64::from(subscribers);
        let mut forward = || {
            let frames = round.chunks_mut(FRAME);
            let forwarded: u64 = frames.map(|frame| relay.collect(frame, &mut collector)).sum();
            assert_eq!(packets, forwarded);
            packets
        };
        if number < WARM_UP {
            forward();
            sealing.seal(packets);
            continue;
        }
        let before = Counting::calls();
        forwarding.measure(forward);
        allocations += Counting::calls() - before;
        raw.measure(|| sealing.seal(packets));
    }
    let ((forwarding, best_forwarding), (raw, best_raw)) =
        (forwarding.median_and_best(), raw.median_and_best());
    let packets = (ROUNDS - WARM_UP) as u64 * round.len() as u64 * u64::from(subscribers);
    println!(
        "{subscribers:>11}  {forwarding:>5.0} {:>7}  {raw:>4.0} {:>6}  {:>7.0} % {:>6}  {}",
        format!("({best_forwarding:.0})"),
        format!("({best_raw:.0})"),
        raw / forwarding * 100.0,
        format!("({:.0})", best_raw / best_forwarding * 100.0),
        allocations as f64 / packets as f64,
    );
}

/// AES-256-GCM over packets of the same lengths, with as many keys.
struct Sealing {
    keys: Vec<LessSafeKey>,
    packets: Vec<[u8; HEADER_LEN + PAYLOAD_LEN + TAG_LEN]>,
    nonce: u64,
}

impl Sealing {
    fn new(keys: usize) -> Self {
        let key = |at: usize| {
            let mut bytes = [0x2a; 32];
            bytes[..8].copy_from_slice(&at.to_be_bytes());
            LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &bytes).unwrap())
        };
        // Few enough to stay in the cache: this is the fastest that sealing can be.
        Self { keys: (0..keys).map(key).collect(), packets: vec![[0x5a; _]; 64], nonce: 0 }
    }

    fn seal(&mut self, packets: u64) -> u64 {
        let (mut keys, mut at) = (self.keys.iter().cycle(), 0);
        for _ in 0..packets {
            self.nonce += 1;
            at = (at + 1) % self.packets.len();
            let mut nonce = [0; 12];
            nonce[4..].copy_from_slice(&self.nonce.to_be_bytes());
            let nonce = Nonce::assume_unique_for_key(nonce);
            let (header, rest) = self.packets[at].split_at_mut(HEADER_LEN);
            let (payload, tail) = rest.split_at_mut(PAYLOAD_LEN);
            let key = keys.next().unwrap();
            let tag = key.seal_in_place_separate_tag(nonce, Aad::from(&*header), payload).unwrap();
            tail.copy_from_slice(tag.as_ref());
        }
        packets
    }
}

const ROUNDS: usize = 60;
const WARM_UP: usize = 10;
/// Packets of a round that one frame's worth of each subscriber divides.
const PACKETS: u16 = 2_000;
/// Packets of a frame.
const FRAME: usize = 4;
/// The caches hold 32 MiB where this was written.
const LARGER_THAN_CACHES: usize = 96 << 20;
const HEADER_LEN: usize = 20;
const TAG_LEN: usize = 16;

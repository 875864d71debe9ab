// SPDX-License-Identifier: EUPL-1.2
//! Forwarding through the kernel: the relay's whole way of a packet, from the opened datagram to a device
//! that throws away what it is given, at 1, 2, 4 and 8 packets of a frame to each subscriber. Beside it
//! what sending alone costs: the outlet and the kernel, which is the floor of any relay.
//!
//! `scripts/bench kernel` runs it on a network of its own; the receivers' address is its argument.
#![expect(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::unwrap_used,
    unreachable_pub,
    reason = "a measurement that cannot go on has failed; what it finds is printed"
)]

#[path = "support/rounds.rs"]
mod rounds;

use std::{
    env,
    net::{IpAddr, SocketAddr, UdpSocket},
};

use server::transport::rehearsal::{Rehearsal, UdpSink};

use rounds::Rounds;

fn main() {
    let to: IpAddr = env::args().nth(1).and_then(|to| to.parse().ok()).unwrap_or_else(|| {
        println!("no receivers: give the address of a device that throws packets away");
        std::process::exit(2);
    });
    println!(
        "subscribers  packets per run  ns per packet (best)  of which sending  packets/s and core (best)"
    );
    for subscribers in [10, 50, 100, 1_000] {
        for run in [1, 2, 4, 8] {
            measure(to, subscribers, run);
        }
    }
}

fn measure(to: IpAddr, subscribers: u16, run: usize) {
    let socket = UdpSocket::bind("0.0.0.0:0").unwrap();
    let addresses: Vec<_> = (0..subscribers).map(|at| SocketAddr::new(to, 2_000 + at)).collect();
    let publisher = SocketAddr::from(([198, 51, 100, 2], 1_024));
    let mut relay = Rehearsal::new(publisher, &addresses).unwrap();
    let mut sink = UdpSink::new(&socket);
    let mut frames = vec![vec![Vec::new(); run]; usize::from((PACKETS / subscribers).max(1))];
    let (mut whole, mut alone) = (Rounds::new(ROUNDS), Rounds::new(ROUNDS));
    for number in 0..ROUNDS {
        for frame in &mut frames {
            relay.publish(frame).unwrap();
        }
        let mut forward = || frames.iter_mut().map(|frame| relay.send(frame, &mut sink)).sum();
        if number < WARM_UP {
            forward();
            continue;
        }
        whole.measure(forward);
        alone.measure(|| frames.iter().map(|_| sink.send_blank(&addresses, run)).sum());
    }
    assert_eq!(sink.dropped(), 0, "the device does not take everything");
    let ((whole, best), (alone, _)) = (whole.median_and_best(), alone.median_and_best());
    println!(
        "{subscribers:>11}  {run:>15}  {whole:>13.0} {:>6}  {alone:>15.0}  {:>9.2} M {:>8}",
        format!("({best:.0})"),
        1_000.0 / whole,
        format!("({:.2} M)", 1_000.0 / best),
    );
}

const ROUNDS: usize = 60;
const WARM_UP: usize = 10;
/// Packets of a round at one packet per run.
const PACKETS: u16 = 2_000;

// SPDX-License-Identifier: EUPL-1.2
//! What it costs to take datagrams out of a socket: one by one, and as the runs into which the kernel joins
//! those of one sender that follow one another (`UDP_GRO`).

use std::{
    io::{IoSliceMut, Write as _, stdout},
    net::{SocketAddr, UdpSocket},
    time::Instant,
};

use clap::Args;
use quinn_udp::{BATCH_SIZE, RecvMeta, Transmit, UdpSocketState};

use crate::Fault;

/// Receives over the loopback, and says what a datagram costs the receiver and how many come at once.
#[derive(Args, Debug)]
pub(crate) struct Receive {
    /// How many datagrams a sender sends before the next has a turn: the packets of a frame.
    #[arg(long, default_value_t = 4)]
    run: usize,
    /// How many senders there are.
    #[arg(long, default_value_t = 8)]
    senders: usize,
    /// How often everybody sends.
    #[arg(long, default_value_t = 5_000)]
    rounds: usize,
}

/// How datagrams are sent and taken.
#[derive(Clone, Copy)]
struct Way {
    name: &'static str,
    /// In runs, as no browser sends: each crosses the network as one.
    runs: bool,
    /// Room for one datagram or for a run.
    room: usize,
}

impl Receive {
    pub(crate) fn run(self) -> Result<(), Fault> {
        let mut out = stdout().lock();
        let Self { run, senders, .. } = self;
        writeln!(out, "{senders} senders, {run} datagrams of {LEN} bytes each in turn")?;
        for way in WAYS {
            let (nanos, at_once) = self.measure(way)?;
            writeln!(out, "  {:<52} {nanos:>5.0} ns each, {at_once:.2} at once", way.name)?;
        }
        Ok(())
    }

    /// The middle of the nanoseconds that a datagram takes, and how many come as one run.
    fn measure(&self, way: Way) -> Result<(f64, f64), Fault> {
        let receiver = UdpSocket::bind("127.0.0.1:0")?;
        receiver.set_nonblocking(true)?;
        // Options are set on the socket a state is made of: on this one where runs are taken, otherwise on
        // one that is not used.
        let other = UdpSocket::bind("127.0.0.1:0")?;
        let optioned = if way.room > SINGLE { &receiver } else { &other };
        let state = UdpSocketState::new(optioned.into())?;
        let to = receiver.local_addr()?;
        let senders: Vec<_> =
            (0..self.senders).map(|_| UdpSocket::bind("127.0.0.1:0")).collect::<Result<_, _>>()?;
        let sending = UdpSocketState::new((&other).into())?;
        let mut memory = vec![vec![0; way.room]; BATCH_SIZE];
        let (mut costs, mut datagrams, mut arrivals) = (Vec::new(), 0_u32, 0_u32);
        for _ in 0..self.rounds {
            for sender in &senders {
                self.send(sender, to, way.runs.then_some(&sending))?;
            }
            let begin = Instant::now();
            let mut of_round = 0;
            loop {
                let mut meta = [RecvMeta::default(); BATCH_SIZE];
                let mut buffers: Vec<_> =
                    memory.iter_mut().map(|buffer| IoSliceMut::new(buffer)).collect();
                let Ok(came) = state.recv((&receiver).into(), &mut buffers, &mut meta) else {
                    break;
                };
                for run in meta.iter().take(came) {
                    of_round += u32::try_from(run.len.div_ceil(run.stride.max(1)))?;
                    arrivals += 1;
                }
            }
            let took = begin.elapsed();
            if of_round > 0 {
                costs.push(took.as_secs_f64() * 1e9 / f64::from(of_round));
            }
            datagrams += of_round;
        }
        costs.sort_by(f64::total_cmp);
        let middle = costs.get(costs.len() / 2).copied().ok_or("nothing arrived")?;
        Ok((middle, f64::from(datagrams) / f64::from(arrivals)))
    }

    fn send(
        &self,
        sender: &UdpSocket,
        to: SocketAddr,
        runs: Option<&UdpSocketState>,
    ) -> Result<(), Fault> {
        let contents = vec![0x5a; LEN * self.run];
        if let Some(state) = runs {
            let (segment_size, contents) = (Some(LEN), &*contents);
            let run = Transmit { destination: to, ecn: None, contents, segment_size, src_ip: None };
            return Ok(state.try_send(sender.into(), &run)?);
        }
        for datagram in contents.chunks(LEN) {
            sender.send_to(datagram, to)?;
        }
        Ok(())
    }
}

const WAYS: [Way; 3] = [
    Way { name: "sent one by one, taken one by one", runs: false, room: SINGLE },
    Way { name: "sent one by one, taken as they come (UDP_GRO)", runs: false, room: LARGEST },
    Way { name: "sent in runs, taken as they come (UDP_GRO)", runs: true, room: LARGEST },
];
/// Of a datagram: a packet of a picture, sealed.
const LEN: usize = 1_216;
/// What the relay has room for.
const SINGLE: usize = 2_048;
/// A run is not longer than a packet of IP.
const LARGEST: usize = 65_536;

// SPDX-License-Identifier: EUPL-1.2
//! The loop of a media thread: wait, receive, obey, tick, send.
#![expect(clippy::disallowed_methods, reason = "the loop that hands time to everything below it")]

use std::io;
use std::net::UdpSocket;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Receiver as CommandReceiver;
use std::time::Instant;

use tokio::sync::mpsc::Sender as EventSender;

use super::counters::SharedCounters;
use super::dtls::Identity;
use super::outlet::UdpOutlet;
use super::plane::{MediaCommand, TransportEvent};
use super::relay::Relay;
use super::sys::{Poller, Receiver, Waker};
use crate::media::Micros;

/// What a media thread shares with others.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) waker: Waker,
    pub(super) stop: AtomicBool,
    pub(super) counters: SharedCounters,
}

/// What a media thread owns.
pub(super) struct MediaThread {
    pub(super) socket: UdpSocket,
    pub(super) identity: Identity,
    pub(super) commands: CommandReceiver<MediaCommand>,
    pub(super) events: EventSender<TransportEvent>,
    pub(super) shared: Arc<Shared>,
}

impl MediaThread {
    /// Runs until [`Shared::stop`] is set.
    pub(super) fn run(self) -> io::Result<()> {
        let Self { socket, identity, commands, events, shared } = self;
        let poller = Poller::new(&socket, &shared.waker)?;
        let origin = Instant::now();
        let time = || Micros(u64::try_from(origin.elapsed().as_micros()).unwrap_or(u64::MAX));
        let mut relay = Relay::new(identity, origin);
        let mut receiver = Receiver::new(BATCH);
        let mut outlet = UdpOutlet::new(&socket);
        let mut ticked = Micros(0);
        let mut waits = false;
        while !shared.stop.load(Ordering::Acquire) {
            let patience = match (waits, relay.is_idle()) {
                (true, _) => HOLD_MS,
                (false, true) => FOREVER,
                (false, false) => TICK_MS,
            };
            poller.wait(&shared.waker, patience);
            let now = time();
            // A gate that closes must not wait behind a flood of packets.
            for command in commands.try_iter().take(MAX_COMMANDS_PER_TURN) {
                relay.handle_command(now, command);
            }
            for _ in 0..MAX_BATCHES_PER_TURN {
                let now = time();
                let received = receiver.receive(&socket, |from, datagram| {
                    relay.handle_datagram(now, from, datagram, &mut outlet);
                });
                if received < BATCH {
                    break;
                }
            }
            let now = time();
            if now.since(ticked) >= TICK {
                ticked = now;
                relay.handle_timeout(now, &mut outlet);
            }
            waits = outlet.end_turn(now);
            relay.tell_events(|event| events.try_send(event).is_ok());
            relay.counters.send_dropped = outlet.dropped();
            shared.counters.publish(&relay.counters);
        }
        Ok(())
    }
}

/// Datagrams per system call.
const BATCH: usize = 64;
/// Larger lets the clock stand still under load; smaller reads the clock more often.
const MAX_BATCHES_PER_TURN: usize = 8;
const MAX_COMMANDS_PER_TURN: usize = 256;
const FOREVER: i32 = -1;
/// As long as the outlet holds a datagram.
const HOLD_MS: i32 = 1;
const TICK_MS: i32 = 10;
const TICK: Micros = Micros::from_millis(9);

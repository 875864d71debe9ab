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

use super::bounds::{MediaLimits, SharedDemand, share_out};
use super::counters::SharedCounters;
use super::dtls::Identity;
use super::forgetting::Forgetting;
use super::gathering::Gathering;
use super::handover::Handover;
use super::links::Links;
use super::load::{Load, Meter, SharedLoad};
use super::outlet::UdpOutlet;
use super::plane::{MediaCommand, TransportEvent};
use super::relay::Relay;
use super::sys::{Poller, Receiver, Waker, pin_to_core};
use crate::media::Micros;

/// What a media thread shares with others.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) waker: Waker,
    pub(super) stop: AtomicBool,
    pub(super) counters: SharedCounters,
    pub(super) load: SharedLoad,
    pub(super) demand: SharedDemand,
}

impl Shared {
    pub(super) fn new() -> io::Result<Self> {
        Ok(Self {
            waker: Waker::new()?,
            stop: AtomicBool::new(false),
            counters: SharedCounters::default(),
            load: SharedLoad::default(),
            demand: SharedDemand::default(),
        })
    }
}

/// What a media thread owns.
pub(super) struct MediaThread {
    pub(super) socket: UdpSocket,
    pub(super) identity: Identity,
    pub(super) commands: CommandReceiver<MediaCommand>,
    pub(super) events: EventSender<TransportEvent>,
    pub(super) shared: Arc<Shared>,
    /// What all threads share, this one's among it.
    pub(super) all: Arc<[Arc<Shared>]>,
    pub(super) limits: MediaLimits,
    /// The ways to the other threads, if there are any: for datagrams, and for what is in them.
    pub(super) handover: Option<Handover>,
    pub(super) links: Option<Links>,
    /// Of a thousand moments, in how many it has something to do when it has too much.
    pub(super) busy: u64,
    /// Time zero; the same for all threads: a transport takes its times along.
    pub(super) origin: Instant,
    /// Where to run, if there is a core for each thread.
    pub(super) core: Option<usize>,
}

impl MediaThread {
    /// Runs until [`Shared::stop`] is set.
    pub(super) fn run(self) -> io::Result<()> {
        let Self { socket, identity, commands, events, shared, mut handover, links, .. } = self;
        let Self { busy, origin, core, all, limits, .. } = self;
        if let Some(core) = core {
            pin_to_core(core);
        }
        let poller = Poller::new(&socket, &shared.waker)?;
        let time = || Micros(u64::try_from(origin.elapsed().as_micros()).unwrap_or(u64::MAX));
        let mut relay = relay(identity, origin, links, limits);
        let mut receiver = Receiver::new(BATCH);
        let mut outlet = UdpOutlet::new(&socket);
        let mut ticked = Micros(0);
        let (mut turn, mut came, mut forgetting) = (Turn::Quiet, false, Forgetting::default());
        let mut meter = Meter::default();
        let mut gathering = Gathering::default();
        while !shared.stop.load(Ordering::Acquire) {
            let patience = turn.patience(&relay, &forgetting);
            poller.wait(&shared.waker, patience);
            let now = time();
            let began = now;
            // A gate that closes must not wait behind a flood of packets.
            came |= obey(now, &commands, &mut relay);
            if let Some(handover) = &mut handover {
                came |= handover.take(now, &mut relay, &mut outlet);
                came |= relay.take_crossings(now, &mut outlet);
                handover.adopt(&mut relay);
            }
            let ways = handover.as_mut();
            let datagrams = receive(time, &socket, &mut receiver, ways, &mut relay, &mut outlet);
            came |= datagrams > 0;
            let now = time();
            if now.since(ticked) >= TICK {
                (ticked, came) = (now, false);
                relay.handle_timeout(now, &mut outlet);
            }
            share_out(&mut relay, &shared, &all);
            turn = match outlet.end_turn(now) {
                true => Turn::Holds,
                false if came => Turn::Came,
                false => Turn::Quiet,
            };
            relay.tell_events(|event| events.try_send(event).is_ok());
            relay.counters.send_dropped = outlet.dropped();
            relay.counters.bytes_out = outlet.sent();
            meter.work(time().since(began));
            let is_measured = account(now, &shared, &mut meter, &relay);
            if let Some(handover) = &mut handover {
                if is_measured {
                    handover.relieve(now, busy, &mut relay);
                }
                handover.disown(&mut relay);
                handover.wake(relay.take_unwoken());
            }
            let buffers = (&mut receiver, &mut outlet);
            forgetting.end_turn((now, datagrams), &mut relay, handover.as_mut(), buffers);
            if let Some(pause) = gathering.pause(began, datagrams) {
                std::thread::sleep(pause);
            }
        }
        Ok(())
    }
}

fn relay(identity: Identity, origin: Instant, links: Option<Links>, limits: MediaLimits) -> Relay {
    let mut relay = Relay::new(identity, origin);
    if links.is_some() {
        relay.addresses.keep_forgotten();
    }
    relay.links = links;
    relay.bounds.limits = limits;
    relay
}

/// What the last turn was like.
#[derive(Clone, Copy, Debug)]
enum Turn {
    /// The outlet holds something.
    Holds,
    /// Something came of which time has not been told yet.
    Came,
    Quiet,
}

impl Turn {
    /// How long to wait for the next one at most, in milliseconds.
    fn patience(self, relay: &Relay, forgetting: &Forgetting) -> i32 {
        match self {
            Self::Holds => HOLD_MS,
            _ if relay.is_idle() && !forgetting.is_due() => FOREVER,
            Self::Quiet if !relay.hurries() => CALM_MS,
            Self::Came | Self::Quiet => TICK_MS,
        }
    }
}

/// Time zero of the threads that are started with it.
pub(super) fn origin() -> Instant {
    Instant::now()
}

/// Takes commands for as long as each can be done or sent to where it can; whether there were any.
fn obey(now: Micros, commands: &CommandReceiver<MediaCommand>, relay: &mut Relay) -> bool {
    let mut any = false;
    for _ in 0..MAX_COMMANDS_PER_TURN {
        if !relay.takes_commands() {
            break;
        }
        let Ok(command) = commands.try_recv() else { break };
        relay.handle_command(now, command);
        any = true;
    }
    any
}

/// Lets others see what this thread has done; whether its load was measured.
fn account(now: Micros, shared: &Shared, meter: &mut Meter, relay: &Relay) -> bool {
    shared.counters.publish(&relay.counters);
    let load = meter.read(now, &relay.counters);
    // Nobody looks again while there is nothing to wait for.
    let load = if relay.is_idle() { Some(Load::default()) } else { load };
    if let Some(load) = load {
        shared.load.publish(load);
    }
    load.is_some()
}

/// Receives what is there, in batches; how many datagrams it were.
fn receive(
    time: impl Fn() -> Micros,
    socket: &UdpSocket,
    receiver: &mut Receiver,
    mut handover: Option<&mut Handover>,
    relay: &mut Relay,
    outlet: &mut UdpOutlet<'_>,
) -> usize {
    let mut datagrams = 0;
    for _ in 0..MAX_BATCHES_PER_TURN {
        let now = time();
        let batch = receiver.receive(socket);
        relay.expect(receiver.senders(batch));
        receiver.hand_out(batch, |from, datagram| match handover.as_deref_mut() {
            Some(handover) => handover.sort(now, from, datagram, relay, outlet),
            None => relay.take_datagram(now, from, datagram, outlet),
        });
        relay.end_run(now, outlet);
        if let Some(handover) = handover.as_deref_mut() {
            handover.wake(relay.take_unwoken());
        }
        datagrams += batch;
        if batch < BATCH {
            break;
        }
    }
    datagrams
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
/// While nothing came since the last tick and nobody hurries. Larger, feedback that nothing triggers is late; smaller,
/// the thread wakes between two frames and finds its caches cold for nothing.
const CALM_MS: i32 = 30;
const TICK: Micros = Micros::from_millis(9);

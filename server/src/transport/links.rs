// SPDX-License-Identifier: EUPL-1.2
//! The ways between media threads for rooms that live on several: packets one way, wishes the other.
//!
//! A way is a ring without locks. What a full one does not take is dropped: packets as on any path, and of
//! the rest everything is said again until it is heard.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};

use shared::{Layer, LayerSet, Source};

use super::moving::Arrival;
use super::params::SenderParams;
use super::plane::{MediaCommand, Publication, TransportId};
use super::sending::Packet;
use crate::media::history::PacketMeta;
use crate::media::packet::MAX_DATAGRAM;
use crate::media::rtcp::SenderReport;

/// One thread's ends of the ways to and from all others.
#[derive(Debug)]
pub(super) struct Links {
    index: usize,
    threads: Arc<[Inlet]>,
    crossings: Receiver<Crossing>,
    wishes: Receiver<Wish>,
    /// A bit for each thread that something was passed to since it was last woken.
    unwoken: u64,
}

/// Where a thread takes from the others.
#[derive(Debug)]
struct Inlet {
    crossings: SyncSender<Crossing>,
    wishes: SyncSender<Wish>,
}

/// What a thread passes to another.
#[expect(clippy::large_enum_variant, reason = "it is moved into a ring: nothing is allocated")]
pub(super) enum Crossing {
    /// Of a publication with which somebody there is fed.
    Of(Publication, Passing),
    /// A transport that lives there from here on.
    Arrival(Box<Arrival>),
    /// A command for a transport that has moved there.
    Command(MediaCommand),
}

/// What of it.
#[expect(clippy::large_enum_variant, reason = "it is moved into a ring: nothing is allocated")]
pub(super) enum Passing {
    /// Its line as it was agreed, and whether its gate is open. Comes first, and with each turn of the gate.
    Offered { line: Box<SenderParams>, open: bool },
    /// A packet that was accepted.
    Packet {
        layer: Layer,
        meta: PacketMeta,
        /// Of its bytes, the first so many are its descriptor.
        dependency_len: u8,
        len: usize,
        bytes: [u8; MAX_DATAGRAM],
    },
    /// A report of its sender.
    Report { layer: Layer, report: SenderReport },
    /// There is no such publication.
    Ended,
}

/// What a thread wants of a publication that lives on another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wish {
    pub(super) publication: Publication,
    pub(super) by: usize,
    pub(super) what: Wanted,
}

/// What of it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Wanted {
    /// Somebody there is fed with it; said again and again, for as long as it is so.
    Fed {
        /// The layers that anybody there can use.
        layers: LayerSet,
        /// What the worst path to a listener there loses of a thousand datagrams.
        loss: u64,
        /// Whether it was offered.
        is_known: bool,
    },
    /// A key frame of a layer.
    Keyframe(Layer),
}

impl Links {
    /// One for each of so many threads; none for a thread that is alone.
    pub(super) fn between(threads: usize) -> Vec<Option<Self>> {
        if threads < 2 {
            return (0..threads).map(|_| None).collect();
        }
        let (inlets, outlets): (Vec<_>, Vec<_>) = (0..threads)
            .map(|_| {
                let (crossings, crossed) = sync_channel(CROSSING_RING_LEN);
                let (wishes, wished) = sync_channel(WISH_RING_LEN);
                (Inlet { crossings, wishes }, (crossed, wished))
            })
            .unzip();
        let threads: Arc<[Inlet]> = inlets.into();
        let ends = outlets.into_iter().enumerate();
        ends.map(|(index, (crossings, wishes))| {
            let threads = Arc::clone(&threads);
            Some(Self { index, threads, crossings, wishes, unwoken: 0 })
        })
        .collect()
    }

    /// Passes something on of a publication of this thread; whether the way had room for it.
    pub(super) fn pass(&mut self, to: usize, publication: Publication, what: Passing) -> bool {
        let Some(inlet) = self.threads.get(to) else { return false };
        let passed = inlet.crossings.try_send(Crossing::Of(publication, what)).is_ok();
        if passed {
            self.unwoken |= 1 << to;
        }
        passed
    }

    /// Passes this thread something that means nothing, over what was passed before.
    pub(super) fn overwrite(&mut self) {
        let (layer, meta) = (Layer::Low, PacketMeta::default());
        let nothing =
            Passing::Packet { layer, meta, len: 0, dependency_len: 0, bytes: [0; MAX_DATAGRAM] };
        self.pass(self.index, NOBODYS, nothing);
    }

    /// Gives a transport to another thread; gives it back if the way has no room for it.
    pub(super) fn send_off(&mut self, to: usize, arrival: Box<Arrival>) -> Option<Box<Arrival>> {
        let Some(inlet) = self.threads.get(to) else { return Some(arrival) };
        let passed = inlet.crossings.try_send(Crossing::Arrival(arrival));
        if let Err(TrySendError::Full(Crossing::Arrival(arrival))) = passed {
            return Some(arrival);
        }
        self.unwoken |= 1 << to;
        None
    }

    /// Sends a command after its transport; gives it back if the way has no room for it.
    pub(super) fn send_after(&mut self, to: usize, command: MediaCommand) -> Option<MediaCommand> {
        let passed = self.threads.get(to)?.crossings.try_send(Crossing::Command(command));
        if let Err(TrySendError::Full(Crossing::Command(command))) = passed {
            return Some(command);
        }
        self.unwoken |= 1 << to;
        None
    }

    /// Which thread's ends these are.
    pub(super) const fn index(&self) -> usize {
        self.index
    }

    /// Wishes something of a publication of another thread. A wish that is lost is repeated by whoever has it.
    pub(super) fn wish(&mut self, publication: Publication, what: Wanted) {
        let wish = Wish { publication, by: self.index, what };
        self.forward(publication.transport.home(), wish);
    }

    /// Tells a thread what another, or this one, wishes.
    pub(super) fn forward(&mut self, to: usize, wish: Wish) {
        if let Some(inlet) = self.threads.get(to)
            && inlet.wishes.try_send(wish).is_ok()
        {
            self.unwoken |= 1 << to;
        }
    }

    /// The next that was passed here.
    pub(super) fn next_crossing(&mut self) -> Option<Crossing> {
        self.crossings.try_recv().ok()
    }

    /// The next that was wished here.
    pub(super) fn next_wish(&mut self) -> Option<Wish> {
        self.wishes.try_recv().ok()
    }

    /// Whom to wake, once for all that was passed and wished.
    pub(super) const fn take_unwoken(&mut self) -> u64 {
        core::mem::replace(&mut self.unwoken, 0)
    }
}

impl Passing {
    /// A packet; nothing if it is larger than any that could be sent on.
    pub(super) fn packet(packet: Packet<'_>) -> Option<Self> {
        let Packet { layer, meta, body } = packet;
        let mut bytes = [0; MAX_DATAGRAM];
        body.put(&mut bytes, 0)?;
        let (dependency_len, len) = (body.dependency_len()?, body.len());
        Some(Self::Packet { layer, meta: *meta, dependency_len, len, bytes })
    }
}

/// What no transport has: none has this name.
const NOBODYS: Publication =
    Publication { transport: TransportId(u64::MAX), source: Source::Microphone };

/// Larger, more memory is held for each thread, 1.6 KiB a place, and what waits in it is later; smaller, a
/// thread that was busy for a moment loses what the others pass on: 49 pictures at once are 12 packets in a
/// millisecond.
pub(super) const CROSSING_RING_LEN: usize = 1_024;
/// Larger costs memory; smaller, a thread whose people all want something of another's at once is heard later.
pub(super) const WISH_RING_LEN: usize = 1_024;

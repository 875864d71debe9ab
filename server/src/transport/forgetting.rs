// SPDX-License-Identifier: EUPL-1.2
//! What a media thread does about those who have left: zeroes what lies around of them.
//!
//! Buffers and rings keep what has passed through them until something else comes, tables the bytes of what was
//! removed, a stack what was computed on it. A little later all of it is written over, once for all who left
//! meanwhile; while nobody is there, also after each stray datagram.

use super::handover::Handover;
use super::outlet::UdpOutlet;
use super::relay::Relay;
use super::sys::Receiver;
use crate::media::Micros;
use crate::memory::forget_stack;

/// When that is to be done.
#[derive(Debug, Default)]
pub(super) struct Forgetting {
    is_due: bool,
    last: Micros,
}

impl Forgetting {
    /// Whether something is still to be forgotten.
    pub(super) const fn is_due(&self) -> bool {
        self.is_due
    }

    /// Ends a turn in which so many datagrams were received.
    pub(super) fn end_turn(
        &mut self,
        (now, received): (Micros, usize),
        relay: &mut Relay,
        mut handover: Option<&mut Handover>,
        (receiver, outlet): (&mut Receiver, &mut UdpOutlet<'_>),
    ) {
        self.is_due |= relay.take_left() || (received > 0 && relay.is_idle());
        self.is_due |= handover.as_mut().is_some_and(|handover| handover.take_left());
        if !self.is_due || now.since(self.last) < PAUSE {
            return;
        }
        (self.is_due, self.last) = (false, now);
        if let Some(handover) = handover {
            handover.forget(now, relay, outlet);
        }
        relay.forget();
        receiver.forget();
        outlet.forget(relay.is_idle());
        forget_stack();
    }
}

/// Shorter, where people come and go all the time, costs more; longer, what is left of them lies around for
/// longer.
const PAUSE: Micros = Micros::from_millis(1_000);

// SPDX-License-Identifier: EUPL-1.2
//! An offer that goes on with a transport: the same peer and the same lines, and more of them behind.
//!
//! The answer to the first offer follows from that offer and from what was drawn for it. So the same draw
//! answers the longer offer: its first lines come out as they did before, byte by byte, and only the new ones are
//! new. An offer whose answer would change a line that is there is none of these.

use core::fmt;

use shared::{MediaKind, Mid, Source};

use super::negotiate::{Negotiated, NegotiationError, negotiate};
use super::params::{Fingerprint, LocalTransport, SenderParams, SlotParams, TransportParams};
use super::plane::MediaHandle;
use crate::media::incoming::ExtensionIds;

/// What was agreed for a transport.
pub struct Agreed {
    local: LocalTransport,
    remote_ufrag: String,
    fingerprint: Fingerprint,
    ids: ExtensionIds,
    senders: Vec<SenderParams>,
    slots: Vec<SlotParams>,
}

/// The answer to an offer that goes on with a transport.
pub struct Grown {
    /// The SDP for the browser.
    pub answer: String,
    /// The lines on which it receives, in the order of the offer: first those that were there before.
    pub slots: Vec<(Mid, MediaKind)>,
    /// What the media thread needs to know.
    pub transport: TransportParams,
}

impl fmt::Debug for Grown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Grown").field("slots", &self.slots.len()).finish_non_exhaustive()
    }
}

impl fmt::Debug for Agreed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (senders, slots) = (self.senders.len(), self.slots.len());
        let mut shown = f.debug_struct("Agreed");
        shown.field("senders", &senders).field("slots", &slots).finish_non_exhaustive()
    }
}

impl MediaHandle {
    /// Answers an offer as [`MediaHandle::negotiate`] does, and keeps what it takes to answer another that goes on
    /// with the transport.
    pub fn agree(
        &self,
        offer: &str,
        senders: &[(Mid, Source)],
    ) -> Result<(Negotiated, Agreed), NegotiationError> {
        let local = self.draw()?;
        let negotiated = negotiate(offer, senders, &local)?;
        let agreed = Agreed::new(local, &negotiated);
        Ok((negotiated, agreed))
    }
}

impl Agreed {
    /// What a first offer has led to, with what was drawn for it.
    pub(super) fn new(local: LocalTransport, negotiated: &Negotiated) -> Self {
        let TransportParams { remote_ufrag, fingerprint, ids, senders, slots, .. } =
            &negotiated.transport;
        Self {
            local,
            remote_ufrag: remote_ufrag.clone(),
            fingerprint: *fingerprint,
            ids: *ids,
            senders: senders.clone(),
            slots: slots.clone(),
        }
    }

    /// Answers an offer that goes on with the transport; nothing when it is one for another transport: of another
    /// peer, without a line that was there, or with one that is different.
    pub fn grow(&mut self, offer: &str, senders: &[(Mid, Source)]) -> Option<Grown> {
        self.local.version = self.local.version.wrapping_add(1);
        let Negotiated { answer, slots, transport, .. } =
            negotiate(offer, senders, &self.local).ok()?;
        let goes_on = transport.remote_ufrag == self.remote_ufrag
            && transport.fingerprint == self.fingerprint
            && transport.ids == self.ids
            && transport.senders.len() == self.senders.len()
            && transport.senders.iter().zip(&self.senders).all(is_same_line)
            && transport.slots.starts_with(&self.slots);
        if !goes_on {
            return None;
        }
        self.slots.clone_from(&transport.slots);
        Some(Grown { answer, slots, transport })
    }
}

/// Whether the peer sends the same there. Which sources it names may be others: an encoding has none before it is
/// sent, and packets say which line they belong to.
fn is_same_line((line, before): (&SenderParams, &SenderParams)) -> bool {
    let names = before.ssrcs.clone();
    *before == SenderParams { ssrcs: names, ..line.clone() }
}

#[cfg(test)]
#[path = "growth_tests.rs"]
mod tests;

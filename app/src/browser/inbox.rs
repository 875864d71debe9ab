// SPDX-License-Identifier: EUPL-1.2
//! Where everything that happens arrives, in one order.

use futures::channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};

use crate::call::{Event, Intent};

/// Puts events into the queue of one call; cheap to clone.
///
/// Unbounded: the page has one thread, which empties the queue before it does anything else.
#[derive(Clone, Debug)]
pub(crate) struct Inbox(UnboundedSender<Event>);

impl Inbox {
    /// A queue: where events go in, and where they come out.
    pub(crate) fn new() -> (Self, UnboundedReceiver<Event>) {
        let (sender, receiver) = unbounded();
        (Self(sender), receiver)
    }

    /// Tells the call what happened. After the call's end there is nobody to tell.
    pub(crate) fn put(&self, event: Event) {
        drop(self.0.unbounded_send(event));
    }

    /// Tells the call what the person wants.
    pub(crate) fn want(&self, intent: Intent) {
        self.put(Event::Intent(intent));
    }
}

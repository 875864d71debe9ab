// SPDX-License-Identifier: EUPL-1.2
//! Where a source of the person's own leaves the house: closed unless the call opens it.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use shared::{LayerSet, MediaKind, Source};
use wasm_bindgen_futures::JsFuture;
use web_sys::RtcRtpSender;

use super::{MediaTable, encodings::Encodings, error::warn, spawn};

/// Joins what is captured with the sender of the peer connection, while it is open. Clones share it.
#[derive(Clone, Debug)]
pub(super) struct Outlet {
    source: Source,
    tracks: MediaTable,
    open: Rc<Cell<bool>>,
    sender: Rc<RefCell<Option<RtcRtpSender>>>,
    /// Of a source of pictures, while there is a sender.
    encodings: Rc<RefCell<Option<Encodings>>>,
}

impl Outlet {
    /// A closed outlet.
    pub(super) fn new(source: Source, tracks: MediaTable) -> Self {
        let (sender, encodings) = (Rc::default(), Rc::default());
        Self { source, tracks, open: Rc::default(), sender, encodings }
    }

    /// Of which source.
    pub(super) const fn source(&self) -> Source {
        self.source
    }

    /// Lets out what is captured, from here on.
    pub(super) fn open(&self) {
        self.open.set(true);
        self.flow();
    }

    /// Lets out nothing.
    pub(super) fn close(&self) {
        self.open.set(false);
        self.flow();
    }

    /// Leads to this sender from here on. A new sender carries nothing, so a closed outlet leaves
    /// it alone.
    pub(super) fn lead_to(&self, sender: Option<RtcRtpSender>) {
        let pictures = sender.clone().filter(|_| self.source.kind() == MediaKind::Video);
        *self.encodings.borrow_mut() = pictures.map(|sender| Encodings::of(self.source, sender));
        *self.sender.borrow_mut() = sender;
        if self.open.get() {
            self.flow();
        }
    }

    /// What is captured has changed.
    pub(super) fn refresh(&self) {
        if self.open.get() {
            self.flow();
        }
    }

    /// Lets out only these encodings of a picture, until it leads to another sender.
    pub(super) fn narrow(&self, wanted: LayerSet) {
        if let Some(encodings) = self.encodings.borrow().as_ref() {
            encodings.narrow(wanted);
        }
    }

    /// The answer has taken a codec.
    pub(super) fn agree(&self) {
        if let Some(encodings) = self.encodings.borrow().as_ref() {
            encodings.refresh();
        }
    }

    /// Hands the sender the track, or takes it away. The browser performs these in order.
    fn flow(&self) {
        let Some(sender) = self.sender.borrow().clone() else { return };
        let track = self.open.get().then(|| self.tracks.captured(self.source)).flatten();
        if let (Some(track), Some(encodings)) = (&track, self.encodings.borrow().as_ref()) {
            encodings.fit(track);
        }
        let done = sender.replace_track(track.as_ref());
        spawn(async move {
            if JsFuture::from(done).await.is_err() {
                warn("cannot replace a track: the peer connection is closed");
            }
        });
    }
}

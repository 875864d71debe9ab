// SPDX-License-Identifier: EUPL-1.2
//! Performs effects: each one arm, each one call.

use shared::{RoomId, Source};

use super::{
    Inbox, Listener, MediaTable, Page, Storage, capture::Capture, chime::Chime, devices::Devices,
    error::warn, evidence::Witness, outlet::Outlet, peer::Peer, socket::Socket,
};
use crate::call::{Effect, Event};

/// Everything of the browser that one call holds. Dropping it gives everything back.
#[derive(Debug)]
pub(crate) struct Browser {
    room: RoomId,
    inbox: Inbox,
    tracks: MediaTable,
    outlets: [Outlet; 3],
    captures: [Capture; 3],
    socket: Option<Socket>,
    peer: Option<Peer>,
    chime: Chime,
    witness: Witness,
    _devices: Devices,
    _online: Listener,
    _turned: Listener,
}

impl Browser {
    /// Nothing runs; the list of devices, a returning network and whether the page can be
    /// seen are reported from here on.
    pub(crate) fn new(room: RoomId, inbox: Inbox, tracks: MediaTable) -> Self {
        let outlets = Source::ALL.map(|source| Outlet::new(source, tracks.clone()));
        let captures = outlets
            .each_ref()
            .map(|outlet| Capture::new(inbox.clone(), tracks.clone(), outlet.clone()));
        let online = inbox.clone();
        let turned = inbox.clone();
        inbox.put(Event::Turned { to_front: Page::is_in_front() });
        Self {
            room,
            tracks,
            outlets,
            captures,
            socket: None,
            peer: None,
            chime: Chime::default(),
            witness: Witness::new(),
            _devices: Devices::new(inbox.clone()),
            _online: Listener::new(&Page::window(), "online", move |_| {
                online.put(Event::NetworkReturned);
            }),
            _turned: Listener::new(&Page::document(), "visibilitychange", move |_| {
                turned.put(Event::Turned { to_front: Page::is_in_front() });
            }),
            inbox,
        }
    }

    /// Does what the call decided.
    pub(crate) fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::OpenSocket(room) => {
                // Dropped before the next one opens, so that the server sees one at a time.
                self.socket = None;
                self.socket = Socket::open(room, &self.inbox);
                if self.socket.is_none() {
                    self.inbox.put(Event::SocketClosed);
                }
            }
            Effect::Send(message) => match &self.socket {
                Some(socket) => socket.send(&message),
                None => warn("a message is not sent: there is no connection"),
            },
            Effect::CloseSocket => self.socket = None,
            Effect::Capture(source, device) => self.capture(source).start(device.as_ref()),
            Effect::Process(processing) => self.capture(Source::Microphone).process(processing),
            Effect::Blur(blur) => self.capture(Source::Camera).blur(blur),
            Effect::Release(source) => self.capture(source).stop(),
            Effect::OpenPeer { pictures } => {
                self.peer = None;
                self.peer = Peer::open(&self.inbox, &self.tracks, &self.outlets, pictures);
                if self.peer.is_none() {
                    self.inbox.put(Event::PeerFailed);
                }
            }
            Effect::GrowPeer { pictures } => {
                if let Some(peer) = &self.peer {
                    peer.grow(&self.inbox, pictures);
                }
            }
            Effect::AcceptAnswer(answer) => {
                if let Some(peer) = &self.peer {
                    peer.accept(&answer, &self.inbox);
                }
            }
            Effect::Transmit(source, true) => self.outlet(source).open(),
            Effect::Transmit(source, false) => self.outlet(source).close(),
            Effect::SendLayers(source, wanted) => self.outlet(source).narrow(wanted),
            Effect::Compare(pictures) => {
                if let Some(peer) = &self.peer {
                    self.inbox.put(Event::Late(peer.late(&pictures)));
                }
            }
            Effect::Hold(slot, wait) => {
                if let Some(peer) = &self.peer {
                    peer.hold(&slot, wait);
                }
            }
            Effect::Examine => {
                let connection = self.peer.as_ref().map(Peer::connection);
                self.witness.look(self.inbox.clone(), &self.tracks, connection);
            }
            Effect::ClosePeer => self.peer = None,
            Effect::KeepSeat(seat) => Storage::keep_seat(self.room, seat.as_ref()),
            Effect::ForgetTicket => Storage::forget_link(self.room),
            Effect::Chime => self.chime.ring(),
        }
    }

    const fn capture(&self, source: Source) -> &Capture {
        let [microphone, camera, screen] = &self.captures;
        match source {
            Source::Microphone => microphone,
            Source::Camera => camera,
            Source::Screen => screen,
        }
    }

    const fn outlet(&self, source: Source) -> &Outlet {
        let [microphone, camera, screen] = &self.outlets;
        match source {
            Source::Microphone => microphone,
            Source::Camera => camera,
            Source::Screen => screen,
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        self.captures.iter().for_each(Capture::stop);
    }
}

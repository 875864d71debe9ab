// SPDX-License-Identifier: EUPL-1.2
//! Performs effects: each one arm, each one call.

use shared::{RoomId, Source};

use super::{
    Inbox, Listener, Own, Page, Storage, chime::Chime, error::warn, outlet::Outlet, peer::Peer,
    socket::Socket,
};
use crate::call::{Effect, Event};

/// Everything of the browser that one call holds. Dropping it gives everything back.
#[derive(Debug)]
pub(crate) struct Browser {
    room: RoomId,
    inbox: Inbox,
    own: Own,
    socket: Option<Socket>,
    peer: Option<Peer>,
    chime: Chime,
    _online: Listener,
}

impl Browser {
    /// Nothing is connected; a returning network is reported from here on.
    pub(crate) fn new(room: RoomId, inbox: Inbox, own: Own) -> Self {
        let online = inbox.clone();
        Self {
            room,
            own,
            socket: None,
            peer: None,
            chime: Chime::default(),
            _online: Listener::new(&Page::window(), "online", move |_| {
                online.put(Event::NetworkReturned);
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
            Effect::Capture(source, device) => self.own.start(source, device.as_ref()),
            Effect::Process(processing) => self.own.capture(Source::Microphone).process(processing),
            Effect::Blur(blur) => self.own.capture(Source::Camera).blur(blur),
            Effect::Release(source) => self.own.capture(source).stop(),
            Effect::OpenPeer { pictures } => {
                self.peer = None;
                self.peer = Peer::open(&self.inbox, &self.own.tracks, &self.own.outlets, pictures);
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
                self.own.witness.look(self.inbox.clone(), &self.own.tracks, connection);
            }
            Effect::ClosePeer => self.peer = None,
            Effect::KeepSeat(seat) => Storage::keep_seat(self.room, seat.as_ref()),
            Effect::ForgetTicket => Storage::forget_link(self.room),
            Effect::Chime => self.chime.ring(),
            // A call has it.
            Effect::FetchRest => {}
        }
    }

    const fn outlet(&self, source: Source) -> &Outlet {
        let [microphone, camera, screen, screen_sound] = &self.own.outlets;
        match source {
            Source::Microphone => microphone,
            Source::Camera => camera,
            Source::Screen => screen,
            Source::ScreenSound => screen_sound,
        }
    }
}

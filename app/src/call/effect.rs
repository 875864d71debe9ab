// SPDX-License-Identifier: EUPL-1.2
//! What a call wants done.

use core::time::Duration;

use shared::{Answer, ClientMessage, LayerSet, Mid, ResumeToken, RoomId, Source};

use super::{DeviceId, Processing};

/// Everything that a call can ask for. Performed in order.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Effect {
    /// Open the connection to a room; a connection that is open is dropped first.
    OpenSocket(RoomId),
    /// Say this to the server.
    Send(ClientMessage),
    /// End the connection, after what was sent before.
    CloseSocket,
    /// Switch a device on: the chosen one, or the browser's choice. Ends in `Event::Captured` or
    /// `Event::CaptureFailed`. A capture of the source that runs is released when the new one runs.
    Capture(Source, Option<DeviceId>),
    /// Treat the sound of microphones like this, from the next capture on: it ends in `Event::Processed` as well. One that
    /// runs delivers nothing more until then.
    Process(Processing),
    /// Put the background of the camera that runs out of focus, or not, and that of those to come: ends in
    /// `Event::Blurred`.
    Blur(bool),
    /// Switch a device off: its light goes out.
    Release(Source),
    /// Make a peer connection in place of the one there is, and offer it: ends in `Event::Offered`.
    OpenPeer {
        /// How many pictures it can receive at once.
        pictures: usize,
    },
    /// Let the peer connection there is receive more, and offer that: ends in `Event::Offered`. What it
    /// carries goes on. Asked for again, it is offered again.
    GrowPeer {
        /// How many pictures it can receive at once from then on.
        pictures: usize,
    },
    /// Take the server's answer to the last offer.
    AcceptAnswer(Answer),
    /// Transmit what is captured from here on (`replaceTrack`), or nothing. No negotiation.
    Transmit(Source, bool),
    /// Send only these encodings of a picture from here on, as far as it has them; none while nobody sees
    /// it. A peer connection that is made sends all of them.
    SendLayers(Source, LayerSet),
    /// Tell how late what comes out of these slots of pictures is, and out of every slot of sound: ends in
    /// `Event::Late`.
    Compare(Vec<Mid>),
    /// Look what of the meeting can be seen to be protected: ends in `Event::Found`.
    Examine,
    /// Let what comes out of a slot wait for at least that long before it is played; in a slot of a new peer
    /// connection nothing waits longer than it has to.
    Hold(Mid, Duration),
    /// Close the peer connection, if there is one.
    ClosePeer,
    /// Keep by what the room knows this tab, for a reload, or forget it: a seat, a knock, or what a
    /// moderator decided about either.
    KeepSeat(Option<ResumeToken>),
    /// Forget the personal invitation that was kept for a reload: it is used.
    ForgetTicket,
    /// Somebody knocks: one soft chime.
    Chime,
    /// Fetch what only a conference needs, once more; ends in `Event::Rest`. Of a [`Gate`](super::Gate) alone.
    FetchRest,
}

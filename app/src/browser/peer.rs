// SPDX-License-Identifier: EUPL-1.2
//! The one peer connection: everything the page will ever send, and what it can receive, offered at once. In a
//! room that fills it can receive more: it is offered again, and what it carries goes on.

use core::time::Duration;
use std::{cell::RefCell, rc::Rc};

use js_sys::{Array, Function, Reflect};
use shared::{Answer, MediaKind, Mid, Offer, Sdp, SenderLine, Source};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    MediaStreamTrack, RtcBundlePolicy, RtcConfiguration, RtcPeerConnection, RtcPeerConnectionState,
    RtcRtpTransceiver, RtcRtpTransceiverDirection, RtcRtpTransceiverInit, RtcSdpType,
    RtcSessionDescriptionInit, RtcSignalingState,
};

use super::{
    Inbox, Listener, MediaTable, codecs, dictionary::set, encodings, error::warn, gauge::Gauge,
    outlet::Outlet, sdp, spawn, waiting,
};
use crate::call::{Event, Late, Table};

/// How many sounds can be received at once. The server sends the five loudest, and what is to be heard of a screen;
/// with one more, whoever begins to speak comes where nothing was to be heard for a while. More cost every participant memory in the
/// browser and a longer offer; with fewer, not all five are heard.
const SOUND_SLOTS: u8 = 7;

/// A peer connection. Dropping it closes it, and nothing is reported of it.
#[derive(Debug)]
pub(super) struct Peer {
    connection: RtcPeerConnection,
    outlets: [Outlet; 4],
    tracks: MediaTable,
    lines: Lines,
    _states: Listener,
    _gauge: Gauge,
}

/// The media lines, which have names from their first offer on. Clones share them.
#[derive(Clone, Debug)]
struct Lines {
    senders: Rc<[(Source, RtcRtpTransceiver)]>,
    sounds: Rc<[RtcRtpTransceiver]>,
    pictures: Rc<RefCell<Vec<RtcRtpTransceiver>>>,
}

impl Peer {
    /// Makes the connection and its offer, in [`Event::Offered`]. `outlets` in the order of
    /// [`Source::ALL`]; so many `pictures` can be received at once.
    pub(super) fn open(
        inbox: &Inbox,
        tracks: &MediaTable,
        outlets: &[Outlet; 4],
        pictures: usize,
    ) -> Option<Self> {
        let configuration = RtcConfiguration::new();
        configuration.set_bundle_policy(RtcBundlePolicy::MaxBundle);
        set(&configuration, "rtcpMuxPolicy", &"require".into());
        let connection = RtcPeerConnection::new_with_configuration(&configuration).ok()?;
        let lines = Lines::of(&connection);
        lines.grow(&connection, pictures);
        for ((_, line), outlet) in lines.senders.iter().zip(outlets) {
            outlet.lead_to(Some(line.sender()));
        }
        let states = report_states(&connection, inbox.clone());
        offer(connection.clone(), lines.clone(), inbox.clone(), tracks.clone());
        let (outlets, tracks) = (outlets.clone(), tracks.clone());
        let sounds = Rc::clone(&lines.sounds);
        let voice = move |slot: &Mid| {
            let line = sounds.iter().find(|line| mid(line).as_ref() == Some(slot))?;
            waiting::voice(&line.receiver())
        };
        let gauge = Gauge::new(connection.clone(), voice, inbox.clone());
        Some(Self { connection, outlets, tracks, lines, _states: states, _gauge: gauge })
    }

    /// Lets it receive so many pictures, and offers that, in [`Event::Offered`].
    pub(super) fn grow(&self, inbox: &Inbox, pictures: usize) {
        self.lines.grow(&self.connection, pictures);
        offer(self.connection.clone(), self.lines.clone(), inbox.clone(), self.tracks.clone());
    }

    /// How late what comes out of these slots of pictures is, and out of every slot of sound.
    pub(super) fn late(&self, pictures: &[Mid]) -> Vec<Late> {
        let known = self.lines.pictures.borrow();
        let named = |line: &RtcRtpTransceiver| Some((mid(line)?, line.receiver()));
        let pictures = known.iter().filter_map(named).filter(|(mid, _)| pictures.contains(mid));
        let slots = self.lines.sounds.iter().filter_map(named).chain(pictures);
        slots.filter_map(|(mid, receiver)| waiting::late(mid, &receiver)).collect()
    }

    /// Plays what a slot receives no sooner than that after it came.
    pub(super) fn hold(&self, slot: &Mid, wait: Duration) {
        let known = self.lines.pictures.borrow();
        let mut slots = self.lines.sounds.iter().chain(known.iter());
        if let Some(line) = slots.find(|line| mid(line).as_ref() == Some(slot)) {
            waiting::hold(&line.receiver(), wait);
        }
    }

    /// The connection itself, to be looked at.
    pub(super) fn connection(&self) -> RtcPeerConnection {
        self.connection.clone()
    }

    /// Takes the server's answer.
    pub(super) fn accept(&self, answer: &Answer, inbox: &Inbox) {
        let description = RtcSessionDescriptionInit::new(RtcSdpType::Answer);
        description.set_sdp(answer.sdp.as_str());
        let taken = self.connection.set_remote_description(&description);
        let (connection, inbox) = (self.connection.clone(), inbox.clone());
        let outlets = self.outlets.clone();
        spawn(async move {
            let failed = JsFuture::from(taken).await.is_err();
            if !failed {
                outlets.iter().for_each(Outlet::agree);
            } else if connection.signaling_state() != RtcSignalingState::Closed {
                warn("the server's answer is not understood");
                inbox.put(Event::PeerFailed);
            }
        });
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        for outlet in &self.outlets {
            outlet.lead_to(None);
        }
        self.tracks.set_slots(Table::default());
        self.connection.close();
    }
}

impl Lines {
    /// Adds the media lines that are there from the start: one per source in the order of [`Source::ALL`],
    /// then the slots of sound.
    fn of(connection: &RtcPeerConnection) -> Self {
        let senders = Source::ALL
            .map(|source| {
                let init = RtcRtpTransceiverInit::new();
                init.set_direction(RtcRtpTransceiverDirection::Sendonly);
                if let Some(encodings) = encodings::offered(source) {
                    init.set_send_encodings(&encodings);
                }
                (source, add(connection, source.kind(), &init))
            })
            .into();
        let sounds = (0..SOUND_SLOTS).map(|_| add(connection, MediaKind::Audio, &receiving()));
        Self { senders, sounds: sounds.collect(), pictures: Rc::default() }
    }

    /// Adds slots of pictures until there are so many. They come last, so that those there are stay where they
    /// are.
    fn grow(&self, connection: &RtcPeerConnection, pictures: usize) {
        let mut known = self.pictures.borrow_mut();
        while known.len() < pictures {
            known.push(add(connection, MediaKind::Video, &receiving()));
        }
    }

    /// What each slot receives, by name.
    fn slots(&self) -> Table<Mid, MediaStreamTrack> {
        let named = |line: &RtcRtpTransceiver| Some((mid(line)?, line.receiver().track()));
        self.sounds.iter().chain(self.pictures.borrow().iter()).filter_map(named).collect()
    }

    /// The lines that send, by name.
    fn sender_lines(&self) -> Vec<SenderLine> {
        let named = |(source, line): &(Source, RtcRtpTransceiver)| {
            Some(SenderLine { mid: mid(line)?, source: *source })
        };
        self.senders.iter().filter_map(named).collect()
    }
}

fn receiving() -> RtcRtpTransceiverInit {
    let init = RtcRtpTransceiverInit::new();
    init.set_direction(RtcRtpTransceiverDirection::Recvonly);
    init
}

fn add(
    connection: &RtcPeerConnection,
    kind: MediaKind,
    init: &RtcRtpTransceiverInit,
) -> RtcRtpTransceiver {
    let line = match kind {
        MediaKind::Audio => connection.add_transceiver_with_str_and_init("audio", init),
        MediaKind::Video => {
            let line = connection.add_transceiver_with_str_and_init("video", init);
            codecs::offer_forwarded(&line);
            line
        }
    };
    extend(&line);
    line
}

/// Says in front of packets' bytes what browsers do not say by themselves, where the browser can.
fn extend(line: &RtcRtpTransceiver) {
    let method = |name: &str| Reflect::get(line, &name.into()).ok()?.dyn_into::<Function>().ok();
    let (Some(get), Some(set_all)) =
        (method("getHeaderExtensionsToNegotiate"), method("setHeaderExtensionsToNegotiate"))
    else {
        return;
    };
    let Ok(extensions) = get.call0(line) else { return };
    for extension in Array::from(&extensions).iter() {
        let uri = Reflect::get(&extension, &"uri".into()).ok().and_then(|uri| uri.as_string());
        let uri = uri.unwrap_or_default();
        if [CAPTURE_TIME, codecs::DEPENDENCY_DESCRIPTOR].contains(&uri.as_str()) {
            set(&extension, "direction", &"sendrecv".into());
        }
    }
    if set_all.call1(line, &extensions).is_err() {
        warn("the browser says less in front of packets");
    }
}

/// When what is in a packet was captured: by that lips and voice are kept together.
const CAPTURE_TIME: &str = "http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time";

/// Makes the offer, names the slots and reports.
fn offer(connection: RtcPeerConnection, lines: Lines, inbox: Inbox, tracks: MediaTable) {
    spawn(async move {
        let offered = describe(&connection, &lines).await;
        // A connection that was closed in between is nobody's concern.
        if connection.signaling_state() == RtcSignalingState::Closed {
            return;
        }
        let Some(offer) = offered else {
            warn("the browser cannot make an offer");
            inbox.put(Event::PeerFailed);
            return;
        };
        tracks.set_slots(lines.slots());
        inbox.put(Event::Offered(offer));
    });
}

async fn describe(connection: &RtcPeerConnection, lines: &Lines) -> Option<Offer> {
    let made = JsFuture::from(connection.create_offer()).await.ok()?;
    let description = made.unchecked_ref::<RtcSessionDescriptionInit>();
    description.set_sdp(&sdp::in_stereo(&description.get_sdp()?));
    JsFuture::from(connection.set_local_description(description)).await.ok()?;
    let text = sdp::without_addresses(&description.get_sdp()?);
    Some(Offer { sdp: Sdp::new(text)?, senders: lines.sender_lines() })
}

fn report_states(connection: &RtcPeerConnection, inbox: Inbox) -> Listener {
    let watched = connection.clone();
    Listener::new(connection, "connectionstatechange", move |_| {
        let state = watched.connection_state();
        if state == RtcPeerConnectionState::Connected {
            inbox.put(Event::PeerConnected);
        } else if state == RtcPeerConnectionState::Failed {
            inbox.put(Event::PeerFailed);
        }
    })
}

fn mid(line: &RtcRtpTransceiver) -> Option<Mid> {
    Mid::parse(&line.mid()?)
}

// SPDX-License-Identifier: EUPL-1.2
//! The one peer connection: everything the page will ever send or receive, offered at once.

use std::collections::BTreeMap;

use js_sys::{Array, Function, Reflect};
use shared::{Answer, MediaKind, Mid, Offer, Sdp, SenderLine, Source};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    RtcBundlePolicy, RtcConfiguration, RtcPeerConnection, RtcPeerConnectionState, RtcRtpReceiver,
    RtcRtpTransceiver, RtcRtpTransceiverDirection, RtcRtpTransceiverInit, RtcSdpType,
    RtcSessionDescriptionInit, RtcSignalingState,
};

use super::{
    Inbox, Listener, MediaTable, dictionary::set, encodings, error::warn, outlet::Outlet, sdp,
    spawn, waiting::Receivers,
};
use crate::call::Event;

/// How many sounds can be received at once. More cost every participant memory in the browser and a
/// longer offer; with fewer, a room of that size does not fit.
const SOUND_SLOTS: u8 = 12;

/// How many pictures can be received at once: two screens do not take a camera's place.
const PICTURE_SLOTS: u8 = 14;

/// A peer connection. Dropping it closes it, and nothing is reported of it.
#[derive(Debug)]
pub(super) struct Peer {
    connection: RtcPeerConnection,
    outlets: [Outlet; 3],
    tracks: MediaTable,
    receivers: Receivers,
    _states: Listener,
}

/// The media lines before they have names.
struct Lines {
    senders: Vec<(Source, RtcRtpTransceiver)>,
    slots: Vec<RtcRtpTransceiver>,
}

impl Peer {
    /// Makes the connection and its offer, in [`Event::Offered`]. `outlets` in the order of
    /// [`Source::ALL`].
    pub(super) fn open(inbox: &Inbox, tracks: &MediaTable, outlets: &[Outlet; 3]) -> Option<Self> {
        let configuration = RtcConfiguration::new();
        configuration.set_bundle_policy(RtcBundlePolicy::MaxBundle);
        set(&configuration, "rtcpMuxPolicy", &"require".into());
        let connection = RtcPeerConnection::new_with_configuration(&configuration).ok()?;
        let lines = Lines::of(&connection);
        for ((_, line), outlet) in lines.senders.iter().zip(outlets) {
            outlet.lead_to(Some(line.sender()));
        }
        let states = report_states(&connection, inbox.clone());
        let (tracks, receivers) = (tracks.clone(), Receivers::default());
        let named = (tracks.clone(), receivers.clone());
        offer(connection.clone(), lines, inbox.clone(), named);
        Some(Self { connection, outlets: outlets.clone(), tracks, receivers, _states: states })
    }

    /// What comes out of its slots.
    pub(super) const fn receivers(&self) -> &Receivers {
        &self.receivers
    }

    /// Takes the server's answer.
    pub(super) fn accept(&self, answer: &Answer, inbox: &Inbox) {
        let description = RtcSessionDescriptionInit::new(RtcSdpType::Answer);
        description.set_sdp(answer.sdp.as_str());
        let taken = self.connection.set_remote_description(&description);
        let (connection, inbox) = (self.connection.clone(), inbox.clone());
        spawn(async move {
            let failed = JsFuture::from(taken).await.is_err();
            if failed && connection.signaling_state() != RtcSignalingState::Closed {
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
        self.tracks.set_slots(BTreeMap::new());
        self.connection.close();
    }
}

impl Lines {
    /// Adds every media line: one per source in the order of [`Source::ALL`], then the slots.
    fn of(connection: &RtcPeerConnection) -> Self {
        let senders = Source::ALL
            .map(|source| {
                let init = RtcRtpTransceiverInit::new();
                init.set_direction(RtcRtpTransceiverDirection::Sendonly);
                if let Some(encodings) = encodings::offered(source) {
                    init.set_send_encodings(&encodings);
                }
                let line = add(connection, source.kind(), &init);
                extend(&line);
                (source, line)
            })
            .into();
        let init = RtcRtpTransceiverInit::new();
        init.set_direction(RtcRtpTransceiverDirection::Recvonly);
        let slots = [(MediaKind::Audio, SOUND_SLOTS), (MediaKind::Video, PICTURE_SLOTS)]
            .into_iter()
            .flat_map(|(kind, slots)| (0..slots).map(move |_| kind))
            .map(|kind| {
                let line = add(connection, kind, &init);
                extend(&line);
                line
            })
            .collect();
        Self { senders, slots }
    }

    /// The lines that send, by name.
    fn sender_lines(&self) -> Vec<SenderLine> {
        let named = |(source, line): &(Source, RtcRtpTransceiver)| {
            Some(SenderLine { mid: mid(line)?, source: *source })
        };
        self.senders.iter().filter_map(named).collect()
    }
}

fn add(
    connection: &RtcPeerConnection,
    kind: MediaKind,
    init: &RtcRtpTransceiverInit,
) -> RtcRtpTransceiver {
    match kind {
        MediaKind::Audio => connection.add_transceiver_with_str_and_init("audio", init),
        MediaKind::Video => {
            let line = connection.add_transceiver_with_str_and_init("video", init);
            prefer_vp8(&line);
            line
        }
    }
}

/// VP8 and its retransmission alone: what the relay forwards, and a shorter offer.
fn prefer_vp8(line: &RtcRtpTransceiver) {
    let Some(able) = RtcRtpReceiver::get_capabilities("video") else { return };
    let mime = |codec: &JsValue| {
        Reflect::get(codec, &"mimeType".into()).ok()?.as_string().map(|m| m.to_ascii_lowercase())
    };
    let wanted =
        |codec: &JsValue| matches!(mime(codec).as_deref(), Some("video/vp8" | "video/rtx"));
    let codecs: Array = Array::from(&able.get_codecs()).iter().filter(wanted).collect();
    if codecs.length() > 0 {
        line.set_codec_preferences(&codecs);
    }
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
        if uri.is_some_and(|uri| EXTENSIONS.contains(&uri.as_str())) {
            set(&extension, "direction", &"sendrecv".into());
        }
    }
    if set_all.call1(line, &extensions).is_err() {
        warn("the browser says less in front of packets");
    }
}

/// Which frame a packet belongs to (AV1 RTP specification, appendix A): the relay finds key frames by that, and
/// never looks into a picture. And when it was captured: so lips and voice are kept together.
const EXTENSIONS: [&str; 2] = [
    "https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension",
    "http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time",
];

/// Makes the offer, names the slots and reports.
fn offer(
    connection: RtcPeerConnection,
    lines: Lines,
    inbox: Inbox,
    (tracks, receivers): (MediaTable, Receivers),
) {
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
        let named = |line: &RtcRtpTransceiver| Some((mid(line)?, line.receiver()));
        let slots: BTreeMap<_, _> = lines.slots.iter().filter_map(named).collect();
        tracks.set_slots(slots.iter().map(|(mid, it)| (mid.clone(), it.track())).collect());
        receivers.set(slots);
        inbox.put(Event::Offered(offer));
    });
}

async fn describe(connection: &RtcPeerConnection, lines: &Lines) -> Option<Offer> {
    let made = JsFuture::from(connection.create_offer()).await.ok()?;
    let description = made.unchecked_ref::<RtcSessionDescriptionInit>();
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

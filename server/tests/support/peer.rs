// SPDX-License-Identifier: EUPL-1.2
//! A peer of the webrtc crate: publishes recognisable packets and keeps what it receives.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use rtc::media_stream::MediaStreamTrack;
use rtc::rtp_transceiver::rtp_sender::{
    RTCRtpCodec, RTCRtpCodingParameters, RTCRtpEncodingParameters, RTCRtpHeaderExtensionCapability,
    RTCRtpRtxParameters, RtpCodecKind,
};
use rtc::rtp_transceiver::{RTCRtpTransceiverDirection, RTCRtpTransceiverInit};
use rtc_crypto::RTCCryptoProvider;
use server::media::vp8::Vp8Descriptor;
use shared::{MediaKind, Mid, Source};
use tokio::sync::mpsc;
use webrtc::media_stream::track_local::TrackLocal;
use webrtc::media_stream::track_local::static_rtp::TrackLocalStaticRTP;
use webrtc::media_stream::track_remote::{TrackRemote, TrackRemoteEvent};
use webrtc::peer_connection::{
    MediaEngine, PeerConnection, PeerConnectionBuilder, PeerConnectionEventHandler,
    RTCIceGatheringState, RTCSessionDescription, Registry, SettingEngineBuilder,
    SrtpProtectionProfile, configure_nack, configure_rtcp_reports,
    configure_simulcast_extension_headers, configure_twcc,
};

/// How many sound and picture slots a test peer has.
pub const SLOTS: [(RtpCodecKind, usize); 2] = [(RtpCodecKind::Audio, 1), (RtpCodecKind::Video, 2)];

/// Tells the packets of a screen from those of its owner's camera.
pub const SCREEN_TAG: u8 = 0x80;

/// What a peer can have of its own.
pub struct Own {
    /// Where its media come from; port 0 takes any.
    pub address: String,
    pub crypto: Option<Arc<dyn RTCCryptoProvider>>,
}

impl Default for Own {
    fn default() -> Self {
        Self { address: "127.0.0.1:0".to_owned(), crypto: None }
    }
}

/// A packet that arrived.
#[derive(Clone, Copy, Debug)]
pub struct Arrived {
    pub ssrc: u32,
    pub sequence: u16,
    pub timestamp: u32,
    pub kind: MediaKind,
    /// The `tag` of its publisher.
    pub tag: u8,
    pub counter: u32,
    pub picture_id: Option<u16>,
    pub keyframe: bool,
}

/// A peer.
pub struct TestPeer {
    connection: Arc<dyn PeerConnection>,
    audio: Arc<TrackLocalStaticRTP>,
    video: Arc<TrackLocalStaticRTP>,
    screen: Arc<TrackLocalStaticRTP>,
    arrived: Arc<Mutex<Vec<Arrived>>>,
    tag: u8,
}

impl TestPeer {
    /// A peer that has made its offer.
    pub async fn offering(tag: u8, profiles: Vec<SrtpProtectionProfile>) -> (Self, String) {
        Self::offering_slots(tag, profiles, SLOTS).await
    }

    /// A peer that has offered to receive in so many slots.
    pub async fn offering_slots(
        tag: u8,
        profiles: Vec<SrtpProtectionProfile>,
        slots: [(RtpCodecKind, usize); 2],
    ) -> (Self, String) {
        Self::offering_from(tag, profiles, slots, Own::default()).await
    }

    /// The same, of a peer with an address and a cryptography of its own.
    pub async fn offering_from(
        tag: u8,
        profiles: Vec<SrtpProtectionProfile>,
        slots: [(RtpCodecKind, usize); 2],
        own: Own,
    ) -> (Self, String) {
        let mut engine = MediaEngine::default();
        engine.register_default_codecs().unwrap();
        configure_simulcast_extension_headers(&mut engine).unwrap();
        let registry = configure_nack(configure_rtcp_reports(Registry::new()), &mut engine);
        let registry = configure_twcc(registry, &mut engine).unwrap();
        for (uri, kind) in [(AUDIO_LEVEL, RtpCodecKind::Audio), (DEPENDENCY, RtpCodecKind::Video)] {
            let uri = RTCRtpHeaderExtensionCapability { uri: uri.to_owned() };
            engine.register_header_extension(uri, kind, None).unwrap();
        }
        let mut settings = SettingEngineBuilder::new()
            .with_srtp_protection_profiles(profiles)
            .with_srtp_replay_protection_window(1_024)
            .with_include_loopback_candidate(true);
        if let Some(crypto) = own.crypto {
            settings = settings.with_crypto_provider(crypto);
        }
        let (gathered, mut complete) = mpsc::channel(4);
        let arrived = Arc::default();
        let handler = Arc::new(Handler { gathered, arrived: Arc::clone(&arrived) });
        let connection: Arc<dyn PeerConnection> = Arc::new(
            PeerConnectionBuilder::new()
                .with_media_engine(engine)
                .with_interceptor_registry(registry)
                .with_setting_engine(settings.build())
                .with_handler(handler)
                .with_udp_addrs(vec![own.address])
                .build()
                .await
                .unwrap(),
        );
        let audio = track(RtpCodecKind::Audio, tag);
        let video = track(RtpCodecKind::Video, tag);
        let screen = track(RtpCodecKind::Video, tag | SCREEN_TAG);
        for track in [&audio, &video, &screen] {
            let track: Arc<dyn TrackLocal> = Arc::<TrackLocalStaticRTP>::clone(track);
            connection
                .add_transceiver_from_track(
                    track,
                    Some(direction(RTCRtpTransceiverDirection::Sendonly)),
                )
                .await
                .unwrap();
        }
        for (kind, count) in slots {
            for _ in 0..count {
                let init = direction(RTCRtpTransceiverDirection::Recvonly);
                connection.add_transceiver_from_kind(kind, Some(init)).await.unwrap();
            }
        }
        let offer = connection.create_offer(None).await.unwrap();
        for (id, uri) in [(AUDIO_LEVEL_ID, AUDIO_LEVEL), (DEPENDENCY_ID, DEPENDENCY)] {
            assert!(offer.sdp.contains(&format!("extmap:{id} {uri}")), "{}", offer.sdp);
        }
        connection.set_local_description(offer).await.unwrap();
        tokio::time::timeout(Duration::from_secs(5), complete.recv()).await.unwrap();
        let offer = connection.local_description().await.unwrap().sdp;
        (Self { connection, audio, video, screen, arrived, tag }, offer)
    }

    /// The lines on which it sends.
    pub fn senders() -> Vec<(Mid, Source)> {
        vec![
            (Mid::parse("0").unwrap(), Source::Microphone),
            (Mid::parse("1").unwrap(), Source::Camera),
            (Mid::parse("2").unwrap(), Source::Screen),
        ]
    }

    /// Takes the answer, with the relay's address replaced by that of a network in between.
    pub async fn accept(&self, answer: &str, relay: SocketAddr, through: SocketAddr) {
        let answer = answer.replace(
            &format!("{} {} typ host", relay.ip(), relay.port()),
            &format!("{} {} typ host", through.ip(), through.port()),
        );
        let answer = RTCSessionDescription::answer(answer).unwrap();
        self.connection.set_remote_description(answer).await.unwrap();
    }

    /// Publishes sound and pictures until dropped: 50 and 200 packets per second.
    pub fn publish(&self) -> Publishing {
        let (audio, video, tag) = (Arc::clone(&self.audio), Arc::clone(&self.video), self.tag);
        Publishing(tokio::spawn(async move {
            let mut interval = tokio::time::interval(Duration::from_millis(20));
            for frame in 0_u32.. {
                interval.tick().await;
                write(&audio, 111, tag, frame, frame * 960, true, &[]).await;
                write_picture(&video, tag, frame).await;
            }
        }))
    }

    /// Publishes the screen until dropped: 200 packets per second, which carry [`SCREEN_TAG`].
    pub fn share(&self) -> Publishing {
        let (screen, tag) = (Arc::clone(&self.screen), self.tag | SCREEN_TAG);
        Publishing(tokio::spawn(async move {
            let mut interval = tokio::time::interval(Duration::from_millis(20));
            for frame in 0_u32.. {
                interval.tick().await;
                write_picture(&screen, tag, frame).await;
            }
        }))
    }

    /// Publishes sound until dropped, 50 packets per second, each as loud as `level` says of its counter.
    pub fn speak(&self, level: impl Fn(u32) -> u8 + Send + 'static) -> Publishing {
        let (audio, tag) = (Arc::clone(&self.audio), self.tag);
        Publishing(tokio::spawn(async move {
            let mut interval = tokio::time::interval(Duration::from_millis(20));
            for counter in 0_u32.. {
                interval.tick().await;
                let mut packet = packet(&audio, 111, tag, counter, counter * 960, false, &[]).await;
                let level = Bytes::from(vec![level(counter)]);
                packet.header.set_extension(AUDIO_LEVEL_ID, level).unwrap();
                audio.write_rtp(packet).await.ok();
            }
        }))
    }

    /// What arrived so far.
    pub fn arrived(&self) -> Vec<Arrived> {
        self.arrived.lock().unwrap().clone()
    }

    /// Forgets what arrived so far.
    pub fn forget(&self) {
        self.arrived.lock().unwrap().clear();
    }

    pub async fn close(&self) {
        self.connection.close().await.ok();
    }
}

/// Ends a publication when dropped.
pub struct Publishing(tokio::task::JoinHandle<()>);

impl Drop for Publishing {
    fn drop(&mut self) {
        self.0.abort();
    }
}

#[derive(Clone)]
struct Handler {
    gathered: mpsc::Sender<()>,
    arrived: Arc<Mutex<Vec<Arrived>>>,
}

#[async_trait::async_trait]
impl PeerConnectionEventHandler for Handler {
    async fn on_ice_gathering_state_change(&self, state: RTCIceGatheringState) {
        if state == RTCIceGatheringState::Complete {
            self.gathered.try_send(()).ok();
        }
    }

    async fn on_track(&self, track: Arc<dyn TrackRemote>) {
        let arrived = Arc::clone(&self.arrived);
        tokio::spawn(async move {
            let audio = track.kind().await == RtpCodecKind::Audio;
            while let Some(event) = track.poll().await {
                if let TrackRemoteEvent::OnRtpPacket(packet) = event
                    && let Some(packet) = read(audio, &packet)
                {
                    arrived.lock().unwrap().push(packet);
                }
            }
        });
    }
}

fn read(audio: bool, packet: &rtc::rtp::Packet) -> Option<Arrived> {
    let payload = &packet.payload[..];
    let descriptor = if audio { None } else { Vp8Descriptor::parse(payload) };
    let marked = payload.get(if audio { 0 } else { 6 }..)?;
    Some(Arrived {
        ssrc: packet.header.ssrc,
        sequence: packet.header.sequence_number,
        timestamp: packet.header.timestamp,
        kind: if audio { MediaKind::Audio } else { MediaKind::Video },
        tag: *marked.first()?,
        counter: u32::from_be_bytes(*marked.get(1..)?.first_chunk()?),
        picture_id: descriptor.and_then(|found| found.picture_id).map(|id| id.value),
        keyframe: descriptor.is_some_and(|found| found.starts_frame) && payload.get(5) == Some(&0),
    })
}

/// Four packets; every twenty-fifth picture is a key frame.
async fn write_picture(track: &TrackLocalStaticRTP, tag: u8, frame: u32) {
    for part in 0..4_u32 {
        let [.., high, low] = (0x8000 | (frame & 0x7fff)).to_be_bytes();
        let keyframe = frame.is_multiple_of(25);
        let [.., tl0] = frame.to_be_bytes();
        let first = if part == 0 { 0x90 } else { 0x80 };
        let start = [first, 0xc0, high, low, tl0, u8::from(!(keyframe && part == 0))];
        write(track, 96, tag, frame * 4 + part, frame * 1_800, part == 3, &start).await;
    }
}

async fn write(
    track: &TrackLocalStaticRTP,
    payload_type: u8,
    tag: u8,
    counter: u32,
    timestamp: u32,
    marker: bool,
    start: &[u8],
) {
    let packet = packet(track, payload_type, tag, counter, timestamp, marker, start).await;
    track.write_rtp(packet).await.ok();
}

async fn packet(
    track: &TrackLocalStaticRTP,
    payload_type: u8,
    tag: u8,
    counter: u32,
    timestamp: u32,
    marker: bool,
    start: &[u8],
) -> rtc::rtp::Packet {
    let mut payload = start.to_vec();
    payload.push(tag);
    payload.extend_from_slice(&counter.to_be_bytes());
    payload.resize(if start.is_empty() { 80 } else { 900 }, 0);
    let [.., high, low] = counter.to_be_bytes();
    let header = rtc::rtp::Header {
        version: 2,
        marker,
        payload_type,
        sequence_number: u16::from_be_bytes([high, low]).wrapping_add(65_000),
        timestamp,
        ssrc: *webrtc::media_stream::Track::ssrcs(track).await.first().unwrap(),
        ..rtc::rtp::Header::default()
    };
    let mut packet = rtc::rtp::Packet { header, payload: Bytes::from(payload) };
    if let ([first, .., high, low, _, frame], 0) = (start, tag & UNTOLD_TAG) {
        let starts = u8::from(first & 0x10 != 0) << 7;
        let mut descriptor = vec![starts | u8::from(marker) << 6, *high, *low];
        if *frame == 0 {
            // With the shortest structure there is: one layer, one template without dependencies.
            descriptor.extend_from_slice(&[0x80, 0, 0x80, 0]);
        }
        packet.header.set_extension(DEPENDENCY_ID, Bytes::from(descriptor)).unwrap();
    }
    packet
}

fn track(kind: RtpCodecKind, tag: u8) -> Arc<TrackLocalStaticRTP> {
    let audio = kind == RtpCodecKind::Audio;
    let ssrc = u32::from(tag) * 1_000 + u32::from(audio) * 10 + 1;
    let codec = RTCRtpCodec {
        mime_type: if audio { "audio/opus" } else { "video/VP8" }.to_owned(),
        clock_rate: if audio { 48_000 } else { 90_000 },
        channels: if audio { 2 } else { 0 },
        ..RTCRtpCodec::default()
    };
    let encoding = RTCRtpEncodingParameters {
        rtp_coding_parameters: RTCRtpCodingParameters {
            ssrc: Some(ssrc),
            rtx: (!audio).then_some(RTCRtpRtxParameters { ssrc: ssrc + 1 }),
            ..RTCRtpCodingParameters::default()
        },
        codec,
        ..RTCRtpEncodingParameters::default()
    };
    let name = format!("{kind}-{tag}");
    Arc::new(TrackLocalStaticRTP::new(MediaStreamTrack::new(
        name.clone(),
        name.clone(),
        name,
        kind,
        vec![encoding],
    )))
}

fn direction(direction: RTCRtpTransceiverDirection) -> RTCRtpTransceiverInit {
    RTCRtpTransceiverInit { direction, ..RTCRtpTransceiverInit::default() }
}

const AUDIO_LEVEL: &str = "urn:ietf:params:rtp-hdrext:ssrc-audio-level";
/// What the offers number it; they are looked at.
const AUDIO_LEVEL_ID: u8 = 5;
/// Says in the header which packets are of key frames.
pub const DEPENDENCY: &str =
    "https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension";
const DEPENDENCY_ID: u8 = 6;
/// Whoever has it does not say in the header which packets are of key frames.
pub const UNTOLD_TAG: u8 = 0x40;

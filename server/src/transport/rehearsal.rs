// SPDX-License-Identifier: EUPL-1.2
//! A relay whose keys are given instead of agreed, for benchmarks: one publisher of pictures, everybody
//! else receives them. Packets take the same way as in a media thread.

use std::net::{SocketAddr, UdpSocket};
use std::time::Instant;

use rtc_stun::attributes::{ATTR_USE_CANDIDATE, ATTR_USERNAME};
use rtc_stun::fingerprint::FINGERPRINT;
use rtc_stun::integrity::MessageIntegrity;
use rtc_stun::message::{BINDING_REQUEST, Message, Setter as _};
use shared::{MediaKind, Mid, Source};
use zeroize::Zeroizing;

use super::dtls::Identity;
use super::outlet::{Outlet, PART, UdpOutlet, Urgency};
use super::params::{CodecParams, IceCredentials, SenderParams, SlotParams, TransportParams};
use super::plane::{MediaCommand, Publication, Route, TransportId};
use super::relay::Relay;
use crate::media::Micros;
use crate::media::bytes::{count, low16, low32, put};
use crate::media::codec::Codec;
use crate::media::incoming::ExtensionIds;
use crate::media::packet::{HeaderFields, MAX_DATAGRAM, write_header};
use crate::media::srtp::{Opener, Sealer, SrtpSession};

/// The relay and its publisher.
pub struct Rehearsal {
    relay: Relay,
    publisher: SocketAddr,
    sealer: Sealer,
    now: Micros,
    next: u64,
    frames: u32,
}

impl Rehearsal {
    /// A relay in which a camera is sent to everybody in `subscribers`; `None` when it cannot be set up.
    pub fn new(publisher: SocketAddr, subscribers: &[SocketAddr]) -> Option<Self> {
        let identity = Identity::generate().ok()?;
        let mut relay = Relay::new(identity.clone(), origin());
        let now = Micros::from_millis(1);
        let feed = Publication { transport: TransportId(0), source: Source::Camera };
        let everybody = std::iter::once(&publisher).chain(subscribers);
        for (number, address) in (0..).zip(everybody) {
            let id = TransportId(number);
            let params = params(number, &identity)?;
            relay.handle_command(now, MediaCommand::Open { id, params: Box::new(params) });
            let mut check = check(number, &identity)?;
            relay.handle_datagram(now, *address, &mut check, &mut Collector::default());
            relay.peer_mut(id)?.srtp = Some(Box::new(keys(number)?));
            if number > 0 {
                let routes = vec![Route { mid: Mid::parse("1")?, feed, lines: u16::MAX }];
                relay.handle_command(now, MediaCommand::Routes { id, routes });
            }
        }
        let (id, source) = (feed.transport, feed.source);
        relay.handle_command(now, MediaCommand::Gate { id, source, open: true });
        let sealer = Sealer::new(&key(0), &SALT)?;
        Some(Self { relay, publisher, sealer, now, next: 1, frames: 0 })
    }

    /// Seals the next frame as its publisher does; one datagram for each of `datagrams`.
    pub fn publish(&mut self, datagrams: &mut [Vec<u8>]) -> Option<()> {
        let last = datagrams.len().checked_sub(1)?;
        for (at, datagram) in datagrams.iter_mut().enumerate() {
            let fields = HeaderFields {
                marker: at == last,
                payload_type: PAYLOAD_TYPE,
                sequence: low16(self.next),
                timestamp: self.frames.wrapping_mul(3_000),
                ssrc: SSRC,
            };
            datagram.resize(MAX_DATAGRAM, 0);
            let wide = low16(self.next).to_be_bytes();
            let header = write_header(datagram, fields, &[(MID_ID, b"0"), (WIDE_ID, &wide)])?;
            datagram.get_mut(header..header + PAYLOAD_LEN)?.fill(0x5a);
            put(datagram, header, &self.descriptor(at == 0))?;
            let sealed =
                self.sealer.seal_rtp(datagram, header, header + PAYLOAD_LEN, SSRC, self.next)?;
            datagram.truncate(sealed);
            self.next += 1;
        }
        self.frames = self.frames.wrapping_add(1);
        Some(())
    }

    /// Forwards a turn's datagrams of the publisher to an outlet that only collects; how many packets left.
    pub fn collect(&mut self, datagrams: &mut [Vec<u8>], collector: &mut Collector) -> u64 {
        collector.next = 0;
        self.forward(datagrams, collector)
    }

    /// Forwards a turn's datagrams of the publisher to a socket and ends the turn; how many packets left.
    pub fn send(&mut self, datagrams: &mut [Vec<u8>], sink: &mut UdpSink<'_>) -> u64 {
        let forwarded = self.forward(datagrams, &mut sink.0);
        // As if the time in which an outlet holds what can wait were over.
        sink.0.end_turn(self.now);
        sink.0.end_turn(self.now + super::outlet::HOLD);
        forwarded
    }

    fn forward(&mut self, datagrams: &mut [Vec<u8>], outlet: &mut impl Outlet) -> u64 {
        let before = self.relay.counters.packets_out;
        self.now = self.now + Micros::from_millis(1);
        for datagram in datagrams {
            self.relay.take_datagram(self.now, self.publisher, datagram, outlet);
        }
        self.relay.end_run(self.now, outlet);
        self.relay.counters.packets_out - before
    }

    /// The VP8 descriptor with all its numbers, and the first byte of a frame: the first is a key frame.
    fn descriptor(&self, starts: bool) -> [u8; 7] {
        let first = if starts { 0x90 } else { 0x80 };
        let [high, low] = (0x8000 | (low16(u64::from(self.frames)) & 0x7fff)).to_be_bytes();
        let [.., tl0] = self.frames.to_be_bytes();
        [first, 0xf0, high, low, tl0, 0, u8::from(self.frames > 0)]
    }
}

impl std::fmt::Debug for Rehearsal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rehearsal").field("frames", &self.frames).finish_non_exhaustive()
    }
}

/// Collects datagrams as the outlet of a media thread does, and forgets them where that would send them.
#[derive(Debug)]
pub struct Collector {
    buffers: Box<[[u8; MAX_DATAGRAM]]>,
    next: usize,
}

impl Default for Collector {
    fn default() -> Self {
        Self { buffers: vec![[0; MAX_DATAGRAM]; COLLECTED].into_boxed_slice(), next: 0 }
    }
}

impl Outlet for Collector {
    fn send(
        &mut self,
        _to: SocketAddr,
        _urgency: Urgency,
        write: impl FnOnce(&mut [u8]) -> Option<usize>,
    ) -> bool {
        let wrote = self.buffers.get_mut(self.next).and_then(|buffer| write(buffer)).is_some();
        self.next = (self.next + usize::from(wrote)) % COLLECTED;
        wrote
    }

    fn is_empty(&self) -> bool {
        self.next == 0
    }

    fn release(&mut self) {
        if self.next >= PART {
            self.next = 0;
        }
    }
}

/// The outlet of a media thread.
pub struct UdpSink<'socket>(UdpOutlet<'socket>);

impl<'socket> UdpSink<'socket> {
    /// Sends from that socket.
    pub fn new(socket: &'socket UdpSocket) -> Self {
        Self(UdpOutlet::new(socket))
    }

    /// Sends to each of `receivers` a frame of datagrams in which nothing is written, and ends the turn;
    /// how many.
    pub fn send_blank(&mut self, receivers: &[SocketAddr], frame: usize) -> u64 {
        for receiver in receivers {
            for _ in 0..frame {
                self.0.send(*receiver, Urgency::InRun, |_| Some(SEALED_LEN));
            }
            self.0.release();
        }
        self.0.end_turn(Micros(0));
        self.0.end_turn(super::outlet::HOLD);
        count(receivers.len() * frame)
    }

    /// How many datagrams the kernel did not take.
    pub const fn dropped(&self) -> u64 {
        self.0.dropped()
    }
}

impl std::fmt::Debug for UdpSink<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("UdpSink")
    }
}

pub(super) fn params(number: u64, identity: &Identity) -> Option<TransportParams> {
    let codec = CodecParams {
        codec: Codec::Vp8,
        payload_type: PAYLOAD_TYPE,
        rtx_payload_type: Some(PAYLOAD_TYPE + 1),
    };
    let ssrc = low32(1_000 + 2 * number);
    Some(TransportParams {
        local: IceCredentials {
            ufrag: format!("zooo{number}"),
            password: Zeroizing::new(PASSWORD.to_owned()),
        },
        remote_ufrag: "peer".to_owned(),
        fingerprint: identity.fingerprint(),
        ids: ExtensionIds { mid: MID_ID, transport_cc: WIDE_ID, ..ExtensionIds::default() },
        feedback_ssrc: 1,
        first_sequence: 1,
        first_timestamp: 1,
        senders: vec![SenderParams {
            mid: Mid::parse("0")?,
            source: Source::Camera,
            codecs: vec![codec],
            ssrcs: vec![(SSRC, false)],
            rids: Vec::new(),
        }],
        slots: vec![SlotParams {
            mid: Mid::parse("1")?,
            kind: MediaKind::Video,
            codecs: vec![codec],
            ssrc,
            rtx_ssrc: ssrc + 1,
            transport_cc: true,
            dependency: false,
        }],
    })
}

/// A nomination, as the peer with that number sends it.
pub(super) fn check(number: u64, identity: &Identity) -> Option<Vec<u8>> {
    let mut message = Message::new();
    message.set_type(BINDING_REQUEST);
    message.write_header();
    message.add(ATTR_USERNAME, format!("zooo{number}:peer").as_bytes());
    message.add(ATTR_USE_CANDIDATE, &[]);
    let password = PASSWORD.as_bytes().to_vec();
    MessageIntegrity::new_raw_integrity_with_provider(password, identity.crypto())
        .add_to(&mut message)
        .ok()?;
    FINGERPRINT.add_to(&mut message).ok()?;
    Some(message.raw)
}

pub(super) fn keys(number: u64) -> Option<SrtpSession> {
    let key = key(number);
    Some(SrtpSession { opener: Opener::new(&key, &SALT)?, sealer: Sealer::new(&key, &SALT)? })
}

pub(super) fn key(number: u64) -> [u8; 32] {
    let mut key = [0x2a; 32];
    for (byte, of) in key.iter_mut().zip(number.to_be_bytes()) {
        *byte ^= of;
    }
    key
}

#[expect(clippy::disallowed_methods, reason = "the origin of a relay that never looks at a clock")]
pub(super) fn origin() -> Instant {
    Instant::now()
}

/// Bytes of media in a packet: with what goes around it, 1,200 before sealing.
pub const PAYLOAD_LEN: usize = 1_180;
/// A packet as it leaves: extended by its header, and sealed.
const SEALED_LEN: usize = 1_217;
const COLLECTED: usize = 2_048;
const PASSWORD: &str = "a password of benchmarks, 32 long";
pub(super) const PAYLOAD_TYPE: u8 = 96;
pub(super) const SALT: [u8; 12] = *b"salt of 12 b";
pub(super) const SSRC: u32 = 7;
pub(super) const MID_ID: u8 = 4;
pub(super) const WIDE_ID: u8 = 3;

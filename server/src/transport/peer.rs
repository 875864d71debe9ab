// SPDX-License-Identifier: EUPL-1.2
//! One transport without its socket: ICE, DTLS, SRTP, its publications coming in, its slots going out.

use std::net::SocketAddr;
use std::time::Instant;

use shared::{Layer, MediaKind, Source};

use super::bounds::least;
use super::counters::MediaCounters;
use super::dtls::{Dtls, Identity, Progress};
use super::ice::{Check, IceLite, Verdict};
use super::outlet::{Outlet, Urgency};
use super::pacing::Backlog;
use super::params::TransportParams;
use super::plane::{TransportFailure, TransportId};
use super::sender::{Binding, Sender, Stream};
use super::sending::RepeatBudget;
use super::slot::Slot;
use super::sounds::Hearing;
use crate::media::Micros;
use crate::media::allocate::Allocator;
use crate::media::estimate::Estimator;
use crate::media::history::{Body, PacketMeta};
use crate::media::incoming::{Discard, ExtensionIds, Incoming, Opened, transport_sequence};
use crate::media::intake::Intake;
use crate::media::pacer::Pacer;
use crate::media::packet::RtpHeader;
use crate::media::rate::RateMeter;
use crate::media::rtcp::ReportBlock;
use crate::media::srtp::{MAX_SOURCES, SrtpSession};
use crate::media::twcc::TwccRecorder;
use crate::media::voice::Voice;

/// A transport.
#[derive(Debug)]
pub(super) struct Peer {
    id: TransportId,
    pub(super) ice: IceLite,
    pub(super) dtls: Dtls,
    pub(super) srtp: Option<Box<SrtpSession>>,
    failed: bool,
    pub(super) ids: ExtensionIds,
    pub(super) feedback_ssrc: u32,
    bindings: Vec<Binding>,
    pub(super) senders: Vec<Sender>,
    pub(super) slots: Vec<Slot>,
    pub(super) hearing: Hearing,
    /// Whether the peer speaks itself.
    pub(super) voice: Voice,
    pub(super) arrivals: TwccRecorder,
    pub(super) lost: Vec<u16>,
    pub(super) blocks: Vec<ReportBlock>,
    opened: Micros,
    pub(super) reported: Micros,
    pub(super) repeats: RepeatBudget,
    /// What the path to the peer carries, and which pictures are sent on it.
    pub(super) path: Estimator,
    pub(super) allocator: Allocator,
    /// How fast pictures are sent on it, and what of them waits.
    pub(super) pacer: Pacer,
    pub(super) backlog: Backlog,
    /// What it may be sent at most, whatever its path carries.
    pub(super) bound: Option<u64>,
    /// What it may send.
    pub(super) intake: Intake,
    /// How much sound is sent to the peer.
    pub(super) sound: RateMeter,
}

/// A packet ready to be forwarded.
#[derive(Debug)]
pub(super) struct Received<'datagram> {
    pub(super) source: Source,
    pub(super) layer: Layer,
    pub(super) meta: PacketMeta,
    pub(super) body: Body<'datagram>,
    /// Whether it goes to other threads, too.
    pub(super) is_exported: bool,
}

impl Peer {
    pub(super) fn new(
        now: Micros,
        id: TransportId,
        params: TransportParams,
        identity: &Identity,
        origin: Instant,
    ) -> Option<Self> {
        let TransportParams { first_sequence, first_timestamp, .. } = params;
        let mut bindings = Vec::new();
        let mut senders = Vec::with_capacity(params.senders.len());
        for (sender, line) in params.senders.into_iter().enumerate() {
            let listed = line.ssrcs.iter();
            bindings.extend(listed.map(|&(ssrc, repairs)| Binding {
                ssrc,
                sender,
                stream: 0,
                repairs,
            }));
            senders.push(Sender::new(line));
        }
        bindings.truncate(MAX_SOURCES);
        let slots = params.slots.into_iter();
        let slots: Vec<_> =
            slots.map(|slot| Slot::new(slot, first_sequence, first_timestamp)).collect();
        let mut hearing = Hearing::default();
        hearing.add_slots(&slots, 0);
        Some(Self {
            id,
            ice: IceLite::new(now, params.local, params.remote_ufrag),
            dtls: Dtls::new(identity, params.fingerprint, origin)?,
            srtp: None,
            failed: false,
            ids: params.ids,
            feedback_ssrc: params.feedback_ssrc,
            bindings,
            senders,
            slots,
            hearing,
            voice: Voice::default(),
            arrivals: TwccRecorder::new(),
            lost: Vec::new(),
            blocks: Vec::new(),
            opened: now,
            reported: now,
            repeats: RepeatBudget::new(now),
            path: Estimator::new(),
            allocator: Allocator::default(),
            pacer: Pacer::default(),
            backlog: Backlog::default(),
            bound: None,
            intake: Intake::new(now, None),
            sound: RateMeter::of(Source::Microphone),
        })
    }

    /// Takes the slots behind those there are.
    pub(super) fn grow(&mut self, params: TransportParams) {
        let TransportParams { first_sequence, first_timestamp, .. } = params;
        let known = self.slots.len();
        let more = params.slots.into_iter().skip(known);
        self.slots.extend(more.map(|slot| Slot::new(slot, first_sequence, first_timestamp)));
        self.hearing.add_slots(&self.slots, known);
    }

    pub(super) const fn id(&self) -> TransportId {
        self.id
    }

    /// Whether packets can be sent to it.
    pub(super) const fn is_keyed(&self) -> bool {
        self.srtp.is_some()
    }

    pub(super) fn ufrag(&self) -> &[u8] {
        self.ice.ufrag()
    }

    pub(super) fn slots(&mut self) -> &mut [Slot] {
        &mut self.slots
    }

    /// The publication of that source, if the peer has one.
    pub(super) fn sender(&mut self, source: Source) -> Option<&mut Sender> {
        self.senders.iter_mut().find(|sender| sender.source == source)
    }

    /// One encoding of it.
    pub(super) fn incoming(&mut self, source: Source, layer: Layer) -> Option<&mut Incoming> {
        self.sender(source)?.encoding(layer)
    }

    /// Answers a check addressed to this transport.
    pub(super) fn handle_check(
        &mut self,
        now: Micros,
        from: SocketAddr,
        check: &mut Check,
        identity: &Identity,
        answer: &mut Vec<u8>,
    ) -> Verdict {
        self.ice.answer(now, from, check, identity.crypto(), answer)
    }

    /// Takes a DTLS datagram from an address of the peer; `Some` when the transport got on or failed.
    pub(super) fn handle_dtls(
        &mut self,
        now: Micros,
        datagram: &[u8],
        outlet: &mut impl Outlet,
    ) -> Option<Result<(), TransportFailure>> {
        if self.failed {
            return None;
        }
        let progress = self.dtls.handle(now, datagram);
        self.follow(progress, outlet)
    }

    /// Opens an RTP packet and decides whether it goes on.
    pub(super) fn handle_rtp<'datagram>(
        &mut self,
        now: Micros,
        datagram: &'datagram mut [u8],
        counters: &mut MediaCounters,
    ) -> Option<Received<'datagram>> {
        let srtp = self.srtp.as_mut()?;
        let header = RtpHeader::parse(datagram)?;
        let bound = self.bindings.iter().find(|binding| binding.ssrc == header.ssrc).copied();
        let binding = bound.or_else(|| bind(&self.senders, &header, datagram, self.ids));
        let sender = binding.and_then(|binding| self.senders.get(binding.sender));
        let kind = sender.map_or(MediaKind::Video, |sender| sender.source.kind());
        if self.intake.is_spent(kind) {
            counters.limit_up += 1;
            return None;
        }
        let opened = binding.and_then(|_| srtp.opener.open_rtp(datagram, &header).ok());
        let (Some(binding), Some(len)) = (binding, opened) else {
            counters.srtp_failures += 1;
            return None;
        };
        // Only who has finished the handshake has the keys.
        self.dtls.settle();
        if bound.is_none() && self.bindings.len() < MAX_SOURCES {
            self.bindings.push(binding);
        }
        self.intake.record(kind, datagram.len());
        counters.packets_in += 1;
        counters.bytes_in += crate::media::bytes::count(datagram.len());
        let packet = datagram.get(..len)?;
        if let Some(sequence) = transport_sequence(&header, packet, self.ids) {
            self.arrivals.record(now, sequence);
        }
        let sender = self.senders.get_mut(binding.sender)?;
        let codec = sender.codec(header.payload_type);
        let Sender { source, streams, exports, .. } = sender;
        let Stream { layer, incoming, .. } = streams.get_mut(binding.stream)?;
        let accepted = match codec {
            Some((codec, repairs)) if repairs == binding.repairs => {
                let opened = Opened { header, packet, ids: self.ids, codec };
                if repairs {
                    let repaired = incoming.accept_retransmission(now, opened);
                    repaired.inspect(|_| counters.rtx_in += 1)
                } else {
                    incoming.accept(now, opened)
                }
            }
            Some(_) | None => Err(Discard::Malformed),
        };
        match accepted {
            Ok((meta, body)) => {
                if *source == Source::Microphone {
                    self.voice.hear(now, meta.audio_level);
                }
                let is_exported = !exports.is_empty();
                Some(Received { source: *source, layer: *layer, meta, body, is_exported })
            }
            Err(Discard::GateClosed) => {
                counters.gate_dropped += 1;
                None
            }
            Err(Discard::Duplicate | Discard::Padding | Discard::Malformed) => {
                counters.discarded += 1;
                None
            }
        }
    }

    /// Does what time asks for; `Some` when the transport got on or failed.
    pub(super) fn handle_timeout(
        &mut self,
        now: Micros,
        outlet: &mut impl Outlet,
        counters: &mut MediaCounters,
    ) -> Option<Result<(), TransportFailure>> {
        if self.failed {
            return None;
        }
        if self.ice.is_expired(now) {
            self.failed = true;
            return Some(Err(TransportFailure::ConsentExpired));
        }
        let is_late = now.since(self.opened) > HANDSHAKE_LIFETIME;
        if self.srtp.is_none() {
            if is_late {
                self.failed = true;
                return Some(Err(TransportFailure::Handshake));
            }
            let progress = self.dtls.handle_timeout(now);
            return self.follow(progress, outlet);
        }
        if is_late {
            // Who only listens may never have said anything under the new keys.
            self.dtls.settle();
        }
        self.intake.refill(now);
        self.send_feedback(now, outlet, counters);
        self.send_padding(now, outlet);
        None
    }

    /// Sends pictures as fast as the path carries them, and no faster than they may be.
    pub(super) fn pace(&mut self) {
        self.pacer.set_estimate(least(self.path.estimate(), self.bound));
    }

    /// Whether the time alone asks for little: it is connected, has sent nothing and its path is not probed.
    pub(super) fn rests(&self) -> bool {
        let mut streams = self.senders.iter().flat_map(|sender| &sender.streams);
        let sends = streams.any(|stream| stream.incoming.ssrc().is_some());
        self.srtp.is_some() && !sends && !self.path.wants_more()
    }

    /// Whether it is to be looked at again within milliseconds: it is not connected yet, its path is probed, or what it
    /// sends lacks something.
    pub(super) fn hurries(&self) -> bool {
        let mut streams = self.senders.iter().flat_map(|sender| &sender.streams);
        self.srtp.is_none()
            || self.path.wants_more()
            || streams.any(|stream| stream.incoming.waits())
    }

    /// Whether its path loses something or carries less than is wished.
    pub(super) fn is_uneasy(&self) -> bool {
        self.path.wants_more() || self.path.loss() > 0
    }

    fn follow(
        &mut self,
        progress: Progress,
        outlet: &mut impl Outlet,
    ) -> Option<Result<(), TransportFailure>> {
        while let Some(datagram) = self.dtls.poll() {
            if let Some(remote) = self.ice.remote() {
                let bytes = datagram.as_ref();
                outlet.send(remote, Urgency::Now, |out| {
                    crate::media::bytes::put(out, 0, bytes).map(|()| bytes.len())
                });
            }
        }
        match progress {
            Progress::None => None,
            Progress::Keyed(session) => {
                self.srtp = Some(session);
                Some(Ok(()))
            }
            Progress::Failed(failure) => {
                self.failed = true;
                Some(Err(failure))
            }
        }
    }
}

/// Which stream a source that was not heard of before says it belongs to.
fn bind(
    senders: &[Sender],
    header: &RtpHeader,
    datagram: &[u8],
    ids: ExtensionIds,
) -> Option<Binding> {
    let mut senders = senders.iter().enumerate();
    let find = |(at, sender): (usize, &Sender)| {
        sender.find(header, datagram, ids).map(|found| (at, found))
    };
    let (sender, (stream, repairs)) = senders.find_map(find)?;
    Some(Binding { ssrc: header.ssrc, sender, stream, repairs })
}

/// Larger leaves dead transports around; smaller fails peers on bad networks.
const HANDSHAKE_LIFETIME: Micros = Micros::from_millis(30_000);

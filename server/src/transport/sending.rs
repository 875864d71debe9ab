// SPDX-License-Identifier: EUPL-1.2
//! What a transport sends to its peer: packets and reports of others, feedback of its own.

use std::net::SocketAddr;

use shared::{Layer, MediaKind};

use super::counters::MediaCounters;
use super::outlet::{Outlet, Urgency};
use super::peer::Peer;
use super::sender::Stream;
use super::slot::Stamp;
use crate::media::Micros;
use crate::media::estimate::Purpose;
use crate::media::forwarder::Withheld;
use crate::media::history::{Body, PacketMeta};
use crate::media::plain::Plain;
use crate::media::rewriter::Rewritten;
use crate::media::rtcp::{self, ReportBlock, SenderReport};
use crate::media::srtp::{RTCP_OVERHEAD, Sealer};

/// A packet of a publication, on its way into slots.
#[derive(Clone, Copy, Debug)]
pub(super) struct Packet<'body> {
    /// Its encoding.
    pub(super) layer: Layer,
    pub(super) meta: &'body PacketMeta,
    pub(super) body: Body<'body>,
}

/// A packet of which everybody whom it goes to is sent a version: it lies here so that each writes its own numbers
/// into it.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) layer: Layer,
    pub(super) meta: PacketMeta,
    /// See [`Body::dependency`].
    pub(super) dependency: Vec<u8>,
    pub(super) plain: Plain,
}

impl Draft {
    /// Takes a packet in the place of the one before.
    pub(super) fn load(&mut self, packet: Packet<'_>) {
        self.layer = packet.layer;
        self.meta = *packet.meta;
        self.dependency.clear();
        self.dependency.extend_from_slice(packet.body.dependency);
        self.plain.load(packet.body.payload);
    }
}

impl Default for Draft {
    fn default() -> Self {
        let (meta, plain) = (PacketMeta::default(), Plain::default());
        Self { layer: Layer::High, meta, dependency: Vec::new(), plain }
    }
}

impl Peer {
    /// Sends a packet of another transport into a slot.
    pub(super) fn pass(
        &mut self,
        now: Micros,
        slot: usize,
        draft: &mut Draft,
        outlet: &mut impl Outlet,
    ) -> Result<(), Withheld> {
        let into = self.slots.get_mut(slot).filter(|_| self.srtp.is_some());
        let into = into.ok_or(Withheld::Silent)?;
        let numbers = into.admit(now, draft.layer, &draft.meta)?;
        // A picture is shown when its last packet is there; sound waits for nothing.
        let urgency = match into.kind() {
            MediaKind::Video if !numbers.marker => Urgency::InRun,
            MediaKind::Audio | MediaKind::Video => Urgency::Now,
        };
        if into.kind() == MediaKind::Video
            && let Some(feed) = into.feed()
            && !(self.backlog.is_empty() && self.pacer.is_free(now))
        {
            let waits = self.backlog.push((slot, feed), draft, numbers);
            return Err(if waits { Withheld::Waits } else { Withheld::Overflows });
        }
        self.send(now, slot, draft, (numbers, urgency), outlet);
        Ok(())
    }

    /// Sends a packet that has its numbers.
    pub(super) fn send(
        &mut self,
        now: Micros,
        slot: usize,
        draft: &mut Draft,
        (numbers, urgency): (Rewritten, Urgency),
        outlet: &mut impl Outlet,
    ) {
        let stamp = self.stamp();
        let (Some(srtp), Some(remote)) = (&self.srtp, self.ice.remote()) else { return };
        let Some(slot) = self.slots.get_mut(slot) else { return };
        let sealer = &srtp.sealer;
        let mut len = 0;
        outlet.send(remote, urgency, |out| {
            len = slot.write(out, numbers, draft, stamp, sealer)?;
            Some(len)
        });
        if slot.kind() == MediaKind::Audio {
            self.sound.record(now, len);
        }
        if slot.is_stamped() && len > 0 {
            self.path.record(now, len, Purpose::Media);
        }
        self.pacer.record(now, len);
    }

    /// The publisher's number of a packet asked for, if it may be sent again at this moment.
    pub(super) fn find_lost(
        &mut self,
        now: Micros,
        slot: usize,
        sequence: u16,
    ) -> Option<(u64, u64)> {
        let found = self.slots.get_mut(slot)?.find_lost(now, sequence)?;
        self.repeats.take(now).then_some(found)
    }

    /// Sends a packet again; whether it was sent.
    pub(super) fn repeat(
        &mut self,
        now: Micros,
        slot: usize,
        original: u64,
        packet: (&PacketMeta, Body<'_>),
        outlet: &mut impl Outlet,
    ) -> bool {
        let stamp = self.stamp();
        let (Some(srtp), Some(remote)) = (&self.srtp, self.ice.remote()) else { return false };
        let Some(slot) = self.slots.get_mut(slot) else { return false };
        let sealer = &srtp.sealer;
        let mut len = 0;
        outlet.send(remote, Urgency::Now, |out| {
            len = slot.write_retransmission(out, original, packet.0, packet.1, stamp, sealer)?;
            Some(len)
        });
        if slot.is_stamped() && len > 0 {
            self.path.record(now, len, Purpose::Media);
        }
        self.pacer.record(now, len);
        len > 0
    }

    /// Sends what the estimate of the path wants to be sent beyond the media, to see whether it fits.
    pub(super) fn send_padding(&mut self, now: Micros, outlet: &mut impl Outlet) {
        let mut due = self.path.padding(now);
        while due > 0 {
            let stamp = self.stamp();
            let (Some(srtp), Some(remote)) = (&self.srtp, self.ice.remote()) else { return };
            let Some(slot) = self.slots.iter_mut().find(|slot| slot.carries_padding()) else {
                return;
            };
            let sealer = &srtp.sealer;
            let mut len = 0;
            outlet.send(remote, Urgency::Now, |out| {
                len = slot.write_padding(out, stamp, sealer)?;
                Some(len)
            });
            if len == 0 {
                return;
            }
            self.path.record(now, len, Purpose::Probe);
            due = due.saturating_sub(len);
        }
    }

    /// Sends a publisher's report into a slot.
    pub(super) fn forward_report(
        &mut self,
        now: Micros,
        slot: usize,
        (layer, report): (Layer, &SenderReport),
        outlet: &mut impl Outlet,
    ) {
        let (Some(srtp), Some(remote)) = (&mut self.srtp, self.ice.remote()) else { return };
        let Some(slot) = self.slots.get_mut(slot) else { return };
        send_rtcp(&mut srtp.sealer, remote, outlet, |out| {
            slot.write_report(out, now, layer, report)
        });
    }

    fn stamp(&self) -> Stamp {
        Stamp { ids: self.ids, number: self.path.number() }
    }

    /// Tells the publisher what is missing, what arrived and who waits for a key frame.
    pub(super) fn send_feedback(
        &mut self,
        now: Micros,
        outlet: &mut impl Outlet,
        counters: &mut MediaCounters,
    ) {
        let (Some(srtp), Some(remote)) = (&mut self.srtp, self.ice.remote()) else { return };
        let sealer = &mut srtp.sealer;
        let own = self.feedback_ssrc;
        let mut any = 0;
        let streams = self.senders.iter_mut().flat_map(|sender| &mut sender.streams);
        for Stream { incoming, .. } in streams {
            let Some(ssrc) = incoming.ssrc() else { continue };
            any = ssrc;
            self.lost.clear();
            incoming.lost(now, &mut self.lost);
            if !self.lost.is_empty() {
                counters.nacks_sent += crate::media::bytes::count(self.lost.len());
                let lost = &self.lost;
                send_rtcp(sealer, remote, outlet, |out| rtcp::write_nack(out, own, ssrc, lost));
            }
            if incoming.is_open() && incoming.keyframes.take_due(now) {
                counters.plis_sent += 1;
                send_rtcp(sealer, remote, outlet, |out| rtcp::write_pli(out, own, ssrc));
            }
        }
        if self.arrivals.is_due(now) {
            let arrivals = &mut self.arrivals;
            while send_rtcp(sealer, remote, outlet, |out| arrivals.write(now, out, own, any)) {
                counters.feedback_sent += 1;
            }
        }
        let interval = if any == 0 { EMPTY_REPORT_INTERVAL } else { REPORT_INTERVAL };
        if now.since(self.reported) >= interval {
            self.reported = now;
            self.blocks.clear();
            for sender in &mut self.senders {
                let onward = sender.onward_loss();
                let streams = sender.streams.iter_mut();
                self.blocks.extend(streams.filter_map(|Stream { incoming, .. }| {
                    let ssrc = incoming.ssrc()?;
                    let block = incoming.reception().report(now, ssrc)?;
                    Some(ReportBlock { fraction_lost: block.fraction_lost.max(onward), ..block })
                }));
            }
            let blocks = &self.blocks;
            send_rtcp(sealer, remote, outlet, |out| rtcp::write_receiver_report(out, own, blocks));
            // Said again with each report: the word may be lost.
            if let Some(most) = self.intake.told().filter(|_| any != 0) {
                send_rtcp(sealer, remote, outlet, |out| rtcp::write_most(out, own, most, any));
            }
        }
    }
}

/// Keeps a subscriber from making the relay send without end: one packet per millisecond on average.
#[derive(Debug)]
pub(super) struct RepeatBudget {
    left: u64,
    at: Micros,
}

impl RepeatBudget {
    pub(super) const fn new(now: Micros) -> Self {
        Self { left: MAX_REPEATS, at: now }
    }

    fn take(&mut self, now: Micros) -> bool {
        let millis = now.since(self.at).0 / 1_000;
        self.left = (self.left + millis).min(MAX_REPEATS);
        self.at = self.at + Micros::from_millis(millis);
        let allowed = self.left > 0;
        self.left = self.left.saturating_sub(1);
        allowed
    }
}

/// Lets `write` fill a buffer with RTCP, seals it and sends it; whether there was something to send.
fn send_rtcp(
    sealer: &mut Sealer,
    remote: SocketAddr,
    outlet: &mut impl Outlet,
    write: impl FnOnce(&mut [u8]) -> Option<usize>,
) -> bool {
    outlet.send(remote, Urgency::Now, |out| {
        let len = write(out.get_mut(..MAX_RTCP_LEN - RTCP_OVERHEAD)?)?;
        sealer.seal_rtcp(out, len)
    })
}

const REPORT_INTERVAL: Micros = Micros::from_millis(1_000);
/// Of reports that tell of nothing received: as often as RFC 3550 §6.2 wants them at least. Shorter, everybody who only
/// listens costs more datagrams.
const EMPTY_REPORT_INTERVAL: Micros = Micros::from_millis(5_000);
/// What every path carries without fragments.
const MAX_RTCP_LEN: usize = 1_200;
const MAX_REPEATS: u64 = 500;

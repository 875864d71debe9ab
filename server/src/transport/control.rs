// SPDX-License-Identifier: EUPL-1.2
//! RTCP of the peers: what they report, and what they ask of each other.

use std::net::SocketAddr;

use shared::{Layer, Source};

use super::counters::MediaCounters;
use super::mirrors::both;
use super::outlet::Outlet;
use super::peer::Peer;
use super::plane::Publication;
use super::relay::Relay;
use super::sender::{Sender, Stream};
use crate::media::Micros;
use crate::media::rtcp::{self, Message, SenderReport};

/// What RTCP of a peer asks of others.
#[derive(Clone, Copy, Debug)]
pub(super) enum Request {
    /// A packet of a slot, by the number it went out with.
    Lost { slot: usize, sequence: u16 },
    /// A key frame for a slot.
    Keyframe { slot: usize },
    /// A publisher's report for all who receive that source in that layer.
    Report { source: Source, layer: Layer, report: SenderReport },
}

impl Relay {
    pub(super) fn handle_rtcp(
        &mut self,
        now: Micros,
        from: SocketAddr,
        datagram: &mut [u8],
        outlet: &mut impl Outlet,
    ) {
        let Some(place) = self.place_of(from) else { return };
        let Some(peer) = self.peers.get_mut(place).and_then(Option::as_mut) else { return };
        let transport = peer.id();
        let mut requests = std::mem::take(&mut self.requests);
        peer.handle_rtcp(now, datagram, &mut self.counters, &mut requests);
        if peer.is_uneasy() {
            self.allotment.wake(place);
        }
        for request in requests.drain(..) {
            match request {
                Request::Lost { slot, sequence } => self.repeat(now, place, slot, sequence, outlet),
                Request::Keyframe { slot } => {
                    if let Some((feed, layer)) = self.lacks(place, slot) {
                        self.request_keyframe(feed, layer);
                    }
                }
                Request::Report { source, layer, report } => {
                    let publication = Publication { transport, source };
                    self.pass_report_on(publication, (layer, &report));
                    self.forward_report(now, publication, (layer, &report), outlet);
                }
            }
        }
        self.requests = requests;
    }

    /// Answers one number of a NACK from the publisher's history.
    fn repeat(
        &mut self,
        now: Micros,
        place: usize,
        slot: usize,
        sequence: u16,
        outlet: &mut impl Outlet,
    ) {
        let Some((feed, layer)) = self.feed(place, slot) else { return };
        let from = (feed, self.by_id.get(&feed.transport).copied());
        let Some((peer, stream)) = both(&mut self.peers, &mut self.mirrors, place, from, layer)
        else {
            return;
        };
        let Some((out, sequence)) = peer.find_lost(now, slot, sequence) else { return };
        if let Some(packet) = stream.find(sequence)
            && peer.repeat(now, slot, out, packet, outlet)
        {
            self.counters.packets_out += 1;
            self.counters.rtx_out += 1;
        }
    }

    pub(super) fn forward_report(
        &mut self,
        now: Micros,
        publication: Publication,
        report: (Layer, &SenderReport),
        outlet: &mut impl Outlet,
    ) {
        for subscription in self.subscriptions.of(publication) {
            if let Some(peer) = self.peers.get_mut(subscription.peer).and_then(Option::as_mut)
                && let Some(slot) = peer.slot_for(publication.source, *subscription)
            {
                peer.forward_report(now, slot, report, outlet);
            }
        }
    }

    /// What feeds a slot, and the encoding that is sent.
    fn feed(&mut self, place: usize, slot: usize) -> Option<(Publication, Layer)> {
        let slot = self.peers.get_mut(place)?.as_mut()?.slots().get(slot)?;
        Some((slot.feed()?, slot.encoding()?))
    }

    /// What feeds a slot, and the layer that is sent or waited for.
    fn lacks(&mut self, place: usize, slot: usize) -> Option<(Publication, Layer)> {
        let slot = self.peers.get_mut(place)?.as_mut()?.slots().get(slot)?;
        Some((slot.feed()?, slot.current().or_else(|| slot.awaits())?))
    }
}

impl Peer {
    /// Opens an RTCP packet and collects what it asks of others.
    pub(super) fn handle_rtcp(
        &mut self,
        now: Micros,
        datagram: &mut [u8],
        counters: &mut MediaCounters,
        requests: &mut Vec<Request>,
    ) {
        let Some(srtp) = self.srtp.as_mut() else { return };
        let Ok(len) = srtp.opener.open_rtcp(datagram) else {
            counters.srtp_failures += 1;
            return;
        };
        self.dtls.settle();
        let messages = rtcp::parse(datagram.get(..len).unwrap_or_default());
        for message in messages.take(MAX_MESSAGES) {
            match message {
                Message::SenderReport(report, blocks) => {
                    self.handle_sender_report(now, report, requests);
                    self.handle_report_blocks(now, blocks);
                }
                Message::ReceiverReport(blocks) => self.handle_report_blocks(now, blocks),
                Message::Nack { media_ssrc, lost } => {
                    if let Some(slot) = self.slot_of(media_ssrc) {
                        for sequence in lost.take(MAX_LOST_PER_MESSAGE) {
                            counters.nacks_received += 1;
                            requests.push(Request::Lost { slot, sequence });
                        }
                    }
                }
                Message::KeyframeRequest { media_ssrc } => {
                    if let Some(slot) = self.slot_of(media_ssrc) {
                        counters.plis_received += 1;
                        requests.push(Request::Keyframe { slot });
                    }
                }
                Message::TransportFeedback(feedback) => {
                    self.path.handle_feedback(now, feedback);
                    self.pace();
                }
            }
        }
    }

    fn handle_sender_report(
        &mut self,
        now: Micros,
        report: SenderReport,
        requests: &mut Vec<Request>,
    ) {
        for Sender { source, streams, .. } in &mut self.senders {
            for Stream { layer, incoming, .. } in streams {
                if incoming.ssrc() == Some(report.ssrc) {
                    incoming.reception().record_report(now, &report);
                    if incoming.is_open() {
                        requests.push(Request::Report { source: *source, layer: *layer, report });
                    }
                }
            }
        }
    }

    fn handle_report_blocks(&mut self, now: Micros, blocks: rtcp::ReportBlocks<'_>) {
        for block in blocks {
            for slot in self.slots.iter_mut().filter(|slot| slot.sends(block.ssrc)) {
                slot.handle_report(now, &block);
            }
        }
    }

    fn slot_of(&self, ssrc: u32) -> Option<usize> {
        self.slots.iter().position(|slot| slot.sends(ssrc))
    }
}

/// Of one datagram. Larger, a datagram of tiny messages costs as much as a thousand; smaller, a browser with
/// many pictures is not heard out.
const MAX_MESSAGES: usize = 32;
const MAX_LOST_PER_MESSAGE: usize = 256;

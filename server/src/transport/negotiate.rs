// SPDX-License-Identifier: EUPL-1.2
//! Answers a browser's offer: ICE-lite, passive DTLS, one bundle, fixed sources per slot.

use core::fmt;

use shared::{MediaKind, Mid, Source};

use super::answer::Answer;
use super::offer::Offer;
use super::params::{LocalTransport, SenderParams, SlotParams, TransportParams};

/// An answered offer.
pub struct Negotiated {
    /// The SDP for the browser.
    pub answer: String,
    /// The lines on which the browser sends, as asked for.
    pub senders: Vec<(Mid, Source)>,
    /// The lines on which it receives, in the order of the offer.
    pub slots: Vec<(Mid, MediaKind)>,
    /// What the media thread needs to know.
    pub transport: TransportParams,
}

impl fmt::Debug for Negotiated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Negotiated").field("slots", &self.slots.len()).finish_non_exhaustive()
    }
}

/// Why an offer cannot be answered.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum NegotiationError {
    /// More text than any browser writes.
    #[error("cannot answer offer: too large")]
    TooLarge,
    /// Not SDP.
    #[error("cannot answer offer: malformed")]
    Malformed,
    /// More than 64 media lines.
    #[error("cannot answer offer: too many media lines")]
    TooManyLines,
    /// A media line outside the bundle (RFC 8843).
    #[error("cannot answer offer: media lines are not bundled")]
    NoBundle,
    /// A media line without `a=rtcp-mux` (RFC 5761).
    #[error("cannot answer offer: RTCP is not multiplexed")]
    NoMultiplexing,
    /// No ICE user name.
    #[error("cannot answer offer: no ICE credentials")]
    NoIceCredentials,
    /// No SHA-256 fingerprint.
    #[error("cannot answer offer: no SHA-256 fingerprint")]
    NoFingerprint,
    /// The peer does not want to open the DTLS connection.
    #[error("cannot answer offer: the peer is not the active side")]
    NotActive,
    /// A line of sound without Opus.
    #[error("cannot answer offer: no codec of sound in common")]
    NoSound,
    /// A line of pictures without a codec that is used here.
    #[error("cannot answer offer: no codec of pictures in common")]
    NoPicture,
    /// A sender that is not among the media lines, is of another kind, does not send or is named twice.
    #[error("cannot answer offer: a sender does not fit its media line")]
    SenderMismatch,
    /// Two media lines with one identification.
    #[error("cannot answer offer: a media line is named twice")]
    DuplicateMid,
    /// The process cannot draw random numbers.
    #[error("cannot answer offer: no random numbers")]
    NoRandomness,
}

/// Answers an offer; `senders` says which lines carry which source, all others are slots.
pub fn negotiate(
    offer_sdp: &str,
    senders: &[(Mid, Source)],
    local: &LocalTransport,
) -> Result<Negotiated, NegotiationError> {
    let offer = Offer::parse(offer_sdp)?;
    check_mids(&offer)?;
    check_senders(&offer, senders)?;
    let mut ssrcs = Ssrcs::new(&offer, local.first_ssrc);
    let mut answer = Answer::start(&offer, local);
    let mut params = TransportParams {
        local: local.credentials.clone(),
        remote_ufrag: offer.ufrag.clone(),
        fingerprint: offer.fingerprint,
        ids: offer.ids,
        feedback_ssrc: ssrcs.draw(),
        first_sequence: local.first_sequence,
        first_timestamp: local.first_timestamp,
        senders: Vec::new(),
        slots: Vec::new(),
    };
    for line in &offer.lines {
        let (Some(media), Some(mid)) = (&line.media, &line.mid) else {
            answer.refuse(line);
            continue;
        };
        let known = media.received(&local.codecs);
        if known.is_empty() {
            return Err(nothing_in_common(media.kind));
        }
        let sender = senders.iter().find(|(sender, _)| sender == mid);
        if let Some((_, source)) = sender {
            let sent = media.sent(&local.codecs, *source);
            answer.receive(line, mid, media, &sent);
            params.senders.push(SenderParams {
                mid: mid.clone(),
                source: *source,
                codecs: sent.iter().map(|codec| codec.params).collect(),
                ssrcs: if media.rids.is_empty() { media.ssrcs.clone() } else { Vec::new() },
                rids: media.rids.clone(),
            });
        } else if media.receives() {
            let slot = SlotParams {
                mid: mid.clone(),
                kind: media.kind,
                codecs: known.iter().map(|codec| codec.params).collect(),
                ssrc: ssrcs.draw(),
                rtx_ssrc: ssrcs.draw(),
                transport_cc: media.tells_arrivals(&known),
                dependency: media.reads_dependencies(&known, offer.mixes_extensions),
            };
            answer.send(line, media, &known, &slot);
            params.slots.push(slot);
        } else {
            answer.rest(line, mid, media, &known);
        }
    }
    Ok(Negotiated {
        answer: answer.into_text(),
        senders: senders.to_vec(),
        slots: params.slots.iter().map(|slot| (slot.mid.clone(), slot.kind)).collect(),
        transport: params,
    })
}

const fn nothing_in_common(kind: MediaKind) -> NegotiationError {
    match kind {
        MediaKind::Audio => NegotiationError::NoSound,
        MediaKind::Video => NegotiationError::NoPicture,
    }
}

fn check_mids(offer: &Offer) -> Result<(), NegotiationError> {
    let mids: Vec<_> = offer.lines.iter().filter_map(|line| line.mid.as_ref()).collect();
    let twice =
        mids.iter().enumerate().any(|(at, mid)| mids.iter().skip(at + 1).any(|other| other == mid));
    if twice { Err(NegotiationError::DuplicateMid) } else { Ok(()) }
}

fn check_senders(offer: &Offer, senders: &[(Mid, Source)]) -> Result<(), NegotiationError> {
    for (at, (mid, source)) in senders.iter().enumerate() {
        let twice =
            senders.iter().skip(at + 1).any(|(other, again)| other == mid || again == source);
        let line = offer.lines.iter().find(|line| line.mid.as_ref() == Some(mid));
        let fits = line
            .and_then(|line| line.media.as_ref())
            .is_some_and(|media| media.kind == source.kind() && media.sends());
        if twice || !fits {
            return Err(NegotiationError::SenderMismatch);
        }
    }
    Ok(())
}

/// Gives out SSRCs that the offer does not use.
struct Ssrcs {
    next: u32,
    used: Vec<u32>,
}

impl Ssrcs {
    fn new(offer: &Offer, first: u32) -> Self {
        let lines = offer.lines.iter().filter_map(|line| line.media.as_ref());
        Self {
            next: first,
            used: lines.flat_map(|media| &media.ssrcs).map(|(ssrc, _)| *ssrc).collect(),
        }
    }

    fn draw(&mut self) -> u32 {
        loop {
            let ssrc = self.next;
            self.next = ssrc.wrapping_add(1);
            if ssrc != 0 && !self.used.contains(&ssrc) {
                return ssrc;
            }
        }
    }
}

#[cfg(test)]
#[path = "negotiate_tests.rs"]
pub(super) mod tests;

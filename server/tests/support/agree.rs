// SPDX-License-Identifier: EUPL-1.2
//! A page and its peer come to an agreement with the server.

use std::net::SocketAddr;

use rtc::rtp_transceiver::rtp_sender::RtpCodecKind;
use shared::{ClientMessage, Offer, Sdp, SenderLine, ServerMessage};
use webrtc::peer_connection::SrtpProtectionProfile;

use crate::{
    page::Page,
    peer::{SLOTS, TestPeer},
};

/// Offers a transport and takes the answer.
pub async fn agree(page: &mut Page, tag: u8, profile: SrtpProtectionProfile) -> TestPeer {
    agree_on(page, tag, profile, SLOTS).await
}

/// Offers a transport with so many slots of each kind, and takes the answer.
pub async fn agree_on(
    page: &mut Page,
    tag: u8,
    profile: SrtpProtectionProfile,
    slots: [(RtpCodecKind, usize); 2],
) -> TestPeer {
    let (peer, sdp) = TestPeer::offering_slots(tag, vec![profile], slots).await;
    let line = |(mid, source)| SenderLine { mid, source };
    let senders = TestPeer::senders().into_iter().map(line).collect();
    let offer = Offer { sdp: Sdp::new(sdp).unwrap(), senders };
    page.say(ClientMessage::Offer(offer)).await;
    let heard = page.hear_until(|heard| matches!(heard, ServerMessage::Answer(_))).await;
    let ServerMessage::Answer(answer) = heard else { panic!("an answer") };
    let nowhere = SocketAddr::from(([127, 0, 0, 1], 1));
    peer.accept(answer.sdp.as_str(), nowhere, nowhere).await;
    peer
}

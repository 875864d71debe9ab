// SPDX-License-Identifier: EUPL-1.2
//! Effects in the words of a story.

use shared::{ClientMessage, Moderation, Source};

use super::{super::Effect, desk::Person};

/// One line per effect.
pub(super) fn line(effect: &Effect) -> String {
    match effect {
        Effect::OpenSocket(_) => "open socket".to_owned(),
        Effect::Send(message) => format!("say {}", said(message)),
        Effect::CloseSocket => "close socket".to_owned(),
        Effect::Capture(source, None) => format!("capture {}", name(*source)),
        Effect::Capture(source, Some(device)) => {
            format!("capture {} of {}", name(*source), device.0)
        }
        Effect::Release(source) => format!("release {}", name(*source)),
        Effect::OpenPeer => "open peer".to_owned(),
        Effect::AcceptAnswer(answer) => format!("accept {}", answer.sdp.as_str()),
        Effect::Transmit(source, true) => format!("transmit {}", name(*source)),
        Effect::Transmit(source, false) => format!("withhold {}", name(*source)),
        Effect::ClosePeer => "close peer".to_owned(),
        Effect::KeepSeat(Some(_)) => "keep seat".to_owned(),
        Effect::KeepSeat(None) => "forget seat".to_owned(),
        Effect::Chime => "chime".to_owned(),
    }
}

fn said(message: &ClientMessage) -> String {
    match message {
        ClientMessage::Enter { resume, proof, .. } => {
            let token = if resume.is_some() { " with token" } else { "" };
            let proof = if proof.is_some() { " with proof" } else { "" };
            format!("enter{proof}{token}")
        }
        ClientMessage::Offer(offer) => format!("offer {}", offer.sdp.as_str()),
        ClientMessage::Publish { live } => {
            let live: Vec<_> = live.iter().map(|source| name(*source)).collect();
            format!("publish {}", if live.is_empty() { "nothing".into() } else { live.join(", ") })
        }
        ClientMessage::Moderate(Moderation::Admit { participant }) => {
            format!("admit {}", Person::of(*participant).name())
        }
        ClientMessage::Moderate(Moderation::AdmitAll {}) => "admit all".to_owned(),
        ClientMessage::Moderate(Moderation::Refuse { participant }) => {
            format!("refuse {}", Person::of(*participant).name())
        }
        ClientMessage::Leave {} => "leave".to_owned(),
    }
}

const fn name(source: Source) -> &'static str {
    match source {
        Source::Microphone => "microphone",
        Source::Camera => "camera",
    }
}

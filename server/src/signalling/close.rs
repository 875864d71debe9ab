// SPDX-License-Identifier: EUPL-1.2
//! How the end of a connection reads as a WebSocket close code (RFC 6455 §7.4). The page decides by
//! the message that comes before it; the code is for whoever looks into the browser's tools.

use shared::{CloseReason, Refusal, ServerMessage};

/// The code for a message after which the connection ends; `None` for every other message.
pub(super) const fn code_after(message: &ServerMessage) -> Option<u16> {
    match message {
        ServerMessage::Closed { reason } => Some(code_of(*reason)),
        ServerMessage::Refused { reason, pause: _ } => Some(code_of_refusal(*reason)),
        ServerMessage::Challenge { .. }
        | ServerMessage::Waiting { .. }
        | ServerMessage::Welcome { .. }
        | ServerMessage::Roster { .. }
        | ServerMessage::Knock(_)
        | ServerMessage::KnockGone { .. }
        | ServerMessage::Silenced { .. }
        | ServerMessage::Chat { .. }
        | ServerMessage::Rtt { .. }
        | ServerMessage::Reaction { .. }
        | ServerMessage::Answer(_)
        | ServerMessage::Slots { .. }
        | ServerMessage::Layers { .. }
        | ServerMessage::Speaking { .. }
        | ServerMessage::Closing { .. }
        | ServerMessage::TransportLost {}
        | ServerMessage::Unknown => None,
    }
}

/// The code of a connection that had been accepted.
pub(super) const fn code_of(reason: CloseReason) -> u16 {
    match reason {
        CloseReason::Left => 1000,
        CloseReason::Stopping => 1001,
        CloseReason::Protocol => 1008,
        CloseReason::Internal | CloseReason::Unknown => 1011,
        CloseReason::Replaced => 4001,
        CloseReason::Slow => 4002,
        CloseReason::Removed => 4003,
        CloseReason::Ended => 4004,
        CloseReason::Abandoned => 4005,
        CloseReason::Flood => 4006,
    }
}

const fn code_of_refusal(reason: Refusal) -> u16 {
    match reason {
        Refusal::TurnedAway => 4101,
        Refusal::Full => 4102,
        Refusal::WrongProof => 4103,
        Refusal::WeakCipher => 4104,
        Refusal::UnusableOffer => 4105,
        Refusal::Locked => 4106,
        Refusal::TooSoon => 4107,
        Refusal::PersonalOnly => 4108,
        Refusal::WrongTicket => 4109,
        Refusal::TicketExpired => 4110,
        Refusal::TicketUsed => 4111,
        Refusal::Unlicensed => 4112,
        Refusal::LicenceExpired => 4113,
        Refusal::OutOfService => 4114,
        Refusal::Busy => 4115,
        Refusal::Crowded => 4116,
        Refusal::Unknown => 4100,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whoever looks up a code in the document finds what it means.
    #[test]
    fn the_document_has_these_codes() {
        let protocol = include_str!("../../../docs/protocol.md");
        let mut codes = 0;
        for (header, kind) in [("### refused\n", "refused"), ("### closed\n", "closed")] {
            let section = protocol.split_once(header).expect("a section").1;
            let rows = section.lines().skip_while(|line| !line.starts_with("| reason |"));
            for row in rows.skip(2).take_while(|line| line.starts_with('|')) {
                let cells: Vec<&str> = row.split('|').map(str::trim).collect();
                let reason = cells[1].trim_matches('`');
                let text = format!(r#"{{"type":"{kind}","reason":"{reason}"}}"#);
                let message: ServerMessage = serde_json::from_str(&text).expect("a message");
                assert_eq!(code_after(&message).map(|c| c.to_string()).as_deref(), Some(cells[3]));
                codes += 1;
            }
        }
        assert_eq!(codes, 26, "every reason, once");
    }
}

// SPDX-License-Identifier: EUPL-1.2
//! What a page says has one spelling: everything else breaks the protocol.

use serde_json::Value;
use shared::ClientMessage;

/// Reads a message; `None` unless it is spelled as a page spells it, order and white space aside.
///
/// Serde alone is more generous: it takes a list for an object, a number for a word and an object for
/// a word, and what it takes changes with the order of our declarations.
pub(super) fn read(text: &str) -> Option<ClientMessage> {
    let message: ClientMessage = serde_json::from_str(text).ok()?;
    let said: Value = serde_json::from_str(text).ok()?;
    (serde_json::to_value(&message).ok()? == said).then_some(message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_and_white_space_are_free() {
        for text in [
            r#"{"type":"publish","live":["camera"],"heard":2}"#,
            "{ \"heard\" : 2,\n\"live\" : [ \"camera\" ], \"type\" : \"publish\" }",
            r#"{"act":"door","type":"moderate","door":"locked"}"#,
            r#"{"type":"leave"}"#,
        ] {
            assert!(read(text).is_some(), "{text}");
        }
    }

    #[test]
    fn a_list_is_no_object_and_a_number_no_word() {
        for text in [
            r#"["leave"]"#,
            r#"["publish",["camera"],0]"#,
            r#"{"type":"offer","sdp":"","senders":[["0","camera"]]}"#,
            r#"{"type":"moderate","act":8}"#,
            r#"{"type":"moderate","act":"door","door":{"locked":null}}"#,
            r#"{"type":"moderate","act":"door","door":{"lobby":{}}}"#,
            r#"{"type":"publish","live":[{"camera":null}],"heard":0}"#,
        ] {
            assert!(serde_json::from_str::<ClientMessage>(text).is_ok(), "serde takes {text}");
            assert!(read(text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_description_names_what_it_said_before() {
        let offer = |sdp: &str| format!(r#"{{"type":"offer","sdp":{sdp},"senders":[]}}"#);
        assert!(read(&offer(r#"["v=0","a=x","a=y",[1,2]]"#)).is_some());
        for other in [r#""v=0\r\na=x\r\n""#, r#"["v=0","a=x","a=y",1,2]"#, r#"["v=0","a=x","a=x"]"#]
        {
            assert!(
                serde_json::from_str::<ClientMessage>(&offer(other)).is_ok(),
                "serde takes {other}"
            );
            assert!(read(&offer(other)).is_none(), "{other}");
        }
    }

    #[test]
    fn what_is_not_shown_is_not_mentioned() {
        let profile = "A".repeat(167);
        let shown = format!(r#"{{"type":"enter","profile":"{profile}"}}"#);
        assert!(read(&shown).is_some());
        let null = format!(r#"{{"type":"enter","resume":null,"profile":"{profile}"}}"#);
        assert!(read(&null).is_none());
    }
}

// SPDX-License-Identifier: EUPL-1.2
//! What is asked of a resolver, and what of its answer counts (RFC 1035 §4).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Which addresses of a host.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    V4,
    V6,
}

impl Kind {
    const fn number(self) -> u8 {
        match self {
            Self::V4 => 1,
            Self::V6 => 28,
        }
    }
}

/// A question, with the length before it that TCP asks for; nothing, if this cannot be the name of a host.
pub(super) fn question(host: &str, kind: Kind, id: [u8; 2]) -> Option<Vec<u8>> {
    let [high, low] = id;
    // Recursion desired, one question.
    let mut message = vec![high, low, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0];
    for label in host.trim_end_matches('.').split('.') {
        let len = u8::try_from(label.len()).ok().filter(|len| (1..64).contains(len))?;
        message.push(len);
        message.extend_from_slice(label.as_bytes());
    }
    message.extend_from_slice(&[0, 0, kind.number(), 0, INTERNET]);
    let len = u16::try_from(message.len()).ok().filter(|len| *len < 300)?;
    Some([&len.to_be_bytes()[..], &message].concat())
}

/// The addresses in an answer to this question, a few at most. Whatever else is in it does not count.
pub(super) fn addresses(answer: &[u8], id: [u8; 2]) -> Vec<IpAddr> {
    let mut found = Vec::new();
    // What comes before something that makes no sense counts.
    let _end = read(answer, id, &mut found);
    found
}

fn read(answer: &[u8], id: [u8; 2], found: &mut Vec<IpAddr>) -> Option<()> {
    let (head, mut rest) = answer.split_first_chunk::<12>()?;
    let [high, low, flags, _, _, questions, answers_high, answers, ..] = *head;
    if [high, low] != id || flags & IS_ANSWER == 0 {
        return None;
    }
    for _ in 0..questions {
        rest = after_name(rest)?.get(4..)?;
    }
    for _ in 0..u16::from_be_bytes([answers_high, answers]) {
        let (fixed, after) = after_name(rest)?.split_first_chunk::<10>()?;
        let [_, kind, _, class, _, _, _, _, len_high, len] = *fixed;
        let len = usize::from(u16::from_be_bytes([len_high, len]));
        let (data, after) = after.split_at_checked(len)?;
        rest = after;
        let address = match (class, kind) {
            (INTERNET, 1) => data.first_chunk::<4>().map(|it| IpAddr::from(Ipv4Addr::from(*it))),
            (INTERNET, 28) => data.first_chunk::<16>().map(|it| IpAddr::from(Ipv6Addr::from(*it))),
            // The name that it is another name for, for instance: its addresses follow.
            _ => None,
        };
        found.extend(address);
        if found.len() >= MOST {
            return None;
        }
    }
    Some(())
}

/// What comes behind a name: labels up to an empty one, or to a pointer.
fn after_name(mut bytes: &[u8]) -> Option<&[u8]> {
    loop {
        let (len, rest) = bytes.split_first()?;
        match len {
            0 => return Some(rest),
            1..64 => bytes = rest.get(usize::from(*len)..)?,
            192.. => return rest.get(1..),
            _ => return None,
        }
    }
}

const INTERNET: u8 = 1;
const IS_ANSWER: u8 = 0x80;
/// Larger, a host that is nowhere is looked for for longer; smaller, one of many that work is not found.
const MOST: usize = 8;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ID: [u8; 2] = [7, 9];
    const NONE: [IpAddr; 0] = [];

    /// An answer of the usual form: another name, then addresses.
    fn answer() -> Vec<u8> {
        let mut bytes = question("ca.example", Kind::V4, ID).unwrap().split_off(2);
        bytes[2] |= IS_ANSWER;
        bytes[7] = 3;
        bytes.extend_from_slice(&[192, 12, 0, 5, 0, 1, 0, 0, 0, 9, 0, 4, 1, b'x', 192, 15]);
        bytes.extend_from_slice(&[1, b'x', 192, 15, 0, 1, 0, 1, 0, 0, 0, 9, 0, 4, 192, 0, 2, 1]);
        bytes.extend_from_slice(&[192, 12, 0, 28, 0, 1, 0, 0, 0, 9, 0, 16]);
        bytes.extend_from_slice(&Ipv6Addr::LOCALHOST.octets());
        bytes
    }

    #[test]
    fn addresses_are_found_behind_another_name() {
        let all = [IpAddr::from([192, 0, 2, 1]), IpAddr::from(Ipv6Addr::LOCALHOST)];
        assert_eq!(addresses(&answer(), ID), all);
        assert_eq!(addresses(&answer(), [7, 8]), NONE, "somebody else's answer");
        assert_eq!(addresses(&question("ca.example", Kind::V4, ID).unwrap()[2..], ID), NONE);
    }

    #[test]
    fn a_question_is_a_name_and_a_kind() {
        let asked = question("a.bc", Kind::V6, ID).unwrap();
        assert_eq!(asked, *b"\0\x16\x07\x09\x01\0\0\x01\0\0\0\0\0\0\x01a\x02bc\0\0\x1c\0\x01");
        for host in ["", "a..b", &"a".repeat(64), &"a.".repeat(200)] {
            assert_eq!(question(host, Kind::V4, ID), None, "{host}");
        }
    }

    proptest! {
        #[test]
        fn no_answer_breaks_it(bytes: Vec<u8>, at in 0_usize..90, to: u8) {
            let _any = addresses(&bytes, ID);
            let mut damaged = answer();
            let at = at % damaged.len();
            damaged[at] = to;
            prop_assert!(addresses(&damaged, ID).len() <= MOST);
            damaged.truncate(at);
            prop_assert!(addresses(&damaged, ID).len() <= MOST);
        }
    }
}

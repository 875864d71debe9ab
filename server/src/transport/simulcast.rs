// SPDX-License-Identifier: EUPL-1.2
//! The encodings of a sending line, read from `a=rid` and `a=simulcast` (RFC 8851, RFC 8853).

use shared::Layer;

/// The names of the encodings of a line that sends several, from the smallest, and what they count as.
///
/// `rids` are the values of its `a=rid` lines, `simulcast` that of its `a=simulcast` line. The list is empty
/// where there is nothing to choose from, and where a name is no name, is declared or listed twice, or is
/// listed without being declared: such a line is answered as one that sends a single encoding.
pub(super) fn encodings<'line>(
    rids: impl Iterator<Item = &'line str>,
    simulcast: Option<&'line str>,
) -> Vec<(String, Layer)> {
    let listed = simulcast.and_then(listed);
    let declared = declared(rids);
    let (Some(listed), Some(declared)) = (listed, declared) else { return Vec::new() };
    if listed.iter().any(|name| !declared.contains(name)) {
        return Vec::new();
    }
    let layers: &[Layer] = match listed.len() {
        0 | 1 => &[],
        2 => &[Layer::Low, Layer::High],
        _ => &Layer::ALL,
    };
    listed.into_iter().zip(layers).map(|(name, layer)| (name.to_owned(), *layer)).collect()
}

/// What `a=rid` declares for sending.
fn declared<'line>(rids: impl Iterator<Item = &'line str>) -> Option<Vec<&'line str>> {
    let mut names = Vec::new();
    for rid in rids {
        let mut words = rid.split_ascii_whitespace();
        let (name, direction) = (words.next()?, words.next()?);
        if direction != "send" {
            continue;
        }
        if names.len() == MAX_ENCODINGS || !is_name(name) || names.contains(&name) {
            return None;
        }
        names.push(name);
    }
    Some(names)
}

/// What `a=simulcast` lists for sending, of alternatives the first. That an encoding starts paused (`~`) does not
/// matter: it is taken when it comes.
fn listed(simulcast: &str) -> Option<Vec<&str>> {
    let mut words = simulcast.split_ascii_whitespace();
    let list = loop {
        let (direction, list) = (words.next()?, words.next()?);
        if direction == "send" {
            break list;
        }
    };
    let mut names = Vec::new();
    for alternatives in list.split(';') {
        let first = alternatives.split(',').next()?;
        let name = first.strip_prefix('~').unwrap_or(first);
        if names.len() == MAX_ENCODINGS || !is_name(name) || names.contains(&name) {
            return None;
        }
        names.push(name);
    }
    Some(names)
}

/// RFC 8851 sets no limit; RFC 8852 §3.3 makes names that fit a header extension of the short form.
fn is_name(text: &str) -> bool {
    (1..=16).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

/// Declared and listed names of a line. More than a browser accepts (Chromium 32 with alternatives) only cost time:
/// they are compared with each other. Fewer than three would refuse what the layers have room for.
const MAX_ENCODINGS: usize = 16;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn three_encodings_are_low_middle_and_high_and_two_are_low_and_high() {
        assert_eq!(read("l m h", "send l;m;h"), "l:Low m:Middle h:High");
        assert_eq!(read("h m l", "send l;m;h"), "l:Low m:Middle h:High");
        assert_eq!(read("l h", "send l;h"), "l:Low h:High");
        assert_eq!(read("a b c d", "send a;b;c;d"), "a:Low b:Middle c:High");
    }

    #[test]
    fn one_encoding_is_nothing_to_choose_from() {
        assert_eq!(read("l", "send l"), "");
        assert_eq!(read("l m h", ""), "");
        assert_eq!(read("l m h", "send"), "");
        assert_eq!(read("", "send l;m;h"), "");
    }

    #[test]
    fn what_is_paused_is_taken_and_of_alternatives_the_first() {
        assert_eq!(read("l m n h", "send ~l;m,~n;~h"), "l:Low m:Middle h:High");
    }

    #[test]
    fn only_what_is_sent_counts() {
        assert_eq!(read("l m h", "recv l;m;h"), "");
        assert_eq!(read("l m h x y", "recv x;y send l;m;h"), "l:Low m:Middle h:High");
        let rids = ["l recv", "m recv"].into_iter();
        assert!(encodings(rids, Some("send l;m")).is_empty());
    }

    #[test]
    fn a_name_that_is_none_makes_it_a_line_of_one_encoding() {
        for (rids, simulcast) in [
            ("l m! h", "send l;m!;h"),
            ("l aaaaaaaaaaaaaaaaa", "send l;aaaaaaaaaaaaaaaaa"),
            ("l l h", "send l;h"),
            ("l m h", "send l;m;m"),
            ("l m h", "send l;;h"),
            ("l m", "send l;m;h"),
        ] {
            assert_eq!(read(rids, simulcast), "", "{rids} {simulcast}");
        }
        assert_eq!(
            read("l aaaaaaaaaaaaaaaa", "send l;aaaaaaaaaaaaaaaa"),
            "l:Low aaaaaaaaaaaaaaaa:High"
        );
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(
            rids in prop::collection::vec("[a-d~;,! -~]{0,3} (send|recv)?", 0..8), simulcast in "(send|recv)? ?[a-d~;, ]{0,12}",
        ) {
            let found = encodings(rids.iter().map(String::as_str), Some(&simulcast));
            prop_assert!(found.len() != 1 && found.len() <= 3);
            prop_assert!(found.iter().all(|(name, _)| is_name(name)));
            prop_assert!(found.is_sorted_by(|one, other| one.1 < other.1));
        }
    }

    fn read(rids: &str, simulcast: &str) -> String {
        let rids: Vec<_> = rids.split(' ').map(|rid| format!("{rid} send")).collect();
        let found = encodings(rids.iter().map(String::as_str), Some(simulcast));
        found.iter().map(|(name, layer)| format!("{name}:{layer:?}")).collect::<Vec<_>>().join(" ")
    }
}

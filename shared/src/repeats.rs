// SPDX-License-Identifier: EUPL-1.2
//! How a session description travels: a line that stood in it before is named, not repeated.
//!
//! An offer has a media line for each picture and sound, and nearly all that is said of one is said of the next:
//! whole, it would be the one long message of a connection, and both sides would keep room for it. It travels as a
//! list; its elements are a line without its end, the number of an earlier line, or the numbers of the first and
//! the last of some earlier lines, counted from zero. A description that does not consist of lines that end like
//! those of RFC 8866 §9 travels as it is.

use alloc::{collections::BTreeMap, string::String, vec::Vec};
use core::fmt;

use serde::{
    Deserializer, Serialize, Serializer,
    de::{DeserializeSeed, Error, SeqAccess, Visitor},
};

/// One element of the list.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(untagged)]
enum Element<'text> {
    Line(&'text str),
    Again(usize),
    Run(usize, usize),
}

/// Writes a description, shorter if it can be.
pub(crate) fn serialize<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    match lines(text) {
        Some(lines) => serializer.collect_seq(elements(&lines)),
        None => serializer.serialize_str(text),
    }
}

/// The lines of a description that consists of nothing else.
fn lines(text: &str) -> Option<Vec<&str>> {
    let lines: Vec<_> = text.strip_suffix(END)?.split(END).collect();
    lines.iter().all(|line| is_line(line)).then_some(lines)
}

fn is_line(text: &str) -> bool {
    !text.is_empty() && !text.contains(['\r', '\n'])
}

/// A run is looked for where its first line stood last: there the media line before was spoken of.
fn elements<'text>(lines: &[&'text str]) -> Vec<Element<'text>> {
    let mut stood = BTreeMap::new();
    let mut elements = Vec::new();
    let mut rest = lines;
    while let Some((line, others)) = rest.split_first() {
        let at = lines.len() - rest.len();
        let run = stood.get(line).map_or(0, |first| common(lines, *first, at));
        elements.push(match (stood.get(line), run) {
            (None, _) => Element::Line(line),
            (Some(first), 0 | 1) => Element::Again(*first),
            (Some(first), _) => Element::Run(*first, first + run - 1),
        });
        rest = others.get(run.saturating_sub(1)..).unwrap_or_default();
        let done = lines.len() - rest.len();
        stood.extend(lines.iter().enumerate().take(done).skip(at).map(|(at, line)| (*line, at)));
    }
    elements
}

/// How many lines from here on are those from there on, of which all stand before.
fn common(lines: &[&str], there: usize, here: usize) -> usize {
    let before = lines.iter().take(here).skip(there);
    before.zip(lines.iter().skip(here)).take_while(|(one, other)| one == other).count()
}

/// Reads a description of at most so many bytes, in either form.
pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
    deserializer: D,
    most: usize,
) -> Result<String, D::Error> {
    deserializer.deserialize_any(Whole { most })
}

struct Whole {
    most: usize,
}

impl<'de> Visitor<'de> for Whole {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a session description")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<String, E> {
        if text.len() > self.most {
            return Err(too_long());
        }
        Ok(text.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<String, A::Error> {
        let mut written = Written { text: String::new(), starts: Vec::new(), most: self.most };
        while list.next_element_seed(&mut written)?.is_some() {}
        Ok(written.text)
    }
}

/// What is known of a description so far.
struct Written {
    text: String,
    /// Where each line begins.
    starts: Vec<usize>,
    most: usize,
}

impl Written {
    fn write<E: Error>(&mut self, line: &str) -> Result<(), E> {
        if self.text.len() + line.len() + END.len() > self.most {
            return Err(too_long());
        }
        self.starts.push(self.text.len());
        self.text.push_str(line);
        self.text.push_str(END);
        Ok(())
    }

    /// Writes lines once more that are there already.
    fn repeat<E: Error>(&mut self, first: u64, last: u64) -> Result<(), E> {
        let place = |number: u64| usize::try_from(number).ok().filter(|at| *at < self.starts.len());
        let (Some(first), Some(last)) = (place(first), place(last)) else {
            return Err(E::custom("no such line"));
        };
        for at in first..=last {
            let start = self.starts.get(at).copied().unwrap_or_default();
            let end = self.starts.get(at + 1).copied().unwrap_or(self.text.len());
            if self.text.len() + end.saturating_sub(start) > self.most {
                return Err(too_long());
            }
            self.starts.push(self.text.len());
            self.text.extend_from_within(start..end);
        }
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for &mut Written {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for &mut Written {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a line, its number, or the first and the last of some")
    }

    fn visit_str<E: Error>(self, line: &str) -> Result<(), E> {
        if is_line(line) { self.write(line) } else { Err(E::custom("not a line")) }
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<(), E> {
        self.repeat(number, number)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut run: A) -> Result<(), A::Error> {
        let (Some(first), Some(last)) = (run.next_element()?, run.next_element()?) else {
            return Err(A::Error::custom("a run has two ends"));
        };
        if run.next_element::<u64>()?.is_some() || first >= last {
            return Err(A::Error::custom("a run has two ends, and the first comes first"));
        }
        self.repeat(first, last)
    }
}

fn too_long<E: Error>() -> E {
    E::custom("session description too long")
}

/// RFC 8866 §9.
const END: &str = "\r\n";

#[cfg(test)]
mod tests {
    use alloc::{format, string::ToString as _, vec};

    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    fn written(text: &str) -> Value {
        serialize(text, serde_json::value::Serializer).unwrap()
    }

    fn read(value: &str, most: usize) -> Option<String> {
        deserialize(&mut serde_json::Deserializer::from_str(value), most).ok()
    }

    #[test]
    fn what_stood_there_before_is_named() {
        let text =
            "v=0\r\nm=one\r\na=x\r\na=y\r\na=mid:0\r\nm=one\r\na=x\r\na=y\r\na=mid:1\r\na=x\r\n";
        assert_eq!(
            written(text),
            json!(["v=0", "m=one", "a=x", "a=y", "a=mid:0", [1, 3], "a=mid:1", 6])
        );
    }

    #[test]
    fn a_line_that_comes_over_and_over_is_named_by_what_is_known_before_it() {
        assert_eq!(written("a\r\na\r\na\r\na\r\n"), json!(["a", 0, 1, 2]));
        assert_eq!(written("a\r\nb\r\na\r\nb\r\na\r\nb\r\n"), json!(["a", "b", [0, 1], [2, 3]]));
    }

    #[test]
    fn what_does_not_consist_of_lines_stays_as_it_is() {
        for text in ["", "v=0", "\r\n", "v=0\r\n\r\n", "v=0\ns=-\r\n", "v=0\rs=-\r\n"] {
            assert_eq!(written(text), json!(text));
            assert_eq!(read(&json!(text).to_string(), 100).as_deref(), Some(text));
        }
    }

    #[test]
    fn what_names_no_line_is_refused() {
        for wrong in [
            "[0]",
            "[\"a\",1]",
            "[\"a\",-1]",
            "[\"a\",0.5]",
            "[\"a\",[0,0]]",
            "[\"a\",\"b\",[1,0]]",
            "[\"a\",[0]]",
            "[\"a\",\"b\",[0,1,1]]",
            "[\"a\",\"b\",[0,2]]",
            "[\"\"]",
            "[\"a\\r\\nb\"]",
            "[\"a\\n\"]",
            "[null]",
            "[\"a\",{}]",
            "{}",
            "7",
            "null",
            "[\"a\",18446744073709551616]",
        ] {
            assert_eq!(read(wrong, 100), None, "{wrong}");
        }
    }

    #[test]
    fn a_short_list_does_not_become_a_long_description() {
        let doubling: Vec<Value> = [json!("a"), json!(0)]
            .into_iter()
            .chain((1..40).map(|n| json!([0, (1_u64 << n) - 1])))
            .collect();
        let list = json!(doubling).to_string();
        assert_eq!(read(&list, 256 * 1_024), None);
        let eight = json!(vec![json!("a"), json!(0), json!([0, 1]), json!([0, 3])]).to_string();
        assert_eq!(read(&eight, 24).as_deref(), Some("a\r\na\r\na\r\na\r\na\r\na\r\na\r\na\r\n"));
        assert_eq!(read(&eight, 23), None);
    }

    proptest! {
        #[test]
        fn every_description_comes_back(
            lines in prop::collection::vec(prop_oneof!["[ab]", "[a-c=]{0,3}", "\\PC*"], 0..60),
            end in prop_oneof![8 => Just("\r\n"), 1 => Just("\n"), 1 => Just("")],
        ) {
            let mut text = lines.join("\r\n");
            text.push_str(end);
            let list = written(&text).to_string();
            prop_assert_eq!(read(&list, text.len()), Some(text.clone()));
            if let Some(less) = text.len().checked_sub(1) {
                prop_assert_eq!(read(&list, less), None);
            }
        }

        #[test]
        fn no_list_is_too_much(list in prop::collection::vec(
            prop_oneof![
                Just(json!("a=b")),
                (0_u32..9).prop_map(|n| json!(n)),
                (0_u32..9, 0_u32..9).prop_map(|(a, b)| json!([a, b])),
            ],
            0..40,
        )) {
            let text = read(&json!(list).to_string(), 200);
            prop_assert!(text.is_none_or(|text| text.len() <= 200), "{}", format!("{list:?}"));
        }
    }
}

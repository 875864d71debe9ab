// SPDX-License-Identifier: EUPL-1.2
//! What an operator writes for people: one line, and not an empty one.

use core::fmt;

use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use thiserror::Error;

/// One line of text.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Line(String);

/// How somebody is reached: an e-mail address, or a page over HTTPS.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Contact(Line);

/// Why a text cannot be shown to people.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
pub enum LineFault {
    /// Nothing is said.
    #[error("it is empty")]
    Empty,
    /// More than people read.
    #[error("it is longer than {MAX_LEN} characters")]
    Long,
    /// More than one line, or a character that controls a terminal.
    #[error("it is more than one line")]
    Control,
    /// Not a contact.
    #[error("it is neither an e-mail address nor a page that begins with https://")]
    Contact,
}

impl Line {
    /// Reads a line; spaces around it are left out.
    pub fn parse(text: &str) -> Result<Self, LineFault> {
        let text = text.trim();
        if text.is_empty() {
            Err(LineFault::Empty)
        } else if text.chars().count() > MAX_LEN {
            Err(LineFault::Long)
        } else if text.chars().any(char::is_control) {
            Err(LineFault::Control)
        } else {
            Ok(Self(text.to_owned()))
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Contact {
    /// Reads an e-mail address or the address of a page.
    pub fn parse(text: &str) -> Result<Self, LineFault> {
        let line = Line::parse(text)?;
        let spaced = line.as_str().contains(|c: char| c.is_whitespace() || "<>\"'".contains(c));
        let is_page = line.as_str().strip_prefix("https://").is_some_and(|rest| !rest.is_empty());
        let is_mail = line.as_str().split_once('@').is_some_and(|(name, host)| {
            !name.is_empty() && !name.contains([':', '/']) && host.contains('.')
        });
        if spaced || !(is_page || is_mail) {
            return Err(LineFault::Contact);
        }
        Ok(Self(line))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Where a link to it leads.
    pub fn href(&self) -> String {
        let text = self.as_str();
        if text.starts_with("https://") { text.to_owned() } else { format!("mailto:{text}") }
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Contact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<'de> Deserialize<'de> for Line {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

impl<'de> Deserialize<'de> for Contact {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

/// Longer, the gate is a page of small print. Shorter, a public body's full name does not fit.
const MAX_LEN: usize = 600;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_line_is_one_and_says_something() {
        assert_eq!(Line::parse(" Ada ").map(|line| line.0), Ok("Ada".to_owned()));
        for (text, fault) in [
            ("", LineFault::Empty),
            (" \n", LineFault::Empty),
            ("a\nb", LineFault::Control),
            ("a\u{1b}[1m", LineFault::Control),
            (&"x".repeat(MAX_LEN + 1), LineFault::Long),
        ] {
            assert_eq!(Line::parse(text), Err(fault), "{text:?}");
        }
    }

    #[test]
    fn a_contact_can_be_reached() {
        for (text, href) in [
            ("privacy@school.example", "mailto:privacy@school.example"),
            ("https://school.example/privacy", "https://school.example/privacy"),
        ] {
            assert_eq!(Contact::parse(text).map(|contact| contact.href()), Ok(href.to_owned()));
        }
        for text in [
            "Ada",
            "http://school.example",
            "https://",
            "@school.example",
            "ada@localhost",
            "javascript:alert(1)@x.y",
            "ada@school.example, bob@school.example",
            "https://school.example/\"onclick=",
        ] {
            assert_eq!(Contact::parse(text), Err(LineFault::Contact), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,40}|[a-z@.:/]{0,40}") {
            let read = Contact::parse(&text);
            prop_assert!(read.map_or(true, |contact| contact.href().starts_with(['m', 'h'])));
        }
    }
}

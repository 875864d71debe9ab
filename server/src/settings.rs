// SPDX-License-Identifier: EUPL-1.2
//! What an operator wrote: on the command line, in the environment, in a file. Each of it can be left
//! out; `docs/zooo.toml` explains all of it.

use core::{net::SocketAddr, time::Duration};
use std::{
    fs, io,
    net::{IpAddr, Ipv4Addr},
    path::{Path, PathBuf},
};

use clap::ValueEnum;
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, Error as _},
};
use shared::{OperatorKey, OperatorMark};
use thiserror::Error;

use crate::{
    config::{ConfigError, ServerConfig},
    facts::OperatorSettings,
    media::codec::Codec,
    office::Origin,
    room::{Licensing, RoomLimits},
    transport::MAX_THREADS,
};

/// Everything that can be set. What is `None` was not said.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The TCP address of page and signalling.
    pub http: Option<SocketAddr>,
    /// The UDP address of the media.
    pub media: Option<SocketAddr>,
    /// The addresses at which browsers reach the media.
    pub announce: Option<Vec<IpAddr>>,
    /// On how many threads media are relayed.
    pub media_threads: Option<usize>,
    /// Which codecs are used, the preferred ones first.
    pub codecs: Option<Vec<Codec>>,
    /// Which rooms are served.
    pub rooms: Option<Rooms>,
    /// The operator whose licences count.
    #[serde(default, deserialize_with = "mark")]
    pub licence_key: Option<OperatorMark>,
    /// For how many seconds a conference goes on without a moderator.
    pub pause_after: Option<u32>,
    /// After how many seconds without a moderator it ends.
    pub end_after: Option<u32>,
    /// Where people reach the page.
    #[serde(default, deserialize_with = "origin")]
    pub origin: Option<Origin>,
    /// Who is responsible, and what else people have to be told.
    #[serde(default)]
    pub operator: OperatorSettings,
}

/// Which rooms are served.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, ValueEnum)]
#[serde(rename_all = "snake_case")]
pub enum Rooms {
    /// Every room that somebody makes.
    Open,
    /// Rooms with a licence of the operator.
    Licensed,
}

impl Settings {
    /// Reads a file.
    pub fn read(path: &Path) -> Result<Self, SettingsError> {
        let text = fs::read_to_string(path)
            .map_err(|error| SettingsError::Unreadable(path.to_owned(), error))?;
        Self::parse(&text).map_err(|wrong| SettingsError::Wrong(path.to_owned(), wrong))
    }

    /// Reads what a file says: a key that is not known is an error, so that nobody believes in a
    /// setting that does nothing.
    pub fn parse(text: &str) -> Result<Self, WrongLine> {
        parsed(text)
    }

    /// What holds where nothing is said.
    pub fn usual() -> Self {
        let limits = RoomLimits::default();
        let seconds = |time: Duration| u32::try_from(time.as_secs()).ok();
        Self {
            http: Some(SocketAddr::from((Ipv4Addr::LOCALHOST, 8080))),
            media: Some(SocketAddr::from((Ipv4Addr::LOCALHOST, 3478))),
            announce: Some(Vec::new()),
            media_threads: None,
            codecs: Some(Codec::USUAL.to_vec()),
            rooms: Some(Rooms::Open),
            licence_key: None,
            pause_after: seconds(limits.pause_after),
            end_after: seconds(limits.end_after),
            origin: None,
            operator: OperatorSettings::default(),
        }
    }

    /// These settings, and where they say nothing, the others.
    #[must_use]
    pub fn or(self, others: Self) -> Self {
        Self {
            http: self.http.or(others.http),
            media: self.media.or(others.media),
            announce: self.announce.or(others.announce),
            media_threads: self.media_threads.or(others.media_threads),
            codecs: self.codecs.or(others.codecs),
            rooms: self.rooms.or(others.rooms),
            licence_key: self.licence_key.or(others.licence_key),
            pause_after: self.pause_after.or(others.pause_after),
            end_after: self.end_after.or(others.end_after),
            origin: self.origin.or(others.origin),
            operator: self.operator.or(others.operator),
        }
    }

    /// Decides what is served, with the usual where nothing is said: nobody but this machine, as long as nobody
    /// can be told who is responsible.
    pub fn into_config(self) -> Result<ServerConfig, ConfigError> {
        let config = self.decide()?;
        match (config.reached_at(), &config.facts) {
            (Some(address), Err(missing)) => Err(ConfigError::Undeclared(address, missing.clone())),
            _ => Ok(config),
        }
    }

    /// Decides what is judged, whether it may be served or not.
    pub fn decide(self) -> Result<ServerConfig, ConfigError> {
        let nowhere = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let all = self.or(Self::usual());
        let mut config = ServerConfig::new(
            all.http.unwrap_or(nowhere),
            all.media.unwrap_or(nowhere),
            all.announce.unwrap_or_default(),
        )?;
        match all.media_threads {
            Some(threads) if (1..=MAX_THREADS).contains(&threads) => config.media.threads = threads,
            Some(threads) => return Err(ConfigError::Threads(threads)),
            None => {}
        }
        match all.codecs {
            Some(codecs) if Codec::are_enough(&codecs) => config.media.codecs = codecs,
            Some(_) => return Err(ConfigError::Codecs),
            None => {}
        }
        config.licensing = match (all.rooms, all.licence_key) {
            (Some(Rooms::Licensed), Some(operator)) => Licensing::Licensed(operator),
            (Some(Rooms::Licensed), None) => return Err(ConfigError::NoOperator),
            (Some(Rooms::Open) | None, _) => Licensing::Open,
        };
        let limits = &mut config.limits.room;
        for (limit, said) in
            [(&mut limits.pause_after, all.pause_after), (&mut limits.end_after, all.end_after)]
        {
            *limit = said.map_or(*limit, |seconds| Duration::from_secs(seconds.into()));
        }
        if limits.end_after < limits.pause_after {
            return Err(ConfigError::EndsBeforeItPauses);
        }
        config.origin = all.origin;
        config.facts = all.operator.declare();
        Ok(config)
    }
}

impl OperatorSettings {
    /// Reads the lines of the table `[operator]` alone.
    pub fn parse(text: &str) -> Result<Self, WrongLine> {
        parsed(text)
    }
}

fn parsed<T: DeserializeOwned>(text: &str) -> Result<T, WrongLine> {
    toml::from_str(text).map_err(|error| {
        let before = text.get(..error.span().unwrap_or_default().start).unwrap_or_default();
        let line = before.matches('\n').count().saturating_add(1);
        // The message names keys and never quotes the line: a secret may stand there by mistake.
        WrongLine { line, message: error.message().to_owned() }
    })
}

/// What of a file cannot be used.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[error("line {line}: {message}")]
pub struct WrongLine {
    /// Counted from 1.
    pub line: usize,
    /// Why.
    pub message: String,
}

/// Why a file of settings is of no use.
#[derive(Debug, Error)]
pub enum SettingsError {
    /// It is not there, or not for us.
    #[error("cannot read {path}: {1}", path = .0.display())]
    Unreadable(PathBuf, #[source] io::Error),
    /// It says what cannot be meant.
    #[error("cannot use {path}: {1}", path = .0.display())]
    Wrong(PathBuf, #[source] WrongLine),
}

fn mark<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<OperatorMark>, D::Error> {
    let text = String::deserialize(deserializer)?;
    parse_mark(&text).map(Some).map_err(D::Error::custom)
}

fn origin<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Origin>, D::Error> {
    let text = String::deserialize(deserializer)?;
    let wrong = "it is not scheme, host and port alone, such as \"https://zooo.example\"";
    Origin::parse(&text).map(Some).ok_or_else(|| D::Error::custom(wrong))
}

/// Reads a mark. What is said of one that is none does not quote it: a secret may have been put there by
/// mistake.
pub fn parse_mark(text: &str) -> Result<OperatorMark, MarkFault> {
    OperatorMark::parse(text).ok_or_else(|| {
        let is_secret = text.starts_with(OperatorKey::BEGINNING);
        if is_secret { MarkFault::Secret } else { MarkFault::Other }
    })
}

/// Why a licence key is no mark.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
pub enum MarkFault {
    /// It is the other half.
    #[error(
        "the licence key is the operator's secret, which belongs on no server; the public mark belongs here, the line \
         `licence_key` of what `zooo key` prints"
    )]
    Secret,
    /// It is something else.
    #[error(
        "the licence key is not an operator's public mark: 43 characters, as `zooo key` prints it"
    )]
    Other,
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXAMPLE: &str = include_str!("../../docs/zooo.toml");

    fn operator() -> OperatorMark {
        OperatorKey::from_random([9; 32]).mark()
    }

    #[test]
    fn the_example_says_what_is_usual() {
        assert_eq!(Settings::parse(EXAMPLE), Ok(Settings::usual()));
    }

    #[test]
    fn the_example_explains_every_key() {
        // A key that is not known is answered with all that are.
        let known = |wrong: &str| {
            let wrong = Settings::parse(wrong).expect_err("no such key").message;
            let keys: Vec<_> = wrong.split('`').skip(1).step_by(2).skip(1).collect();
            keys.into_iter().map(str::to_owned).collect::<Vec<_>>()
        };
        let (keys, declared) = (known("x = 1"), known("[operator]\nx = 1"));
        assert!(keys.len() >= 11 && declared.len() >= 11, "{keys:?} {declared:?}");
        for key in keys.iter().filter(|key| *key != "operator").chain(&declared) {
            let line =
                |line: &&str| line.trim_start_matches("# ").starts_with(&format!("{key} = "));
            assert_eq!(EXAMPLE.lines().filter(line).count(), 1, "{key}");
        }
        assert_eq!(EXAMPLE.lines().filter(|line| *line == "[operator]").count(), 1);
    }

    #[test]
    fn the_example_of_an_operator_is_one() {
        let (before, table) = EXAMPLE.split_once("[operator]\n").expect("the table");
        let is_key = |line: &str| {
            let key = line.strip_prefix("# ").and_then(|line| line.split_once(" = "));
            key.is_some_and(|(key, _)| key.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
        };
        let said =
            table.lines().filter(|line| is_key(line)).map(|line| line.trim_start_matches("# "));
        let said = said.collect::<Vec<_>>().join("\n");
        let origin = before.lines().find_map(|line| line.strip_prefix("# origin = "));
        let text = format!("origin = {}\n[operator]\n{said}", origin.expect("an origin"));
        let config = Settings::parse(&text).expect("settings").into_config().expect("a decision");
        let facts = config.facts.expect("all that people have to be told");
        assert!(!facts.processors.is_empty() && facts.officer.is_some(), "{text}");
        assert!(config.origin.is_some_and(|origin| origin.is_secure()));
    }

    #[test]
    fn nobody_is_served_who_cannot_be_told_who_is_responsible() {
        let declared = "controller = \"Ada School\"\naddress = \"1 Example Street\"\n\
                        contact = \"ada@school.example\"\nplaces = [\"DE\"]";
        for outside in [
            "http = \"192.0.2.1:8080\"",
            "http = \"0.0.0.0:8080\"",
            "http = \"[::]:8080\"",
            "media = \"192.0.2.1:3478\"",
            "media = \"127.0.0.1:3478\"\nannounce = [\"192.0.2.1\"]",
        ] {
            let decide = |operator: &str| {
                let settings = Settings::parse(&format!("{outside}\n[operator]\n{operator}"));
                settings.expect("settings").into_config().map(drop)
            };
            assert_eq!(decide(declared), Ok(()), "{outside}");
            for line in declared.lines() {
                let rest = declared.replace(line, "");
                let said = decide(&rest).expect_err(line).to_string();
                let key = line.split(' ').next().expect("a key");
                assert!(said.contains(&format!("[operator] lacks {key}:")), "{said}");
            }
            let said = decide("").expect_err("nothing").to_string();
            assert!(
                said.contains("[operator] lacks controller, address, contact, places:"),
                "{said}"
            );
            let address = outside.rsplit('\n').next().and_then(|line| line.split('"').nth(1));
            assert!(said.contains(address.expect("an address")), "{said}");
        }
        for own in ["", "http = \"[::1]:80\"\nmedia = \"[::1]:3478\"", "announce = [\"127.0.0.2\"]"]
        {
            let settings = Settings::parse(own).expect("settings");
            assert!(settings.into_config().is_ok_and(|config| config.facts.is_err()), "{own}");
        }
    }

    #[test]
    fn what_an_operator_declares_is_strict_too() {
        for text in [
            "[operator]\nplaces = [\"Germany\"]",
            "[operator]\ncontroller = \"\"",
            "[operator]\ncontact = \"Ada\"",
            "[operator]\npurpose = { de = \"Zweck\" }",
            "[operator]\nprocessors = [{ name = \"x\" }]",
            "[operator]\nprocessors = [{ name = \"x\", place = \"DE\", task = { de = \"a\", en = \"b\" }, x = 1 }]",
        ] {
            assert_eq!(Settings::parse(text).map_err(|wrong| wrong.line), Err(2), "{text}");
        }
        assert!(Settings::parse("origin = \"zooo.example\"").is_err());
    }

    #[test]
    fn what_is_said_first_counts() {
        let flags = Settings { pause_after: Some(1), ..Settings::default() };
        let file = Settings::parse("pause_after = 2\nend_after = 3\nrooms = \"licensed\"");
        let all = flags.or(file.expect("settings")).or(Settings::usual());
        assert_eq!((all.pause_after, all.end_after), (Some(1), Some(3)));
        assert_eq!((all.rooms, all.http), (Some(Rooms::Licensed), Settings::usual().http));
    }

    #[test]
    fn a_key_that_is_not_known_is_named_with_its_line() {
        let wrong = Settings::parse("http = \"127.0.0.1:80\"\n\nlicense_key = \"x\"\n");
        let wrong = wrong.expect_err("no such key").to_string();
        assert!(
            wrong.starts_with("line 3: unknown field `license_key`, expected one of"),
            "{wrong}"
        );
        for (text, line) in [
            ("http = 80", 1),
            ("http = \"localhost\"", 1),
            ("\nrooms = \"closed\"", 2),
            ("pause_after = -1", 1),
            ("pause_after = \"2 min\"", 1),
            ("announce = \"192.0.2.1\"", 1),
            ("end_after = 1\nend_after = 2", 2),
            ("[media]\nport = 3478", 1),
            ("http", 1),
        ] {
            assert_eq!(Settings::parse(text).map_err(|wrong| wrong.line), Err(line), "{text}");
        }
    }

    #[test]
    fn a_secret_in_the_wrong_place_is_not_repeated() {
        let secret = OperatorKey::from_random([9; 32]).to_text();
        for text in [
            format!("licence_key = \"{secret}\""),
            format!("licence_key = \"{secret}x\""),
            format!("licence_key = {secret}"),
        ] {
            let wrong = Settings::parse(&text).expect_err("not a mark").to_string();
            assert!(!wrong.contains(&secret[56..]), "{wrong}");
            let says_what_belongs_there = wrong.contains("the public mark belongs here");
            assert_eq!(says_what_belongs_there, text.contains('"'), "{wrong}");
        }
    }

    #[test]
    fn licences_count_for_whose_mark_is_set() {
        let licensed = Settings { rooms: Some(Rooms::Licensed), ..Settings::default() };
        let refused = licensed.clone().into_config().map(drop);
        assert_eq!(refused, Err(ConfigError::NoOperator));
        let marked = Settings { licence_key: Some(operator()), ..licensed };
        let licensing = marked.clone().into_config().map(|config| config.licensing);
        assert_eq!(licensing, Ok(Licensing::Licensed(operator())));
        let open = Settings { rooms: Some(Rooms::Open), ..marked };
        assert_eq!(open.into_config().map(|config| config.licensing), Ok(Licensing::Open));
    }

    #[test]
    fn media_run_on_one_thread_or_on_as_many_as_can_be_told_apart() {
        let threads = |media_threads| {
            let settings = Settings { media_threads, ..Settings::default() };
            settings.into_config().map(|config| config.media.threads)
        };
        assert!(threads(None).is_ok_and(|usual| usual >= 1));
        assert_eq!((threads(Some(1)), threads(Some(64))), (Ok(1), Ok(64)));
        for wrong in [0, 65] {
            assert_eq!(threads(Some(wrong)), Err(ConfigError::Threads(wrong)));
        }
    }

    #[test]
    fn a_conference_has_sound_and_pictures_and_no_codec_twice() {
        let codecs = |text: &str| {
            let settings = Settings::parse(&format!("codecs = {text}"));
            settings.expect("codecs").into_config().map(|config| config.media.codecs)
        };
        let said = [Codec::Red, Codec::Opus, Codec::Av1, Codec::H264, Codec::Vp9, Codec::Vp8];
        assert_eq!(codecs(r#"["red", "opus", "av1", "h264", "vp9", "vp8"]"#), Ok(said.to_vec()));
        for wrong in [r#"["vp8"]"#, r#"["opus"]"#, r#"["red", "vp8"]"#, "[]"] {
            assert_eq!(codecs(wrong), Err(ConfigError::Codecs), "{wrong}");
        }
        assert_eq!(codecs(r#"["opus", "vp8", "opus"]"#), Err(ConfigError::Codecs));
        assert!(Settings::parse("codecs = [\"h265\"]").is_err());
    }

    #[test]
    fn a_conference_pauses_before_it_ends() {
        let said = |pause_after, end_after| {
            let settings = Settings { pause_after, end_after, ..Settings::default() };
            settings.into_config().map(|config| {
                let limits = config.limits.room;
                (limits.pause_after.as_secs(), limits.end_after.as_secs())
            })
        };
        assert_eq!(said(None, None), Ok((120, 900)));
        assert_eq!(said(Some(5), Some(5)), Ok((5, 5)));
        assert_eq!(said(Some(901), None), Err(ConfigError::EndsBeforeItPauses));
    }
}

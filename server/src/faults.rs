// SPDX-License-Identifier: EUPL-1.2
//! What is wrong with a file of settings: all of it, where it stands, and what would be right.
//!
//! Each key is read by itself, by the same code that reads the whole, so nothing is found here that would not be
//! refused there. What keys exist and what they take is asked of that code too; what they look like, of
//! `docs/zooo.toml`. Nothing that stands behind a `=` is quoted: it may be a secret in the wrong place.

use core::{fmt, ops::Range};

use serde::Deserialize;
use toml::{
    Deserializer, Spanned,
    de::{DeTable, DeValue, Error},
};

use crate::{
    config::ConfigError, facts::OperatorSettings, limits::LimitSettings, settings::Settings,
    tls::TlsSettings,
};

/// The commented example, with every key that there is.
pub const EXAMPLE: &str = include_str!("../../docs/zooo.toml");

/// One thing that cannot stay as it is.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Fault {
    /// Counted from 1.
    pub line: usize,
    /// In characters, counted from 1.
    pub column: usize,
    /// What is wrong, and what would be right.
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.message)
    }
}

/// Reads a file of settings, or says everything that is wrong with it, in the order in which it stands there.
pub fn read(text: &str) -> Result<Settings, Vec<Fault>> {
    let table = DeTable::parse(text).map_err(|error| vec![syntax(text, &error)])?;
    let tables = [
        (TOP, known::<Settings>()),
        (OPERATOR, known::<OperatorSettings>()),
        (LIMITS, known::<LimitSettings>()),
        (TLS, known::<TlsSettings>()),
    ];
    let mut faults = Vec::new();
    for (key, value) in table.get_ref() {
        let place = |name| Place { text, name, tables: &tables };
        match (key.get_ref().as_ref(), value.get_ref()) {
            (OPERATOR, DeValue::Table(all)) => {
                faults.extend(place(OPERATOR).all::<OperatorSettings>(all));
            }
            (LIMITS, DeValue::Table(all)) => faults.extend(place(LIMITS).all::<LimitSettings>(all)),
            (TLS, DeValue::Table(all)) => faults.extend(place(TLS).all::<TlsSettings>(all)),
            _ => faults.extend(place(TOP).fault::<Settings>(key, value)),
        }
    }
    if faults.is_empty() {
        // Whatever only the whole can show.
        return Settings::parse(text)
            .map_err(|wrong| vec![Fault { line: wrong.line, column: 1, message: wrong.message }]);
    }
    faults.sort();
    Err(faults)
}

/// Where in the file a decision was written that cannot work; nothing, where it was not the file that said it.
pub fn of_decision(text: &str, error: &ConfigError) -> Option<Fault> {
    let table = DeTable::parse(text).ok()?;
    let keys: &[&str] = match error {
        ConfigError::Unannounced(_) => &["media"],
        ConfigError::Hidden(_) => &["media", TLS],
        ConfigError::Tls(_) => &[TLS],
        ConfigError::Announced => &["announce"],
        ConfigError::MetricsExposed(_) => &["metrics"],
        ConfigError::Threads(_) => &["media_threads"],
        ConfigError::Codecs => &["codecs"],
        ConfigError::NoOperator => &["rooms"],
        ConfigError::Embedders(_) => &["embed"],
        ConfigError::EndsBeforeItPauses => &["end_after", "pause_after"],
        ConfigError::Limit { key, .. } => {
            let limits = table.get_ref().get(LIMITS)?.get_ref().as_table()?;
            let (key, _) = limits.get_key_value(*key)?;
            return Some(Fault::at(text, key.span(), error.to_string()));
        }
        ConfigError::Undeclared(..) => &[OPERATOR, "http", "media", "announce"],
    };
    let keys = keys.iter().find_map(|key| table.get_ref().get_key_value(*key));
    keys.map(|(key, _)| Fault::at(text, key.span(), error.to_string()))
}

impl Fault {
    fn at(text: &str, span: Range<usize>, message: String) -> Self {
        let before = text.get(..span.start).unwrap_or(text);
        let line = before.rsplit('\n').next().unwrap_or_default();
        Self {
            line: before.matches('\n').count().saturating_add(1),
            column: line.chars().count().saturating_add(1),
            message,
        }
    }
}

/// A table, and what belongs there and elsewhere.
struct Place<'t> {
    text: &'t str,
    name: &'static str,
    tables: &'t [(&'static str, Vec<String>)],
}

type Key<'t> = Spanned<std::borrow::Cow<'t, str>>;

impl<'t> Place<'t> {
    /// What is wrong with all of a table.
    fn all<T: Deserialize<'t>>(&self, table: &DeTable<'t>) -> Vec<Fault> {
        table.iter().filter_map(|(key, value)| self.fault::<T>(key, value)).collect()
    }

    fn keys(&self) -> impl Iterator<Item = &'t String> {
        let own = self.tables.iter().filter(|(name, _)| *name == self.name);
        own.flat_map(|(_, keys)| keys)
    }

    /// What is wrong with a key and its value, if they are read as a part of `T`.
    fn fault<T: Deserialize<'t>>(
        &self,
        key: &Key<'t>,
        value: &Spanned<DeValue<'t>>,
    ) -> Option<Fault> {
        let name = key.get_ref().as_ref();
        if !self.keys().any(|known| known == name) {
            return Some(Fault::at(self.text, key.span(), self.unknown(name)));
        }
        let alone = DeTable::from_iter([(key.clone(), value.clone())]);
        let error = T::deserialize(Deserializer::from(Spanned::new(value.span(), alone))).err()?;
        let span = error.span().unwrap_or_else(|| value.span());
        let mut message = told(name, error.message(), value.get_ref());
        if let Some(example) = example_of(name) {
            message.push_str("; for example: ");
            message.push_str(example);
        }
        Some(Fault::at(self.text, span, message))
    }

    fn unknown(&self, name: &str) -> String {
        let quoted = quoted(name);
        let others = || self.tables.iter().filter(|(table, _)| *table != self.name);
        if let Some((table, _)) = others().find(|(_, keys)| keys.iter().any(|key| key == name)) {
            return format!("{quoted} {}", self.misplaced(table));
        }
        if let Some(near) = nearest(name, self.keys()) {
            return format!("there is no key {quoted}; did you mean `{near}`?");
        }
        for (table, keys) in others() {
            if let Some(near) = nearest(name, keys.iter()) {
                return format!("there is no key {quoted}; `{near}` {}", self.misplaced(table));
            }
        }
        format!("there is no key {quoted}; `zooo config example` shows those there are")
    }

    /// What is said of a key that belongs into another table.
    fn misplaced(&self, table: &str) -> String {
        if table == TOP {
            let own = self.name;
            format!(
                "is no key of [{own}]: it belongs above the line `[{own}]`, where the file begins"
            )
        } else {
            format!("belongs to [{table}]: below the line `[{table}]`")
        }
    }
}

/// The keys of a table: whoever reads it names them when it is shown another.
fn known<'t, T: Deserialize<'t>>() -> Vec<String> {
    let nobody = DeTable::from_iter([(
        Spanned::new(0..0, "?".into()),
        Spanned::new(0..0, DeValue::Boolean(true)),
    )]);
    let refused = T::deserialize(Deserializer::from(Spanned::new(0..0, nobody))).err();
    let refused = refused.as_ref().map_or("", |error| error.message());
    choices(refused).skip(1).map(str::to_owned).collect()
}

/// What stands in backticks.
fn choices(message: &str) -> impl Iterator<Item = &str> {
    message.split('`').skip(1).step_by(2)
}

/// What is said of a value that cannot be used; of the value itself, its kind.
fn told(name: &str, message: &str, value: &DeValue<'_>) -> String {
    let (found, expected) = message.rsplit_once(", expected ").unwrap_or((message, ""));
    let takes = wanted(expected);
    if let Some(found) = found.strip_prefix("invalid type: ") {
        return format!("{name} takes {takes}, and {} stands here", kind(found));
    }
    if found.starts_with("invalid value: ") || found.starts_with("invalid length ") {
        return format!("{name} takes {takes}");
    }
    if let Some(found) = found.strip_prefix("unknown variant `") {
        let all: Vec<_> = choices(expected).map(str::to_owned).collect();
        let near = nearest(found.trim_end_matches('`'), all.iter());
        let meant = near.map_or_else(String::new, |near| format!("; did you mean \"{near}\"?"));
        let all = all.iter().map(|one| format!("\"{one}\"")).collect::<Vec<_>>().join(", ");
        return format!("{name} takes {all}, and something else stands here{meant}");
    }
    if let Some(found) = found.strip_prefix("unknown field `") {
        let found = found.trim_end_matches('`');
        let all = choices(expected).collect::<Vec<_>>().join(", ");
        return format!("{name} has no key {}; it has {all}", quoted(found));
    }
    if let Some(missing) = found.strip_prefix("missing field ") {
        return format!("{name} lacks {missing}");
    }
    match message {
        "invalid socket address syntax" => {
            format!("{name} takes an IP address and a port in quotes")
        }
        "invalid IP address syntax" => format!("{name} takes IP addresses in quotes"),
        _ => format!("{name}: {}", without(value, message.to_owned())),
    }
}

/// A message without the texts of a value.
fn without(value: &DeValue<'_>, message: String) -> String {
    match value {
        DeValue::String(text) if text.chars().count() >= LONG => message.replace(&**text, "…"),
        DeValue::Array(all) => all.iter().fold(message, |told, one| without(one.get_ref(), told)),
        DeValue::Table(all) => {
            all.iter().fold(message, |told, (_, one)| without(one.get_ref(), told))
        }
        DeValue::String(_)
        | DeValue::Integer(_)
        | DeValue::Float(_)
        | DeValue::Boolean(_)
        | DeValue::Datetime(_) => message,
    }
}

/// What serde calls what it wants, in the words of a file.
fn wanted(expected: &str) -> &str {
    match expected {
        "u16" => "a whole number, 0 to 65535",
        "u32" => "a whole number, 0 to 4294967295",
        "u64" | "usize" => "a whole number, 0 or more",
        "socket address" => "an IP address and a port in quotes",
        "IP address" => "an IP address in quotes",
        "a sequence" => "a list in [ ]",
        "a boolean" => "true or false",
        "a string" | "string or table" => "a text in quotes",
        table if table.starts_with("struct ") => "a table in { }",
        other => other,
    }
}

/// The kind of what was found, without the value that stands beside it.
fn kind(found: &str) -> &'static str {
    match found.split([' ', '`']).next() {
        Some("string") => "a text",
        Some("integer") => "a whole number",
        Some("floating") => "a number with a point",
        Some("boolean") => "true or false",
        Some("sequence") => "a list",
        Some("map") => "a table",
        _ => "something else",
    }
}

/// A key as somebody wrote it, where that can hardly be a secret that stands where a key belongs.
fn quoted(key: &str) -> String {
    let is_word = key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    if is_word && key.len() <= LONGEST_KEY { format!("`{key}`") } else { "like this".to_owned() }
}

fn syntax(text: &str, error: &Error) -> Fault {
    let message = error.message();
    let plain = SYNTAX.iter().find(|(begins, _)| message.starts_with(begins));
    let message =
        plain.map_or_else(|| message.replace('\n', ", "), |(_, plain)| (*plain).to_owned());
    Fault::at(text, error.span().unwrap_or_default(), message)
}

/// The line of the example that sets this key.
fn example_of(key: &str) -> Option<&'static str> {
    let lines = EXAMPLE.lines().map(|line| line.trim_start_matches("# "));
    let sets = |line: &&str| line.strip_prefix(key).is_some_and(|rest| rest.starts_with(" = "));
    // An empty list shows nobody what stands in one.
    lines.into_iter().find(sets).filter(|line| !line.ends_with("[]"))
}

/// The known name that somebody may have meant.
fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a String>) -> Option<&'a str> {
    if name.len() > LONGEST_KEY {
        return None;
    }
    let name = name.to_ascii_lowercase().replace('-', "_");
    let (steps, near) = known.map(|known| (distance(&name, known), known)).min()?;
    let most = 1 + name.len() / 4;
    (steps <= most && steps < near.len()).then_some(near)
}

/// How many letters have to be put in, taken out, replaced or exchanged with their neighbour.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<_> = other.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    let mut letter_before = None;
    for (row, letter) in one.chars().enumerate() {
        let mut next = vec![row + 1];
        for (column, wanted) in other.iter().enumerate() {
            let of = |row: &[usize], at: usize| row.get(at).copied().unwrap_or(usize::MAX);
            let replaced = of(&last, column) + usize::from(letter != *wanted);
            let moved = of(&last, column + 1).min(of(&next, column)) + 1;
            let is_swapped = column > 0
                && letter_before == Some(*wanted)
                && other.get(column.wrapping_sub(1)) == Some(&letter);
            let swapped = if is_swapped {
                of(&before, column.wrapping_sub(1)).saturating_add(1)
            } else {
                usize::MAX
            };
            next.push(replaced.min(moved).min(swapped));
        }
        before = core::mem::replace(&mut last, next);
        letter_before = Some(letter);
    }
    last.last().copied().unwrap_or(usize::MAX)
}

/// What the most frequent slips are called by who reads TOML, and by who writes it.
const SYNTAX: [(&str, &str); 5] = [
    ("duplicate key", "this key is set twice"),
    ("invalid basic string", "this text has no end: a \" is missing"),
    ("key with no value", "this key has no value: a line is KEY = VALUE"),
    (
        "missing comma between array elements",
        "a comma is missing before this, or the ] of the list",
    ),
    ("string values must be quoted", "a text has to stand in quotes"),
];
const OPERATOR: &str = "operator";
const LIMITS: &str = "limits";
const TLS: &str = "tls";
/// What stands before any table.
const TOP: &str = "";
/// Longer, a key in the place of a setting is quoted. Shorter, a long word that was mistyped is not.
const LONGEST_KEY: usize = 24;
/// Shorter, a word that a message is made of is taken for the value. Longer, a short secret is quoted.
const LONG: usize = 4;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_slip_of_the_finger_is_one_step() {
        for (one, other, steps) in [
            ("http", "http", 0),
            ("htpt", "http", 1),
            ("http", "https", 1),
            ("license", "licence", 1),
            ("", "ada", 3),
            ("kitten", "sitting", 3),
        ] {
            assert_eq!(
                (distance(one, other), distance(other, one)),
                (steps, steps),
                "{one} {other}"
            );
        }
    }

    #[test]
    fn the_example_has_no_fault() {
        assert_eq!(read(EXAMPLE).map(|read| read.or(Settings::usual())), Ok(Settings::usual()));
    }

    proptest! {
        /// What is refused here is refused there, and the other way round.
        #[test]
        fn any_file_is_read_as_settings_are(
            lines in prop::collection::vec("(http|media|rooms|origin|operator|\\[operator\\]|contact|x)( = (1|-1|\"[a-z:0-9.@]{0,12}\"|\\[\\]|\\{\\}))?", 0..5)
        ) {
            let text = lines.join("\n");
            let parsed = Settings::parse(&text);
            let read = read(&text);
            prop_assert_eq!(read.is_ok(), parsed.is_ok());
            if let (Ok(read), Ok(parsed)) = (read, parsed) {
                prop_assert_eq!(read, parsed);
            }
        }

        #[test]
        fn no_value_is_quoted(value in "[A-Z]{8,20}", key in "[a-z_]{1,12}") {
            let keys = known::<Settings>().into_iter().chain(known::<OperatorSettings>()).chain([key]);
            for key in keys {
                for line in [
                    format!("{key} = \"{value}\""),
                    format!("{key} = [\"{value}\"]"),
                    format!("{key} = {{ {value} = \"{value}\", de = \"{value}\" }}"),
                    format!("{key} = {value}"),
                    format!("[operator]\n{key} = \"{value}\""),
                    format!("[operator]\n{key} = [\"{value}\"]"),
                ] {
                    let told = read(&line).err().unwrap_or_default();
                    // The key of an inner table may be named.
                    let told = told.iter().map(ToString::to_string).collect::<String>();
                    let told = told.replace(&format!("no key `{value}`"), "");
                    prop_assert!(!told.contains(&value), "{}: {}", line, told);
                }
            }
        }
    }
}

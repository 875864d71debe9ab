// SPDX-License-Identifier: EUPL-1.2
//! The file in which an operator keeps their key: what `zooo key` prints.

use serde::Deserialize;
use shared::{OperatorKey, OperatorMark};
use thiserror::Error;
use zeroize::Zeroizing;

/// The secret and the public mark, each on a line that says what it is for.
pub fn written_key(key: &OperatorKey) -> Zeroizing<String> {
    let secret = Zeroizing::new(key.to_text());
    let mark = key.mark().to_text();
    Zeroizing::new(format!(
        "# The operator's secret. It signs licences and stays in the office: no server needs it.\n\
         secret = \"{}\"\n\
         # The operator's public mark. Servers recognise the licences by it: a line for their zooo.toml.\n\
         licence_key = \"{mark}\"\n",
        secret.as_str()
    ))
}

/// Reads what [`written_key`] writes, or the secret alone.
pub fn read_key(text: &str) -> Result<OperatorKey, KeyFileFault> {
    if let Some(key) = OperatorKey::parse(text.trim()) {
        return Ok(key);
    }
    if OperatorMark::parse(text.trim()).is_some() {
        return Err(KeyFileFault::OnlyTheMark);
    }
    // What is wrong is not quoted: it may be the secret.
    let Ok(Written { secret, licence_key }) = toml::from_str(text) else {
        return Err(KeyFileFault::NoSecret);
    };
    let secret = Zeroizing::new(secret);
    let key = OperatorKey::parse(&secret).ok_or(KeyFileFault::NoSecret)?;
    match licence_key {
        Some(mark) if mark != key.mark().to_text() => Err(KeyFileFault::NoPair),
        Some(_) | None => Ok(key),
    }
}

/// Why a file signs nothing.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
pub enum KeyFileFault {
    /// There is no secret in it.
    #[error("it does not hold an operator's secret as `zooo key` prints it")]
    NoSecret,
    /// It is the other half.
    #[error(
        "it holds the operator's public mark; what signs is the secret, which `zooo key` prints with it"
    )]
    OnlyTheMark,
    /// Servers that know this mark would not recognise what this secret signs.
    #[error("its secret and its licence_key do not belong together")]
    NoPair,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    secret: String,
    licence_key: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Settings;

    fn mark(text: &str) -> Result<String, KeyFileFault> {
        read_key(text).map(|key| key.mark().to_text())
    }

    #[test]
    fn a_key_survives_its_file() {
        let key = OperatorKey::from_random([9; 32]);
        let own = key.mark().to_text();
        assert_eq!(mark(&written_key(&key)), Ok(own.clone()));
        assert_eq!(mark(&format!("{}\n", key.to_text())), Ok(own));
    }

    #[test]
    fn a_file_that_is_no_key_signs_nothing() {
        let key = OperatorKey::from_random([9; 32]);
        let written = written_key(&key);
        let public: String = written.lines().skip(2).collect();
        let other = OperatorKey::from_random([8; 32]).mark().to_text();
        for text in
            ["", "secret = \"short\"", &public, "[secret]", &written.replace("secret", "key")]
        {
            assert_eq!(mark(text), Err(KeyFileFault::NoSecret), "{text}");
        }
        assert_eq!(mark(&other), Err(KeyFileFault::OnlyTheMark));
        let mixed = written.replace(&key.mark().to_text(), &other);
        assert_eq!(mark(&mixed), Err(KeyFileFault::NoPair));
    }

    #[test]
    fn the_public_line_is_one_for_the_servers_file() {
        let key = OperatorKey::from_random([9; 32]);
        let written = written_key(&key);
        let public: String =
            written.lines().filter(|line| line.starts_with("licence_key")).collect();
        let settings = Settings::parse(&public).expect("settings");
        assert_eq!(settings.licence_key, Some(key.mark()));
    }
}

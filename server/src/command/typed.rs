// SPDX-License-Identifier: EUPL-1.2
//! What goes in and out of a command: typed texts, randomness, the lines of its answer.

use core::{convert::Infallible, fmt, str::FromStr};
use std::io::{self, Write as _};

use server::office::read_key;
use zeroize::Zeroizing;

use super::Failure;

/// A text in which a secret may stand. It does not print, not even when it is of no use.
#[derive(Clone)]
pub(super) struct Typed(Zeroizing<String>);

impl Typed {
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Typed {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self(Zeroizing::new(text.to_owned())))
    }
}

impl fmt::Debug for Typed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Typed(…)")
    }
}

/// A complaint about arguments, without the secrets that stand in them: what is behind the `#` of a
/// link, and a key that was given itself where its file was meant.
pub(crate) fn without_secrets(
    complaint: String,
    arguments: impl Iterator<Item = String>,
) -> String {
    arguments.fold(complaint, |complaint, argument| {
        let behind = |mark| argument.split_once(mark).map(|(_, rest)| rest);
        let keys = [Some(&*argument), behind('=')].into_iter().flatten();
        let keys = keys.filter(|text| read_key(text).is_ok());
        let secrets = keys.chain(behind('#').filter(|secret| !secret.is_empty()));
        secrets.fold(complaint, |complaint, secret| complaint.replace(secret, "…"))
    })
}

/// 32 bytes that nobody can guess.
pub(super) fn random() -> Result<Zeroizing<[u8; 32]>, Failure> {
    let mut bytes = Zeroizing::new([0; 32]);
    aws_lc_rs::rand::fill(bytes.as_mut_slice()).map_err(|_unspecified| Failure::NoRandomness)?;
    Ok(bytes)
}

/// Writes an answer. Unlike a message it is all that a command is for: if it is lost, that is an error.
pub(super) fn answer(text: &str) -> Result<(), Failure> {
    answer_bytes(text.as_bytes())
}

/// The same of a text that somebody else has written.
pub(super) fn answer_bytes(text: &[u8]) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    out.write_all(text).and_then(|()| out.flush()).map_err(Failure::Unwritten)
}

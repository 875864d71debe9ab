// SPDX-License-Identifier: EUPL-1.2
//! What a licence says, and with which key it is signed.

use std::{fs, path::PathBuf};

use server::{
    clock::Clock,
    office::{end_of_day, read_key},
};
use shared::{Licence, LicenceTerms, RoomId, UnixTime};
use zeroize::Zeroizing;

use super::Failure;

/// A licence to be signed.
#[derive(Debug)]
pub(super) struct Terms {
    pub(super) terms: LicenceTerms,
    pub(super) key: PathBuf,
}

impl Terms {
    /// Signs it for a room.
    pub(super) fn sign(self, room: RoomId) -> Result<Licence, Failure> {
        let Self { terms, key: path } = self;
        if terms.until <= Clock::start().calendar_start() {
            return Err(Failure::Over);
        }
        let text = match fs::read_to_string(&path) {
            Ok(text) => Zeroizing::new(text),
            Err(_) if path.to_str().is_some_and(|path| read_key(path).is_ok()) => {
                return Err(Failure::KeyItself);
            }
            Err(error) => return Err(Failure::KeyUnreadable(path, error)),
        };
        let key = read_key(&text).map_err(|fault| Failure::Key(path, fault))?;
        Ok(Licence::issue(&key, room, terms))
    }
}

/// For `--until`.
pub(super) fn until(text: &str) -> Result<UnixTime, &'static str> {
    end_of_day(text).ok_or("it is not a day of the calendar, such as 2027-01-31")
}

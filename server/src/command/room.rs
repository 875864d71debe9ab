// SPDX-License-Identifier: EUPL-1.2
//! `zooo room`.

use std::path::PathBuf;

use clap::Args;
use server::office::{Bookmark, Origin, invitation};
use shared::{LicenceTerms, RoomSecret, UnixTime};

use super::{
    Failure,
    terms::{Terms, until},
    typed::{answer, random},
};

/// Makes a room and prints its links.
///
/// The bookmark of its moderators is the first line, the invitation for everybody else the second. With
/// --key the bookmark carries a licence.
#[derive(Args, Debug)]
pub(crate) struct MakeRoom {
    /// Where the server is reached, `https://zooo.example` for instance. Without it links begin with `/`.
    #[arg(long, value_name = "ORIGIN", value_parser = origin)]
    origin: Option<Origin>,
    /// For a licence: how many people can be in the room at once. A few seats come on top that only
    /// moderators can take.
    #[arg(
        long,
        value_name = "N",
        requires_all = ["until", "key"],
        value_parser = clap::value_parser!(u16).range(1..)
    )]
    max_participants: Option<u16>,
    /// For a licence: the last day on which the room can be opened, in UTC.
    #[arg(
        long,
        value_name = "YYYY-MM-DD",
        requires_all = ["max_participants", "key"],
        value_parser = until
    )]
    until: Option<UnixTime>,
    /// For a licence: by what the office finds it again; no name.
    #[arg(long, value_name = "N", requires = "key")]
    number: Option<u64>,
    /// For a licence: the file with the operator's secret, as `zooo key` prints it.
    #[arg(long, value_name = "FILE", requires_all = ["max_participants", "until"])]
    key: Option<PathBuf>,
}

impl MakeRoom {
    pub(crate) fn run(self) -> Result<(), Failure> {
        let secret = RoomSecret::from_random(*random()?);
        let bookmark = Bookmark { origin: self.origin.clone().unwrap_or_default(), secret };
        let room = bookmark.secret.moderator_key().room_id();
        let licence = self.terms().map(|terms| terms.sign(room)).transpose()?;
        let links = [bookmark.link(licence.as_ref()), invitation(&bookmark)];
        answer(&format!("{}\n{}\n", links[0], links[1]))
    }

    /// A licence is asked for as a whole or not at all.
    fn terms(self) -> Option<Terms> {
        let (max_participants, until, key) = (self.max_participants?, self.until?, self.key?);
        let number = self.number.unwrap_or(0);
        Some(Terms { terms: LicenceTerms { max_participants, until, number }, key })
    }
}

/// For `--origin`.
pub(super) fn origin(text: &str) -> Result<Origin, &'static str> {
    Origin::parse(text).ok_or("it is not scheme, host and port alone, such as https://zooo.example")
}

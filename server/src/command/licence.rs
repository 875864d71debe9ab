// SPDX-License-Identifier: EUPL-1.2
//! `zooo licence`.

use std::{io, path::PathBuf};

use clap::Args;
use server::office::{Bookmark, room_of};
use shared::{LicenceTerms, UnixTime};
use zeroize::Zeroizing;

use super::{
    Failure,
    terms::{Terms, until},
    typed::{Typed, answer},
};

/// Signs a licence for a room.
///
/// Prints the licence, or with --bookmark the whole bookmark that carries it.
#[derive(Args, Debug)]
pub(crate) struct MakeLicence {
    /// The room: its id, or its invitation link.
    #[arg(
        long,
        value_name = "ROOM",
        required_unless_present = "bookmark",
        conflicts_with = "bookmark"
    )]
    room: Option<Typed>,
    /// The room, by its bookmark; `-` reads it from the standard input, where others do not see it.
    #[arg(long, value_name = "LINK", allow_hyphen_values = true)]
    bookmark: Option<Typed>,
    /// How many people can be in the room at once. A few seats come on top that only moderators can take.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    max_participants: u16,
    /// The last day on which the room can be opened, in UTC.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = until)]
    until: UnixTime,
    /// By what the office finds the licence again; no name.
    #[arg(long, value_name = "N", default_value_t = 0)]
    number: u64,
    /// The file with the operator's secret, as `zooo key` prints it.
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
}

impl MakeLicence {
    pub(crate) fn run(self) -> Result<(), Failure> {
        let Self { room, bookmark, max_participants, until, number, key } = self;
        let terms = Terms { terms: LicenceTerms { max_participants, until, number }, key };
        if let Some(bookmark) = bookmark {
            let bookmark = read_bookmark(&bookmark)?;
            let licence = terms.sign(bookmark.secret.moderator_key().room_id())?;
            return answer(&format!("{}\n", bookmark.link(Some(&licence))));
        }
        let room = room.as_ref().map_or("", Typed::as_str);
        let licence = terms.sign(room_of(room).map_err(Failure::Room)?)?;
        answer(&format!("{}\n", licence.to_text()))
    }
}

fn read_bookmark(typed: &Typed) -> Result<Bookmark, Failure> {
    if typed.as_str() != "-" {
        return Bookmark::parse(typed.as_str()).map_err(Failure::Bookmark);
    }
    let mut line = Zeroizing::new(String::new());
    io::stdin().read_line(&mut line).map_err(Failure::BookmarkUnreadable)?;
    Bookmark::parse(&line).map_err(Failure::Bookmark)
}

// SPDX-License-Identifier: EUPL-1.2
//! Makes what an operator gives away: keys, licences, rooms. No server is needed for it, and none
//! hears of it.

mod day;
mod key_file;
mod link;

pub use day::end_of_day;
pub use key_file::{KeyFileFault, read_key, written_key};
pub use link::{Bookmark, LinkFault, Origin, invitation, room_of};

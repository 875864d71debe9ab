// SPDX-License-Identifier: EUPL-1.2
//! Does what a call decides, in the browser: one file per web API, each a guard that cleans up.
//!
//! An adapter translates and never decides. No handle of the browser leaves this folder, except to
//! the one component that shows pictures.

mod awake;
mod browser;
mod capture;
mod chime;
mod clock;
mod codecs;
mod constraints;
mod devices;
mod dictionary;
mod ear;
mod encodings;
mod error;
mod evidence;
mod extent;
mod full_screen;
mod gauge;
mod host_window;
mod inbox;
mod keyboard;
mod level;
mod listener;
mod media_table;
mod outlet;
mod own;
mod page;
mod peer;
mod sdp;
mod sharing;
mod sights;
mod small_window;
mod socket;
mod speaker;
mod statement;
mod storage;
mod swipe;
mod task;
mod text_file;
mod treatment;
mod waiting;

pub(crate) use awake::Awake;
pub(crate) use browser::Browser;
pub(crate) use clock::{Alarm, local, now, said, time_of_day, today};
pub(crate) use extent::Extent;
pub(crate) use full_screen::FullScreen;
pub(crate) use host_window::HostWindow;
pub(crate) use inbox::Inbox;
pub(crate) use keyboard::{HeldKey, shortcuts};
pub(crate) use level::LevelMeter;
use listener::Listener;
pub(crate) use media_table::MediaTable;
pub(crate) use own::Own;
pub(crate) use page::Page;
pub(crate) use sights::Sights;
pub(crate) use small_window::SmallWindow;
pub(crate) use speaker::{Speaker, TestTone};
pub(crate) use statement::responsible;
use statement::statement;
pub(crate) use storage::Storage;
pub(crate) use swipe::Swipes;
pub(crate) use task::spawn;
pub(crate) use text_file::TextFile;

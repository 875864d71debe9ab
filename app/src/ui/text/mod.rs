// SPDX-License-Identifier: EUPL-1.2
//! Every sentence of the page, complete in every language by construction.

mod alone;
mod catalogue;
mod closing;
mod de;
mod embedded;
mod en;
mod equipment;
mod evidence;
mod invitation;
mod keys;
mod limits;
mod moment;
mod outside;
mod quality;
mod rest;
mod restrict;
mod screen_sound;
mod speaker;
mod stage;
#[cfg(test)]
mod tests;
mod ways;

pub(crate) use catalogue::{Failures, Silencing, Texts};
pub(crate) use embedded::Embedded;
pub(crate) use invitation::Letter;
pub(crate) use keys::Keys;
pub(crate) use outside::Outside;
pub(crate) use quality::Quality;
pub(crate) use ways::More;

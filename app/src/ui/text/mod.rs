// SPDX-License-Identifier: EUPL-1.2
//! Every sentence of the page, complete in every language by construction.

mod alone;
mod catalogue;
mod de;
mod en;
mod equipment;
mod evidence;
mod restrict;
mod stage;
mod moment;
mod keys;
mod quality;
mod ways;

pub(crate) use catalogue::{Failures, Silencing, Texts};
pub(crate) use keys::Keys;
pub(crate) use quality::Quality;
pub(crate) use ways::More;
mod invitation;
mod speaker;
#[cfg(test)]
mod tests;

pub(crate) use catalogue::{Failures, Silencing, Texts};
pub(crate) use invitation::Letter;

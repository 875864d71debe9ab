// SPDX-License-Identifier: EUPL-1.2
//! Every sentence of the page, complete in every language by construction.

mod catalogue;
mod de;
mod en;
mod evidence;
mod restrict;
mod stage;
mod moment;

pub(crate) use catalogue::{Failures, Silencing, Texts};

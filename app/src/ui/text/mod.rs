// SPDX-License-Identifier: EUPL-1.2
//! Every sentence of the page, complete in every language by construction.

mod catalogue;
mod de;
mod en;
mod evidence;
mod outside;
mod rest;

pub(crate) use catalogue::{Failures, Silencing, Texts};
pub(crate) use outside::Outside;

// SPDX-License-Identifier: EUPL-1.2
//! Runs the gate, and then one call: what happens goes in, what is decided is done, what is to be seen is shown.

mod call;
mod gate;
mod host;
mod rest;

pub(crate) use gate::{Running, start};
pub(crate) use rest::{Screens, ShowMade, made};

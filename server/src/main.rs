// SPDX-License-Identifier: EUPL-1.2
//! The binary.
fn main() {}

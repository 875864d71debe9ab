// SPDX-License-Identifier: EUPL-1.2
//! What calls that have returned left on a thread's stack.

/// Zeroes the stack below the caller's frame: what was there belongs to nobody.
///
/// To be called by a thread that is about to wait, from as far up as possible.
#[inline(never)]
pub fn forget_stack() {
    zeroize::zeroize_stack::<DEPTH>();
}

/// Larger takes more memory for each thread, and time; smaller, the deepest calls leave something. The
/// deepest there are parse a message, answer an offer, finish a handshake.
const DEPTH: usize = 64 * 1_024;

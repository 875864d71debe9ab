// SPDX-License-Identifier: EUPL-1.2
//! What is not needed any more is not there any more: memory is zeroed when it is given back.
//!
//! A secret that is zeroised where it lies has been elsewhere before: in the buffer of a socket, in a text that
//! was parsed, on the stack of whoever moved it. Nobody finds all of those places in all libraries; so the
//! places are zeroed themselves, whatever was in them.
//!
//! | file | zeroes |
//! |---|---|
//! | `allocator` | the heap: every piece when it is freed |
//! | `stack` | the stacks: what calls that have returned left behind |

mod allocator;
mod stack;

pub use allocator::Forgetful;
pub use stack::forget_stack;

// SPDX-License-Identifier: EUPL-1.2
//! Gives up, before the first person comes, what a server does not need; the kernel sees to it that nothing
//! takes it back.
//!
//! | file | gives up |
//! |---|---|
//! | `files` | every file, ports that are not open, other processes (Landlock) |
//! | `calls` | every system call but those that a running server makes (seccomp) |
//! | `sys` | core dumps, new privileges, being written to a swap device |

mod calls;
mod files;
mod sandbox;
mod sys;

pub use sandbox::{Gaps, Landlock, Memory, Sandbox, Seccomp};

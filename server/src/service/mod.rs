// SPDX-License-Identifier: EUPL-1.2
//! What a service manager hands over at the start, and what it is told. Without one, all of this does nothing.
//!
//! | file | |
//! |---|---|
//! | `inherited` | ports that are open already (`LISTEN_FDS`, sd_listen_fds(3)) |
//! | `manager` | tells that the server is ready, reads its certificate again, stops (`NOTIFY_SOCKET`, sd_notify(3)) |
//! | `sys` | the system calls of both |

mod inherited;
mod manager;
mod sys;

pub use inherited::{Inherited, InheritedError};
pub use manager::Manager;

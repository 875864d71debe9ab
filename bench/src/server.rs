// SPDX-License-Identifier: EUPL-1.2
//! What a server must be able to do to be measured.

use crate::{
    Fault,
    sdp::{Line, Remote},
    transport::Transport,
};

/// A server that is driven, as its signalling sees it.
pub(crate) trait Conference {
    /// Brings in somebody who sends on these lines and receives on those without a source; the transport is
    /// agreed upon, not yet connected.
    fn publisher(&mut self, transport: &mut Transport, lines: &[Line]) -> Result<Remote, Fault>;

    /// Switches on what a publisher sends, when its transport is connected.
    fn start(&mut self, publisher: usize) -> Result<(), Fault>;

    /// Brings in somebody who receives everything from all publishers; `lines` are what that takes.
    fn subscriber(&mut self, transport: &mut Transport, lines: &[Line]) -> Result<Remote, Fault>;

    /// Keeps the signalling alive.
    fn attend(&mut self) -> Result<(), Fault>;
}

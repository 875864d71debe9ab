// SPDX-License-Identifier: EUPL-1.2
//! What was written while this page was inside: the newest lines, and never more than fit.

use std::collections::VecDeque;

use shared::{ParticipantId, SealedText};

use super::ChatView;

/// The lines, in the order in which the room said them.
#[derive(Debug, Default)]
pub(super) struct Chat {
    lines: VecDeque<Line>,
    next: u64,
}

/// What somebody wrote, as they said it and as it is shown.
#[derive(Debug)]
struct Line {
    from: ParticipantId,
    sealed: SealedText,
    view: ChatView,
}

impl Chat {
    /// The most lines that are remembered. More are read by nobody; fewer, and who was away for a
    /// while misses something.
    pub(super) const MOST: usize = 500;

    /// Takes a line; the oldest one makes room. One that is known is said twice: its writer did not hear
    /// the first time.
    pub(super) fn add(
        &mut self,
        from: ParticipantId,
        sealed: SealedText,
        show: impl FnOnce(u64) -> ChatView,
    ) {
        if self.lines.iter().any(|line| line.from == from && line.sealed == sealed) {
            return;
        }
        if self.lines.len() >= Self::MOST {
            self.lines.pop_front();
        }
        self.lines.push_back(Line { from, sealed, view: show(self.next) });
        self.next = self.next.saturating_add(1);
    }

    /// The lines as the screen shows them.
    pub(super) fn view(&self) -> Vec<ChatView> {
        self.lines.iter().map(|line| line.view.clone()).collect()
    }
}

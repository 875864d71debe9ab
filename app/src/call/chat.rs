// SPDX-License-Identifier: EUPL-1.2
//! What was written while this page was inside: the newest lines, and never more than fit.

use std::collections::VecDeque;

use shared::ChatText;

use super::ChatView;

/// The lines, in the order in which the room said them.
#[derive(Debug, Default)]
pub(super) struct Chat {
    lines: VecDeque<ChatView>,
    next: u64,
}

impl Chat {
    /// The most lines that are remembered. More are read by nobody; fewer, and who was away for a
    /// while misses something.
    pub(super) const MOST: usize = 500;

    /// Takes a line; the oldest one makes room.
    pub(super) fn add(&mut self, own: bool, name: Option<String>, text: Option<ChatText>) {
        if self.lines.len() >= Self::MOST {
            self.lines.pop_front();
        }
        self.lines.push_back(ChatView { line: self.next, own, name, text });
        self.next = self.next.saturating_add(1);
    }

    /// The lines as the screen shows them.
    pub(super) fn view(&self) -> Vec<ChatView> {
        self.lines.iter().cloned().collect()
    }
}

// SPDX-License-Identifier: EUPL-1.2
//! What the person said while the line was being mended: it is said when somebody hears it.

use shared::ChatText;

/// The last wish about the hand, and what was written.
#[derive(Debug, Default)]
pub(super) struct Unsaid {
    pub(super) hand: Option<bool>,
    pub(super) lines: Vec<(ChatText, [u8; 12])>,
}

impl Unsaid {
    /// Keeps what somebody wrote, as far as there is room.
    pub(super) fn write(&mut self, text: ChatText, nonce: [u8; 12]) {
        if self.lines.len() < MOST_LINES {
            self.lines.push((text, nonce));
        }
    }
}

/// More are not typed in the minute for which a line is mended. Fewer, and somebody who goes on
/// writing writes in vain.
const MOST_LINES: usize = 50;

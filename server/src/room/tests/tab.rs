// SPDX-License-Identifier: EUPL-1.2
//! A tab that a moderator removed, as the [`Model`](super::model::Model) remembers it.

use shared::ParticipantId;

use super::model::Token;

/// A tab that lost its seat to a moderator: the seat, and where it came since then, the last two.
#[derive(Clone, Debug)]
pub(super) struct Tab {
    pub(super) lost: ParticipantId,
    pub(super) tokens: [Token; 2],
    pub(super) later: Vec<[Token; 2]>,
}

impl Tab {
    /// Everything by which it is recognised.
    pub(super) fn tokens(&self) -> impl Iterator<Item = &Token> {
        self.later.iter().flatten().chain(&self.tokens)
    }

    /// Stands at the door, or is welcomed.
    pub(super) fn comes(&mut self, tokens: [Token; 2]) {
        match self.later.iter_mut().find(|before| before[0].0 == tokens[0].0) {
            Some(before) => *before = tokens,
            None => self.later.push(tokens),
        }
        self.later.drain(..self.later.len().saturating_sub(2));
    }
}

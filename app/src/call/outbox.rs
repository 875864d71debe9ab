// SPDX-License-Identifier: EUPL-1.2
//! What the person writes, until the room has said it: a line that was lost on the way is said again.

use core::time::Duration;
use std::collections::VecDeque;

use shared::{ChatText, SealedText, Timestamp};

/// The lines that the room has not said, in the order in which they were written.
#[derive(Debug, Default)]
pub(super) struct Outbox {
    lines: VecDeque<Line>,
    /// When the room said the last few.
    heard: VecDeque<Timestamp>,
}

#[derive(Debug)]
struct Line {
    text: ChatText,
    nonce: [u8; 12],
    /// Sealed once, however often it is said: by this the room's word is recognised.
    sealed: Option<SealedText>,
    /// Whether it was said on this line.
    said: bool,
}

impl Outbox {
    /// Takes what somebody wrote, if there is room.
    pub(super) fn write(&mut self, text: ChatText, nonce: [u8; 12]) {
        if !self.is_full() {
            self.lines.push_back(Line { text, nonce, sealed: None, said: false });
        }
    }

    /// Whether there is room for nothing more.
    pub(super) fn is_full(&self) -> bool {
        self.lines.len() >= MOST
    }

    /// What can be said at this moment, sealed.
    pub(super) fn say(
        &mut self,
        now: Timestamp,
        seal: impl Fn(&ChatText, [u8; 12]) -> Option<SealedText>,
    ) -> Vec<SealedText> {
        self.heard.retain(|heard| *heard + WITHIN > now);
        let free = MOST.saturating_sub(self.said().saturating_add(self.heard.len()));
        let mut sealed = Vec::new();
        for line in self.lines.iter_mut().filter(|line| !line.said).take(free) {
            line.said = true;
            line.sealed = line.sealed.take().or_else(|| seal(&line.text, line.nonce));
            sealed.extend(line.sealed.clone());
        }
        sealed
    }

    /// The room said a line of this person.
    pub(super) fn heard(&mut self, now: Timestamp, sealed: &SealedText) {
        let before = self.lines.len();
        self.lines.retain(|line| line.sealed.as_ref() != Some(sealed));
        if self.lines.len() < before {
            self.heard.push_back(now);
        }
    }

    /// The line is lost, and perhaps with it what was said last.
    pub(super) fn line_lost(&mut self) {
        self.lines.iter_mut().for_each(|line| line.said = false);
    }

    /// What is to be said comes from another participant, as which it is sealed; no nonce twice.
    pub(super) fn seal_again(&mut self) {
        for line in &mut self.lines {
            if line.sealed.take().is_some() {
                let [first, ..] = &mut line.nonce;
                *first = first.wrapping_add(1);
            }
        }
    }

    /// When the next line can be said.
    pub(super) fn deadline(&self) -> Option<Timestamp> {
        let said = self.said();
        let waits = self.lines.len() > said;
        let free = MOST.saturating_sub(said);
        // As many as fit beside what was said may be left of what was heard.
        let heard = self.heard.iter().rev().nth(free.saturating_sub(1));
        heard.filter(|_| waits).map(|heard| *heard + WITHIN)
    }

    /// What is not said, to be shown.
    pub(super) fn waiting(&self) -> Vec<ChatText> {
        self.lines.iter().filter(|line| !line.said).map(|line| line.text.clone()).collect()
    }

    fn said(&self) -> usize {
        self.lines.iter().filter(|line| line.said).count()
    }
}

/// The server takes so many lines at once, and then one each second. More, and it takes the page for a
/// flood.
const MOST: usize = 5;

/// No more than [`MOST`] are under way or were said by the room within so long, however late any of them
/// arrives.
const WITHIN: Duration = Duration::from_secs(5);

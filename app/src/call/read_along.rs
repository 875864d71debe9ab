// SPDX-License-Identifier: EUPL-1.2
//! What others are writing, as they write it; and what of it is read out: words, not keys.

use core::time::Duration;

use shared::{DisplayName, LiveLine, ParticipantId, Timestamp};

use super::{LineTold, LineView, table::Table};

/// The line of each person who lets others read along. Bounded by who is inside.
#[derive(Debug, Default)]
pub(super) struct Lines {
    written: Table<ParticipantId, Line>,
    told: Option<LineTold>,
    told_at: Option<Timestamp>,
}

#[derive(Debug)]
struct Line {
    name: Option<DisplayName>,
    text: LiveLine,
    /// What of it was read out, in bytes.
    told: usize,
    changed: Timestamp,
    /// When it was said last, changed or not.
    heard: Timestamp,
    /// When something of it is read out; nothing where all is.
    tell_at: Option<Timestamp>,
}

impl Lines {
    /// Takes the whole of what somebody is writing.
    pub(super) fn take(
        &mut self,
        now: Timestamp,
        from: ParticipantId,
        name: Option<DisplayName>,
        text: LiveLine,
    ) {
        if text.is_empty() {
            return self.end(from);
        }
        let before = self.written.remove(&from);
        let told = before.as_ref().map_or(0, |before| before.still_told(&text));
        let same = before.as_ref().filter(|before| before.text == text);
        let changed = same.map_or(now, |same| same.changed);
        let due = before.and_then(|before| before.tell_at);
        let tell_at = due.unwrap_or(now + PAUSE);
        let tell_at = (text.as_str().len() > told).then_some(tell_at);
        self.written.insert(from, Line { name, text, told, changed, heard: now, tell_at });
    }

    /// The line is finished, or taken back.
    pub(super) fn end(&mut self, from: ParticipantId) {
        self.written.remove(&from);
    }

    /// Whoever is gone, or may not write any more, writes nothing.
    pub(super) fn keep(&mut self, writes: impl Fn(ParticipantId) -> bool) {
        self.written.retain(|from, _| writes(*from));
    }

    /// What is due is read out: all that is there of a line that rests, the whole words of one that goes on.
    /// One line at a time.
    pub(super) fn pass(&mut self, now: Timestamp) {
        self.written.retain(|_, line| line.heard + STALE > now);
        if self.next().is_none_or(|(_, due)| due > now) {
            return;
        }
        for line in self.written.values_mut() {
            let Some(due) = line.tell_at.filter(|due| *due <= now) else { continue };
            let rests = line.changed + PAUSE <= now;
            let words = line.untold(rests).to_owned();
            line.told = line.told.saturating_add(words.len());
            let is_all = line.told >= line.text.as_str().len();
            line.tell_at = (!is_all).then(|| (line.changed + PAUSE).max(due + PAUSE));
            if !words.trim().is_empty() {
                let number = self.told.as_ref().map_or(0, |told| told.number.wrapping_add(1));
                let text = LiveLine::from_typed(words.trim());
                self.told = Some(LineTold { number, name: line.name.clone(), text });
                self.told_at = Some(now);
                return;
            }
        }
    }

    /// When something is read out, or goes because nobody says it any more.
    pub(super) fn deadline(&self) -> Option<Timestamp> {
        let stale = self.written.values().map(|line| line.heard + STALE);
        self.next().map(|(_, due)| due).into_iter().chain(stale).min()
    }

    /// The lines as the screen shows them, in order of arrival of who writes.
    pub(super) fn view(&self) -> Vec<LineView> {
        let view = |(id, line): (&ParticipantId, &Line)| LineView {
            id: *id,
            name: line.name.clone(),
            text: line.text.clone(),
        };
        self.written.iter().map(view).collect()
    }

    /// What was read out last.
    pub(super) const fn told(&self) -> Option<&LineTold> {
        self.told.as_ref()
    }

    /// Whose line is next to be read out, and when: not before the last word was heard.
    fn next(&self) -> Option<(ParticipantId, Timestamp)> {
        let free = self.told_at.map_or_else(Timestamp::default, |told| told + PAUSE);
        let due = self.written.iter().filter_map(|(from, line)| Some((*from, line.tell_at?)));
        due.map(|(from, due)| (from, due.max(free))).min_by_key(|(_, due)| *due)
    }
}

impl Line {
    /// How much of what was read out still stands there: where a word was changed, it is read out anew.
    fn still_told(&self, text: &LiveLine) -> usize {
        let told = self.text.as_str().get(..self.told).unwrap_or_default();
        if text.as_str().starts_with(told) {
            return self.told;
        }
        let same = told.char_indices().zip(text.as_str().chars());
        let same = same.take_while(|((_, before), now)| before == now);
        let same = same.last().map_or(0, |((at, c), _)| at.saturating_add(c.len_utf8()));
        words_end(told.get(..same).unwrap_or_default())
    }

    /// What was not read out yet: to the end, or to the end of the last whole word.
    fn untold(&self, to_the_end: bool) -> &str {
        let untold = self.text.as_str().get(self.told..).unwrap_or_default();
        if to_the_end { untold } else { untold.get(..words_end(untold)).unwrap_or_default() }
    }
}

/// Behind the last white space.
fn words_end(text: &str) -> usize {
    text.trim_end_matches(|c: char| !c.is_whitespace()).len()
}

/// A page says the line of its person again every 20 seconds while it stands. Longer, what nobody is writing any
/// more stands longer, where the last word on it was lost. Shorter, a line is gone that was said again and lost.
const STALE: Duration = Duration::from_secs(50);

/// Longer, words come late. Shorter, a word is read out in pieces, and nobody can be listened to beside it.
const PAUSE: Duration = Duration::from_millis(1_500);

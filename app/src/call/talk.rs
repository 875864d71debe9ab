// SPDX-License-Identifier: EUPL-1.2
//! Push-to-talk: the microphone runs, and nothing of it is sent but while a key is held.
//!
//! ```text
//!          chosen              pressed            pause over
//!   Free ─────────▶ Waiting ─────────▶ Pressed ─────────────▶ Open
//!    ▲                 ▲                   │                    │
//!    │ given up        └── released, microphone off ────────────┘
//!    └───────── from each of them: the microphone goes off
//! ```

use core::time::Duration;

use shared::{Source, Timestamp};

use super::{Call, Effect, Silencer};

/// Whether the microphone waits for a key.
#[derive(Debug, Default)]
pub(super) struct Talk {
    state: State,
    /// When a press was last followed.
    opened: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
enum State {
    /// It does not.
    #[default]
    Free,
    /// It does, and the key is up.
    Waiting,
    /// The key is held; it is followed from this moment on.
    Pressed { from: Timestamp },
    /// The key is held, and what is said is sent.
    Open,
}

impl Talk {
    /// Whether the person talks by a key.
    pub(super) fn is_chosen(&self) -> bool {
        self.state != State::Free
    }

    /// Whether nothing is sent of a microphone that runs.
    pub(super) const fn withholds(&self) -> bool {
        matches!(self.state, State::Waiting | State::Pressed { .. })
    }

    /// When a key that is held is followed.
    pub(super) const fn deadline(&self) -> Option<Timestamp> {
        match self.state {
            State::Pressed { from } => Some(from),
            State::Free | State::Waiting | State::Open => None,
        }
    }

    fn choose(&mut self) {
        if self.state == State::Free {
            self.state = State::Waiting;
        }
    }

    const fn give_up(&mut self) {
        self.state = State::Free;
    }

    fn press(&mut self, now: Timestamp) {
        if self.state == State::Waiting {
            let from = self.opened.map_or(now, |opened| opened + BETWEEN);
            self.state = State::Pressed { from };
            self.follow(now);
        }
    }

    fn follow(&mut self, now: Timestamp) {
        if self.deadline().is_some_and(|from| from <= now) {
            self.state = State::Open;
            self.opened = Some(now);
        }
    }

    /// The key is up, or the microphone is off: talking takes another press.
    pub(super) const fn let_go(&mut self) {
        if matches!(self.state, State::Pressed { .. } | State::Open) {
            self.state = State::Waiting;
        }
    }
}

impl Call {
    /// The person wants to talk by a key, or no more. What is sent because nobody holds a key any more would be
    /// sent unasked: the microphone goes off then.
    pub(super) fn push_to_talk(&mut self, chosen: bool) {
        if chosen {
            self.hold_back(Talk::choose);
        } else if self.sources.talk.is_chosen() {
            self.switch_off(Source::Microphone);
            self.sources.talk.give_up();
        }
    }

    /// The key is held, or up again. What does not run is not switched on by it.
    pub(super) fn hold_key(&mut self, now: Timestamp, held: bool) {
        if !held {
            self.hold_back(Talk::let_go);
        } else if self.shown().is_some() && self.sources.get(Source::Microphone).is_on() {
            self.hold_back(|talk| talk.press(now));
        }
    }

    /// A key that was pressed a moment ago too early.
    pub(super) fn key_due(&mut self, now: Timestamp) {
        self.hold_back(|talk| talk.follow(now));
    }

    /// While the room pauses no microphone runs, one of which nothing is sent neither: of that the room
    /// knows nothing.
    pub(super) fn stand_down(&mut self) {
        let paused = self.shown().is_some_and(|conference| conference.roster.is_paused());
        if paused && self.sources.talk.withholds() {
            let microphone = self.sources.get_mut(Source::Microphone);
            self.effects.extend(microphone.silence(Silencer::Room));
        }
        if !self.sources.get(Source::Microphone).is_on() {
            self.sources.talk.let_go();
        }
    }

    /// Sends what is said from here on, or nothing of it, if the change makes that difference.
    fn hold_back(&mut self, change: impl FnOnce(&mut Talk)) {
        let before = self.sources.is_sent(Source::Microphone);
        change(&mut self.sources.talk);
        let sent = self.sources.is_sent(Source::Microphone);
        if sent == before || self.shown().is_none() {
            return;
        }
        self.effects.push(Effect::Transmit(Source::Microphone, sent));
        self.publish();
    }
}

/// Between two presses that are followed. Longer, who lets go for a breath is cut off; shorter, somebody who drums
/// on the key says more than the server hears of one page.
const BETWEEN: Duration = Duration::from_millis(300);

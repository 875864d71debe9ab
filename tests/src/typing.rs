// SPDX-License-Identifier: EUPL-1.2
//! Somebody who writes while others read along, and how late they read it.

use std::time::Duration;

use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};
use serde_json::{Value, json};

use crate::{
    browser::SOON,
    eventually::{Condition as _, eventually},
    page::CallPage,
};

/// What stood somewhere, and since when by the clock of the machine, in milliseconds.
#[derive(Clone, Debug)]
pub struct Moment {
    /// Since when.
    pub at: f64,
    /// What.
    pub text: String,
}

impl CallPage {
    /// Strikes these keys one after the other into what has the focus, at an even pace.
    pub async fn types(&self, keys: &str, every: Duration) {
        let mut actions = KeyActions::new("keyboard".to_owned());
        for value in keys.chars() {
            actions = actions.then(KeyAction::Down { value }).then(KeyAction::Up { value });
            actions = actions.then(KeyAction::Pause { duration: every });
        }
        self.browser().performs(actions).await;
    }

    /// Gives the focus to the field of the chat, and opens it before if it is closed.
    pub async fn turns_to_the_chat(&self) {
        self.opens_chat().await;
        self.browser().press("chat-input").await;
    }

    /// From here on it is taken down what stands in the own field, and what is read of what others are writing.
    pub async fn takes_down_the_lines(&self) {
        self.browser().execute(TAKE_DOWN, Vec::new()).await;
    }

    /// What stood in the own field so far.
    pub async fn typed_so_far(&self) -> Vec<Moment> {
        self.moments("typed").await
    }

    /// What was read so far of what others were writing, in one line.
    pub async fn read_so_far(&self) -> Vec<Moment> {
        self.moments("read").await
    }

    async fn moments(&self, kind: &str) -> Vec<Moment> {
        let script = "return window.lines[arguments[0]]";
        let moments = self.browser().execute(script, vec![json!(kind)]).await;
        let moment = |it: &Value| Moment {
            at: it.get("at").and_then(Value::as_f64).unwrap_or_default(),
            text: it.get("text").and_then(Value::as_str).unwrap_or_default().to_owned(),
        };
        moments.as_array().into_iter().flatten().map(moment).collect()
    }

    /// Waits until these lines are being written by others, and no more.
    pub async fn reads_along(&self, lines: &[&str]) {
        self.opens_chat().await;
        let what = format!("{} reads along {lines:?}", self.name());
        let script = "return [...document.querySelectorAll('[data-testid=rtt-line] p')].map((line) => line.textContent)";
        eventually(&what, SOON, async || {
            let read = self.browser().execute(script, Vec::new()).await;
            (read == json!(lines)).or_seen(|| read.to_string())
        })
        .await;
    }

    /// Shows a reaction.
    pub async fn reacts(&self, reaction: &str) {
        if !self.browser().shows("reactions").await {
            self.browser().press("bar-more").await;
        }
        self.browser().press("reactions").await;
        let choice = format!("reaction\"][data-reaction=\"{reaction}");
        self.browser().press(&choice).await;
    }

    /// Waits until exactly these people show these reactions on their tiles.
    pub async fn sees_reactions(&self, shown: &[(&str, &str)]) {
        let what = format!("{} sees the reactions {shown:?}", self.name());
        let script = "return [...document.querySelectorAll('[data-testid=tile-reaction]')].map((it) => \
                      [it.closest('[data-testid=tile]').querySelector('[data-testid=tile-name]').textContent, it.dataset.reaction])";
        eventually(&what, SOON, async || {
            let seen = self.browser().execute(script, Vec::new()).await;
            let seen = seen.as_array().cloned().unwrap_or_default();
            let is = |seen: &Value, (name, reaction): &(&str, &str)| {
                let text =
                    |place: usize| seen.get(place).and_then(Value::as_str).unwrap_or_default();
                text(0).starts_with(name) && text(1) == *reaction
            };
            let right = seen.len() == shown.len()
                && shown.iter().all(|wanted| seen.iter().any(|seen| is(seen, wanted)));
            right.or_seen(|| format!("{seen:?}"))
        })
        .await;
    }
}

/// How late the slowest of these keys was read, in milliseconds: each line only grows, so a key is read as
/// soon as a line is that is no shorter. Panics where one was never read.
pub fn slowest_key(typed: &[Moment], read: &[Moment]) -> f64 {
    let late = |key: &Moment| {
        let seen = read.iter().find(|it| it.text.starts_with(&key.text));
        let seen = seen.unwrap_or_else(|| panic!("{:?} was never read in {read:?}", key.text));
        seen.at - key.at
    };
    typed.iter().map(late).fold(0.0, f64::max)
}

// What is read is looked at before each frame: that is when it can be seen.
const TAKE_DOWN: &str = "
    const lines = { typed: [], read: [] };
    window.lines = lines;
    const add = (kind, text) => {
        if (lines[kind].at(-1)?.text !== text) lines[kind].push({ at: Date.now(), text });
    };
    addEventListener('input', ({ target }) => add('typed', target.value), { capture: true });
    const look = () => {
        add('read', document.querySelector('[data-testid=rtt-line] p')?.textContent ?? '');
        requestAnimationFrame(look);
    };
    look();
";

// SPDX-License-Identifier: EUPL-1.2
//! Somebody who has a keyboard and nothing else.

use fantoccini::{
    actions::{InputSource as _, KeyAction, KeyActions},
    key::Key,
};
use serde_json::Value;

use crate::{
    browser::SOON,
    eventually::{Condition as _, eventually},
    page::CallPage,
};

/// What has the focus.
#[derive(Clone, Debug)]
pub struct Focus {
    /// Its test id; empty when it has none.
    pub testid: String,
    /// What a screen reader says of it: its label, or what is written on it.
    pub label: String,
    /// Whether a person can see that it has the focus.
    pub visible: bool,
    /// Whether it is a heading: read out, and not used.
    pub is_heading: bool,
}

/// More steps than any screen has places to stop at.
const MOST_STEPS: usize = 80;

impl CallPage {
    /// Strikes a key.
    pub async fn strikes(&self, key: Key) {
        self.strikes_letter(char::from(key)).await;
    }

    /// Strikes the key of a letter.
    pub async fn strikes_letter(&self, value: char) {
        let keys = KeyActions::new("keyboard".to_owned())
            .then(KeyAction::Down { value })
            .then(KeyAction::Up { value });
        self.browser().performs(keys).await;
    }

    /// Presses a key and holds it, or lets it go.
    pub async fn holds(&self, key: char, held: bool) {
        let action =
            if held { KeyAction::Down { value: key } } else { KeyAction::Up { value: key } };
        self.browser().performs(KeyActions::new("keyboard".to_owned()).then(action)).await;
    }

    /// Waits until something has the focus, and can be seen to.
    pub async fn has_the_focus_at(&self, testid: &str) {
        let what = format!("{testid} has {}'s focus", self.name());
        eventually(&what, SOON, async || {
            let focus = self.focus().await;
            (focus.testid == testid && focus.visible).or_seen(|| format!("{focus:?}"))
        })
        .await;
    }

    /// Waits until a heading has the focus, so that it is read out: this one.
    pub async fn is_told(&self, heading: &str) {
        let what = format!("{} is told {heading:?}", self.name());
        eventually(&what, SOON, async || {
            let focus = self.focus().await;
            (focus.is_heading && focus.label.contains(heading)).or_seen(|| format!("{focus:?}"))
        })
        .await;
    }

    /// What has the focus.
    pub async fn focus(&self) -> Focus {
        let focus = self.browser().execute(FOCUS, Vec::new()).await;
        let text = |name| focus.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let is = |name| focus.get(name).and_then(Value::as_bool).unwrap_or_default();
        Focus {
            testid: text("testid"),
            label: text("label"),
            visible: is("visible"),
            is_heading: is("isHeading"),
        }
    }

    /// Steps forward until something is reached that has this test id and says this; every stop on
    /// the way can be seen.
    pub async fn steps_to(&self, testid: &str, label: &str) {
        let mut way = Vec::new();
        for _ in 0..MOST_STEPS {
            self.strikes(Key::Tab).await;
            let focus = self.focus().await;
            assert!(focus.visible, "{} cannot see where the focus is: {focus:?}", self.name());
            if focus.testid == testid && focus.label.contains(label) {
                return;
            }
            way.push(focus.testid);
        }
        panic!("{} does not reach {testid} {label:?} by keyboard: {way:?}", self.name());
    }
}

// A focus is seen by its outline, where nothing covers it.
const FOCUS: &str = r#"
    const it = document.activeElement;
    if (!it || it === document.body) return { testid: "", label: "", visible: true };
    const { left, top, width, height } = it.getBoundingClientRect();
    const { outlineStyle, outlineWidth } = getComputedStyle(it);
    const above = document.elementFromPoint(left + width / 2, top + height / 2);
    return {
        testid: it.dataset.testid ?? "",
        label: it.ariaLabel ?? it.textContent ?? "",
        isHeading: it.matches("h1, h2"),
        visible: it.contains(above) && outlineStyle !== "none" && parseFloat(outlineWidth) >= 1,
    };
"#;

// SPDX-License-Identifier: EUPL-1.2
//! What is plugged into somebody's computer, and what is wrong with it.

use serde_json::{Value, json};

use crate::{
    browser::SOON,
    eventually::{Condition as _, eventually},
    page::CallPage,
};

impl CallPage {
    /// At the gate: no device runs any more, for a reason. With `agent` the browser calls itself that.
    pub async fn has_no_running_device(&self, name: &str, message: &str, agent: Option<&str>) {
        let failure = vec![json!(name), json!(message), json!(agent)];
        self.browser().execute(include_str!("failing.js"), failure).await;
    }

    /// At the gate: devices can be plugged in and out from here on.
    pub async fn has_a_desk(&self) {
        self.browser().execute(include_str!("desk.js"), Vec::new()).await;
    }

    /// With a desk: these are there besides the real ones, each by its kind, name and label.
    pub async fn plugs_in(&self, devices: &[[&str; 3]]) {
        self.browser().execute("window.desk.has(arguments[0])", vec![json!(devices)]).await;
    }

    /// With a desk: does something to it, or asks it something.
    pub async fn at_the_desk(&self, script: &str) -> Value {
        self.browser().execute(&format!("return window.desk.{script}"), Vec::new()).await
    }

    /// Chooses in a list by what the browser calls it.
    pub async fn chooses(&self, testid: &str, value: &str) {
        self.browser().awaits(testid).await;
        let script = "const list = document.querySelector(`[data-testid=${arguments[0]}]`);
            list.value = arguments[1];
            list.dispatchEvent(new Event('change', { bubbles: true }));
            return list.value";
        let chosen = self.browser().execute(script, vec![json!(testid), json!(value)]).await;
        assert_eq!(chosen, json!(value), "{} cannot choose it in {testid}", self.name());
    }

    /// What a list offers: what the browser calls it and what is written there.
    pub async fn offers(&self, testid: &str) -> Vec<(String, String)> {
        let script = "return [...document.querySelectorAll(`[data-testid=${arguments[0]}] option`)]
            .map((option) => [option.value, option.textContent])";
        let options = self.browser().execute(script, vec![json!(testid)]).await;
        serde_json::from_value(options).unwrap_or_default()
    }

    /// Opens the choice of devices, if it is closed.
    pub async fn opens_settings(&self) {
        if self.browser().shows("settings").await {
            return;
        }
        if !self.browser().shows("device-settings").await {
            self.browser().press("bar-more").await;
        }
        self.browser().press("device-settings").await;
        self.browser().awaits("settings-close").await;
    }

    /// Waits until something shows that there is sound.
    pub async fn is_level(&self, testid: &str) {
        let what = format!("{} sees {testid} move", self.name());
        eventually(&what, SOON, async || {
            let script = "const shown = document.querySelector(`[data-testid=${arguments[0]}]`);
                return Number(shown?.style.getPropertyValue('--level') ?? 0)";
            let level = self.browser().execute(script, vec![json!(testid)]).await;
            level.as_f64().is_some_and(|level| level > 0.05).or_seen(|| level.to_string())
        })
        .await;
    }

    /// Waits until something says these words.
    pub async fn reads_in(&self, testid: &str, words: &str) {
        let what = format!("{} reads {words:?} in {testid}", self.name());
        eventually(&what, SOON, async || {
            let read = self.texts(testid).await.concat();
            let screen = self.browser().screen().await;
            read.contains(words).or_seen(|| format!("{read:?}; {screen}"))
        })
        .await;
    }

    /// Waits until something is not shown any more.
    pub async fn misses_sign(&self, testid: &str) {
        let what = format!("{} sees {testid} no more", self.name());
        eventually(&what, SOON * 2, async || {
            let read = self.texts(testid).await;
            (!self.browser().shows(testid).await).or_seen(|| format!("{read:?}"))
        })
        .await;
    }

    /// What a switch with three states says of itself.
    pub async fn state_of(&self, testid: &str) -> String {
        let script = "return document.querySelector(`[data-testid=${arguments[0]}]`)?.ariaPressed";
        let state = self.browser().execute(script, vec![json!(testid)]).await;
        state.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until such a switch says this.
    pub async fn awaits_state(&self, testid: &str, state: &str) {
        let what = format!("{}'s {testid} says {state}", self.name());
        eventually(&what, SOON, async || {
            let now = self.state_of(testid).await;
            (now == state).or_seen(|| now)
        })
        .await;
    }

    /// What the page has said of what it sends, each time.
    pub async fn published(&self) -> Vec<Vec<String>> {
        let script = "return window.witness.said.filter(({ type }) => type === 'publish').map(({ live }) => live)";
        let said = self.browser().execute(script, Vec::new()).await;
        serde_json::from_value(said).unwrap_or_default()
    }
}

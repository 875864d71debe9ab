// SPDX-License-Identifier: EUPL-1.2
//! What a moderator does: at the door, and about somebody inside.

use serde_json::json;

use crate::{
    browser::SOON,
    cast::Person,
    eventually::{Condition as _, eventually},
    page::CallPage,
};

impl CallPage {
    /// Waits until somebody knocks under their name, and lets them in.
    pub async fn admits(&self, guest: Person) {
        self.admits_somebody(guest.name).await;
    }

    /// The same for a name.
    pub async fn admits_somebody(&self, name: &str) {
        self.presses_in("knock", name, "knock-admit").await;
    }

    /// Waits until somebody knocks under this name, and turns them away.
    pub async fn refuses(&self, name: &str) {
        self.presses_in("knock", name, "knock-refuse").await;
    }

    /// Waits until the rows at the door are these: each holds its words, from top to bottom.
    pub async fn reads_knocks(&self, words: &[&str]) {
        let what = format!("{} reads the knocks of {words:?}", self.name());
        eventually(&what, SOON, async || {
            let knocks = self.knocks().await;
            let right = knocks.len() == words.len()
                && knocks.iter().zip(words).all(|(knock, words)| knock.contains(words));
            right.or_seen(|| format!("{knocks:?}"))
        })
        .await;
    }

    /// Opens the panel of people, if it is closed.
    pub async fn opens_people(&self) {
        if !self.browser().shows("people").await {
            self.browser().press("toggle-people").await;
            self.browser().awaits("people").await;
        }
    }

    /// Does something about somebody, as soon as their row offers it.
    pub async fn acts_on(&self, person: Person, act: &str) {
        self.opens_people().await;
        self.presses_in("person", person.name, act).await;
    }

    /// Removes somebody, and means it.
    pub async fn removes(&self, person: Person) {
        self.acts_on(person, "person-remove").await;
        self.browser().press("confirm-yes").await;
    }

    /// Ends the conference for everybody, and means it.
    pub async fn ends_for_all(&self) {
        self.opens_people().await;
        self.browser().press("end-for-all").await;
        self.browser().press("confirm-yes").await;
    }

    /// Waits until the rows of the people are these, from top to bottom.
    pub async fn reads_people(&self, names: &[&str]) {
        self.opens_people().await;
        let what = format!("{} reads the people {names:?}", self.name());
        eventually(&what, SOON, async || {
            let people = self.texts("person-name").await;
            let right = people.len() == names.len()
                && people.iter().zip(names).all(|(person, name)| person.contains(name));
            right.or_seen(|| format!("{people:?}"))
        })
        .await;
    }

    /// Opens the rules of the room, if they are closed.
    pub async fn opens_rules(&self) {
        self.opens_people().await;
        self.unfolds("rules").await;
    }

    /// Opens something that is folded up, if it is.
    pub async fn unfolds(&self, testid: &str) {
        self.browser().awaits(testid).await;
        let unfold = "const it = document.querySelector(`[data-testid=${arguments[0]}]`); \
                      if (!it.open) it.querySelector('summary').click()";
        self.browser().execute(unfold, vec![json!(testid)]).await;
    }

    /// Sets the door by one of its three ways, and waits until the room says so.
    pub async fn sets_the_door(&self, way: &str) {
        self.opens_rules().await;
        self.browser().press(way).await;
        self.reads_the_door(way).await;
    }

    /// Waits until the door stands this way.
    pub async fn reads_the_door(&self, way: &str) {
        let what = format!("{} reads {way}", self.name());
        let script = "return [...document.querySelectorAll('[data-testid=door] input:checked')].map((way) => way.dataset.testid)";
        eventually(&what, SOON, async || {
            let ways = self.browser().execute(script, Vec::new()).await;
            (ways == json!([way])).or_seen(|| ways.to_string())
        })
        .await;
    }

    /// The names at the door that are marked as removed before.
    pub async fn reads_removed(&self) -> Vec<String> {
        let script = "return [...document.querySelectorAll('[data-testid=knock]')] \
                      .filter((row) => row.querySelector('[data-testid=knock-removed]')) \
                      .map((row) => row.querySelector('[data-testid=knock-name]').textContent)";
        let names = self.browser().execute(script, Vec::new()).await;
        let names = names.as_array().into_iter().flatten();
        names.map(|name| name.as_str().unwrap_or_default().to_owned()).collect()
    }

    /// Makes an invitation for one person; gives its link.
    pub async fn makes_a_personal_invitation(&self) -> String {
        self.opens_people().await;
        self.unfolds("invite-personal").await;
        let before = self.texts("invite-personal-link").await.len();
        self.browser().press("invite-personal-make").await;
        eventually("Ada gets another personal invitation", SOON, async || {
            let links = self.texts("invite-personal-link").await;
            match links.last() {
                Some(link) if links.len() == before + 1 => Ok(link.clone()),
                _ => Err(format!("{} links, before {before}", links.len())),
            }
        })
        .await
    }

    /// Waits until the row with a name has something to press, and presses it.
    pub async fn presses_in(&self, row: &str, name: &str, testid: &str) {
        let what = format!("{} presses {testid} in the {row} of {name}", self.name());
        eventually(&what, SOON, async || {
            let arguments = vec![json!(row), json!(name), json!(testid)];
            let pressed = self.browser().execute(PRESS, arguments).await;
            if pressed == json!(true) {
                return Ok(());
            }
            Err(format!("{:?}; {}", self.texts(row).await, self.browser().screen().await))
        })
        .await;
    }
}

// A row may be drawn afresh between finding and pressing it: both in one step. What is in a menu can
// be pressed when the menu is open.
const PRESS: &str = "
    const [row, name, testid] = arguments;
    const rows = [...document.querySelectorAll(`[data-testid=${row}]`)];
    const theirs = rows.find((row) => row.textContent.includes(name));
    const button = theirs?.querySelector(`[data-testid=${testid}]`);
    const can = Boolean(button) && !button.disabled && button.getClientRects().length > 0;
    if (can) button.click();
    else if (button) theirs.querySelector('[aria-expanded=false]')?.click();
    return can;
";

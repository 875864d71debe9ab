// SPDX-License-Identifier: EUPL-1.2
//! Puts a text into the clipboard and says so.

use core::time::Duration;

use leptos::prelude::*;

use super::{
    context::texts,
    icon::{Icon, Symbol},
};
use crate::browser::{Alarm, Page, now, spawn};

/// How long it says that the text was copied. Shorter, it is missed; longer, a second press seems to
/// do nothing.
const SAID_FOR: Duration = Duration::from_secs(3);

/// A button that copies.
#[component]
pub(crate) fn CopyButton(
    /// The name that tests find it by.
    testid: &'static str,
    /// What it offers, before it was pressed.
    label: &'static str,
    /// What is copied.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    let home = texts().home;
    let done = RwSignal::new(None::<bool>);
    let alarm = StoredValue::new_local(None::<Alarm>);
    let copy = move |_| {
        let text = text.get_untracked();
        spawn(async move {
            let copied = Page::copy(&text).await;
            done.try_set(Some(copied));
            let forget = Alarm::at(now() + SAID_FOR, move || {
                done.try_set(None);
            });
            alarm.try_set_value(Some(forget));
        });
    };
    let said = move || match done.get() {
        None => label,
        Some(true) => home.copied,
        Some(false) => home.copy_failed,
    };
    let symbol = Signal::derive(move || match done.get() {
        Some(true) => Symbol::CHECK,
        Some(false) | None => Symbol::COPY,
    });
    view! {
        <button type="button" class="button" data-testid=testid on:click=copy>
            <Icon symbol />
            <span aria-live="polite">{said}</span>
        </button>
    }
}

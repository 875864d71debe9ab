// SPDX-License-Identifier: EUPL-1.2
//! Who is responsible, where data are processed, and what is not kept.

use leptos::prelude::*;
use shared::Responsible;

use super::{
    context::outside,
    icon::{Icon, Symbol},
};
use crate::browser::{self, Page, spawn};

/// The notice, open: it is short enough to be read. What the page knows stands there at once; who is
/// responsible the server says a moment later.
#[component]
pub(crate) fn GateNotice() -> impl IntoView {
    let texts = outside().gate;
    let responsible = RwSignal::new(None::<Responsible>);
    spawn(async move {
        let said = browser::responsible().await;
        // Whoever has gone on in the meantime has read what there was.
        responsible.try_set(said);
    });
    let first = move || match responsible.get() {
        Some(responsible) => (texts.notice_responsible)(&responsible),
        None => (texts.notice_unknown)(&Page::host()),
    };
    let points = (texts.notice_points)(&Page::host());
    view! {
        <aside class="gate-notice" data-testid="gate-notice" aria-labelledby="gate-notice-title">
            <h2 id="gate-notice-title">
                <Icon symbol=Symbol::SHIELD />
                {texts.notice}
            </h2>
            <ul>
                <li>{first}</li>
                {points.into_iter().map(|point| view! { <li>{point}</li> }).collect_view()}
            </ul>
            <p>
                <a href=texts.notice_path target="_blank" rel="noopener">
                    {texts.notice_whole}
                </a>
            </p>
        </aside>
    }
}

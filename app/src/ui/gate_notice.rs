// SPDX-License-Identifier: EUPL-1.2
//! Who is responsible, where data are processed, and what is not kept.

use leptos::prelude::*;
use shared::{Responsible, embed::Feature};

use super::{
    context::{CallContext, outside},
    icon::{Icon, Symbol},
};
use crate::{
    browser::{self, Page, spawn},
    call::{Event, HostEvent},
};

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
    let call = CallContext::here();
    let is_embedded = call.part(|view| view.host.is_some());
    // A frame with `sandbox` may open no window; a link alone would say nothing of it.
    let open = move |event: leptos::ev::MouseEvent| {
        if is_embedded.get_untracked() {
            event.prevent_default();
            if !Page::open_a_tab(texts.notice_path) {
                let withheld = HostEvent::Withheld(Feature::AllowPopups);
                call.inbox(|inbox| inbox.put(Event::Host(withheld)));
            }
        }
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
                <a href=texts.notice_path target="_blank" rel="noopener" data-testid="gate-notice-whole" on:click=open>
                    {texts.notice_whole}
                </a>
            </p>
        </aside>
    }
}

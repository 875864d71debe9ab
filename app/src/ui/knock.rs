// SPDX-License-Identifier: EUPL-1.2
//! Who is at the door, and what a moderator can do about it.

use leptos::prelude::*;
use shared::{DisplayName, Moderation};

use super::{
    context::{CallContext, texts},
    icon::{Icon, Symbol},
    knock_row::KnockRow,
    panels::Beside,
    told::Told,
};
use crate::{
    browser::Page,
    call::{Intent, KnockView},
};

/// The heading over who knocks.
pub(super) const TITLE: &str = "knocks-title";

/// Everybody at the door, in order of arrival. Nothing is seen when nobody is there; the region that
/// tells of them is there before, or it would not be read out.
#[component]
pub(crate) fn Knocks() -> impl IntoView {
    let call = CallContext::here();
    let texts = texts();
    let ids = call.part(|view| view.knocks.iter().map(|knock| knock.id).collect::<Vec<_>>());
    let count = Memo::new(move |_| ids.with(Vec::len));
    let newest = call.part(|view| view.knocks.last().cloned());
    let told = Memo::new(move |_| {
        let KnockView { id, name, .. } = newest.get()?;
        let count = count.get();
        let knocking = (texts.knock.knocking)(count);
        let word = match name.as_ref().map(DisplayName::as_str) {
            Some("") | None => knocking,
            Some(name) => format!("{knocking}: {name}"),
        };
        Some(((u64::from(id.0), u64::try_from(count).unwrap_or(u64::MAX)), word))
    });
    let admit_all = move |_| {
        let last = ids.with_untracked(|ids| ids.last().copied());
        if let Some(up_to) = last {
            call.want(Intent::Moderate(Moderation::AdmitAll { up_to }));
        }
        Page::focus(Beside::People.button());
    };
    view! {
        <Told told />
        <Show when=move || { count.get() > 0 }>
            <section class="knocks" aria-labelledby=TITLE>
                <div class="knocks-head">
                    <h2 class="knocks-title" id=TITLE tabindex="-1">
                        <Icon symbol=Symbol::KNOCK />
                        {move || (texts.knock.knocking)(count.get())}
                    </h2>
                    <Show when=move || { count.get() > 1 }>
                        <button
                            type="button"
                            class="button"
                            data-testid="knock-admit-all"
                            on:click=admit_all
                        >
                            {texts.knock.admit_all}
                        </button>
                    </Show>
                </div>
                <ul class="knocks-list" role="list">
                    <For each=move || ids.get() key=|id| *id let:id>
                        <KnockRow id />
                    </For>
                </ul>
            </section>
        </Show>
    }
}

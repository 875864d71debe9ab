// SPDX-License-Identifier: EUPL-1.2
//! Turns the pages of a stage on which not everybody has room.

use leptos::prelude::*;

use super::{
    context::{CallContext, texts},
    icon::{Icon, Symbol},
};
use crate::call::{Intent, Look};

/// Which page of how many, and the way to the ones beside it. With one page there is nothing.
#[component]
pub(crate) fn Pager() -> impl IntoView {
    let call = CallContext::here();
    let texts = texts().stage;
    let stage = call.part(|view| view.stage);
    let place = move || stage.get().pager.unwrap_or_default();
    let shown = Memo::new(move |_| stage.get().pager.is_some());
    let number = move || stage.get().page.saturating_add(1);
    let is_first = Signal::derive(move || stage.get().page == 0);
    let is_last = Signal::derive(move || number() >= stage.get().pages);
    view! {
        <Show when=move || shown.get()>
            <nav
                class="pager"
                aria-label=texts.pages
                data-upright=move || (place().height > place().width).to_string()
                style:--x=move || place().x.to_string()
                style:--y=move || place().y.to_string()
                style:--width=move || place().width.to_string()
                style:--height=move || place().height.to_string()
            >
                <Turn testid="page-previous" label=texts.previous symbol=Symbol::BACK end=is_first key="ArrowLeft" look=Look::PreviousPage />
                <p class="pager-page" data-testid="page" role="status">
                    <span aria-hidden="true">{move || format!("{}/{}", number(), stage.get().pages)}</span>
                    <span class="unseen">{move || (texts.page)(number(), stage.get().pages)}</span>
                </p>
                <Turn testid="page-next" label=texts.next symbol=Symbol::FORWARD end=is_last key="ArrowRight" look=Look::NextPage />
            </nav>
        </Show>
    }
}

/// One of the two ways. At the end it stays where it is: whoever turns pages by keyboard keeps the focus.
#[component]
fn Turn(
    testid: &'static str,
    label: &'static str,
    symbol: Symbol,
    end: Signal<bool>,
    key: &'static str,
    look: Look,
) -> impl IntoView {
    let call = CallContext::here();
    view! {
        <button
            type="button"
            class="pager-turn"
            data-testid=testid
            aria-label=label
            title=label
            aria-keyshortcuts=key
            aria-disabled=move || end.get().to_string()
            on:click=move |_| call.want(Intent::Look(look))
        >
            <Icon symbol />
        </button>
    }
}

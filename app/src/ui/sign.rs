// SPDX-License-Identifier: EUPL-1.2
//! Small signs on tiles and rows, with their meaning in words for who does not see them.

use leptos::prelude::*;

use super::{
    context::texts,
    icon::{Icon, Symbol},
};

/// A drawing that means something.
#[component]
pub(crate) fn Sign(
    /// Whether it is there.
    shown: Memo<bool>,
    /// What it looks like.
    symbol: Symbol,
    /// What it means.
    text: &'static str,
    /// The name that tests find it by.
    testid: &'static str,
    /// Its style.
    class: &'static str,
) -> impl IntoView {
    view! {
        <Show when=move || shown.get()>
            <span class=class data-testid=testid title=text>
                <Icon symbol=symbol />
                <span class="unseen">{text}</span>
            </span>
        </Show>
    }
}

/// The raised hand and its place among the others.
#[component]
pub(crate) fn HandSign(
    /// Which place, from 1; nothing is there without one.
    place: Memo<Option<usize>>,
    /// The name that tests find it by.
    testid: &'static str,
    /// Its style.
    class: &'static str,
) -> impl IntoView {
    let texts = texts().conference;
    move || {
        place.get().map(|place| {
            let said = (texts.hand_up)(place);
            let title = said.clone();
            view! {
                <span class=class data-testid=testid title=title>
                    <Icon symbol=Symbol::HAND />
                    <span aria-hidden="true">{place}</span>
                    <span class="unseen">{said}</span>
                </span>
            }
        })
    }
}

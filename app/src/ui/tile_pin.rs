// SPDX-License-Identifier: EUPL-1.2
//! Keeps a tile large.

use leptos::prelude::*;

use super::{
    context::{CallContext, texts},
    icon::{Icon, Symbol},
};
use crate::call::{Intent, Look, TileKey};

/// The pin. Whoever is alone needs none, and the own screen is never large.
#[component]
pub(crate) fn TilePin(
    /// Of which tile.
    key: TileKey,
    /// Whose it is.
    name: Memo<String>,
) -> impl IntoView {
    let call = CallContext::here();
    let of = move |view: &crate::call::CallView| {
        view.tiles.iter().find(|tile| tile.key == key).map(|tile| (tile.pinned, tile.own))
    };
    let state = call.part(of);
    let several = call.part(|view| view.tiles.len() > 1);
    let pinned = move || state.get().is_some_and(|(pinned, _)| pinned);
    let shown = Memo::new(move |_| {
        let own = state.get().is_some_and(|(_, own)| own);
        several.get() && !(own && key.screen)
    });
    let label = move || (texts().stage.pin)(&name.get());
    let press = move |_| {
        let pinned = state.get_untracked().is_some_and(|(pinned, _)| pinned);
        call.want(Intent::Look(Look::Pin(key, !pinned)));
    };
    view! {
        <Show when=move || shown.get()>
            <button
                type="button"
                class="tile-pin"
                data-testid="tile-pin"
                aria-label=label
                title=label
                aria-pressed=move || pinned().to_string()
                on:click=press
            >
                <Icon symbol=Symbol::PIN />
            </button>
        </Show>
    }
}

// SPDX-License-Identifier: EUPL-1.2
//! Everybody, each in a tile, all of one size and as large as they fit; beside what others share of
//! their screens, small.

use leptos::prelude::*;

use super::{
    context::{CallContext, texts},
    tile::Tile,
};
use crate::call::TileKey;

/// The tiles.
#[component]
pub(crate) fn Stage() -> impl IntoView {
    let call = CallContext::here();
    let texts = texts().conference;
    // Who shares a screen knows it: their own is a small tile that says so.
    let keys = move |large: bool| {
        call.part(move |view| {
            let meant = view.tiles.iter().filter(|tile| (tile.key.screen && !tile.own) == large);
            meant.map(|tile| tile.key).collect::<Vec<TileKey>>()
        })
    };
    let screens = keys(true);
    let faces = keys(false);
    let shared = Memo::new(move |_| screens.with(|screens| !screens.is_empty()));
    let wide = Memo::new(move |_| Shape::wide(faces.with(Vec::len)));
    let tall = Memo::new(move |_| Shape::tall(faces.with(Vec::len)));
    view! {
        <div class="stage" data-screens=move || screens.with(Vec::len).to_string()>
            <Show when=move || shared.get()>
                <ul class="stage-screens" role="list" aria-label=texts.screens>
                    <For each=move || screens.get() key=|key| *key let:key>
                        <Tile key />
                    </For>
                </ul>
            </Show>
            <ul
                class="stage-faces"
                role="list"
                aria-label=texts.stage
                // Beside a screen it can be longer than there is room: the keyboard has to reach it.
                tabindex=move || shared.get().then_some("0")
                style:--wide-columns=move || wide.get().columns.to_string()
                style:--wide-rows=move || wide.get().rows.to_string()
                style:--tall-columns=move || tall.get().columns.to_string()
                style:--tall-rows=move || tall.get().rows.to_string()
            >
                <For each=move || faces.get() key=|key| *key let:key>
                    <Tile key />
                </For>
            </ul>
        </div>
    }
}

/// How many tiles stand side by side, and above each other.
#[derive(Clone, Copy, Eq, PartialEq)]
struct Shape {
    columns: usize,
    rows: usize,
}

impl Shape {
    /// On a screen that is wider than tall: as near to a square as possible.
    fn wide(tiles: usize) -> Self {
        let columns = (1..=tiles).find(|side| side * side >= tiles).unwrap_or(1);
        Self::with(columns, tiles)
    }

    /// On a screen that is taller than wide.
    fn tall(tiles: usize) -> Self {
        let columns = match tiles {
            0..=3 => 1,
            4..=10 => 2,
            _ => 3,
        };
        Self::with(columns, tiles)
    }

    fn with(columns: usize, tiles: usize) -> Self {
        Self { columns, rows: tiles.div_ceil(columns).max(1) }
    }
}

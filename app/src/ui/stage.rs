// SPDX-License-Identifier: EUPL-1.2
//! Everybody, each in a tile, all of one size and as large as they fit.

use leptos::prelude::*;
use shared::ParticipantId;

use super::{
    context::{CallContext, texts},
    tile::Tile,
};

/// The grid of tiles.
#[component]
pub(crate) fn Stage() -> impl IntoView {
    let call = CallContext::here();
    let ids = call.part(|view| view.tiles.iter().map(|tile| tile.id).collect::<Vec<_>>());
    let wide = Memo::new(move |_| Shape::wide(ids.with(Vec::len)));
    let tall = Memo::new(move |_| Shape::tall(ids.with(Vec::len)));
    view! {
        <ul
            class="stage"
            role="list"
            aria-label=texts().conference.stage
            style:--wide-columns=move || wide.get().columns.to_string()
            style:--wide-rows=move || wide.get().rows.to_string()
            style:--tall-columns=move || tall.get().columns.to_string()
            style:--tall-rows=move || tall.get().rows.to_string()
        >
            <For each=move || ids.get() key=|id: &ParticipantId| *id let:id>
                <Tile id />
            </For>
        </ul>
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

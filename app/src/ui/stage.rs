// SPDX-License-Identifier: EUPL-1.2
//! Everybody, and what they share of their screens, each in a tile where the call has put it.
//!
//! The tiles stand in the document in one order, whichever of them are large: a picture goes on and the focus stays
//! where it is when others come, go or speak.

use leptos::{html, prelude::*};

use super::{
    context::{CallContext, texts},
    pager::Pager,
    tile::Tile,
};
use crate::{
    browser::{Extent, Swipes},
    call::{Intent, TileKey, swiped},
};

/// The tiles.
#[component]
pub(crate) fn Stage() -> impl IntoView {
    let call = CallContext::here();
    let node = NodeRef::<html::Div>::new();
    let extent = StoredValue::new_local(None);
    Effect::new(move |_| {
        extent.set_value(node.get().map(|stage| call.inbox(|inbox| Extent::watch(inbox, &stage))));
    });
    let swipes = StoredValue::new_local(None);
    let drawn = move |right, down| {
        if let Some(page) = swiped(right, down) {
            call.want(Intent::Look(page));
        }
    };
    Effect::new(move |_| {
        swipes.set_value(node.get().map(|stage| Swipes::watch(&stage, drawn)));
    });
    on_cleanup(move || {
        extent.dispose();
        swipes.dispose();
    });
    let keys = call.part(|view| {
        let staged = view.tiles.iter().filter(|tile| tile.place.is_some());
        staged.map(|tile| tile.key).collect::<Vec<TileKey>>()
    });
    view! {
        <div class="stage" data-testid="stage" node_ref=node>
            <ul class="stage-tiles" role="list" aria-label=texts().conference.stage>
                <For each=move || keys.get() key=|key| *key let:key>
                    <Tile key />
                </For>
            </ul>
            <Pager />
        </div>
    }
}

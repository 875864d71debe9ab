// SPDX-License-Identifier: EUPL-1.2
//! The meeting in a small window, while the person works in others.

use leptos::{portal::Portal, prelude::*};
use shared::Source;

use super::{
    context::{CallContext, texts},
    icon::{Icon, Symbol},
    names::shown_name,
    source_button::SourceButton,
    surface::Video,
};
use crate::{
    browser::{SmallWindow, spawn},
    call::{CallView, Event, Float, TileKey, TileView},
};

/// Opens the window and closes it. Where the browser has none, there is no button.
#[component]
pub(crate) fn SmallWindowButton(
    /// Closes the menu that it is in.
    close: Callback<()>,
) -> impl IntoView {
    let call = CallContext::here();
    let texts = texts().stage;
    let window = RwSignal::new_local(None::<SmallWindow>);
    let open = Memo::new(move |_| window.with(Option::is_some));
    let leading = call.part(|view| view.stage.leading);
    let lifted = StoredValue::new(None::<TileKey>);
    Effect::new(move |_| {
        let float = match window.with(|window| window.as_ref().map(SmallWindow::is_lifted)) {
            None => Float::Nothing,
            Some(false) => Float::Leading,
            Some(true) => lifted.get_value().map_or(Float::Leading, Float::Tile),
        };
        call.inbox(|inbox| inbox.put(Event::Floats(float)));
    });
    on_cleanup(move || window.dispose());
    let press = move |_| {
        close.run(());
        if open.get_untracked() {
            // Taken out before it is closed: closing it says so at once.
            drop(window.try_update(Option::take));
            return;
        }
        lifted.set_value(leading.get_untracked());
        let picture = leading.get_untracked().map(picture_of).unwrap_or_default();
        spawn(async move {
            let closed = move || drop(window.try_update(Option::take));
            let opened = SmallWindow::open(&picture, closed).await;
            drop(window.try_set(opened));
        });
    };
    let page = move || {
        let body = window.with(|window| window.as_ref().and_then(SmallWindow::body));
        body.map(|mount| view! { <Portal mount><Miniature /></Portal> })
    };
    SmallWindow::is_possible().then(|| {
        view! {
            <button
                type="button"
                class="layout-way"
                data-testid="picture-in-picture"
                aria-pressed=move || open.get().to_string()
                on:click=press
            >
                <Icon symbol=Symbol::SMALL_WINDOW />
                <span class="layout-label">{texts.small_window}</span>
                <span class="layout-hint">{texts.small_window_hint}</span>
            </button>
            {page}
        }
    })
}

/// One picture, the name below it, and the two switches that are needed in a hurry.
#[component]
fn Miniature() -> impl IntoView {
    let call = CallContext::here();
    let texts = texts();
    let tile = call.part(afloat);
    let name = Memo::new(move |_| {
        let name =
            tile.with(|tile| tile.as_ref().map(|it| shown_name(texts, it.name.as_ref(), it.own)));
        name.unwrap_or_default()
    });
    let picture = Memo::new(move |_| tile.with(|tile| tile.as_ref()?.picture.clone()));
    view! {
        <div class="miniature" data-testid="miniature">
            {move || {
                picture
                    .get()
                    .map(|picture| {
                        view! { <Video picture label=name.get_untracked() testid="miniature-video" /> }
                    })
            }}
            <p class="miniature-name">{move || name.get()}</p>
            <div class="miniature-bar">
                <SourceButton source=Source::Microphone />
                <SourceButton source=Source::Camera />
            </div>
        </div>
    }
}

/// The tile that the window shows.
fn afloat(view: &CallView) -> Option<TileView> {
    let key = view.stage.leading?;
    view.tiles.iter().find(|tile| tile.key == key).cloned()
}

/// Where on the page the picture of a tile is.
fn picture_of(key: TileKey) -> String {
    format!("[data-testid=tile][data-participant={}][data-screen={}] video", key.id, key.screen)
}

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
    call::{CallView, Event, TileView},
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
    Effect::new(move |_| call.inbox(|inbox| inbox.put(Event::Floating { open: open.get() })));
    on_cleanup(move || window.dispose());
    let press = move |_| {
        close.run(());
        if open.get_untracked() {
            // Taken out before it is closed: closing it says so at once.
            drop(window.try_update(Option::take));
            return;
        }
        spawn(async move {
            let closed = move || drop(window.try_update(Option::take));
            let opened = SmallWindow::open(LIFTED, closed).await;
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
                <Icon symbol=Symbol::SmallWindow />
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
    let key = view.stage.afloat?;
    view.tiles.iter().find(|tile| tile.key == key).cloned()
}

/// What is lifted where a window can show nothing but a picture: a large one, else the first of somebody else.
const LIFTED: &str =
    "[data-testid=tile][data-large=true] video, [data-testid=tile][data-self=false] video";

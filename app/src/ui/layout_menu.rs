// SPDX-License-Identifier: EUPL-1.2
//! How the conference is seen: which layout, with or without oneself, on the whole display, in a window of its own.

use leptos::{html, prelude::*};

use super::{
    bar_button::BarButton,
    context::{CallContext, texts},
    icon::{Icon, Symbol},
    small_window::SmallWindowButton,
    switch::Switch,
};
use crate::{
    browser::FullScreen,
    call::{Intent, Layout, Look},
};

/// The button of the bar that opens the menu.
#[component]
pub(crate) fn LayoutButton() -> impl IntoView {
    view! {
        <BarButton
            testid="layout"
            label=texts().stage.title
            symbol=Symbol::LAYOUT
            opens=MENU
            press=Callback::new(|()| ())
        />
    }
}

/// The menu. What is chosen is seen beside it at once.
#[component]
pub(crate) fn LayoutMenu() -> impl IntoView {
    let call = CallContext::here();
    let texts = texts().stage;
    let node = NodeRef::<html::Div>::new();
    let close = Callback::new(move |()| {
        if let Some(menu) = node.get_untracked() {
            drop(menu.hide_popover());
        }
    });
    let hides = call.part(|view| view.stage.hides_self);
    let hide = Callback::new(move |hides| call.want(Intent::Look(Look::HideSelf(hides))));
    view! {
        <div class="layout-menu" id=MENU popover="auto" role="group" aria-label=texts.title node_ref=node>
            <Way layout=Layout::Grid close />
            <Way layout=Layout::Speaker close />
            <WholeDisplay close />
            <SmallWindowButton close />
            <Switch
                testid="hide-self"
                label=texts.hide_self
                hint=texts.hide_self_hint
                on=hides
                toggle=hide
            />
        </div>
    }
}

/// One of the layouts.
#[component]
fn Way(layout: Layout, close: Callback<()>) -> impl IntoView {
    let call = CallContext::here();
    let texts = texts().stage;
    let (testid, symbol, label, hint) = match layout {
        Layout::Grid => ("layout-grid", Symbol::LAYOUT, texts.grid, texts.grid_hint),
        Layout::Speaker => ("layout-speaker", Symbol::SPOTLIGHT, texts.speaker, texts.speaker_hint),
    };
    let chosen = call.part(move |view| view.stage.layout == layout);
    let choose = move |_| {
        call.want(Intent::Look(Look::Layout(layout)));
        close.run(());
    };
    view! {
        <button
            type="button"
            class="layout-way"
            data-testid=testid
            aria-pressed=move || chosen.get().to_string()
            on:click=choose
        >
            <Icon symbol />
            <span class="layout-label">{label}</span>
            <span class="layout-hint">{hint}</span>
        </button>
    }
}

/// On the whole display, where the browser can do it.
#[component]
fn WholeDisplay(close: Callback<()>) -> impl IntoView {
    let shortcut = (texts().conference.shortcut)('f');
    let texts = texts().stage;
    let on = RwSignal::new(FullScreen::is_on());
    let watched = StoredValue::new_local(FullScreen::watch(move |now| on.set(now)));
    on_cleanup(move || watched.dispose());
    let press = move |_| {
        FullScreen::flip();
        close.run(());
    };
    FullScreen::is_possible().then(|| {
        view! {
            <button
                type="button"
                class="layout-way"
                data-testid="fullscreen"
                aria-pressed=move || on.get().to_string()
                aria-keyshortcuts="f"
                on:click=press
            >
                <Icon symbol=Symbol::FULL_SCREEN />
                <span class="layout-label">{texts.full_screen}</span>
                <span class="layout-hint">{shortcut}</span>
            </button>
        }
    })
}

/// Its id, by which the button opens it.
const MENU: &str = "layout-menu";

// SPDX-License-Identifier: EUPL-1.2
//! The switches of the conference.

use leptos::{html, prelude::*};
use shared::{Act, Source};

use super::{
    bar_button::BarButton,
    context::{CallContext, texts},
    icon::{Icon, Symbol},
    layout_menu::{LayoutButton, LayoutMenu},
    opened::Opened,
    panels::{Beside, Panels},
    reactions::{ReactionsButton, ReactionsChoice},
    settings::Settings,
    source_button::SourceButton,
};
use crate::{browser::Page, call::Intent};

/// The bar at the bottom. What is one's own comes first, then what is everybody's.
#[component]
pub(crate) fn Bar(
    /// Which panel is open.
    panels: Panels,
    /// How many lines of the chat were not seen.
    unread: Memo<usize>,
) -> impl IntoView {
    let call = CallContext::here();
    let texts = texts();
    let knocks = call.part(|view| view.knocks.len());
    let flip = move |panel| Callback::new(move |()| panels.flip(panel));
    let leave = Callback::new(move |()| call.want(Intent::Leave));
    view! {
        <nav class="bar" aria-label=texts.conference.controls>
            <SourceButton source=Source::Microphone />
            <SourceButton source=Source::Camera />
            <More panels />
            <ReactionsChoice />
            <BarButton
                testid=Beside::Chat.button()
                label=texts.chat.title
                symbol=Symbol::CHAT
                expanded=panels.shows(Beside::Chat)
                key='t'
                count=unread
                counted=texts.chat.unread
                press=flip(Beside::Chat)
            />
            <BarButton
                testid=Beside::People.button()
                label=texts.conference.people
                symbol=Symbol::PEOPLE
                expanded=panels.shows(Beside::People)
                key='p'
                count=knocks
                counted=texts.knock.knocking
                press=flip(Beside::People)
            />
            <BarButton testid="leave" label=texts.conference.leave symbol=Symbol::LEAVE press=leave />
        </nav>
    }
}

/// What is needed less often. Where there is room it stands in the bar; else behind one button.
#[component]
fn More(
    /// Which panel is open.
    panels: Panels,
) -> impl IntoView {
    let call = CallContext::here();
    let evidence = texts().evidence.title;
    let texts = texts().conference;
    let node = NodeRef::<html::Div>::new();
    let settings = Opened::here().settings;
    let hand = call.part(|view| view.hand);
    let shares = call.part(|view| view.may(Act::ShareScreen) || view.sharing.on);
    let raise = Callback::new(move |()| call.want(Intent::RaiseHand(!hand.get_untracked())));
    let close = move || {
        if let Some(more) = node.get_untracked() {
            drop(more.hide_popover());
        }
    };
    let set = Callback::new(move |()| {
        // Before the dialog opens, for it gives the focus back to where it was then.
        close();
        settings.set(true);
    });
    view! {
        <button type="button" class="bar-button bar-more" data-testid="bar-more" popovertarget="bar-rest">
            <Icon symbol=Symbol::MORE />
            <span class="bar-word">{texts.more}</span>
        </button>
        <div class="bar-rest" id="bar-rest" popover="auto" node_ref=node on:click=move |_| close()>
            <Show when=move || shares.get() && Page::can_share_screen()>
                <SourceButton source=Source::Screen />
            </Show>
            <BarButton testid="toggle-hand" label=texts.hand symbol=Symbol::HAND pressed=hand key='h' press=raise />
            <ReactionsButton />
            <BarButton
                testid=Beside::Evidence.button()
                label=evidence
                symbol=Symbol::SHIELD
                expanded=panels.shows(Beside::Evidence)
                key='e'
                press=Callback::new(move |()| panels.flip(Beside::Evidence))
            />
            <LayoutButton />
            <BarButton testid="device-settings" label=texts.devices symbol=Symbol::DEVICES press=set />
        </div>
        <LayoutMenu />
        <Settings open=settings />
    }
}

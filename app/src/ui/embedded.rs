// SPDX-License-Identifier: EUPL-1.2
//! Another page has put the meeting into itself: what that page learns, what it does not pass on, what it wants to be seen.

use leptos::prelude::*;
use shared::{
    DisplayName,
    embed::{Feature, Panel},
};

use super::{
    context::{CallContext, texts},
    panels::{Beside, Panels},
    switch::Switch,
    text::Embedded as Words,
};
use crate::{
    browser::Page,
    call::{Event, HostEvent, HostView, Intent},
};

/// What stands at the gate of a page that is embedded; nothing in one that is not.
pub(crate) fn embedded() -> AnyView {
    let call = CallContext::here();
    offered(call);
    let is_embedded = call.part(|view| view.host.is_some());
    let withheld = host(call, |host| host.withheld.clone());
    let texts = texts().embedded;
    let listed = move || {
        let lines = withheld.get().into_iter().map(|feature| {
            view! { <li data-testid="withheld">{missing(&texts, feature)}</li> }
        });
        lines.collect_view()
    };
    view! {
        <Show when=move || is_embedded.get()>
            <section class="embedded" data-testid="embedded" aria-labelledby="embedded-title">
                <h2 id="embedded-title">{texts.title}</h2>
                <p>{texts.told}</p>
                <NameTold />
                <Show when=move || !withheld.with(Vec::is_empty)>
                    <p class="embedded-withheld">{texts.withheld}</p>
                    <ul>{listed}</ul>
                </Show>
            </section>
        </Show>
    }
    .into_any()
}

/// Whether the page around this one learns the person's name. Nothing in a page that is not embedded.
#[component]
pub(crate) fn NameTold() -> impl IntoView {
    let call = CallContext::here();
    let is_embedded = call.part(|view| view.host.is_some());
    let named = host(call, |host| host.named);
    let tell = Callback::new(move |told| {
        call.inbox(|inbox| inbox.put(Event::Host(HostEvent::Named(told))));
    });
    let texts = texts().embedded;
    view! {
        <Show when=move || is_embedded.get()>
            <Switch testid="tell-name" label=texts.name hint=texts.name_hint on=named toggle=tell />
        </Show>
    }
}

/// Opens and closes panels as the page around this one wants.
pub(crate) fn follow(call: CallContext, panels: Panels) {
    let wanted = host(call, |host| host.panel);
    Effect::new(move |before: Option<u32>| {
        let (number, panel) = wanted.get();
        if before.is_some_and(|before| before != number) {
            match panel {
                Some(panel) => panels.show(beside(panel)),
                None => panels.close(),
            }
        }
        number
    });
}

/// Takes the name that the page around this one offers, where nobody has typed one, and goes on when it says so.
fn offered(call: CallContext) {
    let offered = host(call, |host| host.name.clone());
    let entries = host(call, |host| host.entries);
    Effect::new(move |_| {
        let offered = offered.get();
        if !offered.as_str().is_empty() && call.name.with_untracked(String::is_empty) {
            call.name.set(offered.as_str().to_owned());
        }
    });
    Effect::new(move |before: Option<u32>| {
        let now = entries.get();
        if before.is_some_and(|before| before != now)
            && let Some(nonce) = Page::random()
        {
            let name = DisplayName::from_typed(&call.name.get_untracked());
            call.want(Intent::Join { name, nonce });
        }
        now
    });
}

fn host<T>(call: CallContext, of: fn(&HostView) -> T) -> Memo<T>
where
    T: Default + PartialEq + Send + Sync + 'static,
{
    call.part(move |view| view.host.as_ref().map(of).unwrap_or_default())
}

const fn beside(panel: Panel) -> Beside {
    match panel {
        Panel::People => Beside::People,
        Panel::Chat => Beside::Chat,
        Panel::Evidence => Beside::Evidence,
    }
}

const fn missing(texts: &Words, feature: Feature) -> &'static str {
    match feature {
        Feature::Camera => texts.camera,
        Feature::Microphone => texts.microphone,
        Feature::DisplayCapture => texts.screen,
        Feature::Autoplay => texts.autoplay,
        Feature::Fullscreen => texts.full_screen,
        Feature::AllowPopups => texts.popups,
    }
}

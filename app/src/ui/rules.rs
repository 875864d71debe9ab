// SPDX-License-Identifier: EUPL-1.2
//! What moderators decide for the whole room: who comes in, who shares, who writes.

use leptos::prelude::*;
use shared::{Audience, Invitations, Moderation, Restriction};

use super::{
    context::{CallContext, texts},
    door_choice::{DoorChoice, door_name},
    switch::Switch,
};
use crate::call::{CallView, Intent};

/// The rules behind one line that says how the door stands.
#[component]
pub(crate) fn Rules() -> impl IntoView {
    let call = CallContext::here();
    let texts = texts();
    let door = call.part(|view| view.rules.door);
    let is = move |of: fn(&CallView) -> bool| call.part(of);
    let fixed = move |one| {
        let is_fixed = call.part(move |view| view.rules.fixed.has(one));
        Signal::derive(move || is_fixed.get().then_some(texts.restrict.fixed))
    };
    let toggle = move |act: fn(bool) -> Moderation| {
        Callback::new(move |on| call.want(Intent::Moderate(act(on))))
    };
    view! {
        <details class="rules" data-testid="rules">
            <summary>
                {texts.rules.title} " "
                <span class="rules-now">{move || door_name(texts, door.get())}</span>
            </summary>
            <DoorChoice />
            <Switch
                testid="personal-only"
                label=texts.rules.personal
                hint=texts.rules.personal_hint
                on=is(|view| view.rules.invitations == Invitations::Personal)
                fixed=fixed(Restriction::Personal)
                toggle=toggle(invitations)
            />
            <Switch
                testid="share-audience"
                label=texts.rules.share
                hint=texts.rules.share_hint
                on=is(|view| view.rules.share == Audience::Everybody)
                fixed=fixed(Restriction::Share)
                toggle=toggle(|on| Moderation::Share { audience: audience(on) })
            />
            <Switch
                testid="chat-audience"
                label=texts.rules.chat
                hint=texts.rules.chat_hint
                on=is(|view| view.rules.chat == Audience::Everybody)
                fixed=fixed(Restriction::Chat)
                toggle=toggle(|on| Moderation::Chat { audience: audience(on) })
            />
        </details>
    }
}

const fn audience(everybody: bool) -> Audience {
    if everybody { Audience::Everybody } else { Audience::Presenters }
}

const fn invitations(personal: bool) -> Moderation {
    let invitations = if personal { Invitations::Personal } else { Invitations::All };
    Moderation::Invitations { invitations }
}

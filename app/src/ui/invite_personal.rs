// SPDX-License-Identifier: EUPL-1.2
//! Invitations for one person each, made by whoever holds the bookmark.

use core::time::Duration;

use leptos::prelude::*;
use shared::TicketNumber;

use super::{
    context::{CallContext, texts},
    invite_links::InviteLinks,
};
use crate::{
    browser::{Page, today},
    call::Intent,
};

/// How many can be made at once: a list that a person can still hand out.
const MOST: u8 = 50;

/// For how many days they can be good.
const DAYS: [u16; 3] = [1, 7, 30];

/// The form, and the links that it made.
#[component]
pub(crate) fn InvitePersonal() -> impl IntoView {
    let call = CallContext::here();
    let texts = texts().invite;
    let number = RwSignal::new("1".to_owned());
    let days = RwSignal::new(7_u16);
    let make = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let wanted = number.with_untracked(|typed| typed.parse().unwrap_or(1).clamp(1, MOST));
        let fresh = |_| Page::random().map(TicketNumber::from_random);
        let Some(numbers) = (0..wanted).map(fresh).collect() else { return };
        let expires = today() + Duration::from_hours(24 * u64::from(days.get_untracked()));
        call.want(Intent::Invite { numbers, expires });
    };
    let names = [texts.day, texts.week, texts.month];
    view! {
        <details class="invite-personal" data-testid="invite-personal">
            <summary>{texts.title}</summary>
            <p class="field-hint">{texts.lead}</p>
            <form class="invite-form" on:submit=make>
                <label class="field">
                    <span class="field-label">{texts.number}</span>
                    <input
                        class="field-input"
                        type="number"
                        min="1"
                        max=MOST.to_string()
                        data-testid="invite-personal-number"
                        bind:value=number
                    />
                </label>
                <fieldset class="choices">
                    <legend>{texts.expires}</legend>
                    {DAYS
                        .into_iter()
                        .zip(names)
                        .map(|(choice, label)| view! { <Expiry choice label days /> })
                        .collect_view()}
                </fieldset>
                <button class="button" data-testid="invite-personal-make">{texts.make}</button>
            </form>
            <InviteLinks />
        </details>
    }
}

/// One choice of how long they are good.
#[component]
fn Expiry(choice: u16, label: &'static str, days: RwSignal<u16>) -> impl IntoView {
    view! {
        <label class="choice">
            <input
                type="radio"
                name="invite-expiry"
                data-testid=format!("invite-personal-days-{choice}")
                prop:checked=move || days.get() == choice
                on:change=move |_| days.set(choice)
            />
            <span class="choice-label">{label}</span>
        </label>
    }
}

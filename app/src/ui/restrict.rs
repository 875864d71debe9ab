// SPDX-License-Identifier: EUPL-1.2
//! What the bookmark of a new room forbids for good.

use leptos::prelude::*;
use shared::{Restriction, Restrictions};

use super::{context::texts, switch::Switch};

/// The restrictions, each a switch. Without any, a room is as strict as its moderators are.
#[component]
pub(crate) fn Restrict(
    /// What is chosen.
    chosen: RwSignal<Restrictions>,
) -> impl IntoView {
    let texts = texts().restrict;
    let each = Restriction::ALL.map(|one| {
        let (label, hint) = texts.words(one);
        let toggle = Callback::new(move |on: bool| {
            chosen.update(|chosen| {
                let others = chosen.iter().filter(|other| *other != one);
                *chosen = others.chain(on.then_some(one)).collect();
            });
        });
        view! {
            <Switch
                testid=testid(one)
                label
                hint
                on=Signal::derive(move || chosen.with(|chosen| chosen.has(one)))
                toggle
            />
        }
    });
    view! {
        <details class="rules" data-testid="restrict">
            <summary>{texts.title}</summary>
            <p>{texts.lead}</p>
            {each.into_iter().collect_view()}
        </details>
    }
}

const fn testid(one: Restriction) -> &'static str {
    match one {
        Restriction::Lobby => "restrict-lobby",
        Restriction::Personal => "restrict-personal",
        Restriction::Share => "restrict-share",
        Restriction::Chat => "restrict-chat",
    }
}

// SPDX-License-Identifier: EUPL-1.2
//! One row of the list of people.

use leptos::prelude::*;
use shared::{ParticipantId, Role, Source};

use super::{
    avatar::Avatar,
    confirm::Question,
    context::{CallContext, texts},
    icon::Symbol,
    names::shown_name,
    person_menu::PersonMenu,
    sign::{HandSign, Sign},
    text::Texts,
};
use crate::call::PersonView;

/// Somebody inside: who, what they may do, what is the matter with them.
#[component]
pub(crate) fn Person(
    /// Who.
    id: ParticipantId,
    /// Where a question is asked.
    question: RwSignal<Option<Question>>,
) -> impl IntoView {
    let call = CallContext::here();
    let texts = texts();
    let person = call.part(move |view| view.people.iter().find(|person| person.id == id).cloned());
    let is = move |of: fn(&PersonView) -> bool| {
        Memo::new(move |_| person.with(|p| p.as_ref().is_some_and(of)))
    };
    let own = is(|person| person.own);
    let duplicate = is(|person| person.duplicate);
    let plain = Memo::new(move |_| {
        person.with(|p| p.as_ref().and_then(|p| p.name.clone()).unwrap_or_default())
    });
    let name = Memo::new(move |_| {
        person
            .with(|p| p.as_ref().map(|p| shown_name(texts, p.name.as_ref(), p.own)))
            .unwrap_or_default()
    });
    let hand = Memo::new(move |_| person.with(|p| p.as_ref().and_then(|p| p.hand)));
    let acts =
        Memo::new(move |_| person.with(|p| p.as_ref().map(|p| p.acts.clone()).unwrap_or_default()));
    view! {
        <li
            class="person"
            data-testid="person"
            data-participant=id.to_string()
            data-self=move || own.get().to_string()
        >
            <Avatar id name=plain />
            <div class="person-words">
                <span class="person-name" data-testid="person-name">{move || name.get()}</span>
                <span class="person-role" data-testid="person-role">
                    {move || person.with(|p| p.as_ref().map(|p| role(texts, p)))}
                </span>
                <Show when=move || duplicate.get()>
                    <span class="person-mark" data-testid="person-duplicate">{texts.people.duplicate}</span>
                </Show>
            </div>
            <HandSign place=hand testid="person-hand" class="person-sign" />
            <Sign shown=is(|p| p.away) symbol=Symbol::LOST text=texts.conference.away testid="person-away" class="person-sign" />
            <Sign shown=is(shares) symbol=Symbol::SCREEN text=texts.people.sharing testid="person-sharing" class="person-sign" />
            <Sign shown=is(moderates) symbol=Symbol::STAR text=texts.conference.star testid="person-star" class="person-sign" />
            <Sign shown=is(is_muted) symbol=Symbol::MICROPHONE_OFF text=texts.conference.muted testid="person-muted" class="person-sign" />
            <PersonMenu id own name acts question />
        </li>
    }
}

const fn role(texts: &Texts, person: &PersonView) -> &'static str {
    match person.role {
        Role::Participant => texts.people.participant,
        Role::Presenter => texts.people.presenter,
        Role::Moderator if person.holder => texts.people.holder,
        Role::Moderator => texts.people.moderator,
    }
}

fn moderates(person: &PersonView) -> bool {
    person.role == Role::Moderator
}

fn shares(person: &PersonView) -> bool {
    person.live.contains(&Source::Screen)
}

fn is_muted(person: &PersonView) -> bool {
    !person.live.contains(&Source::Microphone)
}

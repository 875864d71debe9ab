// SPDX-License-Identifier: EUPL-1.2
//! One row of the list of people.

use leptos::prelude::*;
use shared::{ParticipantId, Role, Source};

use super::{
    avatar::Avatar,
    confirm::Question,
    context::{CallContext, texts},
    icon::{Icon, Symbol},
    names::shown_name,
    person_menu::PersonMenu,
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
            .with(|p| p.as_ref().map(|p| shown_name(texts, p.name.as_deref(), p.own)))
            .unwrap_or_default()
    });
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
            <Hand person />
            <Sign shown=is(|p| p.away) testid="person-away" symbol=Symbol::Lost text=texts.conference.away />
            <Sign shown=is(shares) testid="person-sharing" symbol=Symbol::Screen text=texts.people.sharing />
            <Sign shown=is(moderates) testid="person-star" symbol=Symbol::Star text=texts.conference.star />
            <Sign shown=is(is_muted) testid="person-muted" symbol=Symbol::MicrophoneOff text=texts.conference.muted />
            <PersonMenu id name acts question />
        </li>
    }
}

/// A sign, with its meaning in words for who does not see it.
#[component]
fn Sign(
    shown: Memo<bool>,
    testid: &'static str,
    symbol: Symbol,
    text: &'static str,
) -> impl IntoView {
    view! {
        <Show when=move || shown.get()>
            <span class="person-sign" data-testid=testid title=text>
                <Icon symbol=symbol />
                <span class="unseen">{text}</span>
            </span>
        </Show>
    }
}

/// The raised hand and its place.
#[component]
fn Hand(person: Memo<Option<PersonView>>) -> impl IntoView {
    let texts = texts().conference;
    let place = Memo::new(move |_| person.with(|p| p.as_ref().and_then(|p| p.hand)));
    move || {
        place.get().map(|place| {
            let said = (texts.hand_up)(place);
            let title = said.clone();
            view! {
                <span class="person-sign" data-testid="person-hand" title=title>
                    <Icon symbol=Symbol::Hand />
                    <span aria-hidden="true">{place}</span>
                    <span class="unseen">{said}</span>
                </span>
            }
        })
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

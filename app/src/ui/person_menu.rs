// SPDX-License-Identifier: EUPL-1.2
//! What a moderator can do about one person. Nothing in it switches anything of theirs on.

use leptos::prelude::*;
use shared::{Act, Moderation, ParticipantId};

use super::{
    confirm::Question,
    context::{CallContext, texts},
    icon::{Icon, Symbol},
    text::Texts,
};
use crate::{browser::Page, call::Intent};

/// A button, and behind it what is good for something right now. Nothing when nothing is.
#[component]
pub(crate) fn PersonMenu(
    /// About whom.
    id: ParticipantId,
    /// Whether it is the person at this screen.
    own: Memo<bool>,
    /// How they are called.
    name: Memo<String>,
    /// What can be done.
    acts: Memo<Vec<Moderation>>,
    /// Where a question is asked.
    question: RwSignal<Option<Question>>,
) -> impl IntoView {
    let call = CallContext::here();
    let texts = texts();
    let open = RwSignal::new(false);
    let press = Callback::new(move |act: Moderation| {
        open.set(false);
        // What was pressed may be gone in a moment; the focus must not be lost with it.
        Page::focus(&button_id(id));
        match asked_before(texts, act, own.get_untracked(), &name.get_untracked()) {
            Some(asked) => question.set(Some(asked)),
            None => call.want(Intent::Moderate(act)),
        }
    });
    let entries = move || acts.get().into_iter().filter_map(|act| Entry::of(texts, act));
    view! {
        <Show when=move || !acts.with(Vec::is_empty)>
            <button
                type="button"
                class="button"
                data-kind="quiet"
                data-testid="person-menu"
                id=button_id(id)
                aria-label=move || format!("{}: {}", texts.people.menu, name.get())
                aria-expanded=move || open.get().to_string()
                on:click=move |_| open.update(|open| *open = !*open)
            >
                <Icon symbol=Symbol::MORE />
            </button>
            <div class="person-acts" hidden=move || !open.get()>
                <For each=entries key=|entry| entry.testid let(Entry { testid, word, act })>
                    <button
                        type="button"
                        class="button"
                        data-testid=testid
                        aria-label=move || format!("{word}: {}", name.get())
                        on:click=move |_| press.run(act)
                    >
                        {word}
                    </button>
                </For>
            </div>
        </Show>
    }
}

/// What is asked before something that whoever does it cannot take back.
fn asked_before(texts: &Texts, act: Moderation, own: bool, name: &str) -> Option<Question> {
    let texts = &texts.people;
    if matches!(act, Moderation::Remove { .. }) {
        let (title, hint) = ((texts.remove_title)(name), texts.remove_hint);
        return Some(Question { title, hint, yes: texts.remove, act });
    }
    let gives_up = matches!(act.needs(), Act::GiveRole) && own;
    gives_up.then(|| {
        let (title, hint) = (texts.give_up_title.into(), texts.give_up_hint);
        Question { title, hint, yes: texts.give_up, act }
    })
}

fn button_id(id: ParticipantId) -> String {
    format!("person-menu-{id}")
}

/// One button of the menu.
struct Entry {
    testid: &'static str,
    word: &'static str,
    act: Moderation,
}

impl Entry {
    /// `None` for what is not about one person inside.
    fn of(texts: &Texts, act: Moderation) -> Option<Self> {
        let texts = &texts.people;
        let (testid, word) = match act {
            Moderation::Silence { .. } => ("person-mute", texts.mute),
            Moderation::StopCamera { .. } => ("person-stop-camera", texts.stop_camera),
            Moderation::StopScreen { .. } => ("person-stop-screen", texts.stop_screen),
            Moderation::LowerHand { .. } => ("person-lower-hand", texts.lower_hand),
            Moderation::MakeParticipant { .. } => {
                ("person-make-participant", texts.make_participant)
            }
            Moderation::MakePresenter { .. } => ("person-make-presenter", texts.make_presenter),
            Moderation::MakeModerator { .. } => ("person-make-moderator", texts.make_moderator),
            Moderation::Remove { .. } => ("person-remove", texts.remove),
            Moderation::Admit { .. }
            | Moderation::AdmitAll { .. }
            | Moderation::Refuse { .. }
            | Moderation::Door { .. }
            | Moderation::Invitations { .. }
            | Moderation::Share { .. }
            | Moderation::Chat { .. }
            | Moderation::SilenceAll {}
            | Moderation::LowerHands {}
            | Moderation::End {} => return None,
        };
        Some(Self { testid, word, act })
    }
}

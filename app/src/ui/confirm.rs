// SPDX-License-Identifier: EUPL-1.2
//! Asks once before something that cannot be taken back.

use leptos::prelude::*;
use shared::Moderation;

use super::{
    context::{CallContext, texts},
    dialog::Dialog,
};
use crate::call::Intent;

/// What is asked.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Question {
    /// The question.
    pub(crate) title: String,
    /// What follows from a yes.
    pub(crate) hint: &'static str,
    /// The yes, in the words of what is done.
    pub(crate) yes: &'static str,
    /// What is done.
    pub(crate) act: Moderation,
}

/// The dialog, while there is a question. Not to do it comes first.
#[component]
pub(crate) fn Confirm(
    /// What is asked.
    question: RwSignal<Option<Question>>,
) -> impl IntoView {
    let call = CallContext::here();
    let open = RwSignal::new(false);
    Effect::new(move |_| {
        if question.with(Option::is_some) {
            open.set(true);
        }
    });
    // Closed by the escape key, too, a question is no longer asked.
    Effect::new(move |_| {
        if !open.get() {
            question.set(None);
        }
    });
    let of = move |part: fn(&Question) -> String| {
        Signal::derive(move || question.with(|it| it.as_ref().map(part).unwrap_or_default()))
    };
    let hint = of(|question| question.hint.into());
    let yes = of(|question| question.yes.into());
    let confirm = move |_| {
        if let Some(Question { act, .. }) = question.get_untracked() {
            call.want(Intent::Moderate(act));
        }
        open.set(false);
    };
    view! {
        <Dialog testid="confirm" title=of(|question| question.title.clone()) open>
            <p>{move || hint.get()}</p>
            <div class="confirm-ways">
                <button
                    type="button"
                    class="button"
                    data-testid="confirm-no"
                    on:click=move |_| open.set(false)
                >
                    {texts().people.cancel}
                </button>
                <button type="button" class="button" data-kind="danger" data-testid="confirm-yes" on:click=confirm>
                    {move || yes.get()}
                </button>
            </div>
        </Dialog>
    }
}

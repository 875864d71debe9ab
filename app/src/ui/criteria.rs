// SPDX-License-Identifier: EUPL-1.2
//! How the server says to stand to each criterion of data protection.

use leptos::prelude::*;
use shared::{InBoth, Judged, Standing};

use super::{
    context::{CallContext, texts},
    text::Texts,
};

/// All of them, behind a line that counts them.
#[component]
pub(crate) fn Criteria() -> impl IntoView {
    let judged = CallContext::here().part(|view| view.judged.clone());
    let known = Memo::new(move |_| judged.with(|all| !all.is_empty()));
    let texts = texts();
    let count = move || judged.with(|all| counted(texts, all));
    view! {
        <Show when=move || known.get()>
            <details class="evidence-criteria" data-testid="evidence-criteria">
                <summary>{texts.evidence.criteria} ": " {count}</summary>
                <p>{texts.evidence.criteria_lead}</p>
                <ul class="evidence-list" role="list">
                    <For each=move || judged.get() key=Clone::clone let:one>
                        <Criterion one />
                    </For>
                </ul>
            </details>
        </Show>
    }
}

/// One of them.
#[component]
fn Criterion(
    /// Which, and how the server stands to it.
    one: Judged,
) -> impl IntoView {
    let texts = texts();
    let Judged { id, source, asks, state, why, .. } = one;
    let label = id.clone();
    view! {
        <li data-testid="evidence-criterion" data-criterion=id data-state=name(state)>
            <p>
                <strong>{label}</strong>
                " "
                {said(texts, asks)}
            </p>
            <p class="evidence-source">
                {word(texts, state)}
                {why.map(|why| format!(": {}", said(texts, why)))}
                " · "
                {source}
            </p>
        </li>
    }
}

/// How many there are of each kind, none left out but those of which there are none.
fn counted(texts: &Texts, all: &[Judged]) -> String {
    let count = |state| {
        let many = all.iter().filter(|one| one.state == state).count();
        (many > 0).then(|| format!("{many} {}", word(texts, state)))
    };
    let each = [Standing::Met, Standing::Loosened, Standing::NotMet, Standing::Organisational];
    each.into_iter().filter_map(count).collect::<Vec<_>>().join(", ")
}

const fn word(texts: &Texts, state: Standing) -> &'static str {
    let [met, loosened, not_met, organisational] = texts.evidence.standings;
    match state {
        Standing::Met => met,
        Standing::Loosened => loosened,
        Standing::NotMet => not_met,
        Standing::Organisational => organisational,
    }
}

/// For tests and style sheets.
const fn name(state: Standing) -> &'static str {
    match state {
        Standing::Met => "met",
        Standing::Loosened => "loosened",
        Standing::NotMet => "not_met",
        Standing::Organisational => "organisational",
    }
}

fn said(texts: &Texts, text: InBoth) -> String {
    if texts.code == "de" { text.de } else { text.en }
}

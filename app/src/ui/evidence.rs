// SPDX-License-Identifier: EUPL-1.2
//! What protects this meeting at this moment: measured, not claimed.

use leptos::prelude::*;

use super::{
    context::{CallContext, texts},
    criteria::Criteria,
    evidence_words::words,
    icon::{Icon, Symbol},
    panel::Panel,
    panels::{Beside, Panels},
};
use crate::call::{Intent, Proof, Teller, Verdict};

/// The panel. The browser looks when it is opened, whenever one of the own devices goes on or off, and when asked.
#[component]
pub(crate) fn Evidence(
    /// Which panel is open.
    panels: Panels,
) -> impl IntoView {
    let call = CallContext::here();
    let texts = texts().evidence;
    let open = panels.shows(Beside::Evidence);
    let on = call.part(|view| [view.microphone.on, view.camera.on, view.sharing.on]);
    let proofs = call.part(|view| view.proofs.clone());
    let looks_first = call.part(|view| view.proofs.is_empty());
    Effect::new(move |_| {
        on.track();
        if open.get() {
            call.want(Intent::Examine);
        }
    });
    view! {
        <Panel panel=Beside::Evidence panels title=texts.title>
            <p class="evidence-lead">{texts.lead}</p>
            <ul class="evidence-list" role="list">
                <For each=move || proofs.get() key=Clone::clone let:proof>
                    <Line proof />
                </For>
            </ul>
            <Criteria />
            <div role="status">
                <Show when=move || looks_first.get()>
                    <p>{texts.looking}</p>
                </Show>
            </div>
            <button
                type="button"
                class="button"
                data-testid="evidence-again"
                on:click=move |_| call.want(Intent::Examine)
            >
                {texts.again}
            </button>
        </Panel>
    }
}

/// One proof.
#[component]
fn Line(
    /// Which.
    proof: Proof,
) -> impl IntoView {
    let all = texts();
    let texts = all.evidence;
    let (sentence, how) = words(all, &proof);
    let [holds, broken, open] = texts.verdicts;
    let (name, symbol, word) = match proof.verdict() {
        Verdict::Holds => ("holds", Symbol::CHECK, holds),
        Verdict::Broken => ("broken", Symbol::CLOSE, broken),
        Verdict::Open => ("open", Symbol::SHIELD, open),
    };
    let teller = match proof.teller() {
        Teller::Measured => texts.measured,
        Teller::Built => texts.built,
        Teller::Declared => texts.declared,
        Teller::Stated => texts.stated,
    };
    view! {
        <li class="evidence-line" data-testid=format!("evidence-{}", proof.name()) data-verdict=name>
            <Icon symbol />
            <div>
                <p>
                    <span class="unseen">{word} " "</span>
                    {sentence}
                </p>
                <p class="evidence-source">{proof.criteria().join(" ")} " · " {teller}</p>
                <details>
                    <summary>{texts.how}</summary>
                    <p>{how}</p>
                </details>
            </div>
        </li>
    }
}

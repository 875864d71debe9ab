// SPDX-License-Identifier: EUPL-1.2
//! A question or a choice over the page: the browser's own dialog, which keeps the focus inside, gives
//! it back and closes by the escape key.

use leptos::{html, prelude::*};

/// A dialog.
#[component]
pub(crate) fn Dialog(
    /// The name that tests find it by.
    testid: &'static str,
    /// What it is about.
    #[prop(into)]
    title: Signal<String>,
    /// Whether it is open.
    open: RwSignal<bool>,
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    let title_id = format!("{testid}-title");
    let labelled_by = title_id.clone();
    Effect::new(move |_| {
        let Some(dialog) = node.get() else { return };
        match (open.get(), dialog.open()) {
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            (true, true) | (false, false) => {}
        }
    });
    view! {
        <dialog
            class="dialog"
            data-testid=testid
            aria-labelledby=labelled_by
            node_ref=node
            on:close=move |_| {
                // It comes late: the dialog may have been opened again.
                if node.get_untracked().is_some_and(|dialog| !dialog.open()) {
                    open.set(false);
                }
            }
        >
            <h2 id=title_id>{move || title.get()}</h2>
            {children()}
        </dialog>
    }
}

// SPDX-License-Identifier: EUPL-1.2
//! The frame of what stands beside the stage.

use leptos::{html, prelude::*};

use super::{
    context::texts,
    icon::{Icon, Symbol},
    panels::{Beside, Panels},
};
use crate::browser::Page;

/// A panel with its heading. Closed, it is not there.
#[component]
pub(crate) fn Panel(
    /// Which.
    panel: Beside,
    /// Which is open.
    panels: Panels,
    /// What it is called.
    title: &'static str,
    /// How many are in it.
    #[prop(optional, into)]
    count: Option<Signal<usize>>,
    children: ChildrenFn,
) -> impl IntoView {
    let testid = panel.testid();
    let title_id = format!("{testid}-title");
    let children = StoredValue::new(children);
    // Whoever opens it is in it with the next step of the keyboard. The chat gives the focus to its field.
    let takes_focus = panel != Beside::Chat || Page::is_touched();
    let heading = NodeRef::<html::H2>::new();
    Effect::new(move |_| {
        if let Some(heading) = heading.get().filter(|_| takes_focus) {
            drop(heading.focus());
        }
    });
    let head = move || {
        view! {
            <div class="panel-head">
                <h2 id=title_id.clone() tabindex="-1" node_ref=heading>
                    {title}
                    {count.map(|count| view! { " " <span class="panel-count">{move || count.get()}</span> })}
                </h2>
                <button
                    type="button"
                    class="button"
                    data-kind="quiet"
                    data-testid=format!("{testid}-close")
                    aria-label=texts().conference.close
                    on:click=move |_| panels.close()
                >
                    <Icon symbol=Symbol::CLOSE />
                </button>
            </div>
        }
    };
    let is_open = panels.shows(panel);
    view! {
        <Show when=move || is_open.get()>
            <aside class="panel" data-testid=testid aria-labelledby=format!("{testid}-title")>
                {head()}
                {children.with_value(|children| children())}
            </aside>
        </Show>
    }
}

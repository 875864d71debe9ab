// SPDX-License-Identifier: EUPL-1.2
//! The first heading of a screen, which takes the focus when the screen appears: who does not see
//! the change is told of it.

use leptos::{html, prelude::*};

/// A heading that is read out as it appears.
#[component]
pub(crate) fn Heading(
    /// What it says.
    #[prop(into)]
    text: String,
    /// Further classes: `unseen` leaves it to assistive technology.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    let node = NodeRef::<html::H1>::new();
    Effect::new(move |_| {
        if let Some(heading) = node.get() {
            drop(heading.focus());
        }
    });
    view! { <h1 class=class tabindex="-1" node_ref=node>{text}</h1> }
}

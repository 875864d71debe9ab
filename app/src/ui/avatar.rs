// SPDX-License-Identifier: EUPL-1.2
//! What stands for a person whose camera is off: initials on a quiet colour.

use leptos::prelude::*;
use shared::{DisplayName, ParticipantId};

use super::icon::{Icon, Symbol};

/// Initials. Assistive technology gets the name instead.
#[component]
pub(crate) fn Avatar(
    /// Whose, for the colour.
    id: ParticipantId,
    /// The name; may be empty.
    #[prop(into)]
    name: Signal<DisplayName>,
) -> impl IntoView {
    view! {
        <span class="avatar" data-tint=(id.0 % 6).to_string() aria-hidden="true">
            {move || match initials(name.get().as_str()) {
                none if none.is_empty() => view! { <Icon symbol=Symbol::PERSON /> }.into_any(),
                initials => initials.into_any(),
            }}
        </span>
    }
}

/// The first letters of the first and the last word.
fn initials(name: &str) -> String {
    let mut words = name.split_whitespace();
    let first = words.next().and_then(|word| word.chars().next());
    let last = words.next_back().and_then(|word| word.chars().next());
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

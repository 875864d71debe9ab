// SPDX-License-Identifier: EUPL-1.2
//! Who knocks, over the stage: seen without opening anything.

use leptos::prelude::*;

use super::knock::Knocks;

/// A card that is there while somebody knocks.
#[component]
pub(crate) fn Door() -> impl IntoView {
    view! {
        <div class="door">
            <Knocks />
        </div>
    }
}

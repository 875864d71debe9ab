// SPDX-License-Identifier: EUPL-1.2
//! Who knocks, over the stage: seen without opening anything.

use leptos::prelude::*;

use super::knock::Knocks;

/// The region is there before anybody knocks, or it would not be read out.
#[component]
pub(crate) fn Door() -> impl IntoView {
    view! {
        <div class="door" role="status">
            <Knocks />
        </div>
    }
}

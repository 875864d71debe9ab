// SPDX-License-Identifier: EUPL-1.2
//! No moderator is there: everybody keeps their place, and nothing is transmitted.

use leptos::prelude::*;

use super::context::{CallContext, texts};
use crate::call::Screen;

/// Says so over the stage. The region is there before its text is, or it would not be read out.
#[component]
pub(crate) fn Paused() -> impl IntoView {
    let paused = CallContext::here().part(|view| matches!(view.screen, Screen::Paused { .. }));
    let texts = texts().conference;
    view! {
        <div class="paused" role="status">
            <Show when=move || paused.get()>
                <div class="paused-card" data-testid="waiting-moderator">
                    <h2>{texts.paused}</h2>
                    <p>{texts.paused_hint}</p>
                </div>
            </Show>
        </div>
    }
}

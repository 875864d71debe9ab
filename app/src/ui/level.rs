// SPDX-License-Identifier: EUPL-1.2
//! How loud the own microphone is.

use leptos::{html, prelude::*};
use shared::Source;

use super::context::{CallContext, outside};
use crate::browser::LevelMeter;

/// A bar that follows the voice. Its length is the custom property `--level`.
#[component]
pub(crate) fn Level() -> impl IntoView {
    let call = CallContext::here();
    let node = NodeRef::<html::Div>::new();
    let meter = StoredValue::new_local(None::<LevelMeter>);
    Effect::new(move |_| {
        let track = call.media(|media| media.own(Source::Microphone));
        meter.set_value(track.zip(node.get()).and_then(|(t, bar)| LevelMeter::new(&t, bar.into())));
    });
    view! {
        <div
            class="level"
            data-testid="gate-level"
            role="img"
            aria-label=outside().gate.level
            node_ref=node
        ></div>
    }
}

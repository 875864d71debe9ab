// SPDX-License-Identifier: EUPL-1.2
//! Who is responsible, where data are processed, and what is not kept.

use leptos::prelude::*;

use super::{
    context::texts,
    icon::{Icon, Symbol},
};
use crate::browser::Page;

/// The notice, open: it is short enough to be read.
#[component]
pub(crate) fn GateNotice() -> impl IntoView {
    let texts = texts().gate;
    let points = (texts.notice_points)(&Page::host());
    view! {
        <aside class="gate-notice" data-testid="gate-notice" aria-labelledby="gate-notice-title">
            <h2 id="gate-notice-title">
                <Icon symbol=Symbol::Shield />
                {texts.notice}
            </h2>
            <ul>{points.into_iter().map(|point| view! { <li>{point}</li> }).collect_view()}</ul>
        </aside>
    }
}

// SPDX-License-Identifier: EUPL-1.2
//! A drawing of what this is about: people, each in a tile of their own.

use leptos::prelude::*;

/// Decoration. It says nothing to assistive technology.
#[component]
pub(crate) fn HomePicture() -> impl IntoView {
    let person = |x: i32, y: i32| {
        format!(
            "M{} {y}a26 26 0 1 1 52 0 26 26 0 1 1-52 0ZM{} {}a50 44 0 0 1 100 0Z",
            x - 26,
            x - 50,
            y + 78
        )
    };
    view! {
        <svg class="home-picture" viewBox="0 0 420 336" aria-hidden="true" focusable="false">
            <rect data-tint="0" x="0" y="0" width="240" height="162" rx="26" />
            <rect data-tint="2" x="252" y="0" width="168" height="162" rx="26" />
            <rect data-tint="3" x="0" y="174" width="168" height="162" rx="26" />
            <rect data-tint="1" x="180" y="174" width="240" height="162" rx="26" />
            <path d=person(120, 62) />
            <path d=person(336, 62) />
            <path d=person(84, 236) />
            <path d=person(300, 236) />
            <path
                class="home-star"
                d="M386 292l4.6 9.4 10.4 1.5-7.5 7.300 1.800 10.300-9.300-4.900-9.300 4.900 1.800-10.300-7.5-7.300 10.4-1.5Z"
            />
        </svg>
    }
}

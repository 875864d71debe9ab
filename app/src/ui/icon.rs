// SPDX-License-Identifier: EUPL-1.2
//! Small drawings, 24 by 24, of strokes in the colour of the text around them.

use leptos::prelude::*;

/// Which drawing, by its strokes: each is loaded where it is first seen.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Symbol(&'static str);

impl Symbol {
    pub(crate) const MICROPHONE: Self = Self(
        "M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3ZM5.5 11a6.5 6.5 0 0 0 13 0M12 17.5V21",
    );
    pub(crate) const MICROPHONE_OFF: Self = Self(
        "M9 9v2a3 3 0 0 0 4.6 2.5M15 10.5V6a3 3 0 0 0-5.8-1M5.5 11a6.5 6.5 0 0 0 10.7 4.9M18.5 11a6.5 6.5 0 0 1-.5 2.5M12 17.5V21M4 4l16 16",
    );
    pub(crate) const MICROPHONE_READY: Self = Self(
        "M12 2.5a2.7 2.7 0 0 1 2.7 2.7v3.6a2.7 2.7 0 0 1-5.4 0V5.2A2.7 2.7 0 0 1 12 2.5ZM6.5 8.8a5.5 5.5 0 0 0 11 0M4.5 17.5v3.5h15v-3.5",
    );
    pub(crate) const CAMERA: Self = Self(
        "M5 6.5h8.5a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2ZM15.5 11l5.5-3.5v9L15.5 13",
    );
    pub(crate) const CAMERA_OFF: Self = Self(
        "M10 6.5h3.5a2 2 0 0 1 2 2V11l5.5-3.5v9l-2-1.3M15 16.9a2 2 0 0 1-1.5.6H5a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2h.5M4 4l16 16",
    );
    pub(crate) const PEOPLE: Self = Self(
        "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 20a6.5 6.5 0 0 1 13 0M15.5 4.3a3.5 3.5 0 0 1 0 6.5M18 14.2a6.5 6.5 0 0 1 3.5 5.8",
    );
    pub(crate) const PERSON: Self =
        Self("M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20.5a7.5 7.5 0 0 1 15 0");
    pub(crate) const DEVICES: Self = Self(
        "M4 7h9M17 7h3M4 17h3M11 17h9M15 9.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4ZM9 19.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4Z",
    );
    pub(crate) const LEAVE: Self =
        Self("M14 4H6.5A1.5 1.5 0 0 0 5 5.5v13A1.5 1.5 0 0 0 6.5 20H14M10 12h11M17 8l4 4-4 4");
    pub(crate) const STAR: Self =
        Self("M12 3.5l2.6 5.4 5.9.8-4.3 4.1 1 5.9-5.2-2.8-5.2 2.8 1-5.9L3.5 9.7l5.9-.8Z");
    pub(crate) const CHECK: Self = Self("M5 12.5l4.5 4.5L19 7.5");
    pub(crate) const CLOSE: Self = Self("M6 6l12 12M18 6L6 18");
    pub(crate) const COPY: Self = Self(
        "M10 8.5h8.5A1.5 1.5 0 0 1 20 10v9a1.5 1.5 0 0 1-1.5 1.5H10A1.5 1.5 0 0 1 8.5 19v-9A1.5 1.5 0 0 1 10 8.5ZM5.5 15.5A1.5 1.5 0 0 1 4 14V5a1.5 1.5 0 0 1 1.5-1.5H14A1.5 1.5 0 0 1 15.5 5",
    );
    pub(crate) const SPEAKER: Self =
        Self("M4 9.5v5h3.5L12 18.5v-13L7.5 9.5ZM15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11");
    pub(crate) const SHIELD: Self = Self(
        "M12 3l7.5 2.8v5.4c0 4.6-3 8-7.5 9.8-4.5-1.8-7.5-5.2-7.5-9.8V5.8ZM8.8 12l2.3 2.3 4.2-4.4",
    );
    pub(crate) const KNOCK: Self =
        Self("M6 21V5a2 2 0 0 1 2-2h8a2 2 0 0 1 2 2v16M3.5 21h17M14.5 12v.6");
    pub(crate) const LOST: Self = Self(
        "M4 4l16 16M8.5 15.5a5 5 0 0 1 5.3-1.1M5.3 12.2a9.5 9.5 0 0 1 4-2.4M14.5 10a9.5 9.5 0 0 1 4.2 2.2M2.5 8.8A14 14 0 0 1 6.2 6.4M10.5 5.1a14 14 0 0 1 11 3.7M12 19.2v.1",
    );
    pub(crate) const SCREEN: Self = Self(
        "M4.5 4.5h15A1.5 1.5 0 0 1 21 6v9a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 15V6a1.5 1.5 0 0 1 1.5-1.5ZM8.5 20.5h7M12 16.5v4M12 13.5V8M9.5 10.3L12 7.8l2.5 2.5",
    );
    pub(crate) const HAND: Self = Self(
        "M8 13V6.2a1.4 1.4 0 0 1 2.8 0V11M10.8 11V4.7a1.4 1.4 0 0 1 2.8 0V11M13.6 11.2V6a1.4 1.4 0 0 1 2.8 0v8.5a6.5 6.5 0 0 1-6.5 6.5c-2.3 0-3.7-1-4.9-2.9l-2.3-3.7a1.4 1.4 0 0 1 2.3-1.6L8 15",
    );
    pub(crate) const CHAT: Self = Self(
        "M5.5 4.5h13A2 2 0 0 1 20.5 6.5v8a2 2 0 0 1-2 2H11l-4.5 4v-4h-1a2 2 0 0 1-2-2v-8a2 2 0 0 1 2-2ZM8 9h8M8 12.5h5",
    );
    pub(crate) const MORE: Self = Self("M5.5 12h.1M12 12h.1M18.5 12h.1");
    pub(crate) const SEND: Self = Self("M4 12l16-7.5-5.5 15-3-6ZM11.5 13.5L20 4.5");
    pub(crate) const SAVE: Self = Self("M12 4v11M7.5 11l4.5 4.5 4.5-4.5M4.5 19.5h15");
    pub(crate) const LAYOUT: Self =
        Self("M4.5 4.5h6v6h-6ZM13.5 4.5h6v6h-6ZM4.5 13.5h6v6h-6ZM13.5 13.5h6v6h-6Z");
    pub(crate) const SPOTLIGHT: Self =
        Self("M4 5h11v14H4ZM18 5h2.5v4H18ZM18 10h2.5v4H18ZM18 15h2.5v4H18Z");
    pub(crate) const FULL_SCREEN: Self =
        Self("M4.5 9V4.5H9M15 4.5h4.5V9M19.5 15v4.5H15M9 19.5H4.5V15");
    pub(crate) const SMALL_WINDOW: Self = Self(
        "M20 10V6.5A1.5 1.5 0 0 0 18.5 5h-13A1.5 1.5 0 0 0 4 6.5v11A1.5 1.5 0 0 0 5.5 19H9M12.5 13H20v6h-7.5Z",
    );
    pub(crate) const PIN: Self = Self("M9 4h6M10 4v6l-3 3.5h10L14 10V4M12 13.5V20");
    pub(crate) const BACK: Self = Self("M14.5 5l-7 7 7 7");
    pub(crate) const FORWARD: Self = Self("M9.5 5l7 7-7 7");
    pub(crate) const SMILE: Self = Self(
        "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM8 14.2a4.8 4.8 0 0 0 8 0M8.7 9.3v.6M15.3 9.3v.6",
    );
    pub(crate) const FAIR: Self = Self("M5.5 19v-4M12 19V10M18.5 19v-.1");
    pub(crate) const POOR: Self = Self("M5.5 19v-4M12 19v-.1M18.5 19v-.1");
}

/// A drawing. It says nothing to assistive technology: the text next to it does.
#[component]
pub(crate) fn Icon(
    /// Which.
    #[prop(into)]
    symbol: Signal<Symbol>,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d=move || symbol.get().0 />
        </svg>
    }
}

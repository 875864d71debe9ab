// SPDX-License-Identifier: EUPL-1.2
//! Which language the page speaks. Another one is spoken at once: what is shown is built anew, and what it is
//! built from stays.

use leptos::{either::Either, prelude::*};
use shared::embed;

use super::text::Outside;
use crate::browser::Page;

/// The language of the page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Language(RwSignal<&'static Outside>);

impl Language {
    /// The one that is asked for.
    pub(crate) fn asked_for() -> Self {
        let texts = Outside::best(&Page::languages());
        Page::set_language(texts.code);
        Self(RwSignal::new(texts))
    }

    /// The language of this page.
    pub(crate) fn here() -> Self {
        expect_context()
    }

    /// What is said outside; whoever reads it here is not told when another language is spoken.
    pub(super) fn outside(self) -> &'static Outside {
        self.0.get_untracked()
    }

    /// What is said outside; whoever reads it here is told.
    pub(crate) fn spoken(self) -> &'static Outside {
        self.0.get()
    }

    /// Speaks another one from here on. The address remembers it for a reload.
    fn change(self, code: &str) {
        let texts = Outside::best(&[code.to_owned()]);
        Page::set_language(texts.code);
        Page::show_language(texts.code);
        self.0.set(texts);
    }
}

impl Language {
    /// Speaks this one from here on.
    pub(crate) fn speak(self, language: embed::Language) {
        self.change(match language {
            embed::Language::De => "de",
            embed::Language::En => "en",
        });
    }
}

/// Builds something, and builds it anew when another language is spoken. What would only be changed could keep
/// rows of lists as they are.
pub(crate) fn spoken<V: IntoAny>(build: impl Fn() -> V + Send + 'static) -> AnyView {
    anew(Box::new(move || build().into_any()))
}

/// One for everything that is built, for a page is downloaded by everybody.
fn anew(build: Box<dyn Fn() -> AnyView + Send>) -> AnyView {
    let language = Language::here();
    let built = move || match language.spoken().code {
        "de" => Either::Left(build()),
        _ => Either::Right(build()),
    };
    built.into_any()
}

/// The way to the other language, called what it is called there.
#[component]
pub(crate) fn LanguageButton(
    /// Its style.
    class: &'static str,
) -> impl IntoView {
    let language = Language::here();
    let (code, name) = language.outside().other;
    let speak = move |_| {
        language.change(code);
        // What was pressed is gone; where it was stands the way back.
        request_animation_frame(|| Page::focus(LANGUAGE));
    };
    view! {
        <button type="button" class=class id=LANGUAGE data-testid=LANGUAGE lang=code on:click=speak>
            {name}
        </button>
    }
}

const LANGUAGE: &str = "language";

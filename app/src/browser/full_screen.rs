// SPDX-License-Identifier: EUPL-1.2
//! The page on the whole display (Fullscreen API).

use super::{Listener, Page};

/// The display, which the page has as a whole or not.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FullScreen;

impl FullScreen {
    /// Whether the browser, and the page that embeds this one, allow it.
    pub(crate) fn is_possible() -> bool {
        Page::document().fullscreen_enabled()
    }

    /// Whether the page has the whole display.
    pub(crate) fn is_on() -> bool {
        Page::document().fullscreen_element().is_some()
    }

    /// Takes the whole display, or gives it back. The person has to have pressed something.
    pub(crate) fn flip() {
        let document = Page::document();
        if Self::is_on() {
            document.exit_fullscreen();
        } else if let Some(root) = document.document_element().filter(|_| Self::is_possible()) {
            drop(root.request_fullscreen());
        }
    }

    /// Tells of every change, whoever brought it about: the escape key does, too.
    pub(crate) fn watch(mut changed: impl FnMut(bool) + 'static) -> Listener {
        Listener::new(&Page::document(), "fullscreenchange", move |_| changed(Self::is_on()))
    }
}

// SPDX-License-Identifier: EUPL-1.2
//! What stands beside the stage: the people, the chat or the evidence, one at a time.

use leptos::prelude::*;

use crate::browser::Page;

/// One of the panels.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Beside {
    /// Everybody inside and at the door.
    People,
    /// What people write.
    Chat,
    /// What protects the meeting.
    Evidence,
}

/// Which panel is open. Copies are the same choice.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Panels(RwSignal<Option<Beside>>);

impl Panels {
    /// None is open.
    pub(crate) fn new() -> Self {
        Self(RwSignal::new(None))
    }

    /// Which is open.
    pub(crate) fn open(self) -> Option<Beside> {
        self.0.get()
    }

    /// Whether this one is open.
    pub(crate) fn shows(self, panel: Beside) -> Memo<bool> {
        Memo::new(move |_| self.0.get() == Some(panel))
    }

    /// Opens this one, or closes it.
    pub(crate) fn flip(self, panel: Beside) {
        if self.0.get_untracked() == Some(panel) {
            self.close();
        } else {
            self.0.set(Some(panel));
        }
    }

    /// Opens this one.
    pub(crate) fn show(self, panel: Beside) {
        self.0.set(Some(panel));
    }

    /// Closes the one that is open. The focus goes back to the button that opened it.
    pub(crate) fn close(self) {
        let Some(panel) = self.0.get_untracked() else { return };
        self.0.set(None);
        Page::focus(panel.button());
    }
}

impl Beside {
    /// The button in the bar that opens it.
    pub(crate) const fn button(self) -> &'static str {
        match self {
            Self::People => "toggle-people",
            Self::Chat => "toggle-chat",
            Self::Evidence => "evidence",
        }
    }

    /// The name that tests find it by.
    pub(super) const fn testid(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Chat => "chat",
            Self::Evidence => "evidence-panel",
        }
    }
}

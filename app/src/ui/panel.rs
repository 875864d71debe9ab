// SPDX-License-Identifier: EUPL-1.2
//! What stands beside the stage: the people or the chat, one at a time.

use leptos::{html, prelude::*};

use super::{
    context::texts,
    icon::{Icon, Symbol},
};
use crate::browser::Page;

/// One of the panels.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Beside {
    /// Everybody inside and at the door.
    People,
    /// What people write.
    Chat,
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
        }
    }

    const fn testid(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Chat => "chat",
        }
    }
}

/// A panel with its heading. Closed, it is not there.
#[component]
pub(crate) fn Panel(
    /// Which.
    panel: Beside,
    /// Which is open.
    panels: Panels,
    /// What it is called.
    title: &'static str,
    /// How many are in it.
    #[prop(optional, into)]
    count: Option<Signal<usize>>,
    children: ChildrenFn,
) -> impl IntoView {
    let testid = panel.testid();
    let title_id = format!("{testid}-title");
    let children = StoredValue::new(children);
    // Whoever opens it is in it with the next step of the keyboard. The chat gives the focus to its field.
    let takes_focus = panel == Beside::People || Page::is_touched();
    let heading = NodeRef::<html::H2>::new();
    Effect::new(move |_| {
        if let Some(heading) = heading.get().filter(|_| takes_focus) {
            drop(heading.focus());
        }
    });
    let head = move || {
        view! {
            <div class="panel-head">
                <h2 id=title_id.clone() tabindex="-1" node_ref=heading>
                    {title}
                    {count.map(|count| view! { " " <span class="panel-count">{move || count.get()}</span> })}
                </h2>
                <button
                    type="button"
                    class="button"
                    data-kind="quiet"
                    data-testid=format!("{testid}-close")
                    aria-label=texts().conference.close
                    on:click=move |_| panels.close()
                >
                    <Icon symbol=Symbol::Close />
                </button>
            </div>
        }
    };
    let is_open = panels.shows(panel);
    view! {
        <Show when=move || is_open.get()>
            <aside class="panel" data-testid=testid aria-labelledby=format!("{testid}-title")>
                {head()}
                {children.with_value(|children| children())}
            </aside>
        </Show>
    }
}

// SPDX-License-Identifier: EUPL-1.2
//! Every key and what it does, to look it up.

use leptos::prelude::*;

use super::{
    context::{CallContext, texts},
    dialog::Dialog,
    shortcuts::TABLE,
};

/// The dialog.
#[component]
pub(crate) fn ShortcutSheet() -> impl IntoView {
    let call = CallContext::here();
    let texts = texts().keys;
    let rows = TABLE.iter().map(move |shortcut| {
        let (name, says) = (shortcut.name(&texts), (shortcut.says)(&texts));
        view! {
            <div class="shortcut" data-testid="shortcut" data-key=shortcut.key>
                <dt><kbd>{name}</kbd></dt>
                <dd>{says}</dd>
            </div>
        }
    });
    view! {
        <Dialog testid="shortcuts" title=texts.title open=call.sheet>
            <Show when=move || !call.keys.get()>
                <p class="switch-hint">{texts.off}</p>
            </Show>
            // The first to take the focus, or the dialog opens at its end.
            <dl class="shortcut-sheet" tabindex="0">{rows.collect_view()}</dl>
            <button
                type="button"
                class="button"
                data-kind="primary"
                data-testid="shortcuts-close"
                on:click=move |_| call.sheet.set(false)
            >
                {texts.close}
            </button>
        </Dialog>
    }
}

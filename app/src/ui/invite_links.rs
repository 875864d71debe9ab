// SPDX-License-Identifier: EUPL-1.2
//! The personal invitations that were made, to be copied or saved.

use leptos::prelude::*;

use super::{
    context::{CallContext, texts},
    copy_button::CopyButton,
    icon::{Icon, Symbol},
};
use crate::browser::{Page, TextFile};

/// The list. Nothing when there are none.
#[component]
pub(crate) fn InviteLinks() -> impl IntoView {
    let call = CallContext::here();
    let texts = texts().invite;
    let links = call.part(|view| {
        let origin = Page::origin();
        view.invitations
            .iter()
            .map(|link| [origin.as_str(), link.as_str()].concat())
            .collect::<Vec<_>>()
    });
    let count = Memo::new(move |_| links.with(Vec::len));
    let list = Memo::new(move |_| links.with(|links| links.join("\n")));
    let file = StoredValue::new_local(None::<TextFile>);
    let address = Memo::new(move |_| {
        file.set_value(TextFile::new("text/plain", &(list.get() + "\n")));
        file.with_value(|file| file.as_ref().map(|file| file.address().to_owned()))
    });
    view! {
        <p class="invite-made" role="status">
            {move || (count.get() > 0).then(|| (texts.made)(count.get()))}
        </p>
        <Show when=move || { count.get() > 0 }>
            <p class="field-hint">{texts.made_hint}</p>
            <ol class="invite-links" tabindex="0" aria-label=texts.title>
                <For each=move || links.get() key=Clone::clone let:link>
                    <li>
                        // In a tab of its own: the meeting goes on in this one.
                        <a data-testid="invite-personal-link" href=link target="_blank" rel="noopener">
                            {link.clone()}
                        </a>
                    </li>
                </For>
            </ol>
            <div class="invite-ways">
                <CopyButton testid="invite-personal-copy" label=texts.copy_all text=list />
                <a
                    class="button"
                    data-testid="invite-personal-download"
                    href=move || address.get()
                    download=texts.file
                >
                    <Icon symbol=Symbol::SAVE />
                    {texts.download}
                </a>
            </div>
        </Show>
    }
}

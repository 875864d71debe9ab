// SPDX-License-Identifier: EUPL-1.2
//! Everybody inside and, for moderators, everybody at the door and what is decided for all.

use leptos::prelude::*;
use shared::{Invitations, Role};

use super::{
    confirm::{Confirm, Question},
    context::{CallContext, texts},
    copy_button::CopyButton,
    everybody::{End, Everybody},
    invite_personal::InvitePersonal,
    knock::Knocks,
    panel::Panel,
    panels::{Beside, Panels},
    person::Person,
    rules::Rules,
};
use crate::browser::Page;

/// The panel.
#[component]
pub(crate) fn People(
    /// Which panel is open.
    panels: Panels,
) -> impl IntoView {
    let call = CallContext::here();
    let texts = texts();
    let ids = call.part(|view| view.people.iter().map(|person| person.id).collect::<Vec<_>>());
    let count = Memo::new(move |_| ids.with(Vec::len));
    let moderates = call.part(|view| view.role == Role::Moderator);
    let holds = call.part(|view| view.holder);
    // Only who holds the invitation can pass it on.
    let common = call.part(|view| view.invited && view.rules.invitations == Invitations::All);
    let question = RwSignal::new(None::<Question>);
    view! {
        <Panel panel=Beside::People panels title=texts.conference.people count>
            <Knocks />
            <ul class="people-list" role="list" aria-label=texts.conference.people>
                <For each=move || ids.get() key=|id| *id let:id>
                    <Person id question />
                </For>
            </ul>
            <Show when=move || moderates.get()>
                <Everybody />
                <Rules />
            </Show>
            <Show when=move || holds.get()>
                <InvitePersonal />
            </Show>
            // Where only personal invitations count, the common one leads nowhere.
            <Show when=move || common.get()>
                <CopyButton testid="people-invite" label=texts.people.invite text=Page::link() />
            </Show>
            <Show when=move || moderates.get()>
                <End question />
            </Show>
            <Confirm question />
        </Panel>
    }
}

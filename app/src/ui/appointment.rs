// SPDX-License-Identifier: EUPL-1.2
//! The invitation in writing: for an e-mail, and for the calendar once somebody chose when. All of it is made in
//! the page.

use core::time::Duration;

use leptos::prelude::*;
use shared::{Responsible, UnixTime};

use super::{
    context::texts,
    copy_button::CopyButton,
    icon::{Icon, Symbol},
    text::Letter,
};
use crate::{
    browser::{Page, TextFile, local, responsible, said, spawn, today},
    call::Appointment,
};

/// How long a meeting may be planned to take, in minutes.
const LENGTHS: [u16; 8] = [15, 30, 45, 60, 90, 120, 180, 240];

/// When a meeting is to be, and who is responsible for where it is held. Nothing is chosen at first.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    /// What the fields hold.
    date: RwSignal<String>,
    time: RwSignal<String>,
    /// Empty for an open end.
    minutes: RwSignal<String>,
    is_open: RwSignal<bool>,
    /// The same for each change of one meeting.
    id: StoredValue<Option<[u8; 16]>>,
    responsible: RwSignal<Option<Responsible>>,
}

impl Plan {
    /// An empty one. The server is asked who is responsible.
    pub(crate) fn new() -> Self {
        let known = RwSignal::new(None);
        spawn(async move {
            let answer = responsible().await;
            // Whoever has gone on in the meantime has read what there was.
            known.try_set(answer);
        });
        Self {
            date: RwSignal::default(),
            time: RwSignal::default(),
            minutes: RwSignal::default(),
            is_open: RwSignal::new(false),
            id: StoredValue::new(Page::random()),
            responsible: known,
        }
    }

    fn begins(self) -> Option<UnixTime> {
        self.date.with(|date| self.time.with(|time| local(date, time)))
    }

    fn length(self) -> Option<Duration> {
        let minutes: u64 = self.minutes.with(|minutes| minutes.parse().ok())?;
        Some(Duration::from_secs(60 * minutes))
    }

    /// What is written to who is invited.
    fn letter(self, link: &str) -> String {
        let texts = texts();
        let when = self.begins().map(|begins| said(begins, texts.code));
        let (when, origin) = (when.as_deref(), Page::origin());
        self.responsible.with(|responsible| {
            let responsible = responsible.as_ref();
            (texts.invitation.letter)(&Letter { link, origin: &origin, when, responsible })
        })
    }

    /// The file for a calendar, once there is a day and a time.
    fn calendar(self, link: &str) -> Option<TextFile> {
        let appointment = Appointment {
            id: self.id.get_value()?,
            written: today(),
            begins: self.begins()?,
            length: self.length(),
            title: texts().invitation.title,
            link,
            text: &self.letter(link),
        };
        TextFile::new("text/calendar", &appointment.to_calendar())
    }
}

/// The text, and what it says of the time.
#[component]
pub(crate) fn Written(
    /// The whole link.
    link: StoredValue<String>,
    /// When the meeting is to be.
    plan: Plan,
) -> impl IntoView {
    let texts = texts().invitation;
    let letter = Memo::new(move |_| link.with_value(|link| plan.letter(link)));
    view! {
        <details
            class="invitation-mail"
            data-testid="invite-written"
            prop:open=move || plan.is_open.get()
            on:toggle:target=move |event| plan.is_open.set(event.target().open())
        >
            <summary>{texts.summary}</summary>
            <When plan />
            <pre data-testid="invite-mail">{move || letter.get()}</pre>
            <div class="made-actions">
                <CopyButton testid="invite-mail-copy" label=texts.copy text=letter />
                <Calendar link plan />
            </div>
        </details>
    }
}

/// The fields for day, time and length.
#[component]
fn When(plan: Plan) -> impl IntoView {
    let texts = texts().invitation;
    let Plan { date, time, minutes, .. } = plan;
    let lengths = LENGTHS.map(|length| {
        let value = length.to_string();
        let chosen = value.clone();
        view! {
            <option value=value prop:selected=move || minutes.with(|it| *it == chosen)>
                {(texts.minutes)(length)}
            </option>
        }
    });
    view! {
        <fieldset class="when" aria-describedby="when-hint">
            <legend>{texts.when}</legend>
            <label class="field">
                <span class="field-label">{texts.date}</span>
                // No calendar has years of five digits.
                <input class="field-input" type="date" max="9999-12-31" data-testid="invite-date" bind:value=date />
            </label>
            <label class="field">
                <span class="field-label">{texts.time}</span>
                <input class="field-input" type="time" data-testid="invite-time" bind:value=time />
            </label>
            <label class="field">
                <span class="field-label">{texts.length}</span>
                <select
                    class="field-input"
                    data-testid="invite-length"
                    on:change:target=move |event| minutes.set(event.target().value())
                >
                    <option value="">{texts.open_end}</option>
                    {lengths.into_iter().collect_view()}
                </select>
            </label>
            <p class="field-hint" id="when-hint">{texts.when_hint}</p>
        </fieldset>
    }
}

/// The way into the calendar, once there is a day and a time.
#[component]
fn Calendar(link: StoredValue<String>, plan: Plan) -> impl IntoView {
    let texts = texts().invitation;
    let file = StoredValue::new_local(None::<TextFile>);
    let address = Memo::new(move |_| {
        file.set_value(link.with_value(|link| plan.calendar(link)));
        file.with_value(|file| file.as_ref().map(|file| file.address().to_owned()))
    });
    view! {
        <Show when=move || address.with(Option::is_some)>
            <a class="button" data-testid="invite-calendar" href=move || address.get() download=texts.file>
                <Icon symbol=Symbol::SAVE />
                {texts.calendar}
            </a>
        </Show>
    }
}

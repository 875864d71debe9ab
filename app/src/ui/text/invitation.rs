// SPDX-License-Identifier: EUPL-1.2
//! What is said to who is invited, in every language.

use shared::{Responsible, Statement};

/// What the text of an invitation is made from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Letter<'a> {
    /// The invitation.
    pub(crate) link: &'a str,
    /// Where the meeting is held, with its scheme.
    pub(crate) origin: &'a str,
    /// When, if that was chosen.
    pub(crate) when: Option<&'a str>,
    /// Who is responsible, where the server says so.
    pub(crate) responsible: Option<&'a Responsible>,
}

/// What somebody who invites reads and gives away.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Invitation {
    pub(crate) summary: &'static str,
    pub(crate) when: &'static str,
    pub(crate) when_hint: &'static str,
    pub(crate) date: &'static str,
    pub(crate) time: &'static str,
    pub(crate) length: &'static str,
    pub(crate) open_end: &'static str,
    pub(crate) minutes: fn(minutes: u16) -> String,
    pub(crate) letter: fn(&Letter<'_>) -> String,
    pub(crate) copy: &'static str,
    pub(crate) calendar: &'static str,
    pub(crate) title: &'static str,
    pub(crate) file: &'static str,
}

pub(super) const DE: Invitation = Invitation {
    summary: "Text für E-Mail und Kalender",
    when: "Wann (freiwillig)",
    when_hint: "Mit Tag und Uhrzeit entsteht hier auch eine Datei für den Kalender. Der Server erfährt davon nichts.",
    date: "Tag",
    time: "Uhrzeit",
    length: "Dauer",
    open_end: "Offen",
    minutes: |minutes| match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} Minuten"),
        (1, 0) => "1 Stunde".into(),
        (hours, 0) => format!("{hours} Stunden"),
        (hours, _) => format!("{hours}½ Stunden"),
    },
    letter: |Letter { link, origin, when, responsible }| {
        let when = when.map(|when| format!("Wann: {when}\n")).unwrap_or_default();
        let service = responsible
            .map(|Responsible { controller, places_de, .. }| {
                let path = Statement::NOTICE_DE;
                format!(
                    " Verantwortlich für den Dienst: {controller}. Die Server stehen in: {places_de}. \
                     Alle Datenschutzhinweise: {origin}{path}"
                )
            })
            .unwrap_or_default();
        format!(
            "Guten Tag,\n\nich lade Sie zu einer Videobesprechung ein. Öffnen Sie diesen Link im Browser, \
             Sie brauchen kein Konto und kein Programm:\n\n{when}{link}\n\n\
             Zum Datenschutz (Art. 13 DSGVO): Die Besprechung läuft über {origin}. Bild und Ton werden \
             nur während der Besprechung übertragen, nicht aufgezeichnet und nicht gespeichert. Kamera und \
             Mikrofon sind aus, bis Sie sie selbst einschalten. Ihren Namen können Sie frei wählen oder \
             weglassen. Verantwortlich für die Besprechung ist, wer Sie einlädt.{service}\n"
        )
    },
    copy: "Text kopieren",
    calendar: "Für den Kalender speichern",
    title: "Videobesprechung",
    file: "besprechung.ics",
};

pub(super) const EN: Invitation = Invitation {
    summary: "Text for an e-mail and a calendar",
    when: "When (optional)",
    when_hint: "With a day and a time there is a file for the calendar, too. The server learns nothing of it.",
    date: "Day",
    time: "Time",
    length: "Length",
    open_end: "Open",
    minutes: |minutes| match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} minutes"),
        (1, 0) => "1 hour".into(),
        (hours, 0) => format!("{hours} hours"),
        (hours, _) => format!("{hours}½ hours"),
    },
    letter: |Letter { link, origin, when, responsible }| {
        let when = when.map(|when| format!("When: {when}\n")).unwrap_or_default();
        let service = responsible
            .map(|Responsible { controller, places_en, .. }| {
                let path = Statement::NOTICE_EN;
                format!(
                    " Responsible for the service: {controller}. The servers stand in: {places_en}. \
                     The whole privacy notice: {origin}{path}"
                )
            })
            .unwrap_or_default();
        format!(
            "Hello,\n\nI invite you to a video meeting. Open this link in a browser, you need no account and \
             no program:\n\n{when}{link}\n\n\
             About your data (Art. 13 GDPR): the meeting runs through {origin}. Picture and sound are \
             transmitted during the meeting only, they are not recorded and not stored. Camera and microphone \
             are off until you switch them on yourself. You may choose any name or none. The controller of \
             the meeting is whoever invites you.{service}\n"
        )
    },
    copy: "Copy the text",
    calendar: "Save for the calendar",
    title: "Video meeting",
    file: "meeting.ics",
};

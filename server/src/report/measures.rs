// SPDX-License-Identifier: EUPL-1.2
//! The technical and organisational measures (Art. 32 GDPR).

use shared::Restriction;

use super::{
    document::Document,
    kind::Subject,
    words::{controller, loosened, media, places, state},
};
use crate::{
    criteria::{Answer, Finding, State, findings},
    facts::Language,
    room::Licensing,
};

/// The list of measures, from the criteria and the settings.
pub(super) fn measures(subject: &Subject<'_>, language: Language) -> Document {
    let mut document = Document::new(
        language,
        "Technische und organisatorische Maßnahmen (Art. 32 DS-GVO)",
        "Technical and organisational measures (Art. 32 GDPR)",
    );
    let controller = controller(subject);
    document.text(format!("Betreiber: {controller}"), format!("Operator: {controller}"));
    document.text(
        "Der Dienst schützt vor allem durch das, was er nicht kann: Er hat keine Konten, keine Datenbank, keine \
         Aufzeichnung und keine Nachricht, die ein fremdes Gerät einschaltet.",
        "The service protects above all by what it cannot do: it has no accounts, no database, no recording and no \
         message that switches on somebody else's device.",
    );
    document.text(
        format!("Bild und Ton: {}", media(subject, language)),
        format!("Picture and sound: {}", media(subject, language)),
    );
    settings(&mut document, subject);
    availability(&mut document);
    let findings = findings(&subject.case);
    document.heading("Maßnahmen des Programms", "Measures of the program");
    table(&mut document, &findings, |answer| {
        matches!(answer, Answer::Constructed | Answer::Measured)
    });
    document.heading("Erklärungen des Betreibers", "Declarations of the operator");
    table(&mut document, &findings, |answer| answer == Answer::Declared);
    document.heading(
        "Organisatorische Maßnahmen des Betreibers",
        "Organisational measures of the operator",
    );
    table(&mut document, &findings, |answer| answer == Answer::Organisational);
    loosened(&mut document, subject);
    document
}

/// The criteria that are answered in one way.
fn table(document: &mut Document, findings: &[Finding], by: fn(Answer) -> bool) {
    let language = document.language;
    let rows = findings.iter().filter(|finding| by(finding.criterion.by)).map(|finding| {
        let Finding { criterion, state: stands } = finding;
        let asks = criterion.asks.of(language).to_owned();
        // What is not met is not said to be kept.
        let is_met = !matches!(stands, State::NotMet(_));
        let kept = if is_met { criterion.kept.of(language) } else { "–" }.to_owned();
        vec![criterion.id.to_owned(), asks, kept, state(stands, language)]
    });
    let rows = rows.collect();
    let head = [
        ("Nr.", "No."),
        ("Anforderung", "Requirement"),
        ("Maßnahme", "Measure"),
        ("Stand", "State"),
    ];
    document.rows(&head, rows);
}

/// What this server is set to.
fn settings(document: &mut Document, subject: &Subject<'_>) {
    let (config, language) = (subject.case.config, document.language);
    let limits = config.limits.room;
    let (pause, end) = (limits.pause_after.as_secs(), limits.end_after.as_secs());
    let origin = config.origin.as_ref().map_or_else(
        || language.pick("nicht erklärt", "not declared").to_owned(),
        |origin| origin.as_str().to_owned(),
    );
    let rooms = match config.licensing {
        Licensing::Open => language.pick("alle", "every one"),
        Licensing::Licensed(_) => {
            language.pick("nur mit Lizenz des Betreibers", "with the operator's licence only")
        }
    };
    let unit = language.pick("Sekunden", "seconds");
    let row = |(de, en): (&str, &str), value: String| vec![language.pick(de, en).to_owned(), value];
    let fixed: Vec<_> = limits.restrictions.iter().map(|one| fixed(one, language)).collect();
    let fixed = if fixed.is_empty() {
        language.pick("nichts", "nothing").to_owned()
    } else {
        fixed.join("; ")
    };
    let rows = vec![
        row(("Adresse der Seite", "Address of the page"), origin),
        row(("Orte der Server", "Places of the servers"), places(subject, language)),
        row(("Räume", "Rooms"), rooms.to_owned()),
        row(
            ("Teilnehmende je Raum, höchstens", "Participants in a room, at most"),
            limits.seats.to_string(),
        ),
        row(
            ("Ohne Moderation: Pause nach", "Without a moderator: pause after"),
            format!("{pause} {unit}"),
        ),
        row(
            ("Ohne Moderation: Ende nach", "Without a moderator: end after"),
            format!("{end} {unit}"),
        ),
        row(("Was die Moderation nicht lockern kann", "What moderators cannot loosen"), fixed),
    ];
    document.heading("Einstellungen dieses Servers", "Settings of this server");
    document.rows(&[("Einstellung", "Setting"), ("Wert", "Value")], rows);
}

/// What a restriction means.
fn fixed(one: Restriction, language: Language) -> &'static str {
    match one {
        Restriction::Lobby => language
            .pick("wer eintritt, wird einzeln eingelassen", "everybody is admitted one by one"),
        Restriction::Personal => {
            language.pick("nur persönliche Einladungen gelten", "only personal invitations count")
        }
        Restriction::Share => language.pick(
            "nur Präsentierende und Moderation teilen den Bildschirm",
            "only presenters and moderators share a screen",
        ),
        Restriction::Chat => language.pick(
            "nur Präsentierende und Moderation schreiben",
            "only presenters and moderators write",
        ),
    }
}

fn availability(document: &mut Document) {
    document.heading("Verfügbarkeit und Belastbarkeit", "Availability and resilience");
    document.points(&[
        (
            "Speicher, Räume, Sitzungen und Nachrichten sind begrenzt; was eine Adresse öffnen kann, auch.",
            "Memory, rooms, sessions and messages are bounded; so is what one address can open.",
        ),
        (
            "Eine verlorene Verbindung stellt sich von selbst wieder her.",
            "A lost connection is mended by itself.",
        ),
        (
            "Nach einem Neustart geht nichts verloren: Räume sind Schlüssel in den Links der Moderation, eine \
             Datensicherung ist nicht nötig.",
            "Nothing is lost by a restart: rooms are keys in the links of moderators, there is nothing to back up.",
        ),
        (
            "Zum Prüfen: zooo check vergleicht Einstellungen und laufenden Server mit dieser Liste.",
            "To verify: zooo check compares settings and running server with this list.",
        ),
    ]);
}

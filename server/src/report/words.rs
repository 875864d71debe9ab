// SPDX-License-Identifier: EUPL-1.2
//! What several documents say of a server, in the same words.

use super::{document::Document, kind::Subject};
use crate::{
    criteria::{EndToEnd, State, looser},
    facts::{Country, Language},
    room::Licensing,
};

/// Who is responsible, in one line.
pub(super) fn controller(subject: &Subject<'_>) -> String {
    let facts = subject.facts;
    format!("{}, {}, {}", facts.controller, facts.address, facts.contact)
}

/// The data-protection officer, or that none is named.
pub(super) fn officer(subject: &Subject<'_>, language: Language) -> String {
    subject.facts.officer.as_ref().map_or_else(
        || language.pick("nicht benannt", "none is named").to_owned(),
        ToString::to_string,
    )
}

/// Why data are processed.
pub(super) fn purpose(subject: &Subject<'_>, language: Language) -> String {
    let usual = language.pick(
        "Durchführung der Videokonferenz, zu der eingeladen wurde",
        "holding the video conference to which people were invited",
    );
    let said = subject.facts.purpose.as_ref().map(|words| words.of(language));
    said.unwrap_or(usual).to_owned()
}

/// What allows it.
pub(super) fn basis(subject: &Subject<'_>, language: Language) -> String {
    let usual = language.pick(
        "Art. 6 Abs. 1 lit. f DS-GVO; das berechtigte Interesse ist, sich über Entfernungen zu besprechen",
        "Art. 6(1)(f) GDPR; the legitimate interest is to confer over distances",
    );
    let said = subject.facts.legal_basis.as_ref().map(|words| words.of(language));
    said.unwrap_or(usual).to_owned()
}

/// The countries in which the servers stand.
pub(super) fn places(subject: &Subject<'_>, language: Language) -> String {
    let names: Vec<_> = subject.facts.places.iter().map(|place| place.name(language)).collect();
    names.join(", ")
}

/// Whether everything is in the EEA, places and processors.
pub(super) fn stays_inside(subject: &Subject<'_>) -> bool {
    let processors = subject.facts.processors.iter().map(|processor| processor.place);
    subject.facts.places.iter().copied().chain(processors).all(Country::is_in_eea)
}

/// Each processor in one line.
pub(super) fn processors(subject: &Subject<'_>, language: Language) -> Vec<String> {
    let processors = subject.facts.processors.iter();
    let line = processors
        .map(|it| format!("{} ({}): {}", it.name, it.place.name(language), it.task.of(language)));
    line.collect()
}

/// What the server can learn of picture and sound.
pub(super) fn media(subject: &Subject<'_>, language: Language) -> &'static str {
    match subject.case.build.end_to_end {
        EndToEnd::Absent => language.pick(
            "Der Server öffnet sie im Arbeitsspeicher und verschlüsselt sie für jede Person neu; er wertet sie nicht \
             aus und speichert sie nicht.",
            "The server opens them in memory and encrypts them anew for each person; it neither evaluates nor \
             stores them.",
        ),
        EndToEnd::Always => language.pick(
            "Sie sind von Ende zu Ende verschlüsselt; der Server hat keinen Schlüssel zu ihnen.",
            "They are encrypted from end to end; the server has no key to them.",
        ),
    }
}

/// The section on settings that are looser than the default; there is none where none is.
pub(super) fn loosened(document: &mut Document, subject: &Subject<'_>) {
    let language = document.language;
    let looser = looser(subject.case.config);
    if looser.is_empty() {
        return;
    }
    document
        .heading("Abweichungen von der strengsten Einstellung", "Less than the strictest setting");
    let line = |looser: &crate::criteria::Looser| {
        format!("{}: {}", looser.criterion, looser.why.of(language))
    };
    document.list(looser.iter().map(line).collect());
}

/// A state in a cell.
pub(super) fn state(state: &State, language: Language) -> String {
    let name = match state {
        State::Met => language.pick("erfüllt", "met"),
        State::Loosened(_) => language.pick("gelockert", "loosened"),
        State::NotMet(_) => language.pick("nicht erfüllt", "not met"),
        State::Organisational => language.pick("organisatorisch", "organisational"),
    };
    match state.why() {
        Some(why) => format!("{name}: {}", why.of(language)),
        None => name.to_owned(),
    }
}

/// The kinds of data, what each is for, and how long it lives.
pub(super) fn data(document: &mut Document, subject: &Subject<'_>) {
    let language = document.language;
    document.table([("Daten", "Data"), ("Wozu", "What for"), ("Wie lange", "How long")], &DATA);
    if matches!(subject.case.config.licensing, Licensing::Licensed(_)) {
        document.text(
            "Der Link der Moderation trägt eine Lizenz des Betreibers mit einer Nummer; der Server liest sie und \
             behält sie nicht über die Konferenz hinaus.",
            "The moderators' link carries a licence of the operator with a number; the server reads it, and does not \
             keep it beyond the conference.",
        );
    }
    document.text(
        format!("Bild und Ton: {}", media(subject, language)),
        format!("Picture and sound: {}", media(subject, language)),
    );
}

const DATA: [[(&str, &str); 3]; 6] = [
    [
        ("IP-Adresse und Port", "IP address and port"),
        ("Verbindung; Schutz vor Überlastung", "connection; protection against overload"),
        (
            "solange die Verbindung besteht; gezählt wird unter einem zufälligen Schlüssel, der nach zehn \
             Minuten vergessen ist",
            "as long as the connection lasts; counted under a random key that is forgotten after ten minutes",
        ),
    ],
    [
        (
            "zufällige Nummer, Rolle, was übertragen wird, Handzeichen",
            "random number, role, what is transmitted, raised hand",
        ),
        ("Ablauf der Konferenz", "course of the conference"),
        (
            "bis zum Verlassen; nach einer Störung wird der Platz 30 Sekunden freigehalten",
            "until leaving; after a lost connection the seat is kept for 30 seconds",
        ),
    ],
    [
        ("Bild, Ton, geteilter Bildschirm", "picture, sound, shared screen"),
        (
            "Weiterleitung an die anderen in der Konferenz",
            "passing on to the others in the conference",
        ),
        (
            "nur im Arbeitsspeicher: die letzten Pakete, um verlorene zu wiederholen, bis die nächsten sie \
             überschreiben",
            "in memory only: the last packets, to repeat lost ones, until the next ones replace them",
        ),
    ],
    [
        ("Zeit und Größe der Pakete, Lautstärke", "time and size of packets, loudness"),
        (
            "Weiterleitung in der Güte, die der Weg trägt; wer gehört wird",
            "passing on in the quality that the path carries; who is heard",
        ),
        ("Sekunden", "seconds"),
    ],
    [
        ("Name (freiwillig) und Chat", "name (optional) and chat"),
        (
            "Anzeige bei den anderen; beides ist mit der Einladung verschlüsselt, der Server kann es nicht lesen",
            "to be shown to the others; both are encrypted with the invitation, the server cannot read them",
        ),
        (
            "Name bis zum Verlassen; Chat wird nur durchgereicht",
            "the name until leaving; chat is only passed on",
        ),
    ],
    [
        (
            "Zufällige Merkmale von Entfernten und von benutzten persönlichen Einladungen",
            "random marks of people removed and of personal invitations used",
        ),
        ("kein Wiedereintritt ohne Zulassung", "no return without admission"),
        ("solange der Raum besteht", "as long as the room lives"),
    ],
];

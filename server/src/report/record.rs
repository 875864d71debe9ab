// SPDX-License-Identifier: EUPL-1.2
//! The entry in the record of processing (Art. 30 GDPR).

use super::{
    document::Document,
    kind::Subject,
    words::{basis, controller, officer, places, processors, purpose, stays_inside},
};
use crate::facts::Language;

/// One entry, field by field.
pub(super) fn record(subject: &Subject<'_>, language: Language) -> Document {
    let mut document = Document::new(
        language,
        "Verzeichnis der Verarbeitungstätigkeiten: Videokonferenzen (Art. 30 DS-GVO)",
        "Record of processing activities: video conferences (Art. 30 GDPR)",
    );
    let rows = fields(subject, language);
    document.rows(&[("Angabe", "Field"), ("Inhalt", "Content")], rows);
    if subject.facts.contract == Some(true) {
        as_processor(&mut document, subject);
    }
    document
}

fn fields(subject: &Subject<'_>, language: Language) -> Vec<Vec<String>> {
    let row = |(de, en): (&str, &str), value: String| vec![language.pick(de, en).to_owned(), value];
    let ours = |(de, en): (&str, &str)| language.pick(de, en).to_owned();
    vec![
        row(("Verantwortlicher", "Controller"), controller(subject)),
        row(
            ("Datenschutzbeauftragte Person", "Data-protection officer"),
            officer(subject, language),
        ),
        row(("Zweck", "Purpose"), purpose(subject, language)),
        row(("Rechtsgrundlage", "Legal basis"), basis(subject, language)),
        row(
            ("Betroffene Personen", "Data subjects"),
            ours((
                "Moderierende und Teilnehmende; Personen, über die gesprochen wird",
                "moderators and participants; people who are spoken of",
            )),
        ),
        row(
            ("Datenkategorien", "Categories of data"),
            ours((
                "Inhalte: Bild, Ton, geteilter Bildschirm, Chat, selbst gewählter Name. Rahmendaten: IP-Adresse und \
                 Port, zufällige Nummer, Rolle, Zeit und Größe der Pakete, Lautstärke",
                "content: picture, sound, shared screen, chat, a name of one's choice. Data about it: IP address and \
                 port, random number, role, time and size of packets, loudness",
            )),
        ),
        row(("Empfänger", "Recipients"), recipients(subject, language)),
        row(("Drittländer", "Third countries"), third_countries(subject, language)),
        row(
            ("Löschfristen", "Time limits for erasure"),
            ours((
                "sofort: IP-Adresse mit der Verbindung, Rahmendaten mit dem Verlassen, Merkmale Entfernter mit dem Ende \
                 des Raums. Inhalte werden nicht gespeichert",
                "at once: the IP address with the connection, data about the conference with leaving, marks of people \
                 removed with the end of the room. Content is not stored",
            )),
        ),
        row(
            ("Maßnahmen nach Art. 32", "Measures under Art. 32"),
            ours((
                "siehe „Technische und organisatorische Maßnahmen“ (zooo report measures)",
                "see “Technical and organisational measures” (zooo report measures)",
            )),
        ),
    ]
}

fn recipients(subject: &Subject<'_>, language: Language) -> String {
    let others = language.pick("die anderen in der Konferenz", "the others in the conference");
    let processors = processors(subject, language);
    if processors.is_empty() {
        let none = language.pick("keine Auftragsverarbeiter", "no processors");
        return format!("{others}; {none}");
    }
    let by = language.pick("Auftragsverarbeiter", "processors");
    format!("{others}; {by}: {}", processors.join("; "))
}

fn third_countries(subject: &Subject<'_>, language: Language) -> String {
    let places = places(subject, language);
    if stays_inside(subject) {
        language.pick(
            format!("keine Übermittlung; Server in: {places}"),
            format!("no transfer; servers in: {places}"),
        )
    } else {
        language.pick(
            format!(
                "Verarbeitung außerhalb des EWR; Server in: {places}. Vom Verantwortlichen zu ergänzen: Garantien nach \
                 Art. 44 bis 49"
            ),
            format!(
                "processing outside the EEA; servers in: {places}. To be added by the controller: safeguards under \
                 Art. 44 to 49"
            ),
        )
    }
}

/// What the operator records of what it does on behalf of others (Art. 30(2)).
fn as_processor(document: &mut Document, subject: &Subject<'_>) {
    let language = document.language;
    let controller = controller(subject);
    document.heading(
        "Für Konferenzen im Auftrag (Art. 30 Abs. 2)",
        "For conferences on behalf of others (Art. 30(2))",
    );
    let row = |(de, en): (&str, &str), value: String| vec![language.pick(de, en).to_owned(), value];
    let kinds = language.pick(
        "Weiterleiten von Bild, Ton und versiegelten Texten während der Konferenz",
        "passing on picture, sound and sealed texts while the conference lasts",
    );
    let clients = language.pick(
        "führt der Betreiber in seinem Büro; der Server kennt sie nicht",
        "kept by the operator in the office; the server does not know them",
    );
    let rows = vec![
        row(("Auftragsverarbeiter", "Processor"), controller),
        row(
            ("Verantwortliche, für die verarbeitet wird", "Controllers on whose behalf"),
            clients.to_owned(),
        ),
        row(("Kategorien von Verarbeitungen", "Categories of processing"), kinds.to_owned()),
        row(("Drittländer", "Third countries"), third_countries(subject, language)),
    ];
    document.rows(&[("Angabe", "Field"), ("Inhalt", "Content")], rows);
}

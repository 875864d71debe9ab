// SPDX-License-Identifier: EUPL-1.2
//! What the program can contribute to an impact assessment (Art. 35 GDPR).

use super::{
    document::Document,
    kind::Subject,
    words::{basis, controller, data, loosened, places, processors, purpose, state},
};
use crate::{
    criteria::{EndToEnd, Finding, Weight, findings},
    facts::Language,
};

/// The sheet: what is done, why that is enough, what can go wrong, and what is left to the controller.
pub(super) fn assessment(subject: &Subject<'_>, language: Language) -> Document {
    let mut document = Document::new(
        language,
        "Angaben für die Datenschutz-Folgenabschätzung (Art. 35 DS-GVO)",
        "Input for the data-protection impact assessment (Art. 35 GDPR)",
    );
    description(&mut document, subject);
    necessity(&mut document);
    risks(&mut document, subject);
    document.heading(
        "Kriterien für Konferenzen mit hohem Risiko",
        "Criteria for conferences at high risk",
    );
    let findings = findings(&subject.case);
    let high = findings.iter().filter(|finding| finding.criterion.weight == Weight::HighRisk);
    let rows = high.map(|Finding { criterion, state: stands }| {
        let asks = criterion.asks.of(language).to_owned();
        vec![criterion.id.to_owned(), asks, state(stands, language)]
    });
    let head = [("Nr.", "No."), ("Anforderung", "Requirement"), ("Stand", "State")];
    document.rows(&head, rows.collect());
    loosened(&mut document, subject);
    open_questions(&mut document);
    document
}

fn description(document: &mut Document, subject: &Subject<'_>) {
    let language = document.language;
    let (controller, places) = (controller(subject), places(subject, language));
    let (purpose, basis) = (purpose(subject, language), basis(subject, language));
    document.heading(
        "Beschreibung der Verarbeitung (Abs. 7 lit. a)",
        "Description of the processing (paragraph 7(a))",
    );
    document.text(format!("Verantwortlich: {controller}"), format!("Controller: {controller}"));
    document.text(
        format!("Zweck: {purpose}. Rechtsgrundlage: {basis}. Orte der Server: {places}."),
        format!("Purpose: {purpose}. Legal basis: {basis}. Places of the servers: {places}."),
    );
    document.text(
        "Menschen öffnen einen Link im Browser. Ein Server leitet Bild, Ton und versiegelte Texte zwischen ihnen \
         weiter. Er kennt weder Namen noch Konten und speichert nichts.",
        "People open a link in a browser. A server passes picture, sound and sealed texts between them. It knows \
         neither names nor accounts, and stores nothing.",
    );
    data(document, subject);
    let processors = processors(subject, language);
    if processors.is_empty() {
        document.text("Auftragsverarbeiter gibt es nicht.", "There are no processors.");
    } else {
        document.text("Auftragsverarbeiter:", "Processors:");
        document.list(processors);
    }
}

fn necessity(document: &mut Document) {
    document.heading(
        "Notwendigkeit und Verhältnismäßigkeit (lit. b)",
        "Necessity and proportionality (point (b))",
    );
    document.points(&[
        (
            "Ohne IP-Adresse gibt es keine Verbindung, ohne Weiterleitung keine Konferenz; alles andere ist freiwillig.",
            "Without an IP address there is no connection, without passing on there is no conference; all else is optional.",
        ),
        (
            "Kamera, Mikrofon und Bildschirm sind aus, bis die Person selbst sie einschaltet; niemand sonst kann es.",
            "Camera, microphone and screen are off until the person switches them on; nobody else can.",
        ),
        (
            "Es gibt keine Auswertung, keine Aufmerksamkeitskontrolle und keine Aufzeichnung.",
            "There is no evaluation, no watching of attention and no recording.",
        ),
    ]);
}

fn risks(document: &mut Document, subject: &Subject<'_>) {
    let server = match subject.case.build.end_to_end {
        EndToEnd::Absent => (
            "Wer den Server beherrscht, kann Bild und Ton im Arbeitsspeicher abgreifen. Bei hohem Risiko ist der \
             Betreiber deshalb mit zu bewerten.",
            "Whoever controls the server can tap picture and sound in memory. At high risk the operator therefore has \
             to be assessed, too.",
        ),
        EndToEnd::Always => (
            "Wer die ausgelieferte Seite verändert, kann die Verschlüsselung umgehen; ihre Prüfsumme lässt sich \
             vergleichen.",
            "Whoever changes the page that is delivered can get around the encryption; its hash can be compared.",
        ),
    };
    document
        .heading("Risiken und Abhilfe (lit. c und d)", "Risks and remedies (points (c) and (d))");
    document.table(
        [("Risiko", "Risk"), ("Was dagegen wirkt", "What counters it"), ("Was bleibt", "What is left")],
        &[
            [
                ("Mithören auf dem Weg", "Listening on the way"),
                ("HTTPS und DTLS-SRTP mit AES-256 (T1)", "HTTPS and DTLS-SRTP with AES-256 (T1)"),
                ("Wer wann mit dem Server verbunden ist", "Who is connected to the server, and when"),
            ],
            [
                ("Mithören auf dem Server", "Listening on the server"),
                (
                    "Keine Aufzeichnung, kein Zugang für den Betreiber im Programm; Namen und Chat sind versiegelt (T8, G46)",
                    "No recording, no way in for the operator in the program; names and chat are sealed (T8, G46)",
                ),
                server,
            ],
            [
                ("Unbefugte in der Konferenz", "Unauthorised people in the conference"),
                (
                    "Anklopfen, persönliche Einladungen, Entfernen ohne Rückkehr (T2, T3, G22)",
                    "Knocking, personal invitations, removal without return (T2, T3, G22)",
                ),
                (
                    "Wer eine Einladung weitergibt; die Moderation muss hinsehen",
                    "Whoever passes an invitation on; moderators have to look",
                ),
            ],
            [
                ("Unbemerkte Übertragung", "Transmission unnoticed"),
                ("Zwei Schritte; niemand schaltet ein fremdes Gerät ein (T5, T6)", "Two steps; nobody switches on another's device (T5, T6)"),
                ("Was im Bild und im Raum ist", "What is in the picture and in the room"),
            ],
            [
                ("Aufzeichnung durch Teilnehmende", "Recording by participants"),
                ("Hinweis in den Datenschutzhinweisen (T9)", "Advice in the notice (T9)"),
                ("Technisch nicht zu verhindern", "Cannot be prevented by technology"),
            ],
        ],
    );
}

fn open_questions(document: &mut Document) {
    document.heading("Vom Verantwortlichen zu beantworten", "To be answered by the controller");
    document.points(&[
        (
            "Werden besondere Kategorien (Art. 9) besprochen, sind Kinder oder Beschäftigte dabei?",
            "Are special categories (Art. 9) discussed, do children or employees take part?",
        ),
        (
            "Wer moderiert, wie werden Einladungen verteilt, braucht es persönliche?",
            "Who moderates, how are invitations handed out, are personal ones needed?",
        ),
        (
            "Steht vor dem Server ein Proxy, und speichert er keine Adressen (G38)?",
            "Does a proxy stand before the server, and does it store no addresses (G38)?",
        ),
        (
            "Was sagen die datenschutzbeauftragte Person und, wo es geht, die Betroffenen (Abs. 2 und 9)?",
            "What do the data-protection officer and, where possible, the data subjects say (paragraphs 2 and 9)?",
        ),
    ]);
}

// SPDX-License-Identifier: EUPL-1.2
//! The annex to a contract with those for whom conferences are run (Art. 28 GDPR).

use super::{
    document::Document,
    kind::Subject,
    measures::measures,
    words::{controller, data, places, processors, stays_inside},
};
use crate::facts::Language;

/// The subject of the contract, the duties, the sub-processors, and the measures.
pub(super) fn processing(subject: &Subject<'_>, language: Language) -> Document {
    let mut document = Document::new(
        language,
        "Anlage zum Vertrag über die Auftragsverarbeitung (Art. 28 DS-GVO)",
        "Annex to the processing agreement (Art. 28 GDPR)",
    );
    let processor = controller(subject);
    document.text(format!("Auftragsverarbeiter: {processor}"), format!("Processor: {processor}"));
    document.text(
        "Verantwortlicher: wer den Vertrag schließt und zu Konferenzen einlädt.",
        "Controller: whoever makes the contract and invites to conferences.",
    );
    object(&mut document, subject);
    duties(&mut document);
    sub_processors(&mut document, subject);
    document.heading("Maßnahmen nach Art. 32", "Measures under Art. 32");
    document.append(measures(subject, language));
    document
}

fn object(document: &mut Document, subject: &Subject<'_>) {
    let places = places(subject, document.language);
    document.heading(
        "Gegenstand, Art, Zweck und Dauer",
        "Subject matter, nature, purpose and duration",
    );
    document.text(
        "Gegenstand ist, Videokonferenzen des Verantwortlichen durchzuführen: Bild, Ton und versiegelte Texte werden \
         während der Konferenz weitergeleitet. Die Verarbeitung dauert so lange wie der Vertrag, für die einzelne \
         Konferenz so lange wie diese. Betroffen sind Moderierende, Teilnehmende und Personen, über die gesprochen \
         wird; die Inhalte können besondere Kategorien (Art. 9) enthalten.",
        "The subject matter is to hold video conferences of the controller: picture, sound and sealed texts are passed \
         on while the conference lasts. Processing lasts as long as the contract, for each conference as long as it \
         does. Data subjects are moderators, participants and people who are spoken of; content can include special \
         categories (Art. 9).",
    );
    document.text(
        format!("Ort der Verarbeitung: {places}."),
        format!("Place of processing: {places}."),
    );
    document.heading("Daten", "Data");
    data(document, subject);
}

fn duties(document: &mut Document) {
    document.heading("Pflichten des Auftragsverarbeiters", "Duties of the processor");
    document.points(&[
        (
            "Er verarbeitet nur auf dokumentierte Weisung, auch bei Übermittlungen in Drittländer. Das Weisungsrecht ist \
             nicht eingeschränkt; Weisungen bedürfen keiner Gegenleistung. Hält er eine Weisung für rechtswidrig, sagt \
             er es sofort (Art. 28 Abs. 3 lit. a).",
            "It processes on documented instructions only, transfers to third countries included. The right to instruct \
             is not restricted; instructions need no consideration. If it holds an instruction to be unlawful, it says \
             so at once (Art. 28(3)(a)).",
        ),
        (
            "Wer beim Auftragsverarbeiter Zugang hat, ist zur Vertraulichkeit verpflichtet (lit. b).",
            "Whoever has access at the processor is bound to confidentiality (point (b)).",
        ),
        (
            "Er trifft die unten stehenden Maßnahmen und verschlechtert sie nicht (lit. c).",
            "It takes the measures below and does not make them worse (point (c)).",
        ),
        (
            "Weitere Auftragsverarbeiter setzt er nur mit Genehmigung ein und bindet jeden an dieselben Pflichten; für \
             deren Einhaltung haftet er (lit. d, Abs. 4).",
            "It engages further processors with authorisation only and binds each to the same duties; it is liable for \
             their performance (point (d), paragraph 4).",
        ),
        (
            "Er unterstützt bei Anträgen Betroffener, bei der Sicherheit, bei Meldungen und bei der \
             Folgenabschätzung (lit. e und f). Eine Verletzung des Schutzes meldet er unverzüglich.",
            "It assists with requests of data subjects, with security, with notifications and with the impact \
             assessment (points (e) and (f)). It reports a breach without undue delay.",
        ),
        (
            "Nach dem Ende ist nichts zurückzugeben oder zu löschen: Gespeichert wird nichts (lit. g).",
            "At the end there is nothing to return or to erase: nothing is stored (point (g)).",
        ),
        (
            "Er weist die Einhaltung nach und lässt Überprüfungen zu; den laufenden Server kann jeder mit \
             zooo check --url prüfen (lit. h).",
            "It shows compliance and allows audits; anybody can check the running server with zooo check --url \
             (point (h)).",
        ),
        (
            "Er verarbeitet nicht zu eigenen Zwecken.",
            "It does not process for purposes of its own.",
        ),
    ]);
}

fn sub_processors(document: &mut Document, subject: &Subject<'_>) {
    let processors = processors(subject, document.language);
    document.heading("Weitere Auftragsverarbeiter", "Further processors");
    if processors.is_empty() {
        document.text("Es gibt keine.", "There are none.");
        return;
    }
    document.text(
        "Jeder von ihnen ist durch Vertrag an dieselben Datenschutzpflichten gebunden (Art. 28 Abs. 4):",
        "Each of them is bound by contract to the same data-protection duties (Art. 28(4)):",
    );
    document.list(processors);
    if !stays_inside(subject) {
        document.text(
            "Darunter sind Orte außerhalb des Europäischen Wirtschaftsraums; die Parteien vereinbaren dafür Garantien \
             nach Kapitel V DS-GVO.",
            "Some places are outside the European Economic Area; the parties agree on safeguards under chapter V GDPR \
             for them.",
        );
    }
}

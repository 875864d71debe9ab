// SPDX-License-Identifier: EUPL-1.2
//! The information of those who take part (Art. 13 GDPR).

use super::{
    document::Document,
    kind::Subject,
    words::{basis, data, loosened, places, processors, purpose, stays_inside},
};
use crate::facts::Language;

/// The notice that is sent with an invitation, and stands on the server.
pub(super) fn notice(subject: &Subject<'_>, language: Language) -> Document {
    let mut document = Document::new(
        language,
        "Datenschutzhinweise zur Videokonferenz",
        "Privacy notice for video conferences",
    );
    responsible(&mut document, subject);
    why(&mut document, subject);
    document.heading("Welche Daten verarbeitet werden", "Which data are processed");
    data(&mut document, subject);
    device(&mut document);
    recipients(&mut document, subject);
    recording(&mut document);
    rights(&mut document, subject);
    loosened(&mut document, subject);
    document
}

fn responsible(document: &mut Document, subject: &Subject<'_>) {
    let facts = subject.facts;
    document.heading("Verantwortlich", "Controller");
    document.text(
        format!("{}, {}. Kontakt: {}", facts.controller, facts.address, facts.contact),
        format!("{}, {}. Contact: {}", facts.controller, facts.address, facts.contact),
    );
    if let Some(officer) = &facts.officer {
        document.text(
            format!("Datenschutzbeauftragte Person: {officer}"),
            format!("Data-protection officer: {officer}"),
        );
    }
    if facts.contract == Some(true) {
        let controller = &facts.controller;
        document.text(
            format!(
                "Führt eine andere Stelle die Konferenz in eigener Verantwortung durch, so ist diese verantwortlich, \
                 und {controller} verarbeitet die Daten in ihrem Auftrag (Art. 28 DS-GVO)."
            ),
            format!(
                "Where somebody else holds the conference on their own responsibility, they are the controller, and \
                 {controller} processes the data on their behalf (Art. 28 GDPR)."
            ),
        );
    }
}

fn why(document: &mut Document, subject: &Subject<'_>) {
    let language = document.language;
    let (purpose, basis) = (purpose(subject, language), basis(subject, language));
    document.heading("Zweck und Rechtsgrundlage", "Purpose and legal basis");
    document.text(format!("Zweck: {purpose}."), format!("Purpose: {purpose}."));
    document.text(format!("Rechtsgrundlage: {basis}."), format!("Legal basis: {basis}."));
    document.text(
        "Name, Kamera, Mikrofon und Bildschirm sind freiwillig und vor dem Eintritt aus. Nur ohne IP-Adresse lässt \
         sich nicht teilnehmen: Sie gehört zu jeder Verbindung. Es gibt kein Konto, keine Registrierung und keine \
         automatisierte Entscheidung.",
        "Name, camera, microphone and screen are optional and off before entry. Only without an IP address nobody \
         can take part: it belongs to every connection. There is no account, no registration and no automated \
         decision.",
    );
}

fn device(document: &mut Document) {
    document.heading("Auf Ihrem Gerät", "On your device");
    document.text(
        "Die Seite setzt keine Cookies. Bis Sie den Tab schließen, hält der Browser den Link und Ihren Platz fest, \
         damit ein Neuladen Sie nicht ausschließt (§ 25 Abs. 2 Nr. 2 TDDDG). Ihr Name bleibt nur dann auf dem Gerät, \
         wenn Sie es ankreuzen.",
        "The page sets no cookies. Until you close the tab, the browser keeps the link and your seat, so that \
         reloading does not lock you out (section 25(2) no. 2 of the German TDDDG). Your name stays on the device \
         only if you tick so.",
    );
}

fn recipients(document: &mut Document, subject: &Subject<'_>) {
    let language = document.language;
    document.heading("Empfänger und Ort", "Recipients and place");
    document.text(
        "Was Sie übertragen und schreiben, erhalten die anderen in der Konferenz. Nehmen sie aus einem Drittland \
         teil, gelangt es zu ihnen dorthin.",
        "What you transmit and write is received by the others in the conference. Where they take part from a third \
         country, it reaches them there.",
    );
    let processors = processors(subject, language);
    if processors.is_empty() {
        document.text("Auftragsverarbeiter gibt es nicht.", "There are no processors.");
    } else {
        document.text(
            "In unserem Auftrag und nach unserer Weisung verarbeiten:",
            "On our behalf and on our instructions, data are processed by:",
        );
        document.list(processors);
    }
    let places = places(subject, language);
    document.text(
        format!("Die Server stehen in: {places}."),
        format!("The servers stand in: {places}."),
    );
    if stays_inside(subject) {
        document.text(
            "Der Dienst übermittelt keine Daten in Drittländer. Seite und Server nehmen mit keinem anderen Rechner \
             Verbindung auf.",
            "The service transfers no data to third countries. Page and server contact no other host.",
        );
    } else {
        document.text(
            "Damit werden Daten auch außerhalb des Europäischen Wirtschaftsraums verarbeitet. Auf welche Garantien sich \
             das stützt (Kapitel V DS-GVO), erfahren Sie unter der genannten Kontaktadresse.",
            "Data are therefore processed outside the European Economic Area, too. Ask at the contact above on which \
             safeguards this rests (chapter V GDPR).",
        );
    }
}

fn recording(document: &mut Document) {
    document.heading("Keine Aufzeichnung", "No recording");
    document.text(
        "Der Dienst zeichnet nichts auf und speichert nichts. Andere können es mit eigenen Geräten unbemerkt tun. \
         Verhalten Sie sich deshalb stets so, als ob aufgezeichnet würde.",
        "The service records nothing and stores nothing. Others can do so unnoticed with devices of their own. \
         Therefore always behave as though somebody recorded.",
    );
}

fn rights(document: &mut Document, subject: &Subject<'_>) {
    document.heading("Ihre Rechte", "Your rights");
    document.text(
        "Sie haben das Recht auf Auskunft (Art. 15 DS-GVO), Berichtigung (Art. 16), Löschung (Art. 17) und \
         Einschränkung (Art. 18) und, soweit die Verarbeitung auf Art. 6 Abs. 1 lit. e oder f beruht, aus Gründen \
         Ihrer besonderen Situation auf Widerspruch (Art. 21). Nach dem Ende der Konferenz ist nichts mehr da, und \
         währenddessen weiß der Server nicht, welche Nummer zu wem gehört (Art. 11).",
        "You have the right of access (Art. 15 GDPR), rectification (Art. 16), erasure (Art. 17) and restriction \
         (Art. 18) and, as far as processing rests on Art. 6(1)(e) or (f), to object on grounds relating to your \
         particular situation (Art. 21). After the conference nothing is left, and while it lasts the server does \
         not know which number belongs to whom (Art. 11).",
    );
    match &subject.facts.authority {
        Some(authority) => document.text(
            format!("Sie können sich bei einer Aufsichtsbehörde beschweren (Art. 77), etwa bei: {authority}."),
            format!("You can complain to a supervisory authority (Art. 77), for instance to: {authority}."),
        ),
        None => document.text(
            "Sie können sich bei einer Aufsichtsbehörde beschweren (Art. 77), etwa an Ihrem Wohnort oder Arbeitsplatz.",
            "You can complain to a supervisory authority (Art. 77), for instance where you live or work.",
        ),
    }
}

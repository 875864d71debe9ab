// SPDX-License-Identifier: EUPL-1.2
//! What the guidance asks beyond the Berlin test, and the operators' own line on subsidiaries. The numbers are
//! those of the list of criteria in the order of the guidance; what L and T already say is left out.

use super::{
    case::{Case, EndToEnd},
    criterion::{Answer, Criterion, Text, Weight, constructed, organisational},
    legal::whole,
    state::{Said, State},
    technical::secured,
};

const LAW: &str = "OH Videokonferenzsysteme 3";
const ART: &str = "OH Videokonferenzsysteme 4";

const fn asked(
    id: &'static str,
    source: &'static str,
    by: Answer,
    (asks, kept): (Text, Text),
    judge: fn(&Case<'_>) -> State,
) -> Criterion {
    Criterion { id, source, weight: Weight::Always, by, asks, kept, judge }
}

const fn weighing(weight: Weight, criterion: Criterion) -> Criterion {
    Criterion { weight, ..criterion }
}

/// The rows of the guidance that software can answer, and those that need a word to the operator.
pub(super) static GUIDANCE: [Criterion; 25] = [
    asked("G3", LAW, Answer::Organisational, BOUND, organisational),
    asked("G6", "zooo", Answer::Declared, OWNED, independent),
    asked("G8", LAW, Answer::Declared, BASIS, whole),
    asked("G9", LAW, Answer::Constructed, PURPOSES, constructed),
    asked("G11", LAW, Answer::Declared, INFORMED, whole),
    asked("G13", LAW, Answer::Declared, RECORD, whole),
    asked("G14", LAW, Answer::Organisational, BREACH, organisational),
    asked("G15", LAW, Answer::Organisational, IMPACT, organisational),
    weighing(Weight::HighRisk, asked("G18", ART, Answer::Constructed, SUITES, as_listed)),
    asked("G19", ART, Answer::Measured, FRAME, secured),
    weighing(Weight::HighRisk, asked("G20", ART, Answer::Constructed, CONTENT, end_to_end)),
    weighing(Weight::HighRisk, asked("G21", ART, Answer::Constructed, VERIFIED, end_to_end)),
    asked("G22", ART, Answer::Constructed, RECOGNISED, constructed),
    asked("G25", ART, Answer::Constructed, LINKED, constructed),
    asked("G26", ART, Answer::Constructed, SERVICE, constructed),
    asked("G27", ART, Answer::Constructed, GUESTS, constructed),
    asked("G28", ART, Answer::Constructed, INSTALLED, constructed),
    asked("G31", "zooo", Answer::Constructed, STAR, constructed),
    asked("G38", "zooo", Answer::Organisational, PROXY, organisational),
    asked("G39", ART, Answer::Constructed, ATTENTION, constructed),
    asked("G40", ART, Answer::Constructed, FRAME_DATA, constructed),
    asked("G41", ART, Answer::Constructed, CHAT, constructed),
    weighing(Weight::Advised, asked("G42", ART, Answer::Constructed, BACKGROUND, no_background)),
    asked("G46", "zooo", Answer::Constructed, UNKNOWN, constructed),
    asked("G47", ART, Answer::Constructed, BROWSER, constructed),
];

fn independent(case: &Case<'_>) -> State {
    match case.config.facts.as_ref().map(|facts| facts.third_country_parent) {
        Ok(Some(_)) => State::Met,
        Ok(None) | Err(_) => State::NotMet(Said::new(
            "Nicht erklärt: operator.third_country_parent",
            "Not declared: operator.third_country_parent",
        )),
    }
}

fn as_listed(_case: &Case<'_>) -> State {
    State::NotMet(Said::new(
        "Bild und Ton: AES-256 in GCM. Die Schlüssel dafür vereinbart DTLS 1.2 mit ECDHE und ChaCha20-Poly1305 \
         oder AES-256 in CBC mit SHA-1, die TR-02102-2 nicht aufführt",
        "Picture and sound: AES-256 in GCM. Its keys are agreed by DTLS 1.2 with ECDHE and ChaCha20-Poly1305 or \
         AES-256 in CBC with SHA-1, which TR-02102-2 does not list",
    ))
}

fn end_to_end(case: &Case<'_>) -> State {
    match case.build.end_to_end {
        EndToEnd::Always => State::Met,
        EndToEnd::Absent => State::NotMet(Said::new(
            "Dieser Stand des Programms hat für Bild und Ton keine Ende-zu-Ende-Verschlüsselung: Der Server öffnet \
             sie im Arbeitsspeicher, um sie weiterzuleiten. Namen und Chat sind versiegelt",
            "This build has no end-to-end encryption of picture and sound: the server opens them in memory to pass \
             them on. Names and chat are sealed",
        )),
    }
}

fn no_background(_case: &Case<'_>) -> State {
    State::NotMet(Said::new(
        "Dieser Stand des Programms verbirgt keinen Hintergrund; die Kamera kann aus bleiben",
        "This build hides no background; the camera can stay off",
    ))
}

const BOUND: (Text, Text) = (
    Text::new(
        "Weitere Auftragsverarbeiter sind an dieselben Pflichten gebunden.",
        "Further processors are bound to the same duties.",
    ),
    Text::new(
        "Der Betreiber verpflichtet sie; die Anlage zum Vertrag sagt es zu und zählt sie auf.",
        "The operator binds them; the annex to the contract promises it and lists them.",
    ),
);
const OWNED: (Text, Text) = (
    Text::new(
        "Der Betreiber ist kein Tochterunternehmen eines Unternehmens aus einem Drittland.",
        "The operator is no subsidiary of a company of a third country.",
    ),
    Text::new("Der Betreiber erklärt es.", "The operator declares it."),
);
const BASIS: (Text, Text) = (
    Text::new("Zweck und Rechtsgrundlage sind benannt.", "Purpose and legal basis are named."),
    Text::new(
        "Sie stehen in den Datenschutzhinweisen. Niemand muss eine Kamera einschalten.",
        "They stand in the notice. Nobody has to switch on a camera.",
    ),
);
const PURPOSES: (Text, Text) = (
    Text::new(
        "Der Anbieter verarbeitet nicht zu eigenen Zwecken.",
        "The provider does not process for purposes of its own.",
    ),
    Text::new(
        "Das Programm wertet nichts aus und behält nichts, was ausgewertet werden könnte.",
        "The program evaluates nothing, and keeps nothing that could be evaluated.",
    ),
);
const INFORMED: (Text, Text) = (
    Text::new(
        "Wer teilnimmt, wird nach Art. 13 DS-GVO informiert.",
        "Whoever takes part is informed under Art. 13 GDPR.",
    ),
    Text::new(
        "Vor jedem Eintritt steht, wer verantwortlich ist und wo verarbeitet wird; die vollständigen Hinweise \
         stehen unter /datenschutz.",
        "Before each entry it says who is responsible and where data are processed; the whole notice stands at \
         /privacy.",
    ),
);
const RECORD: (Text, Text) = (
    Text::new(
        "Es gibt einen Eintrag im Verzeichnis der Verarbeitungstätigkeiten.",
        "There is an entry in the record of processing.",
    ),
    Text::new("zooo report record schreibt ihn.", "zooo report record writes it."),
);
const BREACH: (Text, Text) = (
    Text::new(
        "Es gibt einen Weg, Verletzungen des Schutzes zu melden.",
        "There is a way to report breaches.",
    ),
    Text::new(
        "Der Betreiber legt ihn fest; der Server behält nichts, was nachträglich abfließen könnte.",
        "The operator sets it; the server keeps nothing that could leak afterwards.",
    ),
);
const IMPACT: (Text, Text) = (
    Text::new(
        "Bei hohem Risiko gibt es eine Datenschutz-Folgenabschätzung.",
        "At high risk there is a data-protection impact assessment.",
    ),
    Text::new(
        "zooo report assessment schreibt, was das Programm dazu beitragen kann.",
        "zooo report assessment writes what the program can contribute.",
    ),
);
const SUITES: (Text, Text) = (
    Text::new(
        "Die Verfahren entsprechen der Technischen Richtlinie des BSI (TR-02102).",
        "The methods follow the technical guideline of the BSI (TR-02102).",
    ),
    Text::new(
        "AES-256 in GCM für Bild und Ton; Schlüssel mit 256 Bit, die nach der Konferenz niemand wiederherstellen \
         kann (ECDHE).",
        "AES-256 in GCM for picture and sound; keys of 256 bits that nobody can recover after the conference \
         (ECDHE).",
    ),
);
const FRAME: (Text, Text) = (
    Text::new(
        "Inhalte und Rahmendaten sind vertraulich und unverfälscht.",
        "Content and data about it are confidential and authentic.",
    ),
    Text::new(
        "Signale laufen nur über den WebSocket der eigenen Adresse; mit https sorgt HSTS dafür, dass sie nie ohne \
         TLS laufen.",
        "Signalling goes by the WebSocket of the own origin only; with https, HSTS sees to it that it never goes \
         without TLS.",
    ),
);
const CONTENT: (Text, Text) = (
    Text::new(
        "Bei hohem Risiko sind Inhalte auch auf dem Server geschützt.",
        "At high risk content is protected on the server, too.",
    ),
    Text::new(
        "Namen und Chat sind mit einem Schlüssel versiegelt, den der Server nicht hat. Gespeichert wird nichts.",
        "Names and chat are sealed with a key that the server does not have. Nothing is stored.",
    ),
);
const VERIFIED: (Text, Text) = (
    Text::new(
        "Ende-zu-Ende-Verschlüsselung ist wirksam: geprüfte Gegenüber, frische Schlüssel je Konferenz.",
        "End-to-end encryption is effective: verified peers, fresh keys for each conference.",
    ),
    Text::new(
        "Der Code der Seite ist mit Prüfsummen verankert, die jeder vergleichen kann.",
        "The code of the page is anchored by hashes that anybody can compare.",
    ),
);
const RECOGNISED: (Text, Text) = (
    Text::new(
        "Die Moderation kann erkennen, wer nicht eingeladen ist.",
        "Moderators can recognise who was not invited.",
    ),
    Text::new(
        "Wer anklopft, steht einzeln an der Tür; einen Namen zeigt sie nur, wenn er mit der Einladung versiegelt ist.",
        "Whoever knocks stands at the door one by one; it shows a name only if it is sealed with the invitation.",
    ),
);
const LINKED: (Text, Text) = (
    Text::new(
        "Teilnehmende weisen sich dem Schutzbedarf gemäß aus.",
        "Participants show who they are as the need for protection demands.",
    ),
    Text::new(
        "Der geheime Teil der Einladung steht hinter dem #, das kein Browser überträgt; dahinter entscheidet die \
         Moderation.",
        "The secret part of the invitation stands behind the #, which no browser sends; then a moderator decides.",
    ),
);
const SERVICE: (Text, Text) = (
    Text::new(
        "Ein Anmeldedienst wird mit Bedacht eingesetzt.",
        "An authentication service is used with care.",
    ),
    Text::new("Es gibt keinen.", "There is none."),
);
const GUESTS: (Text, Text) = (
    Text::new(
        "Gäste kommen nur mit Einladung und durch die Moderation hinein.",
        "Guests come in by invitation and by a moderator only.",
    ),
    Text::new(
        "Die Tür steht auf Anklopfen; sie ganz zu öffnen oder zu schließen ist Sache der Moderation.",
        "The door is set to knocking; to open it wide or to lock it is up to the moderators.",
    ),
);
const INSTALLED: (Text, Text) = (
    Text::new(
        "Software lässt sich rückstandsfrei entfernen und wird aktuell gehalten.",
        "Software can be removed without residue and is kept up to date.",
    ),
    Text::new(
        "Nichts wird installiert. Auf dem Gerät bleibt höchstens der Name, wenn die Person das ankreuzt.",
        "Nothing is installed. At most the name stays on the device, if the person ticks so.",
    ),
);
const STAR: (Text, Text) = (
    Text::new("Die Moderation ist erkennbar.", "Moderators can be recognised."),
    Text::new(
        "Ein Stern unten rechts in ihrer Kachel, auch für Vorleseprogramme.",
        "A star at the bottom right of their tile, for screen readers, too.",
    ),
);
const PROXY: (Text, Text) = (
    Text::new(
        "Auch was vor dem Server steht, speichert keine IP-Adressen.",
        "What stands before the server stores no IP addresses, either.",
    ),
    Text::new(
        "Der Betreiber schaltet das Zugriffsprotokoll des Proxys mit dem Zertifikat ab.",
        "The operator switches off the access log of the proxy that has the certificate.",
    ),
);
const ATTENTION: (Text, Text) = (
    Text::new(
        "Die Aufmerksamkeit Teilnehmender wird nicht überwacht.",
        "The attention of participants is not watched.",
    ),
    Text::new(
        "Das Protokoll hat keine Nachricht dafür, ob jemand die Seite ansieht.",
        "The protocol has no message for whether somebody looks at the page.",
    ),
);
const FRAME_DATA: (Text, Text) = (
    Text::new(
        "Rahmendaten sind gering und werden gelöscht.",
        "Data about a conference are few and are deleted.",
    ),
    Text::new(
        "Sie stehen im Arbeitsspeicher und vergehen mit Verbindung oder Raum.",
        "They are in memory, and go with the connection or the room.",
    ),
);
const CHAT: (Text, Text) = (
    Text::new("Chat wird am Ende gelöscht.", "Chat is deleted at the end."),
    Text::new(
        "Der Server reicht versiegelte Texte weiter und behält keinen. Dateien gibt es nicht.",
        "The server passes sealed texts on and keeps none. There are no files.",
    ),
);
const BACKGROUND: (Text, Text) = (
    Text::new("Der Hintergrund lässt sich verbergen.", "The background can be hidden."),
    Text::new(
        "Teilnehmen geht immer auch ohne Kamera.",
        "Taking part without a camera is always possible.",
    ),
);
const UNKNOWN: (Text, Text) = (
    Text::new(
        "Inhalte werden nicht gespeichert; der Betreiber weiß nicht, wer teilnimmt.",
        "Content is not stored; the operator does not know who takes part.",
    ),
    Text::new(
        "Es gibt weder Konten noch eine Datenbank. Der Server kennt Nummern, keine Namen.",
        "There are neither accounts nor a database. The server knows numbers, no names.",
    ),
);
const BROWSER: (Text, Text) = (
    Text::new("Ein Browser genügt.", "A browser is enough."),
    Text::new("Es gibt kein anderes Programm.", "There is no other program."),
);

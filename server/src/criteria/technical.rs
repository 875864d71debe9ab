// SPDX-License-Identifier: EUPL-1.2
//! The technical and organisational part of the Berlin commissioner's test.

use super::{
    case::Case,
    criterion::{Answer, Criterion, Text, Weight, constructed},
    state::{Said, State},
};

const SOURCE: &str = "Berliner Beauftragte, Teil 2; OH Videokonferenzsysteme";

/// A criterion that the program meets because it cannot do otherwise.
const fn built(id: &'static str, asks: Text, kept: Text) -> Criterion {
    Criterion {
        id,
        source: SOURCE,
        weight: Weight::Always,
        by: Answer::Constructed,
        asks,
        kept,
        judge: constructed,
    }
}

/// T1 to T9.
pub(super) static TECHNICAL: [Criterion; 9] = [
    Criterion {
        id: "T1",
        source: SOURCE,
        weight: Weight::Always,
        by: Answer::Measured,
        asks: Text::new(
            "Transportverschlüsselung nach dem Stand der Technik; Bild und Ton mit 256 Bit.",
            "Transport encryption at the state of the art; picture and sound with 256 bits.",
        ),
        kept: Text::new(
            "HTTPS mit HSTS für Seite und Signale. Bild und Ton nur über DTLS-SRTP mit AEAD_AES_256_GCM; wer \
             schwächer verschlüsseln will, wird abgewiesen.",
            "HTTPS with HSTS for page and signalling. Picture and sound by DTLS-SRTP with AEAD_AES_256_GCM only; \
             whoever wants less is turned away.",
        ),
        judge: secured,
    },
    built(
        "T2",
        Text::new(
            "Die Moderation kann Teilnehmende so entfernen, dass sie nicht wieder eintreten können.",
            "Moderators can remove participants so that they cannot come back.",
        ),
        Text::new(
            "Entfernen beendet Signale, Bild und Ton sofort. Die Zulassung verfällt, solange der Raum besteht; wer \
             wiederkommt, muss erneut anklopfen.",
            "Removal ends signalling, picture and sound at once. The admission is void as long as the room lives; \
             who comes back has to knock.",
        ),
    ),
    built(
        "T3",
        Text::new(
            "Bei hohem Risiko kann die Teilnahme auf einzeln Eingeladene beschränkt werden.",
            "At high risk, participation can be restricted to people invited one by one.",
        ),
        Text::new(
            "Persönliche Einladungen gelten einmal und laufen ab. Konto, E-Mail-Adresse oder Telefonnummer \
             werden dafür nicht erhoben.",
            "Personal invitations hold once and expire. No account, e-mail address or phone number is collected \
             for them.",
        ),
    ),
    built(
        "T4",
        Text::new(
            "Die Rollen sind getrennt; ohne Moderation beginnt die Konferenz nicht.",
            "Roles are separate; without a moderator the conference does not begin.",
        ),
        Text::new(
            "Betreiben, Moderieren, Präsentieren und Teilnehmen sind getrennt. Nur die Moderation lässt ein und \
             entfernt; ohne sie pausiert die Konferenz und endet dann.",
            "Operating, moderating, presenting and taking part are separate. Only moderators admit and remove; \
             without them the conference pauses, and then ends.",
        ),
    ),
    built(
        "T5",
        Text::new(
            "Kamera, Mikrofon und Bildschirm sind vor dem Eintritt aus; nur die Person selbst schaltet ein.",
            "Camera, microphone and screen are off before entry; only the person switches them on.",
        ),
        Text::new(
            "Zwei Schritte: die Erlaubnis im Browser, dann das Übertragen. Es gibt keine Nachricht, die ein Gerät \
             einschaltet; die Moderation kann nur ausschalten und trägt einen Stern.",
            "Two steps: the browser's permission, then transmitting. No message switches a device on; moderators \
             can only switch off, and carry a star.",
        ),
    ),
    built(
        "T6",
        Text::new(
            "Kamera und Mikrofon können jederzeit abgeschaltet werden; nur an diesem Gerät gehen sie wieder an.",
            "Camera and microphone can be switched off at any time; only at this device they go on again.",
        ),
        Text::new(
            "Ein Klick oder eine Taste, immer sichtbar. Das Gerät wird freigegeben, sein Licht geht aus.",
            "One click or key, always visible. The device is released, its light goes out.",
        ),
    ),
    built(
        "T7",
        Text::new(
            "Kein Tracking; keine IP-Adressen werden gespeichert.",
            "No tracking; no IP addresses are stored.",
        ),
        Text::new(
            "Kein Protokoll enthält Adressen, Namen oder Räume. Adressen leben so lange wie ihre Verbindung; gegen \
             Überlastung werden sie unter einem Schlüssel gezählt, der nach zehn Minuten vergessen ist. Es gibt \
             keine Cookies, und Teilnehmende erfahren die Adressen der anderen nicht.",
            "No log holds addresses, names or rooms. Addresses live as long as their connection; against overload \
             they are counted under a key that is forgotten after ten minutes. There are no cookies, and \
             participants do not learn each other's addresses.",
        ),
    ),
    built(
        "T8",
        Text::new(
            "Eine Aufzeichnung durch den Dienst kann unterbunden werden.",
            "Recording by the service can be prevented.",
        ),
        Text::new(
            "Es gibt keine Aufzeichnung: Der Server hat keinen Programmteil, der eine Konferenz schreibt.",
            "There is no recording: the server has no code that writes a conference.",
        ),
    ),
    built(
        "T9",
        Text::new(
            "Teilnehmende werden auf eine Aufzeichnung hingewiesen.",
            "Participants are told of a recording.",
        ),
        Text::new(
            "Der Dienst zeichnet nicht auf. Die Datenschutzhinweise raten, sich so zu verhalten, als ob jemand \
             mitschnitte: Geräte anderer kann niemand daran hindern.",
            "The service does not record. The notice advises to behave as though somebody did: nobody can keep \
             other people's devices from it.",
        ),
    ),
];

/// Whether people come over HTTPS, or from the same machine only.
pub(super) fn secured(case: &Case<'_>) -> State {
    let config = case.config;
    if config.origin.is_some() || config.tls.is_some() || config.reached_at().is_none() {
        return State::Met;
    }
    State::NotMet(Said::new(
        "Nicht erklärt: origin, die Adresse der Seite mit https",
        "Not declared: origin, the address of the page with https",
    ))
}

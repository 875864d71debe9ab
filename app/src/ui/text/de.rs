// SPDX-License-Identifier: EUPL-1.2
//! German.

use super::catalogue::{Conference, Devices, Ended, Failures, Gate, Home, Lobby, Texts};

/// Everything in German.
pub(super) const TEXTS: Texts = Texts {
    code: "de",
    other: ("en", "English"),
    home: HOME,
    gate: GATE,
    devices: DEVICES,
    lobby: LOBBY,
    conference: CONFERENCE,
    ended: ENDED,
};

const HOME: Home = Home {
    title: "Besprechungen, die unter uns bleiben.",
    lead: "Ein Raum, ein Link, ein Gespräch. Ohne Konto, ohne Installation und ohne Aufzeichnung.",
    create: "Raum anlegen",
    promises: [
        (
            "Sie entscheiden",
            "Kamera und Mikrofon sind aus, bis Sie sie selbst einschalten. Niemand sonst kann das.",
        ),
        (
            "Nichts bleibt",
            "Keine Aufzeichnung, keine Cookies, keine Datenbank. Ist das Gespräch zu Ende, ist es vorbei.",
        ),
        (
            "Sie haben den Schlüssel",
            "Der Raum entsteht in Ihrem Browser. Der Server erfährt keine Namen.",
        ),
    ],
    made: "Ihr Raum ist bereit",
    made_lead: "Er gehört der Person, die den ersten Link hat. Heben Sie ihn gut auf: Er lässt sich nicht wiederherstellen.",
    moderator_link: "Ihr Link für die Moderation",
    moderator_hint: "Speichern Sie ihn als Lesezeichen und geben Sie ihn nicht weiter. Wer ihn hat, lässt Menschen ein.",
    invite_link: "Link für Ihre Gäste",
    invite_hint: "Wer ihn öffnet, klopft an. Sie lassen jede Person einzeln ein.",
    qr: "Die Einladung als QR-Code",
    mail: "Text für E-Mail oder Kalender",
    mail_text: |link, host| {
        format!(
            "Guten Tag,\n\nich lade Sie zu einer Videobesprechung ein. Öffnen Sie diesen Link im Browser, \
             Sie brauchen kein Konto und kein Programm:\n\n{link}\n\n\
             Zum Datenschutz (Art. 13 DSGVO): Die Besprechung läuft über den Server {host}. Bild und Ton werden \
             nur während der Besprechung übertragen, nicht aufgezeichnet und nicht gespeichert. Kamera und \
             Mikrofon sind aus, bis Sie sie selbst einschalten. Ihren Namen können Sie frei wählen oder \
             weglassen. Verantwortlich ist, wer Sie einlädt.\n"
        )
    },
    open: "Raum öffnen",
    copy: "Kopieren",
    copied: "Kopiert",
    copy_failed: "Bitte von Hand kopieren",
    broken: "Dieser Link ist unvollständig",
    broken_lead: "Vielleicht fehlt beim Kopieren das Ende. Bitten Sie um einen neuen Link, oder kopieren Sie ihn noch einmal ganz.",
    start_over: "Zur Startseite",
};

const GATE: Gate = Gate {
    title: "Bevor Sie eintreten",
    lead: "Noch hört und sieht Sie niemand. Probieren Sie in Ruhe alles aus.",
    name: "Ihr Name",
    name_hint: "Freiwillig. Nur die Menschen im Raum können ihn lesen.",
    remember: "Auf diesem Gerät merken",
    camera: "Kamera",
    camera_hint: "Zeigt das Bild nur Ihnen.",
    microphone: "Mikrofon",
    microphone_hint: "Zeigt nur Ihnen, wie laut Sie sind.",
    preview: "Ihr Kamerabild, nur für Sie sichtbar",
    preview_off: "Die Kamera ist aus",
    level: "Lautstärke Ihres Mikrofons",
    transmit_camera: "Beim Eintreten übertragen",
    transmit_microphone: "Beim Eintreten übertragen",
    notice: "Datenschutz",
    notice_points: |host| {
        [
            format!(
                "Verantwortlich ist, wer Sie einlädt. Den Server {host} betreibt, wer diese Adresse führt."
            ),
            format!(
                "Bild und Ton laufen allein über {host}, verschlüsselt, und über niemanden sonst."
            ),
            "Nichts wird aufgezeichnet oder gespeichert. Diese Seite setzt keine Cookies.".into(),
            "Ihr Name ist mit dem Einladungslink verschlüsselt. Der Server kann ihn nicht lesen."
                .into(),
        ]
    },
    join: "Eintreten",
    join_moderator: "Als Moderation eintreten",
    without_devices: "Sie können auch ohne Kamera und Mikrofon eintreten.",
};

const DEVICES: Devices = Devices {
    title: "Geräte",
    camera: "Welche Kamera",
    microphone: "Welches Mikrofon",
    speaker: "Lautsprecher",
    standard: "Vorgabe des Browsers",
    unnamed: "Gerät ohne Namen",
    test: "Testton abspielen",
    keys: "Tastenkürzel",
    keys_hint: "m Mikrofon, c Kamera, p Personen",
    starting: "Der Browser fragt Sie um Erlaubnis …",
    close: "Fertig",
    camera_failures: Failures {
        denied: "Der Browser darf die Kamera nicht benutzen. Erlauben Sie es über das Symbol neben der Adresse oder in den Einstellungen Ihres Geräts, und schalten Sie sie dann wieder ein.",
        denied_by_embedding: "Die Seite, in die diese Besprechung eingebettet ist, erlaubt keine Kamera. Öffnen Sie den Einladungslink in einem eigenen Fenster.",
        not_found: "Es ist keine Kamera da. Schließen Sie eine an, oder treten Sie ohne Bild ein.",
        in_use: "Die Kamera wird von einem anderen Programm benutzt. Schließen Sie es, und schalten Sie sie dann wieder ein.",
        gone: "Die gewählte Kamera ist nicht mehr da. Wählen Sie eine andere.",
        insecure: "Diese Seite wurde ohne sichere Verbindung geladen, deshalb gibt der Browser keine Kamera frei. Öffnen Sie sie mit https://.",
        unknown: "Die Kamera lässt sich nicht einschalten. Stecken Sie sie neu an, oder starten Sie den Browser neu.",
    },
    microphone_failures: Failures {
        denied: "Der Browser darf das Mikrofon nicht benutzen. Erlauben Sie es über das Symbol neben der Adresse oder in den Einstellungen Ihres Geräts, und schalten Sie es dann wieder ein.",
        denied_by_embedding: "Die Seite, in die diese Besprechung eingebettet ist, erlaubt kein Mikrofon. Öffnen Sie den Einladungslink in einem eigenen Fenster.",
        not_found: "Es ist kein Mikrofon da. Schließen Sie eines an, oder treten Sie ohne Ton ein: Hören können Sie immer.",
        in_use: "Das Mikrofon wird von einem anderen Programm benutzt. Schließen Sie es, und schalten Sie es dann wieder ein.",
        gone: "Das gewählte Mikrofon ist nicht mehr da. Wählen Sie ein anderes.",
        insecure: "Diese Seite wurde ohne sichere Verbindung geladen, deshalb gibt der Browser kein Mikrofon frei. Öffnen Sie sie mit https://.",
        unknown: "Das Mikrofon lässt sich nicht einschalten. Stecken Sie es neu an, oder starten Sie den Browser neu.",
    },
    camera_vanished: "Die Kamera ist verschwunden: abgezogen, oder die Erlaubnis ist zurückgenommen. Sie überträgt nichts mehr.",
    microphone_vanished: "Das Mikrofon ist verschwunden: abgezogen, oder die Erlaubnis ist zurückgenommen. Es überträgt nichts mehr.",
};

const LOBBY: Lobby = Lobby {
    entering: "Einen Augenblick",
    entering_hint: "Die Verbindung zum Raum wird aufgebaut.",
    moderator: "Es ist noch niemand von der Moderation da",
    moderator_hint: "Die Besprechung beginnt, sobald jemand die Tür öffnet. Sie müssen nichts tun.",
    admission: "Sie haben angeklopft",
    admission_hint: "Die Moderation lässt Sie gleich ein. Bis dahin hört und sieht Sie niemand.",
    leave: "Wieder gehen",
};

const CONFERENCE: Conference = Conference {
    title: "Besprechung",
    stage: "Menschen im Raum",
    controls: "Steuerung",
    microphone: "Mikrofon",
    camera: "Kamera",
    people: "Personen",
    devices: "Geräte",
    leave: "Verlassen",
    shortcut: |key| format!("Taste {key}"),
    reconnecting: "Die Verbindung ist unterbrochen und wird wiederhergestellt …",
    you: "Sie",
    nameless: "Ohne Namen",
    unreadable: "Name nicht lesbar",
    star: "Moderation",
    muted: "Mikrofon aus",
    away: "Verbindung unterbrochen",
    knocking: |count| match count {
        1 => "Jemand klopft an".into(),
        _ => format!("{count} Personen klopfen an"),
    },
    uninvited: "Ohne Einladung",
    admit: "Einlassen",
    refuse: "Abweisen",
    admit_all: "Alle einlassen",
    invite: "Einladung kopieren",
    close: "Schließen",
};

const ENDED: Ended = Ended {
    title: "Auf Wiedersehen",
    left: "Sie haben die Besprechung verlassen. Kamera und Mikrofon sind aus.",
    turned_away: "Die Moderation hat Sie nicht eingelassen.",
    full: "Der Raum ist voll. Versuchen Sie es später noch einmal.",
    wrong_proof: "Ihr Moderationslink öffnet diesen Raum nicht.",
    weak_cipher: "Ihr Browser bietet nicht die Verschlüsselung, die hier verlangt wird (AES-256-GCM). Bitte aktualisieren Sie ihn.",
    unusable_offer: "Ihrem Browser fehlt etwas, das für diese Besprechung nötig ist. Bitte aktualisieren Sie ihn.",
    refused: "Der Server hat Sie nicht eingelassen.",
    replaced: "Sie nehmen jetzt in einem anderen Fenster teil.",
    slow: "Ihre Verbindung war zu langsam für die Besprechung.",
    stopping: "Der Server wird gerade angehalten.",
    failed: "Auf dem Server ist ein Fehler aufgetreten.",
    unreachable: "Der Server ist nicht erreichbar. Prüfen Sie Ihre Internetverbindung.",
    back: "Noch einmal eintreten",
    start: "Zur Startseite",
};

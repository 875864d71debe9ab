// SPDX-License-Identifier: EUPL-1.2
//! German.

use shared::{Responsible, Statement};

use super::catalogue::{
    Chat, Conference, Devices, Ended, Failures, Gate, Home, Invite, Knock, Lobby, People, Rules,
    Silenced, Silencing, Texts,
};
use super::{
    alone, closing, embedded, equipment, evidence, invitation, keys, limits, moment, quality, rest,
    restrict, screen_sound, speaker, stage, ways,
};

/// Everything in German.
pub(super) const TEXTS: Texts = Texts {
    code: "de",
    other: ("en", "English"),
    home: HOME,
    gate: GATE,
    devices: DEVICES,
    equipment: equipment::DE,
    keys: keys::DE,
    quality: quality::DE,
    ways: ways::DE,
    lobby: LOBBY,
    conference: CONFERENCE,
    stage: stage::DE,
    screen_sound: screen_sound::DE,
    knock: KNOCK,
    people: PEOPLE,
    rules: RULES,
    restrict: restrict::DE,
    invite: INVITE,
    chat: CHAT,
    evidence: evidence::DE,
    moment: moment::DE,
    invitation: invitation::DE,
    speaker: speaker::DE,
    alone: alone::DE,
    closing: closing::DE,
    limits: limits::DE,
    embedded: embedded::DE,
    silenced: SILENCED,
    ended: ENDED,
    rest: rest::DE,
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
    name_unread: "Ihrem Link fehlt die Einladung: Niemand im Raum kann Ihren Namen lesen. Bitten Sie um den vollständigen Link.",
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
    notice_responsible: |Responsible { controller, places_de, .. }| {
        format!("Verantwortlich für den Dienst: {controller}. Die Server stehen in: {places_de}.")
    },
    notice_unknown: |host| {
        format!(
            "Verantwortlich ist, wer Sie einlädt. Den Server {host} betreibt, wer diese Adresse führt."
        )
    },
    notice_points: |host| {
        [
            format!(
                "Bild und Ton laufen allein über {host}, verschlüsselt, und über niemanden sonst."
            ),
            "Der Dienst zeichnet nichts auf und speichert nichts; verhalten Sie sich trotzdem so, als ob jemand mitschnitte. Diese Seite setzt keine Cookies."
                .into(),
            "Ihr Name ist mit dem Einladungslink verschlüsselt. Der Server kann ihn nicht lesen."
                .into(),
        ]
    },
    notice_whole: "Alle Datenschutzhinweise",
    notice_path: Statement::NOTICE_DE,
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
    keys_hint: "Einzelne Tasten tun, was die Knöpfe tun.",
    starting: "Der Browser fragt Sie um Erlaubnis …",
    close: "Fertig",
    camera_failures: Failures {
        denied: "Der Browser darf die Kamera nicht benutzen.",
        denied_by_embedding: "Die Seite, in die diese Besprechung eingebettet ist, erlaubt keine Kamera. Öffnen Sie den Einladungslink in einem eigenen Fenster.",
        not_found: "Es ist keine Kamera da. Schließen Sie eine an, oder treten Sie ohne Bild ein.",
        in_use: "Die Kamera wird von einem anderen Programm benutzt. Schließen Sie es, und schalten Sie sie dann wieder ein.",
        gone: "Die gewählte Kamera ist nicht mehr da. Wählen Sie eine andere.",
        insecure: "Diese Seite wurde ohne sichere Verbindung geladen, deshalb gibt der Browser keine Kamera frei. Öffnen Sie sie mit https://.",
        unknown: "Die Kamera lässt sich nicht einschalten. Stecken Sie sie neu an, oder starten Sie den Browser neu.",
    },
    microphone_failures: Failures {
        denied: "Der Browser darf das Mikrofon nicht benutzen.",
        denied_by_embedding: "Die Seite, in die diese Besprechung eingebettet ist, erlaubt kein Mikrofon. Öffnen Sie den Einladungslink in einem eigenen Fenster.",
        not_found: "Es ist kein Mikrofon da. Schließen Sie eines an, oder treten Sie ohne Ton ein: Hören können Sie immer.",
        in_use: "Das Mikrofon wird von einem anderen Programm benutzt. Schließen Sie es, und schalten Sie es dann wieder ein.",
        gone: "Das gewählte Mikrofon ist nicht mehr da. Wählen Sie ein anderes.",
        insecure: "Diese Seite wurde ohne sichere Verbindung geladen, deshalb gibt der Browser kein Mikrofon frei. Öffnen Sie sie mit https://.",
        unknown: "Das Mikrofon lässt sich nicht einschalten. Stecken Sie es neu an, oder starten Sie den Browser neu.",
    },
    screen_failures: Failures {
        denied: "Das System erlaubt dem Browser nicht, den Bildschirm aufzunehmen. Erlauben Sie es in den Einstellungen Ihres Geräts, und versuchen Sie es dann noch einmal.",
        denied_by_embedding: "Die Seite, in die diese Besprechung eingebettet ist, erlaubt kein Teilen. Öffnen Sie den Einladungslink in einem eigenen Fenster.",
        not_found: "Dieser Browser kann keinen Bildschirm teilen. Nehmen Sie dafür einen Computer.",
        in_use: "Der Bildschirm lässt sich gerade nicht aufnehmen. Wählen Sie ein anderes Fenster, und versuchen Sie es noch einmal.",
        gone: "Was Sie teilen wollten, ist nicht mehr da. Wählen Sie etwas anderes.",
        insecure: "Diese Seite wurde ohne sichere Verbindung geladen, deshalb lässt der Browser kein Teilen zu. Öffnen Sie sie mit https://.",
        unknown: "Der Bildschirm lässt sich nicht teilen. Versuchen Sie es noch einmal, oder starten Sie den Browser neu.",
    },
    camera_vanished: "Die Kamera ist verschwunden: abgezogen, oder die Erlaubnis ist zurückgenommen. Sie überträgt nichts mehr.",
    microphone_vanished: "Das Mikrofon ist verschwunden: abgezogen, oder die Erlaubnis ist zurückgenommen. Es überträgt nichts mehr.",
};

const LOBBY: Lobby = Lobby {
    entering: "Einen Augenblick",
    entering_hint: "Die Verbindung zum Raum wird aufgebaut.",
    moderator: "Es ist noch niemand von der Moderation da",
    moderator_hint: "Die Besprechung beginnt, sobald die Moderation da ist. Sie müssen nichts tun.",
    admission: "Sie haben angeklopft",
    admission_hint: "Die Moderation sieht, dass Sie warten, und entscheidet. Bis Sie eingelassen sind, hört und sieht Sie niemand.",
    leave: "Wieder gehen",
};

const CONFERENCE: Conference = Conference {
    title: "Besprechung",
    stage: "Menschen im Raum",
    controls: "Steuerung",
    microphone: "Mikrofon",
    microphone_whole: "Mikrofon",
    camera: "Kamera",
    screen: "Bildschirm",
    sharing: "Sie teilen",
    hand: "Hand",
    people: "Personen",
    devices: "Geräte",
    more: "Mehr",
    leave: "Verlassen",
    shortcut: |key| format!("Taste {key}"),
    reconnecting: "Die Verbindung ist unterbrochen und wird wiederhergestellt …",
    paused: "Pause, bis die Moderation wieder da ist",
    paused_hint: "Sie bleiben im Raum, niemand wird hinausgeworfen. Kameras, Mikrofone und Bildschirme sind solange aus. Danach schalten Sie Ihre selbst wieder ein.",
    you: "Sie",
    nameless: "Ohne Namen",
    unreadable: "Name nicht lesbar",
    screen_of: |name| format!("Bildschirm von {name}"),
    own_screen: "Sie teilen Ihren Bildschirm",
    stop_sharing: "Teilen beenden",
    sharing_ended: "Sie teilen Ihren Bildschirm nicht mehr",
    made_participant: "Sie nehmen jetzt ohne weitere Rechte teil.",
    made_presenter: "Sie dürfen jetzt vortragen: Sie können Ihren Bildschirm teilen und schreiben.",
    made_moderator: "Sie moderieren jetzt mit. Alles dafür steht unter „Personen“.",
    star: "Moderation",
    muted: "Mikrofon aus",
    away: "Verbindung unterbrochen",
    hand_up: |place| format!("Hand gehoben, Platz {place}"),
    close: "Schließen",
};

const KNOCK: Knock = Knock {
    knocking: |count| match count {
        1 => "Jemand klopft an".into(),
        _ => format!("{count} Personen klopfen an"),
    },
    nameless: "Ohne Namen",
    unreadable: "Unbekannt",
    uninvited: "Ohne Einladung",
    duplicate: "Name doppelt",
    personal: "Persönliche Einladung",
    removed: "War entfernt worden",
    admit: "Einlassen",
    refuse: "Abweisen",
    admit_all: "Alle einlassen",
};

const PEOPLE: People = People {
    participant: "Teilnahme",
    presenter: "Vortrag",
    moderator: "Moderation",
    holder: "Moderation mit Lesezeichen",
    duplicate: "Name doppelt",
    sharing: "Teilt den Bildschirm",
    menu: "Moderieren",
    mute: "Mikrofon ausschalten",
    stop_camera: "Kamera ausschalten",
    stop_screen: "Teilen beenden",
    lower_hand: "Hand senken",
    make_participant: "Nur teilnehmen lassen",
    make_presenter: "Vortragen lassen",
    make_moderator: "Moderieren lassen",
    remove: "Aus dem Raum entfernen",
    remove_title: |name| format!("{name} entfernen?"),
    remove_hint: "Die Person verlässt den Raum sofort und kann nur wieder anklopfen. Eine offene Tür wird dabei auf Einlass gestellt.",
    give_up: "Moderation abgeben",
    give_up_title: "Moderation abgeben?",
    give_up_hint: "Zurückgeben kann sie Ihnen nur, wer weiter moderiert.",
    everybody: "Für alle",
    mute_all: "Alle stumm schalten",
    lower_hands: "Alle Hände senken",
    end: "Für alle beenden",
    end_title: "Besprechung für alle beenden?",
    end_hint: "Alle verlassen den Raum. Was im Chat steht, ist danach weg.",
    cancel: "Abbrechen",
    invite: "Einladung kopieren",
};

const RULES: Rules = Rules {
    title: "Tür und Regeln",
    door: "Tür",
    lobby: "Mit Einlass",
    lobby_hint: "Wer kommt, klopft an. Sie lassen jede Person ein.",
    open: "Offen",
    open_hint: "Wer die Einladung hat, kommt ohne Anklopfen herein, solange jemand moderiert.",
    locked: "Abgeschlossen",
    locked_hint: "Niemand Neues kommt herein, auch nicht durch Anklopfen.",
    personal: "Nur persönliche Einladungen",
    personal_hint: "Mit dem gemeinsamen Link kommt dann niemand mehr an die Tür.",
    share: "Alle dürfen Bildschirme teilen",
    share_hint: "Sonst nur, wer vorträgt oder moderiert.",
    chat: "Alle dürfen im Chat schreiben",
    chat_hint: "Sonst nur, wer vorträgt oder moderiert.",
};

const INVITE: Invite = Invite {
    title: "Persönliche Einladungen",
    lead: "Jeder Link lässt eine Person ein, ein einziges Mal, solange der Raum benutzt wird. Sind alle gegangen, vergisst der Raum, welche Links benutzt sind.",
    number: "Wie viele",
    expires: "Wie lange gültig",
    day: "1 Tag",
    week: "1 Woche",
    month: "1 Monat",
    make: "Links erstellen",
    made: |count| match count {
        1 => "Ein Link ist bereit".into(),
        _ => format!("{count} Links sind bereit"),
    },
    made_hint: "Nur dieses Fenster kennt, was Sie erstellt haben. Speichern Sie es, bevor Sie gehen.",
    copy_all: "Alle kopieren",
    download: "Als Liste speichern",
    file: "einladungen.txt",
};

const CHAT: Chat = Chat {
    title: "Chat",
    lead: "Verschlüsselt für alle, die eingeladen sind. Der Server kann nicht mitlesen. Mit der Besprechung ist alles weg.",
    nothing: "Noch hat niemand geschrieben.",
    input: "Nachricht an alle",
    send: "Senden",
    unsent: "Noch nicht gesendet",
    full: "Ihre letzten Nachrichten sind noch unterwegs. Diese hier können Sie danach senden.",
    closed: "Gerade schreibt nur, wer vorträgt oder moderiert. Lesen können Sie alles.",
    uninvited: "Ihrem Link fehlt die Einladung. Ohne sie können Sie hier weder lesen noch schreiben.",
    unreadable: "Diese Nachricht lässt sich nicht lesen.",
    unread: |count| match count {
        1 => "Eine neue Nachricht".into(),
        _ => format!("{count} neue Nachrichten"),
    },
    from: |name| format!("Neue Nachricht von {name}"),
};

const SILENCED: Silenced = Silenced {
    microphone: Silencing {
        by: |name| {
            format!("{name} hat Ihr Mikrofon ausgeschaltet. Nur Sie können es wieder einschalten.")
        },
        by_moderator: "Die Moderation hat Ihr Mikrofon ausgeschaltet. Nur Sie können es wieder einschalten.",
        by_room: "Ihr Mikrofon ist aus, weil niemand von der Moderation da war. Nur Sie können es wieder einschalten.",
    },
    camera: Silencing {
        by: |name| {
            format!("{name} hat Ihre Kamera ausgeschaltet. Nur Sie können sie wieder einschalten.")
        },
        by_moderator: "Die Moderation hat Ihre Kamera ausgeschaltet. Nur Sie können sie wieder einschalten.",
        by_room: "Ihre Kamera ist aus, weil niemand von der Moderation da war. Nur Sie können sie wieder einschalten.",
    },
    screen: Silencing {
        by: |name| {
            format!("{name} hat das Teilen Ihres Bildschirms beendet. Niemand sieht ihn mehr.")
        },
        by_moderator: "Die Moderation hat das Teilen Ihres Bildschirms beendet. Niemand sieht ihn mehr.",
        by_room: "Ihr Bildschirm wird nicht mehr geteilt: Der Raum erlaubt es Ihnen gerade nicht.",
    },
    understood: "Verstanden",
};

const ENDED: Ended = Ended {
    goodbye: "Auf Wiedersehen",
    not_inside: "Sie sind nicht im Raum",
    over: "Die Besprechung ist zu Ende",
    outside: "Sie sind nicht mehr im Raum",
    left: "Sie haben die Besprechung verlassen. Kamera und Mikrofon sind aus.",
    turned_away: "Die Moderation hat Sie nicht eingelassen.",
    too_soon: "Die Moderation hat Sie vor Kurzem nicht eingelassen.",
    soon: "Einen Augenblick noch, dann können Sie wieder anklopfen.",
    full: "Es ist kein Platz mehr frei. Versuchen Sie es in ein paar Minuten noch einmal.",
    wrong_proof: "Ihr Moderationslink öffnet diesen Raum nicht. Prüfen Sie, ob er vollständig ist.",
    locked: "Die Tür ist abgeschlossen, gerade kommt niemand Neues herein. Fragen Sie, wer Sie eingeladen hat, oder versuchen Sie es später noch einmal.",
    personal_only: "In diesen Raum kommen Sie nur mit einer persönlichen Einladung. Bitten Sie die Person, die Sie eingeladen hat, um einen Link für Sie allein.",
    wrong_ticket: "Ihre persönliche Einladung gilt nicht für diesen Raum. Prüfen Sie, ob der Link vollständig ist, oder bitten Sie um einen neuen.",
    ticket_expired: "Ihre persönliche Einladung ist abgelaufen. Bitten Sie um eine neue.",
    ticket_used: "Ihre persönliche Einladung ist schon benutzt. Bitten Sie um eine neue, oder klopfen Sie an wie alle.",
    unlicensed: "Auf diesem Server braucht ein Raum eine Lizenz, und in Ihrem Lesezeichen steht keine gültige. Fragen Sie, wer den Server betreibt.",
    licence_expired: "Die Lizenz dieses Raums ist abgelaufen. Wer den Server betreibt, kann Ihnen ein neues Lesezeichen geben.",
    weak_cipher: "Ihr Browser bietet nicht die Verschlüsselung, die hier verlangt wird (AES-256-GCM). Bitte aktualisieren Sie ihn.",
    unusable_offer: "Ihrem Browser fehlt etwas, das für diese Besprechung nötig ist. Bitte aktualisieren Sie ihn.",
    refused: "Der Server hat Sie nicht eingelassen. Versuchen Sie es noch einmal.",
    removed: "Die Moderation hat Sie aus dem Raum entfernt. Kamera und Mikrofon sind aus. Sie können nur wieder anklopfen.",
    for_all: "Die Moderation hat die Besprechung für alle beendet. Kamera und Mikrofon sind aus.",
    abandoned: "Von der Moderation ist niemand zurückgekommen. Kamera und Mikrofon sind aus.",
    replaced: "Sie nehmen jetzt in einem anderen Fenster teil. Dieses hier können Sie schließen.",
    protocol: "Diese Seite und der Server haben einander nicht verstanden. Laden Sie die Seite neu.",
    slow: "Ihre Verbindung war zu langsam für die Besprechung. Versuchen Sie es mit besserem Empfang noch einmal.",
    stopping: "Der Server wird gerade angehalten. Versuchen Sie es gleich noch einmal.",
    failed: "Auf dem Server ist ein Fehler aufgetreten. Versuchen Sie es noch einmal.",
    unreachable: "Der Server ist nicht erreichbar. Prüfen Sie Ihre Internetverbindung.",
    back: "Noch einmal eintreten",
    knock_again: "Noch einmal anklopfen",
    start: "Zur Startseite",
};

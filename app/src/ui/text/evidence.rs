// SPDX-License-Identifier: EUPL-1.2
//! What is said of the proofs, in every language.

use shared::Responsible;

/// What protects the meeting, and how anyone sees it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Evidence {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) looking: &'static str,
    pub(crate) again: &'static str,
    pub(crate) how: &'static str,
    pub(crate) measured: &'static str,
    pub(crate) built: &'static str,
    pub(crate) declared: &'static str,
    pub(crate) stated: &'static str,
    /// What a line says of itself, before it is read: it holds, it does not, it cannot be told.
    pub(crate) verdicts: [&'static str; 3],
    pub(crate) criteria: &'static str,
    pub(crate) criteria_lead: &'static str,
    /// Met, loosened, not met, up to people.
    pub(crate) standings: [&'static str; 4],
    pub(crate) own_host: fn(host: &str) -> String,
    pub(crate) strangers: fn(hosts: &str) -> String,
    pub(crate) own_host_how: &'static str,
    pub(crate) encrypted: &'static str,
    pub(crate) own_machine: &'static str,
    pub(crate) open: &'static str,
    pub(crate) carriage_how: &'static str,
    pub(crate) strong: fn(cipher: &str) -> String,
    pub(crate) weak: fn(cipher: &str) -> String,
    pub(crate) no_cipher: &'static str,
    pub(crate) cipher_how: &'static str,
    pub(crate) sealed: &'static str,
    pub(crate) sealed_how: &'static str,
    pub(crate) nothing_held: &'static str,
    pub(crate) held: fn(devices: &str) -> String,
    pub(crate) wrongly_held: fn(devices: &str) -> String,
    pub(crate) devices_how: &'static str,
    pub(crate) no_cookies: &'static str,
    pub(crate) cookies: &'static str,
    pub(crate) cookies_how: &'static str,
    pub(crate) nothing_kept: &'static str,
    pub(crate) kept: fn(what: &str) -> String,
    pub(crate) kept_seat: &'static str,
    pub(crate) kept_link: &'static str,
    pub(crate) kept_name: &'static str,
    pub(crate) kept_other: &'static str,
    pub(crate) kept_how: &'static str,
    pub(crate) recording: &'static str,
    pub(crate) recording_how: &'static str,
    pub(crate) page: fn(hash: &str) -> String,
    pub(crate) same_page: fn(hash: &str) -> String,
    pub(crate) other_page: fn(hash: &str, stated: &str) -> String,
    pub(crate) no_page: &'static str,
    pub(crate) page_how: &'static str,
    pub(crate) enforced: &'static str,
    pub(crate) not_enforced: &'static str,
    pub(crate) enforced_how: &'static str,
    pub(crate) responsible: fn(who: &Responsible) -> String,
    pub(crate) nobody: &'static str,
    pub(crate) responsible_how: &'static str,
}

pub(super) const DE: Evidence = Evidence {
    title: "Nachweise",
    lead: "Was diese Besprechung gerade schützt. Jede Zeile nennt das Kriterium, für das sie steht, und wie Sie selbst nachsehen.",
    looking: "Ihr Browser sieht nach …",
    again: "Noch einmal nachsehen",
    how: "Selbst nachsehen",
    measured: "hier gemessen",
    built: "so gebaut",
    declared: "vom Betreiber erklärt",
    stated: "vom Server erklärt",
    verdicts: ["Trifft zu:", "Trifft nicht zu:", "Offen:"],
    criteria: "Alle Kriterien",
    criteria_lead: "So steht dieser Server nach eigener Auskunft zu jedem Kriterium der Berliner Datenschutzbeauftragten (L, T), der Orientierungshilfe der Aufsichtsbehörden (G) und des Kernels (K). Mit „zooo check“ prüfen Sie es von Ihrem Rechner aus.",
    standings: ["erfüllt", "gelockert", "nicht erfüllt", "organisatorisch"],
    own_host: |host| format!("Diese Seite hat nur mit {host} gesprochen."),
    strangers: |hosts| {
        format!("Diese Seite hat auch andere angesprochen oder es versucht: {hosts}.")
    },
    own_host_how: "Öffnen Sie mit F12 die Werkzeuge Ihres Browsers und darin das Netzwerk, und laden Sie die Seite neu. In der Spalte mit den Domains steht nur eine.",
    encrypted: "Die Seite und alle Nachrichten sind auf dem Weg verschlüsselt (TLS).",
    own_machine: "Die Seite kommt von diesem Gerät selbst: Auf dem Weg zu ihr ist niemand dazwischen.",
    open: "Die Seite ist auf dem Weg nicht verschlüsselt. Wer im Netz dazwischen sitzt, kann sie verändern.",
    carriage_how: "Das Schloss oder das Symbol links in der Adresszeile zeigt, wie die Verbindung gesichert ist.",
    strong: |cipher| format!("Ton und Bild sind auf dem Weg mit 256 Bit verschlüsselt ({cipher})."),
    weak: |cipher| format!("Ton und Bild sind schwächer verschlüsselt als zugesagt ({cipher})."),
    no_cipher: "Womit Ton und Bild verschlüsselt sind, verrät der Browser gerade nicht.",
    cipher_how: "Chrome zeigt es unter chrome://webrtc-internals bei „transport“ als „srtpCipher“, Firefox unter about:webrtc. Etwas Schwächeres nimmt der Server nicht an.",
    sealed: "Namen und Chat können nur Eingeladene lesen, der Server nicht. Ton und Bild öffnet der Server im Arbeitsspeicher, um sie weiterzugeben; durchgehend verschlüsselt sind sie noch nicht.",
    sealed_how: "Der Schlüssel steht im Link hinter dem #. Diesen Teil sendet kein Browser an einen Server. In den Werkzeugen (F12) zeigt das Netzwerk unter „WS“ jede Nachricht: Namen und Chat sind darin unlesbar.",
    nothing_held: "Kamera, Mikrofon und Bildschirm sind aus und freigegeben.",
    held: |devices| format!("In Gebrauch ist nur, was Sie eingeschaltet haben: {devices}."),
    wrongly_held: |devices| format!("In Gebrauch, obwohl ausgeschaltet: {devices}."),
    devices_how: "Das Licht an der Kamera und das Zeichen im Browser-Tab zeigen, was in Gebrauch ist. Niemand sonst kann etwas einschalten: Dafür gibt es keine Nachricht.",
    no_cookies: "Es gibt keine Cookies.",
    cookies: "Es gibt Cookies. Diese Seite setzt keine; vielleicht setzt sie etwas davor.",
    cookies_how: "In den Werkzeugen (F12) unter „Anwendung“ oder „Web-Speicher“: Cookies.",
    nothing_kept: "Ihr Browser bewahrt für diese Seite nichts auf.",
    kept: |what| format!("Ihr Browser bewahrt für diese Seite nur auf: {what}."),
    kept_seat: "Ihren Platz, damit ein Neuladen nicht hinauswirft, bis der Tab geschlossen wird",
    kept_link: "den Link, mit dem Sie gekommen sind, bis der Tab geschlossen wird",
    kept_name: "Ihren Namen, weil Sie es wollten",
    kept_other: "etwas, das nicht von dieser Seite ist",
    kept_how: "In den Werkzeugen (F12) unter „Anwendung“ oder „Web-Speicher“: lokaler Speicher und Sitzungsspeicher.",
    recording: "Es gibt keine Aufzeichnung: Das Programm hat keine. Ob ein anderer mit eigenen Mitteln mitschneidet, kann niemand sehen. Sprechen Sie so, als täte es jemand.",
    recording_how: "Der Quelltext ist offen. Wovon der Kernel den Server abhält, steht in einer eigenen Zeile.",
    page: |hash| format!("Die Seite, die der Server ausgibt, hat die Prüfsumme {hash}."),
    same_page: |hash| {
        format!("Die Seite, die der Server ausgibt, hat die Prüfsumme, die er nennt: {hash}.")
    },
    other_page: |hash, stated| {
        format!(
            "Die Seite, die der Server ausgibt, hat die Prüfsumme {hash}; er selbst nennt {stated}."
        )
    },
    no_page: "Die Prüfsumme der Seite lässt sich hier nicht bilden.",
    page_how: "Vergleichen Sie sie mit der eines Servers, dem Sie trauen, oder mit der, die Sie selbst bauen: „curl -s ADRESSE/ | sha256sum“ nennt sie. Alle weiteren Teile der Seite sind darin mit eigenen Prüfsummen festgelegt. „zooo check“ vergleicht beides.",
    enforced: "Der Kernel des Servers hält ihn davon ab, Dateien zu öffnen, Programme zu starten, andere Rechner anzusprechen und ein Abbild seines Speichers zu hinterlassen.",
    not_enforced: "Ob der Kernel des Servers ihn von Dateien, Programmen und anderen Rechnern abhält, ist nicht oder nicht ganz gesagt. Das Programm selbst tut nichts davon.",
    enforced_how: "Was der Server von sich sagt, steht unter /.well-known/privacy.json. Auf seiner Maschine zeigt /proc/PID/status „Seccomp: 2“ und „NoNewPrivs: 1“.",
    responsible: |who| {
        format!("Verantwortlich ist {}. Die Server stehen in: {}.", who.controller, who.places_de)
    },
    nobody: "Niemand ist als verantwortlich genannt: Dieser Server dient nur seiner eigenen Maschine, oder er antwortet nicht.",
    responsible_how: "Die ganzen Datenschutzhinweise stehen auf diesem Server unter /datenschutz.",
};

pub(super) const EN: Evidence = Evidence {
    title: "Evidence",
    lead: "What protects this meeting right now. Each line names the criterion that it stands for, and how you can look yourself.",
    looking: "Your browser is looking …",
    again: "Look again",
    how: "Look yourself",
    measured: "measured here",
    built: "built that way",
    declared: "declared by the operator",
    stated: "stated by the server",
    verdicts: ["Holds:", "Does not hold:", "Open:"],
    criteria: "Every criterion",
    criteria_lead: "This is how this server says that it stands to each criterion of the Berlin data-protection commissioner (L, T), of the supervisory authorities’ guidance (G) and of the kernel (K). With “zooo check” you see for yourself, from your own machine.",
    standings: ["met", "loosened", "not met", "up to people"],
    own_host: |host| format!("This page has spoken to {host} and nobody else."),
    strangers: |hosts| format!("This page has also spoken to others, or tried to: {hosts}."),
    own_host_how: "Press F12 for the tools of your browser, choose the network, and load the page again. The column of domains shows only one.",
    encrypted: "The page and all messages are encrypted on their way (TLS).",
    own_machine: "The page comes from this very device: there is nobody in between.",
    open: "The page is not encrypted on its way. Whoever sits in the network between can change it.",
    carriage_how: "The lock or the sign left of the address shows how the connection is secured.",
    strong: |cipher| {
        format!("Sound and pictures are encrypted on their way with 256 bits ({cipher}).")
    },
    weak: |cipher| {
        format!("Sound and pictures are encrypted less strongly than promised ({cipher}).")
    },
    no_cipher: "The browser does not tell at present how sound and pictures are encrypted.",
    cipher_how: "Chrome shows it at chrome://webrtc-internals under “transport” as “srtpCipher”, Firefox at about:webrtc. The server accepts nothing weaker.",
    sealed: "Names and chat can be read by those invited, and not by the server. Sound and pictures are opened in the server’s memory to be passed on; they are not yet encrypted from end to end.",
    sealed_how: "The key stands in the link behind the #. No browser sends that part to a server. In the tools (F12) the network shows every message under “WS”: names and chat are unreadable there.",
    nothing_held: "Camera, microphone and screen are off and released.",
    held: |devices| format!("In use is only what you have switched on: {devices}."),
    wrongly_held: |devices| format!("In use although switched off: {devices}."),
    devices_how: "The light of the camera and the sign on the browser’s tab show what is in use. Nobody else can switch anything on: there is no message for it.",
    no_cookies: "There are no cookies.",
    cookies: "There are cookies. This page sets none; perhaps something in front of it does.",
    cookies_how: "In the tools (F12) under “Application” or “Storage”: cookies.",
    nothing_kept: "Your browser keeps nothing for this page.",
    kept: |what| format!("Your browser keeps for this page only: {what}."),
    kept_seat: "your seat, so that a reload does not throw you out, until the tab is closed",
    kept_link: "the link with which you came, until the tab is closed",
    kept_name: "your name, because you asked for it",
    kept_other: "something that is not of this page",
    kept_how: "In the tools (F12) under “Application” or “Storage”: local storage and session storage.",
    recording: "Nothing is recorded: the software has no such thing. Whether somebody records with means of their own, nobody can see. Speak as though somebody did.",
    recording_how: "The source is open. What the kernel keeps the server from has a line of its own.",
    page: |hash| format!("The page that the server hands out has the checksum {hash}."),
    same_page: |hash| {
        format!("The page that the server hands out has the checksum that it names: {hash}.")
    },
    other_page: |hash, stated| {
        format!(
            "The page that the server hands out has the checksum {hash}; it names {stated} itself."
        )
    },
    no_page: "The checksum of the page cannot be formed here.",
    page_how: "Compare it with that of a server you trust, or with the one that you build: “curl -s ADDRESS/ | sha256sum” tells it. All other parts of the page are fixed in it by checksums of their own. “zooo check” compares both.",
    enforced: "The server’s kernel keeps it from opening files, starting programs, speaking to other hosts and leaving an image of its memory.",
    not_enforced: "Whether the server’s kernel keeps it from files, programs and other hosts is not said, or not wholly. The software itself does none of it.",
    enforced_how: "What the server says of itself is at /.well-known/privacy.json. On its machine, /proc/PID/status shows “Seccomp: 2” and “NoNewPrivs: 1”.",
    responsible: |who| {
        format!("Responsible is {}. The servers stand in: {}.", who.controller, who.places_en)
    },
    nobody: "Nobody is named as responsible: this server serves its own machine only, or it does not answer.",
    responsible_how: "The whole privacy notice is on this server at /privacy.",
};

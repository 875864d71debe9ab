// SPDX-License-Identifier: EUPL-1.2
//! What the keys do, in every language.

/// The sheet of keys: its rows in the words of what they do.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Keys {
    pub(crate) title: &'static str,
    /// While single keys are switched off.
    pub(crate) off: &'static str,
    pub(crate) open: &'static str,
    pub(crate) close: &'static str,
    /// Names of keys.
    pub(crate) space: &'static str,
    pub(crate) escape: &'static str,
    pub(crate) enter: &'static str,
    pub(crate) shift_enter: &'static str,
    pub(crate) microphone: &'static str,
    pub(crate) talk: &'static str,
    pub(crate) camera: &'static str,
    pub(crate) screen: &'static str,
    pub(crate) hand: &'static str,
    pub(crate) chat: &'static str,
    pub(crate) people: &'static str,
    pub(crate) evidence: &'static str,
    pub(crate) sheet: &'static str,
    pub(crate) leave_panel: &'static str,
    pub(crate) send: &'static str,
    pub(crate) line: &'static str,
}

pub(super) const DE: Keys = Keys {
    title: "Tastenkürzel",
    off: "Einzelne Tasten sind in den Einstellungen für Geräte ausgeschaltet.",
    open: "Alle Tastenkürzel zeigen",
    close: "Schließen",
    space: "Leertaste",
    escape: "Esc",
    enter: "Eingabe",
    shift_enter: "Umschalt + Eingabe",
    microphone: "Mikrofon ein- oder ausschalten",
    talk: "Halten und sprechen, wenn Sie „Mit der Leertaste sprechen“ gewählt haben",
    camera: "Kamera ein- oder ausschalten",
    screen: "Bildschirm teilen oder das Teilen beenden",
    hand: "Hand heben oder senken",
    chat: "Chat öffnen oder schließen",
    people: "Personen öffnen oder schließen",
    evidence: "Nachweise öffnen oder schließen",
    sheet: "Diese Übersicht zeigen",
    leave_panel: "Schließen, was offen ist",
    send: "Im Chat: senden",
    line: "Im Chat: neue Zeile",
};

pub(super) const EN: Keys = Keys {
    title: "Keyboard shortcuts",
    off: "Single keys are switched off in the settings for devices.",
    open: "Show all keyboard shortcuts",
    close: "Close",
    space: "Space",
    escape: "Esc",
    enter: "Enter",
    shift_enter: "Shift + Enter",
    microphone: "Switch the microphone on or off",
    talk: "Hold and speak, if you have chosen “Speak with the space bar”",
    camera: "Switch the camera on or off",
    screen: "Share a screen, or stop sharing",
    hand: "Raise or lower your hand",
    chat: "Open or close the chat",
    people: "Open or close the people",
    evidence: "Open or close the evidence",
    sheet: "Show this overview",
    leave_panel: "Close what is open",
    send: "In the chat: send",
    line: "In the chat: a new line",
};

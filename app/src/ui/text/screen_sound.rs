// SPDX-License-Identifier: EUPL-1.2
//! What is said of the sound of a shared screen, in every language.

/// The sound of the own screen, as it is shared.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ScreenSound {
    /// What the own screen is called while sound goes with it.
    pub(crate) with: &'static str,
    /// Ends the sound alone; the whole of it for who asks.
    pub(crate) stop: &'static str,
    pub(crate) off: &'static str,
    /// After that, and how it comes back.
    pub(crate) without: &'static str,
    pub(crate) again: &'static str,
    /// To who does not see it.
    pub(crate) told: &'static str,
    /// What is in use.
    pub(crate) held: &'static str,
}

pub(super) const DE: ScreenSound = ScreenSound {
    with: "Sie teilen Bild und Ton",
    stop: "Ton beenden",
    off: "Den Ton des Bildschirms ausschalten",
    without: "Jetzt ohne Ton.",
    again: "Um wieder Ton zu senden, teilen Sie den Bildschirm neu.",
    told: "Alle hören auch den Ton Ihres Bildschirms.",
    held: "Ton des Bildschirms",
};

pub(super) const EN: ScreenSound = ScreenSound {
    with: "You share screen and sound",
    stop: "Stop the sound",
    off: "Switch the sound of the screen off",
    without: "Without sound now.",
    again: "To send sound again, share your screen anew.",
    told: "Everybody hears the sound of your screen, too.",
    held: "Sound of the screen",
};

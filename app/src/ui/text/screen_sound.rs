// SPDX-License-Identifier: EUPL-1.2
//! What is said of the sound of a shared screen, in every language.

/// The sound of the own screen, as it is shared.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ScreenSound {
    /// On a switch that is pressed: sound goes with the screen.
    pub(crate) with: &'static str,
    /// What to press it does.
    pub(crate) off: &'static str,
    /// After that.
    pub(crate) without: &'static str,
    /// To who does not see it.
    pub(crate) told: &'static str,
    /// What is in use.
    pub(crate) held: &'static str,
}

pub(super) const DE: ScreenSound = ScreenSound {
    with: "Mit Ton",
    off: "Den Ton des Bildschirms ausschalten",
    without: "Ohne Ton. Um wieder Ton zu senden, teilen Sie den Bildschirm neu.",
    told: "Alle hören auch den Ton Ihres Bildschirms.",
    held: "Ton des Bildschirms",
};

pub(super) const EN: ScreenSound = ScreenSound {
    with: "With sound",
    off: "Switch the sound of the screen off",
    without: "Without sound. To send sound again, share your screen anew.",
    told: "Everybody hears the sound of your screen, too.",
    held: "sound of the screen",
};

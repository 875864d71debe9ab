// SPDX-License-Identifier: EUPL-1.2
//! What is said of how the conference is seen, in every language.

/// Layouts, pages, pins, the own picture.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stage {
    pub(crate) title: &'static str,
    pub(crate) grid: &'static str,
    pub(crate) grid_hint: &'static str,
    pub(crate) speaker: &'static str,
    pub(crate) speaker_hint: &'static str,
    pub(crate) hide_self: &'static str,
    pub(crate) hide_self_hint: &'static str,
    pub(crate) mirror: &'static str,
    pub(crate) mirror_hint: &'static str,
    pub(crate) full_screen: &'static str,
    pub(crate) small_window: &'static str,
    pub(crate) small_window_hint: &'static str,
    pub(crate) pin: fn(name: &str) -> String,
    pub(crate) pages: &'static str,
    pub(crate) previous: &'static str,
    pub(crate) next: &'static str,
    pub(crate) page: fn(number: usize, of: usize) -> String,
}

pub(super) const DE: Stage = Stage {
    title: "Ansicht",
    grid: "Raster",
    grid_hint: "Alle gleich groß",
    speaker: "Wer spricht",
    speaker_hint: "Wer spricht, ist groß, die anderen stehen daneben",
    hide_self: "Eigenes Bild ausblenden",
    hide_self_hint: "Nur für Sie. Ist die Kamera an, sehen die anderen Sie weiterhin.",
    mirror: "Eigenes Bild spiegeln",
    mirror_hint: "Nur für Sie. Die anderen sehen Sie nie gespiegelt.",
    full_screen: "Vollbild",
    small_window: "Kleines Fenster",
    small_window_hint: "Wer spricht, vor allen anderen Fenstern",
    pin: |name| format!("Groß anheften: {name}"),
    pages: "Seiten",
    previous: "Vorige Seite",
    next: "Nächste Seite",
    page: |number, of| format!("Seite {number} von {of}"),
};

pub(super) const EN: Stage = Stage {
    title: "View",
    grid: "Grid",
    grid_hint: "Everybody in one size",
    speaker: "Speaker",
    speaker_hint: "Who speaks is large, the others stand beside",
    hide_self: "Hide my own picture",
    hide_self_hint: "For you alone. While your camera is on, the others still see you.",
    mirror: "Mirror my own picture",
    mirror_hint: "For you alone. The others never see you mirrored.",
    full_screen: "Full screen",
    small_window: "Small window",
    small_window_hint: "Who speaks, in front of all other windows",
    pin: |name| format!("Pin large: {name}"),
    pages: "Pages",
    previous: "Previous page",
    next: "Next page",
    page: |number, of| format!("Page {number} of {of}"),
};

// SPDX-License-Identifier: EUPL-1.2
//! What is said when a part of the page could not be had, in every language.

/// A part of the page is missing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rest {
    pub(crate) missing: &'static str,
    pub(crate) again: &'static str,
    /// Of a device, before more can be said.
    pub(crate) trouble: &'static str,
}

pub(super) const DE: Rest = Rest {
    missing: "Ein Teil dieser Seite konnte nicht geladen werden. Vielleicht ist die Verbindung unterbrochen, oder der Server hat inzwischen eine neue Fassung. Laden Sie die Seite neu.",
    again: "Seite neu laden",
    trouble: "Das Gerät läuft nicht.",
};

pub(super) const EN: Rest = Rest {
    missing: "A part of this page could not be loaded. Perhaps the connection is interrupted, or the server has a new version by now. Load the page again.",
    again: "Load the page again",
    trouble: "The device does not run.",
};

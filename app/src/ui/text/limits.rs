// SPDX-License-Identifier: EUPL-1.2
//! What is said to who meets a limit of the server, in every language.

/// What it is, and what to do.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    pub(crate) busy: &'static str,
    pub(crate) crowded: &'static str,
    pub(crate) flood: &'static str,
}

pub(super) const DE: Limits = Limits {
    busy: "Dieser Server ist ausgelastet: Alle seine Plätze sind belegt. Versuchen Sie es in ein paar Minuten noch einmal.",
    crowded: "Aus Ihrem Netz nehmen schon so viele teil, wie der Server von einer Stelle annimmt. Versuchen Sie es später oder über eine andere Verbindung, etwa Mobilfunk.",
    flood: "Diese Seite hat in kurzer Zeit mehr gesendet, als der Server annimmt. Warten Sie einen Augenblick, und gehen Sie dann wieder hinein.",
};

pub(super) const EN: Limits = Limits {
    busy: "This server is full: all of its places are taken. Try again in a few minutes.",
    crowded: "As many people take part from your network already as the server accepts from one. Try again later, or over another connection, such as a mobile one.",
    flood: "This page has sent more in a short time than the server accepts. Wait for a moment, and then go in again.",
};

// SPDX-License-Identifier: EUPL-1.2
//! What is said of a connection that is not good, in every language.

/// How bad it is, and what is noticed of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Quality {
    pub(crate) fair: &'static str,
    pub(crate) poor: &'static str,
    pub(crate) busy: &'static str,
    pub(crate) smaller: &'static str,
    pub(crate) delayed: &'static str,
    pub(crate) lost: &'static str,
    pub(crate) late: &'static str,
    pub(crate) jerks: &'static str,
    pub(crate) frozen: &'static str,
    pub(crate) gaps: &'static str,
}

pub(super) const DE: Quality = Quality {
    fair: "Verbindung schwach",
    poor: "Verbindung sehr schwach",
    busy: "Gerät ausgelastet: Ihr Bild wird kleiner",
    smaller: "Ihr Bild wird kleiner",
    delayed: "Sie werden verzögert gehört",
    lost: "von dem, was Sie senden, geht viel verloren",
    late: "der Ton kommt verspätet an",
    jerks: "das Bild ruckelt",
    frozen: "das Bild bleibt stehen",
    gaps: "der Ton hat Lücken",
};

pub(super) const EN: Quality = Quality {
    fair: "Weak connection",
    poor: "Very weak connection",
    busy: "Device overloaded: your picture becomes smaller",
    smaller: "your picture becomes smaller",
    delayed: "you are heard with a delay",
    lost: "much of what you send gets lost",
    late: "the sound arrives late",
    jerks: "the picture jerks",
    frozen: "the picture stops",
    gaps: "the sound has gaps",
};

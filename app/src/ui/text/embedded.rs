// SPDX-License-Identifier: EUPL-1.2
//! What is said where another page has put the meeting into itself, in every language.

/// What that page learns, and what it does not pass on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Embedded {
    pub(crate) title: &'static str,
    pub(crate) told: &'static str,
    pub(crate) name: &'static str,
    pub(crate) name_hint: &'static str,
    pub(crate) withheld: &'static str,
    pub(crate) camera: &'static str,
    pub(crate) microphone: &'static str,
    pub(crate) screen: &'static str,
    pub(crate) autoplay: &'static str,
    pub(crate) full_screen: &'static str,
    pub(crate) popups: &'static str,
}

pub(super) const DE: Embedded = Embedded {
    title: "Eingebettet in eine andere Seite",
    told: "Die Seite um diese herum erfährt, wann Sie teilnehmen, wie viele da sind und in welcher Rolle, dass jemand spricht oder anklopft, was Sie selbst eingeschaltet haben und wie gut Ihre Verbindung ist. Namen, Chat, Bild und Ton erfährt sie nicht. Sie kann Geräte ausschalten, nie einschalten.",
    name: "Dieser Seite meinen Namen nennen",
    name_hint: "Nur Ihren eigenen, solange das eingeschaltet ist.",
    withheld: "Die Seite um diese herum gibt nicht alles weiter. Wer sie betreibt, ergänzt es in den Attributen ihres Rahmens:",
    camera: "„camera“ fehlt: Ihre Kamera lässt sich hier nicht einschalten.",
    microphone: "„microphone“ fehlt: Ihr Mikrofon lässt sich hier nicht einschalten.",
    screen: "„display-capture“ fehlt: Ihren Bildschirm können Sie hier nicht teilen.",
    autoplay: "„autoplay“ fehlt: Vielleicht hören Sie die anderen erst, wenn Sie auf diese Seite geklickt haben.",
    full_screen: "„fullscreen“ fehlt: Den ganzen Bildschirm kann die Konferenz hier nicht füllen.",
    popups: "„allow-popups“ fehlt in „sandbox“: Die Datenschutzhinweise öffnen sich von hier aus nicht. Die Adresse des Links lässt sich kopieren.",
};

pub(super) const EN: Embedded = Embedded {
    title: "Embedded in another page",
    told: "The page around this one learns when you take part, how many are there and in which role, that somebody speaks or knocks, what you have switched on yourself and how good your connection is. It learns no names, no chat, no picture and no sound. It can switch devices off, never on.",
    name: "Tell that page my name",
    name_hint: "Your own only, as long as this is on.",
    withheld: "The page around this one does not pass everything on. Whoever runs it adds this to the attributes of its frame:",
    camera: "“camera” is missing: your camera cannot be switched on here.",
    microphone: "“microphone” is missing: your microphone cannot be switched on here.",
    screen: "“display-capture” is missing: you cannot share your screen here.",
    autoplay: "“autoplay” is missing: perhaps you hear the others only after a click on this page.",
    full_screen: "“fullscreen” is missing: the conference cannot fill the whole screen here.",
    popups: "“allow-popups” is missing in “sandbox”: the privacy notice does not open from here. The address of the link can be copied.",
};

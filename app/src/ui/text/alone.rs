// SPDX-License-Identifier: EUPL-1.2
//! What is said to who is alone in the room, in every language.

/// That they are, and how others come.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Alone {
    pub(crate) told: &'static str,
    pub(crate) copy: &'static str,
}

pub(super) const DE: Alone = Alone {
    told: "Sie sind allein im Raum. Wer Ihre Einladung öffnet, erscheint hier.",
    copy: "Einladung kopieren",
};

pub(super) const EN: Alone = Alone {
    told: "You are alone in the room. Whoever opens your invitation appears here.",
    copy: "Copy the invitation",
};

// SPDX-License-Identifier: EUPL-1.2
//! What is said of a room whose rules nobody can loosen, in every language.

use shared::Restriction;

/// What a bookmark can forbid for good, and that it is forbidden.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Restrict {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) lobby: (&'static str, &'static str),
    pub(crate) personal: (&'static str, &'static str),
    pub(crate) share: (&'static str, &'static str),
    pub(crate) chat: (&'static str, &'static str),
    /// Beside a rule that cannot be loosened.
    pub(crate) fixed: &'static str,
}

impl Restrict {
    /// What it is called, and what follows from it.
    pub(crate) const fn words(&self, one: Restriction) -> (&'static str, &'static str) {
        match one {
            Restriction::Lobby => self.lobby,
            Restriction::Personal => self.personal,
            Restriction::Share => self.share,
            Restriction::Chat => self.chat,
        }
    }
}

pub(super) const DE: Restrict = Restrict {
    title: "Strengere Regeln",
    lead: "Was Sie hier wählen, steht in Ihrem Link und gilt, sooft Sie ihn öffnen. In der Besprechung kann es niemand lockern.",
    lobby: (
        "Immer mit Einlass",
        "Die Tür steht nie offen: Wer kommt, klopft an und wird einzeln eingelassen.",
    ),
    personal: (
        "Nur persönliche Einladungen",
        "Der gemeinsame Link führt nicht zur Tür. Persönliche Einladungen erstellen Sie in der Besprechung.",
    ),
    share: (
        "Teilnehmende teilen keinen Bildschirm",
        "Wer einen Bildschirm teilen soll, den lassen Sie in der Besprechung vortragen.",
    ),
    chat: ("Teilnehmende schreiben nicht im Chat", "Es schreibt nur, wer vorträgt oder moderiert."),
    fixed: "Das ist für diesen Raum festgelegt: vom Betreiber, durch den Link oder durch die einbettende Seite. Lockern kann es hier niemand.",
};

pub(super) const EN: Restrict = Restrict {
    title: "Stricter rules",
    lead: "What you choose here stands in your link and holds whenever you open it. In the meeting, nobody can loosen it.",
    lobby: (
        "You always let people in",
        "The door never stands open: whoever comes knocks, and you let each person in.",
    ),
    personal: (
        "Personal invitations only",
        "The common link does not lead to the door. You make personal invitations in the meeting.",
    ),
    share: ("Participants share no screen", "Whoever is to share one is made a presenter by you."),
    chat: ("Participants do not write in the chat", "Only presenters and moderators write."),
    fixed: "This is fixed for this room: by its operator, by the link or by the embedding page. Nobody can loosen it here.",
};

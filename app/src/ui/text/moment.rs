// SPDX-License-Identifier: EUPL-1.2
//! What is said of reactions and of lines while they are written, in every language.

use shared::Reaction;

/// What is said for the moment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moment {
    pub(crate) reactions: &'static str,
    pub(crate) choose: &'static str,
    /// What each reaction means.
    pub(crate) reaction: fn(Reaction) -> &'static str,
    pub(crate) reacts: fn(name: &str, reactions: &str) -> String,
    pub(crate) counted: fn(count: usize, reaction: &str) -> String,
    pub(crate) rtt: &'static str,
    pub(crate) rtt_hint: &'static str,
    pub(crate) own_line: &'static str,
    pub(crate) lines: &'static str,
    pub(crate) writes: fn(name: &str) -> String,
    pub(crate) writing: fn(name: &str, words: &str) -> String,
}

pub(super) const DE: Moment = Moment {
    reactions: "Reagieren",
    choose: "Reaktion zeigen",
    reaction: |reaction| match reaction {
        Reaction::ThumbsUp => "Zustimmung",
        Reaction::Applause => "Applaus",
        Reaction::Heart => "Herz",
        Reaction::Laughing => "Lachen",
        Reaction::Surprised => "Staunen",
        Reaction::Slower => "Bitte langsamer",
    },
    reacts: |name, reactions| format!("{name}: {reactions}"),
    counted: |count, reaction| format!("{count}-mal {reaction}"),
    rtt: "Mitlesen lassen",
    rtt_hint: "Andere sehen schon beim Tippen jeden Buchstaben.",
    own_line: "So lesen es die anderen",
    lines: "Wird gerade geschrieben",
    writes: |name| format!("{name} schreibt"),
    writing: |name, words| format!("{name} schreibt: {words}"),
};

pub(super) const EN: Moment = Moment {
    reactions: "React",
    choose: "Show a reaction",
    reaction: |reaction| match reaction {
        Reaction::ThumbsUp => "Thumbs up",
        Reaction::Applause => "Applause",
        Reaction::Heart => "Heart",
        Reaction::Laughing => "Laughing",
        Reaction::Surprised => "Surprised",
        Reaction::Slower => "Slower, please",
    },
    reacts: |name, reactions| format!("{name}: {reactions}"),
    counted: |count, reaction| format!("{count} times {reaction}"),
    rtt: "Let others read along",
    rtt_hint: "They see each letter as you type it.",
    own_line: "How others read it",
    lines: "Being written",
    writes: |name| format!("{name} is writing"),
    writing: |name, words| format!("{name} is writing: {words}"),
};

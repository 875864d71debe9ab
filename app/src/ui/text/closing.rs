// SPDX-License-Identifier: EUPL-1.2
//! What is said when the server goes out of service, in every language.

/// To who is inside, and to who wants to begin.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Closing {
    /// By the clock of this computer, when it ends at the latest.
    pub(crate) told: fn(time: &str) -> String,
    /// The same, at the door.
    pub(crate) told_outside: fn(time: &str) -> String,
    pub(crate) refused: &'static str,
}

pub(super) const DE: Closing = Closing {
    told: |time| {
        format!(
            "Dieser Server geht außer Betrieb. Die Besprechung endet spätestens um {time} Uhr. Bis dahin bleibt alles, wie es ist."
        )
    },
    told_outside: |time| {
        format!(
            "Dieser Server geht außer Betrieb. Die Besprechung, vor der Sie warten, endet spätestens um {time} Uhr."
        )
    },
    refused: "Dieser Server geht gerade außer Betrieb und beginnt keine neue Besprechung. Versuchen Sie es in einigen Minuten noch einmal.",
};

pub(super) const EN: Closing = Closing {
    told: |time| {
        format!(
            "This server goes out of service. The meeting ends at {time} at the latest. Until then everything stays as it is."
        )
    },
    told_outside: |time| {
        format!(
            "This server goes out of service. The meeting for which you are waiting ends at {time} at the latest."
        )
    },
    refused: "This server is going out of service and begins no new meeting. Please try again in a few minutes.",
};

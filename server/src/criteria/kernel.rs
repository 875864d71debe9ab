// SPDX-License-Identifier: EUPL-1.2
//! What the kernel keeps the running server from, whatever its code does.

use shared::Barrier;

use super::{
    case::Case,
    criterion::{Answer, Criterion, Text, Weight},
    state::{Said, State},
};

const SOURCE: &str = "OH Videokonferenzsysteme 4; Art. 25, 32 DS-GVO";

const fn enforced(
    id: &'static str,
    asks: Text,
    kept: Text,
    judge: fn(&Case<'_>) -> State,
) -> Criterion {
    Criterion {
        id,
        source: SOURCE,
        weight: Weight::HighRisk,
        by: Answer::Measured,
        asks,
        kept,
        judge,
    }
}

/// K1 to K4.
pub(super) static KERNEL: [Criterion; 4] = [
    enforced(
        "K1",
        Text::new(
            "Der laufende Server kann keine Datei zum Schreiben öffnen.",
            "The running server can open no file for writing.",
        ),
        Text::new("Der Kernel verbietet es ihm.", "The kernel forbids it."),
        |case| forbidden(case.enforcement.file_writes),
    ),
    enforced(
        "K2",
        Text::new(
            "Der laufende Server kann kein anderes Programm starten.",
            "The running server can start no other program.",
        ),
        Text::new("Der Kernel verbietet es ihm.", "The kernel forbids it."),
        |case| forbidden(case.enforcement.exec),
    ),
    enforced(
        "K3",
        Text::new(
            "Der laufende Server kann zu keinem anderen Rechner eine Verbindung öffnen.",
            "The running server can open no connection to another host.",
        ),
        Text::new("Der Kernel verbietet es ihm.", "The kernel forbids it."),
        |case| forbidden(case.enforcement.connections),
    ),
    enforced(
        "K4",
        Text::new(
            "Der Server hinterlässt kein Abbild seines Speichers, wenn er abbricht.",
            "The server leaves no image of its memory when it fails.",
        ),
        Text::new("Speicherabbilder sind abgeschaltet.", "Core dumps are disabled."),
        |case| forbidden(case.enforcement.core_dumps),
    ),
];

fn forbidden(barrier: Barrier) -> State {
    if barrier.holds() {
        return State::Met;
    }
    State::NotMet(Said::new(
        "Nicht vom Kernel erzwungen: Der Server tut es nicht, könnte es aber",
        "Not enforced by the kernel: the server does not do it, but could",
    ))
}

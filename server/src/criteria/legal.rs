// SPDX-License-Identifier: EUPL-1.2
//! The legal part of the Berlin commissioner's test.

use super::{
    case::Case,
    criterion::{Answer, Criterion, Text, Weight, constructed},
    looser::looser,
    state::{Said, State},
};

const SOURCE: &str = "Berliner Beauftragte, Teil 1";

/// L1 to L4.
pub(super) static LEGAL: [Criterion; 4] = [
    Criterion {
        id: "L1",
        source: SOURCE,
        weight: Weight::Always,
        by: Answer::Declared,
        asks: Text::new(
            "Daten werden nur in der EU oder im EWR verarbeitet, auch von Auftragsverarbeitern.",
            "Data are processed in the EU or the EEA only, by processors, too.",
        ),
        kept: Text::new(
            "Der Betreiber erklärt, wer verantwortlich ist, wo die Server stehen und wer beauftragt ist. Seite und \
             Server nehmen mit keinem anderen Rechner Verbindung auf.",
            "The operator declares who is responsible, where the servers stand and who is commissioned. Page and \
             server contact no other host.",
        ),
        judge: whole,
    },
    Criterion {
        id: "L2",
        source: SOURCE,
        weight: Weight::Always,
        by: Answer::Declared,
        asks: Text::new(
            "Die Vertragsunterlagen haben keine rechtlichen Mängel.",
            "The contract documents have no legal defects.",
        ),
        kept: Text::new(
            "Der Betreiber erklärt, dass es einen Vertrag nach Art. 28 DS-GVO gibt. Die Anlagen dazu entstehen aus \
             den Einstellungen dieses Servers (zooo report).",
            "The operator declares that a contract under Art. 28 GDPR can be had. Its annexes are written from this \
             server's settings (zooo report).",
        ),
        judge: contract,
    },
    Criterion {
        id: "L3",
        source: SOURCE,
        weight: Weight::Always,
        by: Answer::Constructed,
        asks: Text::new(
            "Keine Daten fließen an nicht genehmigte Auftragsverarbeiter ab; es gibt keine Telemetrie.",
            "No data flow to processors who were not approved; there is no telemetry.",
        ),
        kept: Text::new(
            "Es gibt keine Nutzungsstatistik, keine Fehlerberichte und keine Inhalte von anderen Rechnern. Die \
             Content-Security-Policy verbietet der Seite jede Verbindung zu anderen Rechnern.",
            "There are no usage statistics, no crash reports and nothing from other hosts. The Content Security \
             Policy forbids the page every connection to another host.",
        ),
        judge: constructed,
    },
    Criterion {
        id: "L4",
        source: SOURCE,
        weight: Weight::Always,
        by: Answer::Constructed,
        asks: Text::new(
            "Keine nicht genehmigten Datenexporte; der größte Schutz ist die Voreinstellung.",
            "No exports that were not approved; the most protection is the default.",
        ),
        kept: Text::new(
            "Jede Voreinstellung ist die strengste. Was der Betreiber lockert, wird beim Namen genannt.",
            "Every default is the strictest. What the operator loosens is named.",
        ),
        judge: strictest,
    },
];

/// Whether people can be told what they have to be told.
pub(super) fn whole(case: &Case<'_>) -> State {
    match &case.config.facts {
        Ok(_) => State::Met,
        Err(missing) => State::NotMet(Said::new(
            format!("Nicht erklärt in [operator]: {missing}"),
            format!("Not declared in [operator]: {missing}"),
        )),
    }
}

fn contract(case: &Case<'_>) -> State {
    match case.config.facts.as_ref().map(|facts| facts.contract) {
        Ok(Some(_)) => State::Met,
        Ok(None) | Err(_) => State::NotMet(Said::new(
            "Nicht erklärt: operator.contract",
            "Not declared: operator.contract",
        )),
    }
}

fn strictest(case: &Case<'_>) -> State {
    let looser = looser(case.config);
    let all: Vec<_> = looser.iter().map(|looser| &looser.why).collect();
    Said::joined(&all).map_or(State::Met, State::Loosened)
}

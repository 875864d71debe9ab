// SPDX-License-Identifier: EUPL-1.2
//! What is said of a server in the end, to people and by its exit code.

use super::stated::StatedCriterion;
use crate::{
    criteria::{Finding, Said, Seen, State, Weight, all},
    facts::Language,
};

/// How a server stands to the criteria.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// One for each criterion, in the order of the list.
    pub findings: Vec<Finding>,
    /// Whether what is asked at high risk counts, too.
    pub high_risk: bool,
}

/// What a server says of itself, corrected by what was seen of it.
pub fn judged(stated: &[StatedCriterion], seen: &Seen) -> Vec<Finding> {
    let of = |id: &str| {
        if let Some(sight) = seen.faults.iter().find(|sight| sight.criterion == id) {
            return State::NotMet(sight.what.clone());
        }
        let Some(stated) = stated.iter().find(|stated| stated.id == id) else {
            return State::NotMet(Said::new(
                "Der Server sagt dazu nichts",
                "The server says nothing of it",
            ));
        };
        let why = stated.why.as_ref().map(|why| Said::new(&*why.de, &*why.en));
        let why = why.unwrap_or_else(|| Said::new("ohne Grund", "without a reason"));
        match stated.state.as_str() {
            "met" => State::Met,
            "organisational" => State::Organisational,
            "loosened" => State::Loosened(why),
            _ => State::NotMet(why),
        }
    };
    all().map(|criterion| Finding { criterion, state: of(criterion.id) }).collect()
}

impl Verdict {
    /// Whether everything is met that has to be.
    pub fn passes(&self) -> bool {
        !self.findings.iter().any(|finding| finding.fails(self.high_risk))
    }

    /// Every criterion in a line, and what is to be done about it in another.
    pub fn lines(&self, language: Language) -> String {
        let lines = self.findings.iter().map(|finding| self.line(finding, language));
        let failing = self.findings.iter().filter(|finding| finding.fails(self.high_risk)).count();
        let end = match failing {
            0 => language.pick(
                "Alles erfüllt, was verlangt ist.\n".to_owned(),
                "Everything is met that is asked.\n".to_owned(),
            ),
            some => language.pick(
                format!("{some} nicht erfüllt oder gelockert.\n"),
                format!("{some} not met or loosened.\n"),
            ),
        };
        lines.chain([end]).collect()
    }

    fn line(&self, finding: &Finding, language: Language) -> String {
        let Finding { criterion, state } = finding;
        let mark = match state {
            State::Met => "+",
            State::Organisational => "o",
            State::Loosened(_) | State::NotMet(_) if finding.fails(self.high_risk) => "!",
            State::Loosened(_) | State::NotMet(_) => "-",
        };
        let weight = match criterion.weight {
            Weight::Always => "",
            Weight::HighRisk => language.pick(" (bei hohem Risiko)", " (at high risk)"),
            Weight::Advised => language.pick(" (empfohlen)", " (advised)"),
        };
        let (id, asks) = (criterion.id, criterion.asks.of(language));
        let by = criterion.by.of(language);
        let why =
            state.why().map_or_else(String::new, |why| format!("      → {}\n", why.of(language)));
        format!("{mark} {id:<4}{asks}{weight} [{by}]\n{why}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::criteria::Sight;

    fn stated(text: &str) -> Vec<StatedCriterion> {
        serde_json::from_str(text).expect("a list")
    }

    #[test]
    fn what_is_seen_corrects_what_is_said_and_silence_is_no_answer() {
        let said = stated(
            r#"[{"id":"L1","state":"met"},{"id":"T7","state":"met"},{"id":"G3","state":"organisational"},
            {"id":"T4","state":"loosened","why":{"de":"länger","en":"longer"}},{"id":"T8","state":"?"}]"#,
        );
        let what = Said::new("setzt ein Cookie", "sets a cookie");
        let seen = Seen { faults: vec![Sight { criterion: "T7", what: what.clone() }] };
        let findings = judged(&said, &seen);
        let of = |id: &str| {
            let found = findings.iter().find(|finding| finding.criterion.id == id);
            found.expect("a criterion").state.clone()
        };
        assert_eq!(findings.len(), all().count());
        assert_eq!((of("L1"), of("G3")), (State::Met, State::Organisational));
        assert_eq!(of("T4"), State::Loosened(Said::new("länger", "longer")));
        assert_eq!(of("T7"), State::NotMet(what));
        assert_eq!((of("T8").name(), of("L2").name()), ("not_met", "not_met"));
    }

    #[test]
    fn a_verdict_says_what_fails_and_why() {
        let finding = |id: &str, state| {
            let criterion = all().find(|criterion| criterion.id == id).expect("a criterion");
            Finding { criterion, state }
        };
        let why = || Said::new("weil", "because");
        let verdict = |findings, high_risk| Verdict { findings, high_risk };
        let high = || vec![finding("T8", State::Met), finding("K1", State::NotMet(why()))];
        assert!(verdict(high(), false).passes() && !verdict(high(), true).passes());
        let text = verdict(high(), false).lines(Language::En);
        assert!(text.contains("- K1  ") && text.contains("      → because\n"), "{text}");
        assert!(verdict(high(), true).lines(Language::De).contains("! K1  "));
        for state in [State::Loosened(why()), State::NotMet(why())] {
            assert!(!verdict(vec![finding("T4", state)], false).passes());
        }
        assert!(verdict(vec![finding("G3", State::Organisational)], true).passes());
    }
}

// SPDX-License-Identifier: EUPL-1.2
//! One criterion, and the list of them.

use shared::Answered;
pub(super) use shared::Weight;

use super::{
    case::Case,
    guidance::GUIDANCE,
    kernel::KERNEL,
    legal::LEGAL,
    looser::looser,
    state::{Said, State},
    technical::TECHNICAL,
};
use crate::facts::Language;

/// Something that is asked of a conferencing service.
#[derive(Clone, Copy, Debug)]
pub struct Criterion {
    /// Its short name.
    pub id: &'static str,
    /// Who asks it.
    pub source: &'static str,
    /// For which conferences it has to be met.
    pub weight: Weight,
    /// Who answers it.
    pub by: Answer,
    /// What is asked.
    pub asks: Text,
    /// What keeps it.
    pub kept: Text,
    pub(super) judge: fn(&Case<'_>) -> State,
}

/// A text of ours in both languages.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Text {
    /// In German.
    pub de: &'static str,
    /// In English.
    pub en: &'static str,
}

/// Who answers a criterion.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Answer {
    /// Whoever looks at the running server.
    Measured,
    /// The program, which cannot do otherwise.
    Constructed,
    /// The operator, who says so.
    Declared,
    /// The operator, who does so.
    Organisational,
}

/// How a server stands to one criterion.
#[derive(Clone, Debug)]
pub struct Finding {
    /// What is asked.
    pub criterion: &'static Criterion,
    /// Whether it is met.
    pub state: State,
}

/// Every criterion, in the order in which it is read.
pub fn all() -> impl Iterator<Item = &'static Criterion> {
    LEGAL.iter().chain(&TECHNICAL).chain(&GUIDANCE).chain(&KERNEL)
}

/// How a server stands to every criterion.
pub fn findings(case: &Case<'_>) -> Vec<Finding> {
    all().map(|criterion| Finding { criterion, state: criterion.state(case) }).collect()
}

impl Criterion {
    /// How a server stands to this one. What was seen of it counts before what is said of it.
    pub fn state(&self, case: &Case<'_>) -> State {
        let seen = case.seen.into_iter().flat_map(|seen| &seen.faults);
        let seen = seen.filter(|sight| sight.criterion == self.id).map(|sight| &sight.what);
        if let Some(why) = Said::joined(&seen.collect::<Vec<_>>()) {
            return State::NotMet(why);
        }
        let state = (self.judge)(case);
        if state != State::Met {
            return state;
        }
        let looser = looser(case.config);
        let here = looser.iter().filter(|looser| looser.criterion == self.id);
        let here: Vec<_> = here.map(|looser| &looser.why).collect();
        Said::joined(&here).map_or(State::Met, State::Loosened)
    }
}

impl Finding {
    /// Whether a server should not be used like this, for conferences of this kind.
    pub const fn fails(&self, high_risk: bool) -> bool {
        let counts = match self.criterion.weight {
            Weight::Always => true,
            Weight::HighRisk => high_risk,
            Weight::Advised => false,
        };
        counts && self.state.why().is_some()
    }
}

impl Text {
    pub(super) const fn new(de: &'static str, en: &'static str) -> Self {
        Self { de, en }
    }

    /// The text in this language.
    pub fn of(&self, language: Language) -> &'static str {
        language.pick(self.de, self.en)
    }
}

impl Answer {
    /// The same, in a statement.
    pub const fn stated(self) -> Answered {
        match self {
            Self::Measured => Answered::Measured,
            Self::Constructed => Answered::Constructed,
            Self::Declared => Answered::Declared,
            Self::Organisational => Answered::Organisational,
        }
    }

    /// Its name for people.
    pub fn of(self, language: Language) -> &'static str {
        match self {
            Self::Measured => language.pick("gemessen", "measured"),
            Self::Constructed => language.pick("durch die Bauart", "by construction"),
            Self::Declared => language.pick("vom Betreiber erklärt", "declared by the operator"),
            Self::Organisational => language.pick("organisatorisch", "organisational"),
        }
    }
}

/// Of what the program cannot do otherwise.
pub(super) const fn constructed(_case: &Case<'_>) -> State {
    State::Met
}

/// Of what people do.
pub(super) const fn organisational(_case: &Case<'_>) -> State {
    State::Organisational
}

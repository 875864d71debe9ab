// SPDX-License-Identifier: EUPL-1.2
//! How a server stands to a criterion.

use shared::Standing;

use crate::facts::Language;

/// What is said of one server, in both languages.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Said {
    /// In German.
    pub de: String,
    /// In English.
    pub en: String,
}

/// Whether a criterion is met.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum State {
    /// It is.
    Met,
    /// The operator chose less than the default.
    Loosened(Said),
    /// It is not, or nobody said what would be needed.
    NotMet(Said),
    /// People meet it, not software.
    Organisational,
}

impl Said {
    /// Of both texts.
    pub fn new(de: impl Into<String>, en: impl Into<String>) -> Self {
        Self { de: de.into(), en: en.into() }
    }

    /// The text in this language.
    pub fn of(&self, language: Language) -> &str {
        language.pick(&self.de, &self.en)
    }

    /// One text of several, each a sentence without its full stop.
    pub(super) fn joined(all: &[&Self]) -> Option<Self> {
        let join = |of: fn(&Self) -> &str| {
            let texts: Vec<_> = all.iter().map(|said| of(said)).collect();
            texts.join("; ")
        };
        (!all.is_empty()).then(|| Self::new(join(|said| &said.de), join(|said| &said.en)))
    }
}

impl State {
    /// Its name on the wire.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Loosened(_) => "loosened",
            Self::NotMet(_) => "not_met",
            Self::Organisational => "organisational",
        }
    }

    /// The same, in a statement.
    pub const fn standing(&self) -> Standing {
        match self {
            Self::Met => Standing::Met,
            Self::Loosened(_) => Standing::Loosened,
            Self::NotMet(_) => Standing::NotMet,
            Self::Organisational => Standing::Organisational,
        }
    }

    /// Why it is less than it could be.
    pub const fn why(&self) -> Option<&Said> {
        match self {
            Self::Met | Self::Organisational => None,
            Self::Loosened(why) | Self::NotMet(why) => Some(why),
        }
    }
}

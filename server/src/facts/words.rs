// SPDX-License-Identifier: EUPL-1.2
//! Texts that are read in both languages.

use clap::ValueEnum;
use serde::{Deserialize, Serialize};

use super::line::Line;

/// The languages that zooo speaks.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, ValueEnum)]
pub enum Language {
    /// German.
    #[default]
    De,
    /// English.
    En,
}

impl Language {
    /// Both of them.
    pub const ALL: [Self; 2] = [Self::De, Self::En];

    /// Its code (ISO 639-1), as HTML and file names have it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::De => "de",
            Self::En => "en",
        }
    }

    /// The one of two texts that is in this language.
    pub fn pick<T>(self, de: T, en: T) -> T {
        match self {
            Self::De => de,
            Self::En => en,
        }
    }
}

/// A text in both languages.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// In German.
    pub de: Line,
    /// In English.
    pub en: Line,
}

impl Words {
    /// The text in this language.
    pub fn of(&self, language: Language) -> &str {
        language.pick(&self.de, &self.en).as_str()
    }
}

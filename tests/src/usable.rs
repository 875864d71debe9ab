// SPDX-License-Identifier: EUPL-1.2
//! Whether everything on the screen can be got at and read, measured in the page.

use serde_json::json;

use crate::page::CallPage;

/// What is looked for.
#[derive(Clone, Copy, Debug)]
pub enum Need {
    /// Nothing is wider than the screen, and nothing has to be scrolled in two directions.
    Overflow,
    /// Every control can be brought to where it is seen and pressed.
    Reach,
    /// Every control is large enough to be hit.
    Targets,
    /// Large enough for a finger.
    Touch,
    /// No text is cut.
    Cut,
    /// The text is set as widely as somebody may need it; the rest is looked for then.
    Spaced,
    /// Nothing moves.
    Motion,
    /// What moves by itself rests soon.
    Endless,
    /// What is on can be told from what is off.
    States,
}

impl Need {
    const fn name(self) -> &'static str {
        match self {
            Self::Overflow => "overflow",
            Self::Reach => "reach",
            Self::Targets => "targets",
            Self::Touch => "touch",
            Self::Cut => "cut",
            Self::Spaced => "spaced",
            Self::Motion => "motion",
            Self::Endless => "endless",
            Self::States => "states",
        }
    }
}

impl CallPage {
    /// What is not as it has to be on the screen, each as a line.
    pub async fn lacks(&self, needs: &[Need]) -> Vec<String> {
        let names: Vec<_> = needs.iter().map(|need| need.name()).collect();
        let found = self.browser().execute(include_str!("usable.js"), vec![json!(names)]).await;
        let lines = found.as_array().unwrap_or_else(|| panic!("nothing was looked at: {found}"));
        lines.iter().map(|line| line.as_str().unwrap_or_default().to_owned()).collect()
    }
}

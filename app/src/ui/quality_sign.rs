// SPDX-License-Identifier: EUPL-1.2
//! That somebody's connection is not good, and what is noticed of it. A good one has no sign.

use leptos::prelude::*;

use super::{
    context::texts,
    icon::{Icon, Symbol},
    text::Quality,
};
use crate::call::{Grade, Trouble, Weak};

/// The sign on a tile.
#[component]
pub(crate) fn QualitySign(
    /// What there is to be said; nothing of a good one.
    weak: Memo<Option<Weak>>,
) -> impl IntoView {
    let texts = texts().quality;
    move || {
        weak.get().map(|weak| {
            let (grade, symbol) = match weak.grade {
                Grade::Fair => ("fair", Symbol::FAIR),
                Grade::Poor => ("poor", Symbol::POOR),
            };
            let said = sentence(&texts, weak);
            let title = said.clone();
            view! {
                <span class="tile-quality" data-testid="tile-quality" data-grade=grade title=title>
                    <Icon symbol />
                    <span class="unseen">{said}</span>
                </span>
            }
        })
    }
}

fn sentence(texts: &Quality, Weak { grade, trouble }: Weak) -> String {
    let noticed = match trouble {
        Trouble::Processor => return texts.busy.into(),
        Trouble::Bandwidth => texts.smaller,
        Trouble::RoundTrip => texts.delayed,
        Trouble::Loss => texts.lost,
        Trouble::Late => texts.late,
        Trouble::Jerks => texts.jerks,
        Trouble::Frozen => texts.frozen,
        Trouble::Gaps => texts.gaps,
    };
    let grade = match grade {
        Grade::Fair => texts.fair,
        Grade::Poor => texts.poor,
    };
    format!("{grade}: {noticed}")
}

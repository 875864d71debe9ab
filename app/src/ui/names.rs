// SPDX-License-Identifier: EUPL-1.2
//! How a person is called on the screen: never by nothing.

use shared::DisplayName;

use super::text::Texts;

/// The name, or what stands for it; whether it is the person at this screen is said with it.
pub(super) fn shown_name(texts: &Texts, name: Option<&DisplayName>, own: bool) -> String {
    let texts = &texts.conference;
    let name = match name.map(DisplayName::as_str) {
        Some("") | None if own => return texts.you.into(),
        Some("") => texts.nameless,
        Some(name) => name,
        None => texts.unreadable,
    };
    if own { format!("{name} ({})", texts.you) } else { name.into() }
}

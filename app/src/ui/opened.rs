// SPDX-License-Identifier: EUPL-1.2
//! What somebody has opened, typed or not yet read in the conference: it stays when another language is spoken,
//! and is gone with the conference.

use leptos::prelude::*;
use shared::Role;

/// Copies are the same.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Opened {
    /// Whether the choice of devices is open.
    pub(crate) settings: RwSignal<bool>,
    /// What stands in the field of the chat.
    pub(crate) draft: RwSignal<String>,
    /// A new role that was not yet read of.
    pub(crate) role: RwSignal<Option<Role>>,
}

impl Opened {
    /// Nothing.
    pub(crate) fn new() -> Self {
        Self {
            settings: RwSignal::new(false),
            draft: RwSignal::default(),
            role: RwSignal::new(None),
        }
    }

    /// In this conference.
    pub(crate) fn here() -> Self {
        expect_context()
    }
}

// SPDX-License-Identifier: EUPL-1.2
//! What only a conference and a new room need, and how it gets here.
//!
//! In the page that is handed out (`--cfg split`) it is a file of its own, which is fetched while somebody stands at
//! the gate or reads the start page: whatever is reached through [`Functions`] alone is in it. In a page that is
//! being worked on everything is in one file, and here at once.

use leptos::prelude::{AnyView, Callback, RwSignal};
use shared::{Restrictions, RoomSecret, Source};

use super::{call, gate::Handover};
use crate::{
    call::SourceView,
    ui::{self, Outside},
};

/// The way to it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Functions {
    /// Shows what a call has come to.
    pub(super) screens: Screens,
    /// Runs the call, from the gate on.
    pub(super) run: fn(Handover),
    /// Shows a new room.
    made: ShowMade,
}

/// Shows a new room: what it forbids for good, when the meeting is to be, and what opens a link.
pub(crate) type ShowMade =
    fn(&RoomSecret, RwSignal<Restrictions>, ui::Plan, Callback<String>) -> AnyView;

/// What is to be seen behind the gate.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Screens {
    /// The conference.
    pub(crate) conference: fn() -> AnyView,
    /// The end.
    pub(crate) ended: fn() -> AnyView,
    /// What is wrong with a device, and what to do about it.
    pub(crate) trouble: fn(&Outside, Source, &SourceView) -> Option<String>,
    /// At the gate: the page that embeds this one, if one does.
    pub(crate) embedded: fn() -> AnyView,
    /// At the door: that the server goes out of service.
    pub(crate) closing: fn() -> AnyView,
}

const REST: Functions = Functions {
    screens: Screens {
        conference: ui::conference,
        ended: ui::ended,
        trouble: ui::trouble,
        embedded: ui::embedded,
        closing: ui::closing,
    },
    run: call::run,
    made: ui::made,
};

/// What shows a new room; `None` where it cannot be had.
pub(crate) async fn made() -> Option<ShowMade> {
    fetch().await.map(|rest| rest.made)
}

/// Fetches it; `None` where it cannot be had. Whoever asks again, asks the network again.
#[cfg(split)]
pub(super) async fn fetch() -> Option<Functions> {
    rest().await.ok()
}

#[cfg(split)]
#[leptos::wasm_split::wasm_split(rest, wasm_split_path = leptos::wasm_split, fallible)]
fn rest() -> Result<Functions, leptos::wasm_split::SplitLoaderError> {
    Ok(REST)
}

/// It is here.
#[cfg(not(split))]
#[expect(clippy::unused_async, reason = "where the page is split, it waits")]
pub(super) async fn fetch() -> Option<Functions> {
    Some(REST)
}

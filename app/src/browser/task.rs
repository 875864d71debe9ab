// SPDX-License-Identifier: EUPL-1.2
//! The one place where a task starts.

/// Runs a future on the page's only thread.
///
/// A task is not cancelled: whoever starts one sees to it that a late end does no harm.
#[expect(clippy::disallowed_methods, reason = "every task of the page starts here")]
pub(crate) fn spawn(future: impl Future<Output = ()> + 'static) {
    wasm_bindgen_futures::spawn_local(future);
}

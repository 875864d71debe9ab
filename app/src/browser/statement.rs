// SPDX-License-Identifier: EUPL-1.2
//! What the server says of itself, asked for when the gate has something to show it in.

use shared::Statement;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use super::Page;

/// The server's statement; `None` where it has none, or does not answer.
pub(crate) async fn statement() -> Option<Statement> {
    let answer = JsFuture::from(Page::window().fetch_with_str(Statement::PATH)).await.ok()?;
    let answer = answer.dyn_into::<Response>().ok().filter(Response::ok)?;
    let text = JsFuture::from(answer.text().ok()?).await.ok()?.as_string()?;
    serde_json::from_str(&text).ok()
}

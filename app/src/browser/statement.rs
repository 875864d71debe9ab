// SPDX-License-Identifier: EUPL-1.2
//! What the server says of itself, asked for when there is something to show it in.

use js_sys::Reflect;
use shared::{Responsible, Statement};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use super::Page;

/// The server's statement; `None` where it has none, or does not answer.
pub(crate) async fn statement() -> Option<Statement> {
    let text =
        JsFuture::from(answer(Statement::PATH).await?.text().ok()?).await.ok()?.as_string()?;
    serde_json::from_str(&text).ok()
}

/// Who is responsible by that statement: the gate waits for nothing else of it. It is read by the browser: what reads everything comes later.
pub(crate) async fn responsible() -> Option<Responsible> {
    let said = answer(Statement::RESPONSIBLE).await?.json().ok()?;
    let responsible = JsFuture::from(said).await.ok()?;
    let text = |name: &str| Reflect::get(&responsible, &name.into()).ok()?.as_string();
    Some(Responsible {
        controller: text("controller")?,
        places_de: text("places_de")?,
        places_en: text("places_en")?,
    })
}

/// Whose pages may embed this one; nobody's, where the server does not answer.
pub(super) async fn embedders() -> Vec<String> {
    let said = async {
        let text = answer(Statement::EMBEDDERS).await?.text().ok()?;
        serde_json::from_str(&JsFuture::from(text).await.ok()?.as_string()?).ok()
    };
    said.await.unwrap_or_default()
}

async fn answer(path: &str) -> Option<Response> {
    let answer = JsFuture::from(Page::window().fetch_with_str(path)).await.ok()?;
    answer.dyn_into::<Response>().ok().filter(Response::ok)
}

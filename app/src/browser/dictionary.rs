// SPDX-License-Identifier: EUPL-1.2
//! Members of plain objects that web-sys has no name for.

use js_sys::Reflect;
use wasm_bindgen::JsValue;

/// Sets a member. Setting one on a plain object cannot fail.
pub(super) fn set(object: &JsValue, name: &str, value: &JsValue) {
    drop(Reflect::set(object, &name.into(), value));
}

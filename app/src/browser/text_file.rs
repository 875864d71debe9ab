// SPDX-License-Identifier: EUPL-1.2
//! A text that the person can save as a file. It does not leave the page before.

use js_sys::Array;
use wasm_bindgen::JsValue;
use web_sys::{Blob, BlobPropertyBag, Url};

/// A text under an address of this page, as long as it lives.
#[derive(Debug)]
pub(crate) struct TextFile {
    address: String,
}

impl TextFile {
    /// Puts the text of this kind (`text/plain`) under an address; `None` when the browser cannot.
    pub(crate) fn new(kind: &str, text: &str) -> Option<Self> {
        let properties = BlobPropertyBag::new();
        properties.set_type(&format!("{kind};charset=utf-8"));
        let parts = Array::of1(&JsValue::from_str(text));
        let blob = Blob::new_with_str_sequence_and_options(&parts, &properties).ok()?;
        Some(Self { address: Url::create_object_url_with_blob(&blob).ok()? })
    }

    /// The address, for a link that saves it.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }
}

impl Drop for TextFile {
    fn drop(&mut self) {
        drop(Url::revoke_object_url(&self.address));
    }
}

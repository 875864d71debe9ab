// SPDX-License-Identifier: EUPL-1.2
//! The page: gate, lobby and conference in the browser.
//!
//! [`call`] decides and is pure: it compiles and is tested without a browser. Everything that needs
//! one exists only for WebAssembly.

pub mod call;

#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(target_arch = "wasm32")]
mod driver;
#[cfg(target_arch = "wasm32")]
mod ui;

/// Shows the page.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(ui::App);
    browser::Page::show_instead_of("first");
}

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

// The sentences need no browser, and their tests have none.
#[cfg(all(test, not(target_arch = "wasm32")))]
#[expect(dead_code, unused_imports, reason = "a test reads them by printing them")]
#[path = "ui/text/mod.rs"]
mod text;

/// Shows the page.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen(start)]
pub fn start() {
    // In a page that is handed out a panic has no words: scripts/finish takes them out.
    #[cfg(debug_assertions)]
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(ui::App);
    browser::Page::show_instead_of("first");
}

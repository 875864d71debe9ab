// SPDX-License-Identifier: EUPL-1.2
//! A link as a QR code: one path, drawn in the browser, since the link holds a secret.

use core::fmt::Write as _;

use leptos::prelude::*;
use qrcodegen::{QrCode, QrCodeEcc};

/// The quiet zone that the standard asks for around the code, in modules (ISO/IEC 18004 §6.3.8).
const QUIET: i32 = 4;

/// A QR code. A text that is too long for one shows nothing.
#[component]
pub(crate) fn Qr(
    /// What it holds.
    text: String,
    /// What it is.
    label: &'static str,
) -> impl IntoView {
    move || {
        QrCode::encode_text(&text, QrCodeEcc::Medium).ok().map(|code| {
            let side = code.size() + 2 * QUIET;
            view! {
                <svg class="qr" role="img" aria-label=label viewBox=format!("0 0 {side} {side}")>
                    <path d=modules(&code) />
                </svg>
            }
        })
    }
}

/// The dark modules, each row in runs.
fn modules(code: &QrCode) -> String {
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let run = (x..code.size()).take_while(|x| code.get_module(*x, y)).count();
            let run = i32::try_from(run).unwrap_or(0);
            if run > 0 {
                // Writing to a string cannot fail.
                write!(path, "M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET).unwrap_or_default();
            }
            x += run.max(1);
        }
    }
    path
}

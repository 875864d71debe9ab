// SPDX-License-Identifier: EUPL-1.2
//! What every answer tells the browser to forbid.

use axum::{
    http::{HeaderName, HeaderValue, header},
    response::Response,
};

/// The headers of every answer. They name what the page needs; everything else is off.
#[derive(Clone, Debug)]
pub(super) struct Headers {
    policy: HeaderValue,
}

impl Headers {
    /// Allows these inline scripts and no others; sources of CSP, each preceded by a space.
    pub(super) fn new(script_hashes: &str) -> Self {
        let policy = format!(
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{script_hashes}; \
             style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; \
             font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; \
             base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        );
        // Base64 and what stands above are visible ASCII: only a broken build fails here, strictly.
        let policy = HeaderValue::from_str(&policy)
            .unwrap_or(HeaderValue::from_static("default-src 'none'"));
        Self { policy }
    }

    /// Puts them on an answer. Without a rule of its own it is stored by nobody.
    pub(super) fn apply(self, mut response: Response) -> Response {
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_SECURITY_POLICY, self.policy);
        for (name, value) in FIXED {
            headers.insert(name, HeaderValue::from_static(value));
        }
        headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
        response
    }
}

const FIXED: [(HeaderName, &str); 5] = [
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(self), microphone=(self), display-capture=(self), autoplay=(self), \
         fullscreen=(self), picture-in-picture=(self), screen-wake-lock=(self), \
         clipboard-write=(self), geolocation=(), payment=(), usb=(), serial=(), hid=(), midi=()",
    ),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

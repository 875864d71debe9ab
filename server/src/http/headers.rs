// SPDX-License-Identifier: EUPL-1.2
//! What every answer tells the browser to forbid.

use axum::{
    http::{HeaderName, HeaderValue, header},
    response::Response,
};

use crate::{
    assets,
    embedder::{Embedder, frame_ancestors},
};

/// The headers of every answer. They name what the page needs; everything else is off.
#[derive(Clone, Debug)]
pub struct Headers {
    policy: HeaderValue,
    is_secure: bool,
}

impl Headers {
    /// Of the built page, which pages of these origins may embed. With `is_secure` people reach it over HTTPS, and are
    /// to come over nothing else.
    pub fn of_page(is_secure: bool, embedders: &[Embedder]) -> Self {
        Self::new(assets::SCRIPT_HASHES, is_secure, embedders)
    }

    /// Allows these inline scripts and no others; sources of CSP, each preceded by a space.
    fn new(script_hashes: &str, is_secure: bool, embedders: &[Embedder]) -> Self {
        let ancestors = frame_ancestors(embedders);
        let policy = format!(
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{script_hashes}; \
             style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; \
             font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; \
             base-uri 'none'; form-action 'none'; frame-ancestors {ancestors}"
        );
        // Base64, origins and what stands above are visible ASCII: only a broken build fails here, strictly.
        let policy = HeaderValue::from_str(&policy)
            .unwrap_or(HeaderValue::from_static("default-src 'none'"));
        Self { policy, is_secure }
    }

    /// Puts them on an answer. Without a rule of its own it is stored by nobody.
    pub(super) fn apply(self, mut response: Response) -> Response {
        let is_part = response.extensions().get::<Part>().is_some();
        let headers = response.headers_mut();
        if is_part {
            headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(NOTHING));
        } else {
            headers.insert(header::CONTENT_SECURITY_POLICY, self.policy);
            headers.extend(OF_A_PAGE.map(|(name, value)| (name, HeaderValue::from_static(value))));
        }
        if self.is_secure {
            headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(ONLY_HTTPS));
        }
        for (name, value) in FIXED {
            headers.insert(name, HeaderValue::from_static(value));
        }
        // Without a rule of its own it is read by pages of ours alone.
        headers.entry(OPENED_BY).or_insert(HeaderValue::from_static("same-origin"));
        headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
        response
    }
}

/// By whose pages an answer can be read (Fetch, "Cross-Origin-Resource-Policy header").
pub(super) const OPENED_BY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// Marks a program, a style or a picture of the page. A browser applies the rules of the page to it: the same once
/// more with each would weigh as much as the styles, and say nothing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part;

/// What a part of the page may do where somebody opens it as a page: nothing.
const NOTHING: &str = "default-src 'none'; frame-ancestors 'none'; sandbox";

/// What else a page is told, and whatever may be one.
const OF_A_PAGE: [(HeaderName, &str); 2] = [
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(self), microphone=(self), display-capture=(self), autoplay=(self), \
         fullscreen=(self), picture-in-picture=(self), screen-wake-lock=(self), \
         clipboard-write=(self), geolocation=(), payment=(), usb=(), serial=(), hid=(), midi=()",
    ),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
];

const FIXED: [(HeaderName, &str); 2] =
    [(header::REFERRER_POLICY, "no-referrer"), (header::X_CONTENT_TYPE_OPTIONS, "nosniff")];

/// RFC 6797. Two years, as browsers ask of whom they list. Other hosts of the same domain are not ours to
/// decide about.
const ONLY_HTTPS: &str = "max-age=63072000";

#[cfg(test)]
mod tests {
    use axum::{http::StatusCode, response::IntoResponse as _};

    use super::*;

    fn answered(is_secure: bool) -> Response {
        Headers::new(" 'sha256-abc'", is_secure, &[]).apply(StatusCode::NOT_FOUND.into_response())
    }

    fn of(response: &Response, name: &str) -> String {
        response.headers().get(name).map_or("", |value| value.to_str().expect("ascii")).to_owned()
    }

    #[test]
    fn the_page_runs_its_own_code_and_asks_its_own_host_only() {
        let policy = of(&answered(false), "content-security-policy");
        let directives: Vec<_> = policy.split("; ").collect();
        for wanted in [
            "default-src 'none'",
            "script-src 'self' 'wasm-unsafe-eval' 'sha256-abc'",
            "style-src 'self'",
            "connect-src 'self'",
            "worker-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        ] {
            assert!(directives.contains(&wanted), "{wanted}: {policy}");
        }
        for wrong in ["unsafe-inline", "'unsafe-eval'", "http", "*", "strict-dynamic"] {
            assert!(!policy.contains(wrong), "{wrong}: {policy}");
        }
    }

    #[test]
    fn a_part_of_the_page_may_do_nothing_as_a_page() {
        let mut part = StatusCode::OK.into_response();
        part.extensions_mut().insert(Part);
        let part = Headers::new(" 'sha256-abc'", true, &[]).apply(part);
        assert_eq!(of(&part, "content-security-policy"), NOTHING);
        assert_eq!(of(&part, "strict-transport-security"), ONLY_HTTPS);
        for (name, value) in FIXED {
            assert_eq!(of(&part, name.as_str()), value);
        }
        assert_eq!(of(&part, OPENED_BY.as_str()), "same-origin");
    }

    #[test]
    fn only_whom_the_operator_names_embeds() {
        let embedders = ["https://school.example", "http://localhost:3000"].map(Embedder::parse);
        let embedders: Vec<_> = embedders.into_iter().map(|it| it.expect("an origin")).collect();
        let headers = Headers::new("", false, &embedders);
        let answer = headers.apply(StatusCode::OK.into_response());
        let policy = of(&answer, "content-security-policy");
        let said = "; frame-ancestors https://school.example http://localhost:3000";
        assert!(policy.ends_with(said), "{policy}");
        assert!(policy.contains("connect-src 'self'; "), "{policy}");
        assert!(of(&answer, "permissions-policy").contains("camera=(self)"));
        assert_eq!(of(&answer, "x-frame-options"), "");
    }

    #[test]
    fn only_who_comes_over_https_is_told_to_come_over_nothing_else() {
        assert_eq!(of(&answered(true), "strict-transport-security"), ONLY_HTTPS);
        assert_eq!(of(&answered(false), "strict-transport-security"), "");
    }

    #[test]
    fn no_answer_tells_where_people_were_or_is_read_by_others() {
        let answer = answered(false);
        for (name, value) in [
            ("referrer-policy", "no-referrer"),
            ("x-content-type-options", "nosniff"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("cache-control", "no-store"),
            ("set-cookie", ""),
        ] {
            assert_eq!(of(&answer, name), value, "{name}");
        }
        let permissions = of(&answer, "permissions-policy");
        assert!(permissions.contains("camera=(self)") && permissions.contains("geolocation=()"));
        assert!(!permissions.contains('*'), "{permissions}");
    }
}

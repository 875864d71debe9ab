// SPDX-License-Identifier: EUPL-1.2
//! The page's files as answers: compressed where the browser takes it, kept where it may.

use axum::{
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse as _, Response},
};
use shared::RoomId;

use super::headers::{OPENED_BY, Part};
use crate::assets::{self, Asset};

/// The one page.
pub(super) async fn index(headers: HeaderMap) -> Response {
    assets::find("index.html").map_or_else(
        || {
            (StatusCode::SERVICE_UNAVAILABLE, "The page was not built: make build\n")
                .into_response()
        },
        |asset| answer(asset, &headers),
    )
}

/// The one page, at a room that can exist.
pub(super) async fn room(Path(room): Path<String>, headers: HeaderMap) -> Response {
    if RoomId::parse(&room).is_none() {
        return nothing();
    }
    index(headers).await
}

/// One of its files.
pub(super) async fn file(uri: Uri, headers: HeaderMap) -> Response {
    match assets::find(uri.path().trim_start_matches('/')) {
        // The page has its own addresses.
        Some(asset) if asset.path != "index.html" => answer(asset, &headers),
        _ => nothing(),
    }
}

/// What is not here.
fn nothing() -> Response {
    (StatusCode::NOT_FOUND, "There is nothing here.\n").into_response()
}

fn answer(asset: &Asset, asked: &HeaderMap) -> Response {
    let compressed = asset.brotli.filter(|_| takes_brotli(asked));
    let etag = match compressed {
        Some(_) => format!("\"{}-br\"", asset.etag),
        None => format!("\"{}\"", asset.etag),
    };
    let known = asked.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let is_known = known.is_some_and(|known| {
        known.split(',').any(|tag| tag.trim().trim_start_matches("W/") == etag)
    });
    let mut response = if is_known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        compressed.unwrap_or(asset.identity).into_response()
    };
    // What has a name by its content, a page names.
    if asset.hashed {
        response.extensions_mut().insert(Part);
    }
    let headers = response.headers_mut();
    if compressed.is_some() && !is_known {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
    }
    let kept = if asset.hashed { "public, max-age=31536000, immutable" } else { "no-cache" };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.content_type));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if assets::FOR_OTHERS.contains(&asset.path) {
        headers.insert(OPENED_BY, HeaderValue::from_static("cross-origin"));
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    }
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        headers.insert(header::ETAG, etag);
    }
    response
}

/// Whether the browser names brotli, and does not name it as unwanted.
pub(super) fn takes_brotli(asked: &HeaderMap) -> bool {
    let accepted = asked.get_all(header::ACCEPT_ENCODING).iter();
    accepted.filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(',')).any(
        |coding| {
            let mut parts = coding.split(';').map(str::trim);
            parts.next() == Some("br")
                && !parts.any(|q| matches!(q, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPT: Asset = Asset {
        path: "app-0123456789abcdef.js",
        content_type: "text/javascript; charset=utf-8",
        etag: "abc",
        hashed: true,
        identity: b"plain",
        brotli: Some(b"br"),
    };

    fn asked(name: header::HeaderName, value: &'static str) -> Response {
        answer(&SCRIPT, &HeaderMap::from_iter([(name, HeaderValue::from_static(value))]))
    }

    fn of(response: &Response, name: header::HeaderName) -> Option<&str> {
        response.headers().get(name).map(|value| value.to_str().expect("ascii"))
    }

    #[test]
    fn a_browser_gets_what_it_takes() {
        let small = asked(header::ACCEPT_ENCODING, "gzip, deflate, br;q=0.9");
        assert_eq!(of(&small, header::CONTENT_ENCODING), Some("br"));
        assert_eq!(of(&small, header::ETAG), Some("\"abc-br\""));
        for accepted in ["gzip", "br;q=0", "brotli", ""] {
            let plain = asked(header::ACCEPT_ENCODING, accepted);
            assert_eq!(of(&plain, header::CONTENT_ENCODING), None, "{accepted}");
            assert_eq!(of(&plain, header::VARY), Some("accept-encoding"));
        }
    }

    #[test]
    fn what_is_known_is_not_sent_again() {
        for known in ["\"abc\"", "\"x\", W/\"abc\""] {
            let response = asked(header::IF_NONE_MATCH, known);
            assert_eq!(response.status(), StatusCode::NOT_MODIFIED);
        }
        assert_eq!(asked(header::IF_NONE_MATCH, "\"x\"").status(), StatusCode::OK);
    }

    #[test]
    fn other_pages_read_what_is_made_for_them_and_nothing_else() {
        let opened = |path| {
            let response = answer(&Asset { path, ..SCRIPT }, &HeaderMap::new());
            let value = |name| of(&response, name).map(str::to_owned);
            (value(OPENED_BY), value(header::ACCESS_CONTROL_ALLOW_ORIGIN))
        };
        let (all, any) = (Some("cross-origin".to_owned()), Some("*".to_owned()));
        for path in ["embed.js", "embed.mjs"] {
            assert_eq!(opened(path), (all.clone(), any.clone()));
            assert!(assets::find(path).is_some_and(|asset| !asset.hashed), "{path}");
        }
        for path in ["index.html", SCRIPT.path] {
            assert_eq!(opened(path), (None, None));
        }
    }

    #[test]
    fn only_names_that_change_are_kept_for_ever() {
        let kept = asked(header::ACCEPT, "*/*");
        let forever = Some("public, max-age=31536000, immutable");
        assert_eq!(of(&kept, header::CACHE_CONTROL), forever);
        assert!(kept.extensions().get::<Part>().is_some());
        let asset = Asset { hashed: false, ..SCRIPT };
        let looked_up = answer(&asset, &HeaderMap::new());
        assert!(looked_up.extensions().get::<Part>().is_none());
        assert_eq!(of(&looked_up, header::CACHE_CONTROL), Some("no-cache"));
    }
}

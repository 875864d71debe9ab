// SPDX-License-Identifier: EUPL-1.2
//! What the server says of itself: the notice for people, the statement for machines.

use std::sync::Arc;

use axum::{
    Router,
    http::{HeaderMap, header},
    response::{IntoResponse as _, Response},
    routing::get,
};
use brotli::{BrotliCompress, enc::BrotliEncoderParams};
use shared::Statement;

use super::page::takes_brotli;
use crate::{
    criteria::Case,
    facts::Language,
    report::{
        Kind, STYLE, Style, Subject, html, plain_page, statement, who_embeds, who_is_responsible,
        write,
    },
};

/// The papers of one server. They are written when it starts: until it stops nothing in them changes.
#[derive(Clone, Debug)]
pub struct Papers {
    statement: Paper,
    responsible: Paper,
    embedders: Paper,
    notice_de: Paper,
    notice_en: Paper,
}

/// One of them, as it is and compressed: whoever stands at the gate waits for who is responsible.
#[derive(Clone, Debug)]
struct Paper {
    text: Arc<str>,
    /// Nothing where it could not be compressed.
    brotli: Option<Arc<[u8]>>,
}

impl Papers {
    /// Writes them.
    pub fn of(case: &Case<'_>) -> Self {
        Self {
            statement: statement(case).into(),
            responsible: who_is_responsible(case).into(),
            embedders: who_embeds(case).into(),
            notice_de: notice(case, Language::De).into(),
            notice_en: notice(case, Language::En).into(),
        }
    }

    /// The paths at which they are.
    pub(super) fn routes(self) -> Router {
        let Self { statement, responsible, embedders, notice_de, notice_en } = self;
        let serve = |kind: &'static str, paper: Paper| {
            get(move |asked: HeaderMap| {
                let answer = paper.answer(kind, &asked);
                async move { answer }
            })
        };
        Router::new()
            .route(Statement::PATH, serve("application/json", statement))
            .route(Statement::RESPONSIBLE, serve("application/json", responsible))
            .route(Statement::EMBEDDERS, serve("application/json", embedders))
            .route(Statement::NOTICE_DE, serve(HTML, notice_de))
            .route(Statement::NOTICE_EN, serve(HTML, notice_en))
            .route(STYLE_PATH, serve("text/css; charset=utf-8", STYLE.into()))
    }
}

impl Paper {
    fn answer(&self, kind: &'static str, asked: &HeaderMap) -> Response {
        let headers = [(header::CONTENT_TYPE, kind), (header::VARY, "accept-encoding")];
        match self.brotli.as_ref().filter(|_| takes_brotli(asked)) {
            Some(brotli) => {
                (headers, [(header::CONTENT_ENCODING, "br")], brotli.to_vec()).into_response()
            }
            None => (headers, self.text.to_string()).into_response(),
        }
    }
}

impl<T: Into<Arc<str>>> From<T> for Paper {
    fn from(text: T) -> Self {
        let text = text.into();
        // The best there is takes some tens of milliseconds for so short a text, once.
        let params =
            BrotliEncoderParams { quality: 9, size_hint: text.len(), ..Default::default() };
        let mut brotli = Vec::new();
        let done = BrotliCompress(&mut text.as_bytes(), &mut brotli, &params);
        Self { text, brotli: done.ok().map(|_length| brotli.into()) }
    }
}

/// The notice, or that there is nobody to be told about.
fn notice(case: &Case<'_>, language: Language) -> String {
    let other = language.pick(Statement::NOTICE_EN, Statement::NOTICE_DE);
    let style = Style::Linked { style: STYLE_PATH, other };
    if let Ok(facts) = &case.config.facts {
        let subject = Subject { case: *case, facts };
        return html(&write(Kind::Notice, &subject, language), style);
    }
    plain_page(
        language,
        language.pick("Nicht für andere eingerichtet", "Not set up for others"),
        language.pick(
            "Dieser Server dient nur der Maschine, auf der er läuft. Wer verantwortlich ist, wurde nicht erklärt.",
            "This server serves the machine that it runs on. Who is responsible was not declared.",
        ),
        style,
    )
}

const HTML: &str = "text/html; charset=utf-8";
/// The policy of every answer allows no style in the page itself.
const STYLE_PATH: &str = "/notice.css";

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[tokio::test]
    async fn a_paper_is_sent_small_to_whoever_takes_it_so() {
        let paper = Paper::from("the same words, the same words, the same words".to_owned());
        for (accepted, coding) in [("gzip, br", Some("br")), ("gzip", None)] {
            let accepted = HeaderValue::from_static(accepted);
            let asked = HeaderMap::from_iter([(header::ACCEPT_ENCODING, accepted)]);
            let answer = paper.answer(HTML, &asked);
            let said = answer.headers().get(header::CONTENT_ENCODING);
            assert_eq!(said.map(HeaderValue::as_bytes), coding.map(str::as_bytes));
            let mut body = axum::body::to_bytes(answer.into_body(), 100).await.expect("short");
            if coding.is_some() {
                assert!(body.len() < paper.text.len(), "{} bytes", body.len());
                let mut text = Vec::new();
                brotli::BrotliDecompress(&mut &*body, &mut text).expect("brotli");
                body = text.into();
            }
            assert_eq!(body, paper.text.as_bytes());
        }
    }
}

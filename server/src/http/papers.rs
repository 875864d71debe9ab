// SPDX-License-Identifier: EUPL-1.2
//! What the server says of itself: the notice for people, the statement for machines.

use std::sync::Arc;

use axum::{
    Router,
    http::header,
    response::{IntoResponse as _, Response},
    routing::get,
};
use shared::Statement;

use crate::{
    criteria::Case,
    facts::Language,
    report::{Kind, STYLE, Style, Subject, html, plain_page, statement, write},
};

/// The papers of one server. They are written when it starts: until it stops nothing in them changes.
#[derive(Clone, Debug)]
pub struct Papers {
    statement: Arc<str>,
    notice_de: Arc<str>,
    notice_en: Arc<str>,
}

impl Papers {
    /// Writes them.
    pub fn of(case: &Case<'_>) -> Self {
        Self {
            statement: statement(case).into(),
            notice_de: notice(case, Language::De).into(),
            notice_en: notice(case, Language::En).into(),
        }
    }

    /// The paths at which they are.
    pub(super) fn routes(self) -> Router {
        let Self { statement, notice_de, notice_en } = self;
        let serve = |kind: &'static str, text: Arc<str>| {
            get(move || {
                let answer = paper(kind, &text);
                async move { answer }
            })
        };
        Router::new()
            .route(Statement::PATH, serve("application/json", statement))
            .route(Statement::NOTICE_DE, serve(HTML, notice_de))
            .route(Statement::NOTICE_EN, serve(HTML, notice_en))
            .route(STYLE_PATH, serve("text/css; charset=utf-8", STYLE.into()))
    }
}

fn paper(kind: &'static str, text: &Arc<str>) -> Response {
    ([(header::CONTENT_TYPE, kind)], text.to_string()).into_response()
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

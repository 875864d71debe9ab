// SPDX-License-Identifier: EUPL-1.2
//! What chromedriver knows beyond `WebDriver`.

use fantoccini::wd::WebDriverCompatibleCommand;
use http::Method;
use serde_json::{Value, json};
use url::{ParseError, Url};

/// A command of the `DevTools` protocol.
#[derive(Debug)]
pub(crate) struct Command(Value);

impl Command {
    /// By its name there.
    pub(crate) fn new(name: &str, parameters: Value) -> Self {
        let command = [("cmd".to_owned(), name.into()), ("params".to_owned(), parameters)];
        Self(Value::Object(command.into_iter().collect()))
    }
}

impl WebDriverCompatibleCommand for Command {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        of_session(base, session, "goog/cdp/execute")
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.0.to_string()))
    }
}

/// Asks for the events of the `DevTools` protocol since the last time.
#[derive(Debug)]
pub(crate) struct Told;

impl WebDriverCompatibleCommand for Told {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        of_session(base, session, "se/log")
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(json!({ "type": "performance" }).to_string()))
    }
}

fn of_session(base: &Url, session: Option<&str>, path: &str) -> Result<Url, ParseError> {
    base.join(&format!("session/{}/{path}", session.unwrap_or_default()))
}

// SPDX-License-Identifier: EUPL-1.2
//! A page of another origin that puts a meeting into itself, and what can be done from it.

use std::{collections::BTreeMap, net::SocketAddr, process::Command, time::Duration};

use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

use crate::{
    browser::SOON,
    eventually::{Condition as _, eventually},
    page::CallPage,
    world::root,
};

/// A server of another origin, before it is known what it serves.
#[derive(Debug)]
pub struct HostSite {
    listener: TcpListener,
    address: SocketAddr,
}

/// The same, serving, as long as this lives.
#[derive(Debug)]
pub struct HostServer {
    task: JoinHandle<()>,
}

impl HostSite {
    /// Takes a free port.
    pub async fn bind() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await;
        let listener = listener.unwrap_or_else(|error| panic!("no free port: {error}"));
        let address = listener.local_addr();
        let address = address.unwrap_or_else(|error| panic!("no address: {error}"));
        Self { listener, address }
    }

    /// Its origin: of the same site as the server's, but for the port.
    pub fn origin(&self) -> String {
        format!("http://localhost:{}", self.address.port())
    }

    /// The same page under another name, which browsers take for another site.
    pub fn foreign_origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.address.port())
    }

    /// Serves these texts by their paths: what ends in `.js` is a script, the rest are pages.
    pub fn serves(self, texts: &[(&str, String)]) -> HostServer {
        let texts: BTreeMap<String, String> =
            texts.iter().map(|(path, text)| ((*path).to_owned(), text.clone())).collect();
        let listener = self.listener;
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                drop(tokio::spawn(answer(stream, texts.clone())));
            }
        });
        HostServer { task }
    }
}

impl Drop for HostServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer(mut stream: TcpStream, texts: BTreeMap<String, String>) {
    let mut asked = vec![0; 8_192];
    let length = stream.read(&mut asked).await.unwrap_or_default();
    let asked = String::from_utf8_lossy(asked.get(..length).unwrap_or_default()).into_owned();
    let path = asked.split_whitespace().nth(1).unwrap_or("/");
    let path = path.split('?').next().unwrap_or(path);
    let is_script = path.rsplit_once('.').is_some_and(|(_, extension)| extension == "js");
    let kind = if is_script { "text/javascript" } else { "text/html" };
    let (status, text) = match texts.get(path) {
        Some(text) => ("200 OK", text.as_str()),
        None => ("404 Not Found", ""),
    };
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: {kind}; charset=utf-8\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        text.len()
    );
    drop(stream.write_all(format!("{head}{text}").as_bytes()).await);
}

/// An example of the scripts for other pages with its library from npm, as one script.
pub fn bundled(example: &str) -> String {
    let root = root();
    let out = Command::new(root.join(".tools/node_modules/.bin/esbuild"))
        .arg(root.join("app/sdk/examples").join(example))
        .args(["--bundle", "--format=iife", "--jsx=automatic", "--log-level=warning"])
        .arg("--define:process.env.NODE_ENV=\"production\"")
        .arg(format!("--alias:zooo-embed={}", root.join("app/sdk/embed.mjs").display()))
        .env("NODE_PATH", root.join(".tools/embed/node_modules"))
        .output()
        .unwrap_or_else(|error| panic!("esbuild: {error}; `scripts/setup test` brings it"));
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap_or_else(|error| panic!("{example}: {error}"))
}

impl CallPage {
    /// Opens a page that embeds the room behind a link, which stands behind its `#`.
    pub async fn opens_embedded(&self, page: &str, link: &str) {
        let link: String = url::form_urlencoded::byte_serialize(link.as_bytes()).collect();
        self.browser().goto(&format!("{page}#{link}")).await;
    }

    /// Looks into the frame: everything else happens there from here on.
    pub async fn looks_into_the_frame(&self) {
        self.browser().enters_frame().await;
    }

    /// Looks at the page around it again.
    pub async fn looks_at_the_page(&self) {
        self.browser().leaves_frame().await;
    }

    /// At the page around the frame: waits until it was told this, whatever else there is in it.
    pub async fn page_hears(&self, event: Value) -> Value {
        self.page_hears_within(event, SOON).await
    }

    /// Waits for it that long.
    pub async fn page_hears_within(&self, event: Value, within: Duration) -> Value {
        let what = format!("{}'s page is told {event}", self.name());
        eventually(&what, within, async || {
            let told = self.browser().execute("return window.told ?? []", Vec::new()).await;
            let all = told.as_array().cloned().unwrap_or_default();
            let found = all.iter().rev().find(|it| is_part(&event, it)).cloned();
            found.ok_or_else(|| told.to_string())
        })
        .await
    }

    /// At the page around the frame: forgets what it was told.
    pub async fn page_forgets(&self) {
        self.browser().execute("window.told = []", Vec::new()).await;
    }

    /// At the page around the frame: calls a method of the meeting. `done`, or why it was refused.
    pub async fn commands(&self, method: &str, arguments: Value) -> String {
        let script = "return window.meeting[arguments[0]](...arguments[1])
            .then(() => 'done', (refusal) => refusal.reason ?? String(refusal))";
        let said = self.browser().execute(script, vec![json!(method), arguments]).await;
        said.as_str().unwrap_or_default().to_owned()
    }

    /// Everything that the page around the frame was told under this name, in order.
    pub async fn page_was_told(&self, name: &str) -> Vec<Value> {
        let told = self.browser().execute("return window.told ?? []", Vec::new()).await;
        let all = told.as_array().cloned().unwrap_or_default().into_iter();
        all.filter(|event| event.get("name").and_then(Value::as_str) == Some(name)).collect()
    }

    /// In the frame: waits until this script says so.
    pub async fn awaits_that(&self, script: &str) {
        let what = format!("{}: {script}", self.name());
        let whole = format!("return Boolean({script})");
        eventually(&what, SOON, async || {
            let said = self.browser().execute(&whole, Vec::new()).await;
            let screen = self.browser().screen().await;
            (said == json!(true)).or_seen(|| screen)
        })
        .await;
    }
}

/// Whether everything of one value is in another.
fn is_part(part: &Value, whole: &Value) -> bool {
    match (part, whole) {
        (Value::Object(part), Value::Object(whole)) => {
            part.iter().all(|(key, value)| whole.get(key).is_some_and(|it| is_part(value, it)))
        }
        _ => part == whole,
    }
}

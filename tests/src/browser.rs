// SPDX-License-Identifier: EUPL-1.2
//! Chromium and Firefox, steered over `WebDriver`, each with a profile of its own.

use std::{env, path::PathBuf, process, time::Duration};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use fantoccini::{
    Client, ClientBuilder, Locator, actions::Actions, elements::Element, error::CmdError,
    wd::WindowHandle,
};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use crate::{
    cast::{Family, Person},
    devtools::{DevTools, Told},
    eventually::eventually,
    folder::Folder,
    process::Process,
    setup::{NET_LOG, Setup, Shape, WINDOW, chromium, firefox},
};

/// A browser and the person in front of it.
#[derive(Debug)]
pub struct Browser {
    person: Person,
    client: Client,
    driver: Process,
    folder: Folder,
}

/// One of several tabs of a browser. What a page keeps for its tab, another tab does not have.
#[derive(Clone, Debug)]
pub struct Tab(WindowHandle);

/// Within what everything that needs no other person has to happen.
pub const SOON: Duration = Duration::from_secs(20);

impl Browser {
    /// Starts the browser of a person, with their camera and microphone.
    pub async fn start(person: Person) -> Self {
        Self::start_with(person, Setup::default()).await
    }

    /// Starts one that is set up in another way.
    pub async fn start_with(person: Person, setup: Setup) -> Self {
        let folder = Folder::new();
        let (mut command, ready, capabilities) = match person.family {
            Family::Chromium => {
                let mut command = process::Command::new("chromedriver");
                command.arg("--port=0");
                (command, "started successfully on port ", chromium(person, setup, &folder))
            }
            Family::Firefox => {
                let mut command = process::Command::new(geckodriver());
                command.args(["--port", "0", "--profile-root"]).arg(folder.path());
                (command, "Listening on 127.0.0.1:", firefox(person, setup))
            }
        };
        command.env("TMPDIR", folder.path());
        let mut driver = Process::start("driver", &mut command, folder.path());
        let port = driver.hears(ready).await;
        let url = format!("http://127.0.0.1:{}", port.trim_end_matches('.'));
        let capabilities = capabilities.as_object().expect("an object above").clone();
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&url)
            .await
            .unwrap_or_else(|error| {
                panic!("{}'s browser: {error}\n{}", person.name, driver.said())
            });
        let browser = Self { person, client, driver, folder };
        if setup.shape == Shape::Desktop {
            let (width, height) = WINDOW;
            let sized = browser.client.set_window_size(width, height).await;
            browser.must("takes its size", sized);
        }
        browser
    }

    /// What the threads that run pages have taken of the processor so far (Chromium).
    pub fn page_time(&self) -> Duration {
        self.driver.first_threads("--type=renderer")
    }

    /// Gives the window another size.
    pub async fn resizes(&self, width: u32, height: u32) {
        let sized = self.client.set_window_size(width, height).await;
        self.must("takes its size", sized);
    }

    /// Where it keeps the log of its network, if it was set up to.
    pub fn net_log(&self) -> PathBuf {
        self.folder.path().join(NET_LOG)
    }

    /// How many cookies it has for the page, those that the page cannot see included.
    pub async fn cookies(&self) -> usize {
        let cookies = self.client.get_all_cookies().await;
        self.must("counts its cookies", cookies).len()
    }

    /// Who sits in front of it.
    pub const fn person(&self) -> Person {
        self.person
    }

    /// Opens an address and loads its page afresh, even if only the part behind the `#` differs.
    pub async fn goto(&self, url: &str) {
        self.must("leaves the page", self.client.goto("about:blank").await);
        self.must(url, self.client.goto(url).await);
    }

    /// Loads the page again, as it stands in the address bar.
    pub async fn reloads(&self) {
        self.must("loads the page again", self.client.refresh().await);
    }

    /// The tab that is looked at.
    pub async fn tab(&self) -> Tab {
        Tab(self.must("knows its tab", self.client.window().await))
    }

    /// Opens another tab and looks at it.
    pub async fn opens_a_tab(&self) -> Tab {
        let opened = self.must("opens a tab", self.client.new_window(true).await);
        let tab = Tab(opened.handle);
        self.turns_to(&tab).await;
        tab
    }

    /// How many tabs there are.
    pub async fn tabs(&self) -> usize {
        self.must("counts its tabs", self.client.windows().await).len()
    }

    /// Looks at another tab. Everything else happens in the one that is looked at.
    pub async fn turns_to(&self, tab: &Tab) {
        self.must("turns to a tab", self.client.switch_to_window(tab.0.clone()).await);
    }

    /// Looks into the first frame of the page. Everything else happens there from here on.
    pub async fn enters_frame(&self) {
        self.must("looks into a frame", self.client.enter_frame(0).await);
    }

    /// Looks at the page around the frame again.
    pub async fn leaves_frame(&self) {
        self.must("looks at the page", self.client.enter_parent_frame().await);
    }

    /// Does what hands do: strikes keys, moves a mouse.
    pub async fn performs(&self, actions: impl Into<Actions>) {
        self.must("does as hands do", self.client.perform_actions(actions).await);
    }

    /// Runs a script in the page. A promise is awaited.
    pub async fn execute(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.must("runs a script", self.client.execute(script, arguments).await)
    }

    /// Gives a command to Chromium's own tools (Chrome `DevTools` Protocol).
    pub async fn devtools(&self, command: &'static str, parameters: Value) -> Value {
        self.must(command, self.client.issue_cmd(DevTools { command, parameters }).await)
    }

    /// What the browser has told of itself since it was asked last (Chromium, see [`Setup::traffic`]).
    pub async fn told(&self) -> Vec<Value> {
        let told = self.must("tells", self.client.issue_cmd(Told).await);
        let entries = told.as_array().cloned().unwrap_or_default();
        let message = |entry: Value| {
            let text = entry.pointer("/message")?.as_str()?.to_owned();
            serde_json::from_str::<Value>(&text).ok()?.get_mut("message").map(Value::take)
        };
        entries.into_iter().filter_map(message).collect()
    }

    /// Whether something with this test id is displayed.
    pub async fn shows(&self, testid: &str) -> bool {
        match self.client.find(Locator::Css(&by(testid))).await {
            Ok(element) => element.is_displayed().await.unwrap_or(false),
            Err(_absent) => false,
        }
    }

    /// Waits until something with this test id is displayed.
    pub async fn awaits(&self, testid: &str) -> Element {
        self.awaits_within(testid, SOON).await
    }

    /// Waits for it that long.
    pub async fn awaits_within(&self, testid: &str, within: Duration) -> Element {
        let what = format!("{} sees {testid}", self.person.name);
        eventually(&what, within, async || {
            let found = self.client.find(Locator::Css(&by(testid))).await;
            match found {
                Ok(element) if element.is_displayed().await.unwrap_or(false) => Ok(element),
                Ok(_hidden) => Err(format!("it is there, but hidden; {}", self.screen().await)),
                Err(_absent) => Err(self.screen().await),
            }
        })
        .await
    }

    /// Presses something, as soon as it can be pressed.
    pub async fn press(&self, testid: &str) {
        let what = format!("{} presses {testid}", self.person.name);
        eventually(&what, SOON, async || {
            let element = self.awaits(testid).await;
            element.click().await.map_err(|error| error.to_string())
        })
        .await;
    }

    /// Types into a field, instead of what stands there.
    pub async fn write(&self, testid: &str, text: &str) {
        let field = self.awaits(testid).await;
        self.must("clears a field", field.clear().await);
        self.must("types", field.send_keys(text).await);
    }

    /// The text of something.
    pub async fn reads(&self, testid: &str) -> String {
        self.must("reads", self.awaits(testid).await.text().await)
    }

    /// Everything readable on the screen, for a failure's sake.
    pub async fn screen(&self) -> String {
        let script = "return location.pathname + ' reads: ' + (document.body?.innerText ?? '')";
        match self.client.execute(script, Vec::new()).await {
            Ok(text) => text.as_str().unwrap_or_default().replace('\n', " / "),
            Err(error) => format!("no screen: {error}"),
        }
    }

    /// A picture of the window, as WebP (Chromium).
    pub async fn photograph(&self) -> Vec<u8> {
        let how = json!({ "format": "webp", "quality": QUALITY });
        let picture = self.devtools("Page.captureScreenshot", how).await;
        let data = picture.get("data").and_then(Value::as_str).unwrap_or_default();
        BASE64_STANDARD.decode(data).unwrap_or_else(|error| panic!("no picture: {error}"))
    }

    /// Closes the browser as somebody does who is tired of it: no page is asked.
    pub async fn close(self) {
        let closed = self.client.clone().close().await;
        self.must("closes", closed);
    }

    fn must<T>(&self, what: &str, outcome: Result<T, CmdError>) -> T {
        outcome.unwrap_or_else(|error| panic!("{}'s browser: {what}: {error}", self.person.name))
    }
}

/// How good pictures are, of 100. Lower, letters get shadows; higher, the set of all screens is too large for a
/// repository.
const QUALITY: u32 = 70;

/// The selector of a test id.
fn by(testid: &str) -> String {
    format!("[data-testid=\"{testid}\"]")
}

/// Where `cargo install` puts it, if it is not on the path.
fn geckodriver() -> PathBuf {
    let home = env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(PathBuf::from(env::var_os("HOME")?).join(".cargo")));
    let installed = home.map(|home| home.join("bin/geckodriver"));
    installed.filter(|path| path.is_file()).unwrap_or_else(|| PathBuf::from("geckodriver"))
}

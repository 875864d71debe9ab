// SPDX-License-Identifier: EUPL-1.2
//! The examples that come with the scripts for other pages: each is opened, and holds a meeting.

use std::{fs, process::Command};

use tests::{
    browser::SOON,
    cast::ADA,
    eventually::{Condition as _, eventually},
    host_page::{HostSite, bundled},
    page::CallPage,
    setup::Setup,
    world::{World, root},
};

/// A page with one script and a place for it.
fn page(script: &str) -> String {
    format!("<!doctype html><title>Lesson</title><div id=app></div><script src={script}></script>")
}

#[tokio::test]
async fn each_example_holds_a_meeting() {
    let site = HostSite::bind().await;
    let origin = site.origin();
    let world = World::start_with(&format!("embed = [\"{origin}\"]")).await;
    let plain = fs::read_to_string(root().join("app/sdk/examples/plain.html")).expect("a page");
    let _host = site.serves(&[
        ("/plain", plain.replace("https://meet.example", world.origin())),
        ("/react", page("react.js")),
        ("/react.js", bundled("react.jsx")),
        ("/vue", page("vue.js")),
        ("/vue.js", bundled("vue.js")),
    ]);
    let ada = CallPage::set_up(ADA, Setup::WITHOUT_DEVICES).await;
    let links = ada.makes_a_room(&world.home("en")).await;
    for example in ["plain", "react", "vue"] {
        ada.opens_embedded(&format!("{origin}/{example}"), &links.moderator).await;
        shows(&ada, "gate").await;
        ada.looks_into_the_frame().await;
        ada.enters().await;
        ada.is_inside().await;
        ada.looks_at_the_page().await;
        shows(&ada, "joined").await;
        let press = |id: &str| format!("document.querySelector('#{id}').click()");
        if example == "plain" {
            ada.browser().execute(&press("leave"), Vec::new()).await;
            shows(&ada, "left").await;
        } else {
            ada.browser().execute(&press("german"), Vec::new()).await;
            ada.looks_into_the_frame().await;
            ada.awaits_that("document.documentElement.lang === 'de'").await;
            assert!(ada.browser().shows("leave").await, "{example}: the meeting goes on");
        }
    }
}

/// What the example says of the stage.
async fn shows(ada: &CallPage, stage: &str) {
    eventually(&format!("the example says {stage}"), SOON, async || {
        let said = ada
            .browser()
            .execute("return document.querySelector('#stage')?.value ?? ''", Vec::new())
            .await;
        said.as_str().is_some_and(|said| said.starts_with(stage)).or_seen(|| said.to_string())
    })
    .await;
}

/// What an editor of TypeScript is told is what can be written.
#[test]
fn the_definitions_are_understood() {
    let root = root();
    let folder = std::env::temp_dir().join(format!("zooo-types-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    let right = "import ZoooMeeting, { type Command } from 'SDK';
        const meeting = new ZoooMeeting({ room: 'x', parent: document.body, hide: ['chat'], start: 'lobby' });
        meeting.on('people', ({ people }) => people.map((person) => person.role satisfies string));
        meeting.on('error', ({ error }) => error.kind === 'device' && error.failure === 'embedding');
        const pin: Command = { name: 'pin', participant: 3, screen: false, pinned: true };
        void meeting.execute(pin);";
    let sdk = root.join("app/sdk/index").display().to_string();
    let check = |text: &str| {
        let file = folder.join("use.ts");
        fs::write(&file, text.replace("SDK", &sdk)).expect("written");
        let out = Command::new(root.join(".tools/embed/node_modules/.bin/tsc"))
            .args(["--noEmit", "--strict", "--target", "es2022", "--module", "esnext"])
            .args(["--moduleResolution", "bundler", "--types", ""])
            .arg(&file)
            .output()
            .expect("tsc: `scripts/setup test` brings it");
        (out.status.success(), String::from_utf8_lossy(&out.stdout).into_owned())
    };
    let (understood, said) = check(right);
    assert!(understood, "{said}");
    for (instead_of, wrong) in
        [("'chat'", "'camera'"), ("'lobby'", "'inside'"), ("participant: 3", "participant: 'x'")]
    {
        let text = right.replace(instead_of, wrong);
        assert!(!check(&text).0, "{wrong} is taken");
    }
    drop(fs::remove_dir_all(&folder));
}

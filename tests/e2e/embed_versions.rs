// SPDX-License-Identifier: EUPL-1.2
//! A page and a meeting of different ages: they speak the highest version that both know, or say that there is none.

use std::fs;

use serde_json::{Value, json};
use tests::{
    browser::SOON,
    cast::ADA,
    eventually::{Condition as _, eventually},
    host_page::HostSite,
    page::{CallPage, asking},
    setup::Setup,
    world::{World, root},
};

use crate::embed_hostile::PAGE;

#[tokio::test]
async fn the_highest_version_that_both_speak_is_spoken() {
    let site = HostSite::bind().await;
    let origin = site.origin();
    let world = World::start_with(&format!("embed = [\"{origin}\"]")).await;
    let _host = site.serves(&[("/", PAGE.to_owned())]);
    let ada = CallPage::set_up(ADA, Setup::WITHOUT_DEVICES).await;
    let links = ada.makes_a_room(&world.home("en")).await;
    ada.opens_embedded(&format!("{origin}/"), &asking(&links.moderator, "embed=1&lang=en")).await;
    ada.looks_into_the_frame().await;
    ada.browser().awaits("embedded").await;
    ada.looks_at_the_page().await;
    let none = json!([{ "type": "unsupported", "versions": [1] }]);
    for later in [json!([2, 3]), json!([0]), json!([]), json!([u32::MAX])] {
        assert_eq!(hello(&ada, &later, 1).await, none, "{later}");
    }
    let welcome = json!({ "type": "welcome", "version": 1 });
    for both in [json!([1]), json!([1, 2]), json!([7, 2, 1, 0])] {
        let heard = hello(&ada, &both, 3).await;
        assert_eq!(heard.get(0), Some(&welcome), "{both}");
        let event = json!({ "type": "event", "event": { "name": "ready", "withheld": [] } });
        assert_eq!(heard.get(1), Some(&event), "a hello begins anew: {heard}");
    }
    // After a hello that nothing came of, nothing is told and nothing is done.
    assert_eq!(hello(&ada, &json!([2]), 1).await, none);
    let script = "command(1, { name: 'set_theme', theme: 'dark' });
        return new Promise((done) => setTimeout(() => done(heard), 1_000))";
    assert_eq!(ada.browser().execute(script, Vec::new()).await, none);
    // What is no list of versions is no hello.
    for broken in [json!("1"), json!([1.5]), json!([-1]), json!({ "0": 1 }), json!(null)] {
        ada.browser().execute(SAY, vec![broken.clone()]).await;
    }
    assert_eq!(hello(&ada, &json!([2]), 1).await, none);
}

const SAY: &str =
    "heard.length = 0; say(JSON.stringify({ type: 'hello', versions: arguments[0] }))";

/// Says hello with these versions, and waits for so many messages.
async fn hello(page: &CallPage, versions: &Value, messages: usize) -> Value {
    page.browser().execute(SAY, vec![versions.clone()]).await;
    eventually("the frame answers", SOON, async || {
        let heard = page.browser().execute("return heard", Vec::new()).await;
        let all = heard.as_array().map_or(0, Vec::len);
        (all >= messages).or_seen(|| heard.to_string())
    })
    .await;
    page.browser().execute("return heard", Vec::new()).await
}

/// The script for other pages as it may be one day, or was once: it speaks another version.
#[tokio::test]
async fn a_script_of_another_age_says_so() {
    let site = HostSite::bind().await;
    let origin = site.origin();
    let world = World::start_with(&format!("embed = [\"{origin}\"]")).await;
    let script = fs::read_to_string(root().join("app/sdk/embed.js")).unwrap_or_default();
    let of = |versions: &str| {
        let other = script.replace("VERSIONS = [1]", versions);
        assert_ne!(other, script, "the script names its versions otherwise");
        other
    };
    let page = |script: &str| {
        format!(
            "<!doctype html><title>Lesson</title><script src={script}></script><div id=place style='height:500px'></div><script>
             window.told = [];
             window.meeting = new ZoooMeeting({{ room: decodeURIComponent(location.hash.slice(1).replace(/\\+/g, ' ')), parent: place }});
             meeting.on('event', (event) => told.push(event)); </script>"
        )
    };
    let _host = site.serves(&[
        ("/later.js", of("VERSIONS = [7]")),
        ("/later", page("later.js")),
        ("/both.js", of("VERSIONS = [2, 1]")),
        ("/both", page("both.js")),
    ]);
    let ada = CallPage::set_up(ADA, Setup::WITHOUT_DEVICES).await;
    let links = ada.makes_a_room(&world.home("en")).await;
    ada.opens_embedded(&format!("{origin}/later"), &links.moderator).await;
    let error = json!({ "kind": "unsupported", "versions": [1] });
    ada.page_hears(json!({ "name": "error", "error": error })).await;
    assert_eq!(ada.commands("setTheme", json!(["dark"])).await, "unsupported");
    let told = ada.browser().execute("return told.length", Vec::new()).await;
    assert_eq!(told, json!(1), "and nothing else");
    // The person is in their meeting all the same.
    ada.looks_into_the_frame().await;
    ada.enters().await;
    ada.is_inside().await;
    ada.opens_embedded(&format!("{origin}/both"), &links.moderator).await;
    ada.page_hears(json!({ "name": "gate" })).await;
    assert_eq!(ada.commands("setTheme", json!(["dark"])).await, "done");
}

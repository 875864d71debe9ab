// SPDX-License-Identifier: EUPL-1.2
//! More than one page: each learns what is its own. And one that goes away, from which its person goes, too.

use serde_json::{Value, json};
use tests::{
    browser::SOON,
    cast::{ADA, BOB},
    eventually::{Condition as _, eventually},
    host_page::HostSite,
    page::{CallPage, Links, asking},
    setup::Setup,
    world::World,
};
use tokio::join;

use crate::embed::{at, page, set_up};

#[tokio::test]
async fn two_pages_hold_one_meeting_and_each_learns_what_is_its_own() {
    let (site, other) = (HostSite::bind().await, HostSite::bind().await);
    let (school, club) = (site.origin(), other.origin());
    let world = World::start_with(&format!("embed = [\"{school}\", \"{club}\"]")).await;
    let _school = site.serves(&[("/", page(world.origin(), "{}"))]);
    let _club = other.serves(&[("/", page(world.origin(), "{ start: 'lobby', name: 'Bob' }"))]);
    let (ada, bob) = join!(CallPage::of(ADA), CallPage::set_up(BOB, Setup::WITHOUT_DEVICES));
    let links = ada.makes_a_room(&world.home("en")).await;
    enters(&ada, &format!("{school}/"), &links).await;
    bob.opens_embedded(&format!("{club}/"), &links.invite).await;
    let knock = ada.page_hears(json!({ "name": "knock" })).await;
    let id = at(&knock, "/knocks/0/participant");
    assert_eq!(ada.commands("admit", json!([id])).await, "done");
    let joined = bob.page_hears(json!({ "name": "joined" })).await;
    let people =
        |own: bool, role: &str, id: &Value| json!({ "participant": id, "own": own, "role": role });
    let own = at(&ada.page_hears(json!({ "name": "joined" })).await, "/participant");
    let id = at(&joined, "/participant");
    let of_ada = json!([people(true, "moderator", &own), people(false, "participant", &id)]);
    ada.page_hears(json!({ "name": "people", "people": of_ada })).await;
    let of_bob = json!([people(false, "moderator", &own), people(true, "participant", &id)]);
    bob.page_hears(json!({ "name": "people", "people": of_bob })).await;
    // What one switches off, and how one looks at it, is not the other's.
    ada.looks_into_the_frame().await;
    ada.switches_on("toggle-microphone").await;
    ada.looks_at_the_page().await;
    ada.page_hears(json!({ "name": "devices", "microphone": "on" })).await;
    bob.page_hears(json!({ "name": "speaking", "participants": [own] })).await;
    for (command, arguments) in [
        ("muteMicrophone", json!([])),
        ("setLanguage", json!(["de"])),
        ("setLayout", json!(["speaker"])),
    ] {
        assert_eq!(bob.commands(command, arguments).await, "done");
    }
    let devices = ada.browser().execute("return meeting.devices.microphone", Vec::new()).await;
    assert_eq!(devices, "on", "Bob's page does not mute Ada");
    assert!(bob.page_was_told("devices").await.is_empty(), "nor learns what she has switched on");
    ada.looks_into_the_frame().await;
    ada.awaits_that("document.documentElement.lang === 'en'").await;
}

async fn enters(person: &CallPage, host: &str, links: &Links) {
    person.opens_embedded(host, &links.moderator).await;
    person.looks_into_the_frame().await;
    person.enters().await;
    person.is_inside().await;
    person.looks_at_the_page().await;
    person.page_hears(json!({ "name": "joined" })).await;
}

/// A page around the page around a meeting: it asks the frame in the frame.
const AROUND: &str = "<!doctype html><title>Around</title>
    <iframe id=frame allow='camera; microphone' style='width:800px;height:600px'></iframe>
    <script>
      window.heard = [];
      addEventListener('message', ({ data }) => heard.push(String(data)));
      const ask = () => {
        const inner = frame.contentWindow.frames[0];
        inner?.postMessage(JSON.stringify({ type: 'hello', versions: [1] }), '*');
        inner?.postMessage(JSON.stringify({ type: 'command', id: 1, command: { name: 'enter' } }), '*');
      };
      setInterval(ask, 50);
      frame.src = 'INNER/' + location.hash;
    </script>";

#[tokio::test]
async fn a_page_around_the_page_is_not_spoken_with_and_has_to_be_named() {
    let (site, outer) = (HostSite::bind().await, HostSite::bind().await);
    let (school, around) = (site.origin(), outer.origin());
    let both = World::start_with(&format!("embed = [\"{school}\", \"{around}\"]")).await;
    let one = World::start_with(&format!("embed = [\"{school}\"]")).await;
    let inner = page(both.origin(), "{}");
    let _school = site.serves(&[("/", inner)]);
    let _around = outer.serves(&[("/", AROUND.replace("INNER", &school))]);
    let ada = CallPage::set_up(ADA, Setup::WITHOUT_DEVICES).await;
    let named = ada.makes_a_room(&both.home("en")).await;
    ada.opens_embedded(&format!("{around}/"), &named.moderator).await;
    ada.looks_into_the_frame().await;
    ada.page_hears(json!({ "name": "gate" })).await;
    ada.looks_into_the_frame().await;
    ada.browser().awaits("gate-join").await;
    ada.looks_at_the_page().await;
    assert!(ada.page_was_told("entering").await.is_empty(), "nobody else commands");
    ada.looks_at_the_page().await;
    let heard = ada.browser().execute("return heard", Vec::new()).await;
    assert_eq!(heard, json!([]), "nobody else is told");
    // A browser shows it in no frame of a page that nobody named, however far outside.
    let unnamed = ada.makes_a_room(&one.home("en")).await;
    ada.opens_embedded(&format!("{around}/"), &unnamed.moderator).await;
    ada.looks_into_the_frame().await;
    let frame = "return new Promise((done) => setTimeout(() => done(told.length), 3_000))";
    assert_eq!(ada.browser().execute(frame, Vec::new()).await, json!(0));
    ada.looks_into_the_frame().await;
    assert!(!ada.browser().shows("gate-join").await);
}

/// Whatever a page does to be rid of a meeting, its person is gone from it, and nothing is left waiting.
#[tokio::test]
async fn with_a_page_that_goes_its_person_goes() {
    let (ada, bob) = join!(CallPage::set_up(ADA, Setup::WITHOUT_DEVICES), CallPage::of(BOB));
    let (_world, _host, host, links) = set_up(&ada, "{}").await;
    ada.opens(&asking(&links.moderator, "lang=en")).await;
    ada.enters().await;
    ada.is_inside().await;
    ada.sets_the_door("door-open").await;
    for going in [
        "meeting.dispose()",
        "meeting.frame.remove()",
        "document.body.replaceChildren()",
        "location.href = 'about:blank'",
        "meeting.frame.src = 'about:blank'",
    ] {
        bob.opens_embedded(&host, &links.invite).await;
        bob.page_hears(json!({ "name": "gate" })).await;
        bob.looks_into_the_frame().await;
        bob.switches_on("gate-microphone").await;
        bob.enters().await;
        bob.is_inside().await;
        bob.looks_at_the_page().await;
        is_there(&ada).await;
        bob.browser().execute(going, Vec::new()).await;
        if going == "meeting.dispose()" {
            assert_eq!(bob.commands("stopCamera", json!([])).await, "closed");
            let frame = bob.browser().execute("return meeting.frame ?? null", Vec::new()).await;
            assert_eq!(frame, Value::Null);
        }
        ada.misses(BOB, SOON).await;
    }
}

/// Whether Bob is there for Ada, with his place not left.
async fn is_there(ada: &CallPage) {
    eventually("Bob is there", SOON, async || {
        let tiles = ada.tiles().await;
        let here = tiles.iter().any(|tile| tile.text.contains("Bob") && !tile.away);
        here.or_seen(|| format!("{tiles:?}"))
    })
    .await;
}

/// A page that is loaded again knows nothing, and is told everything that is so at that moment.
#[tokio::test]
async fn a_page_that_comes_back_is_told_anew() {
    let ada = CallPage::set_up(ADA, Setup::WITHOUT_DEVICES).await;
    let (_world, _host, host, links) = set_up(&ada, "{}").await;
    enters(&ada, &host, &links).await;
    ada.browser().reloads().await;
    ada.page_hears(json!({ "name": "gate" })).await;
    ada.looks_into_the_frame().await;
    ada.enters().await;
    ada.is_inside().await;
    ada.looks_at_the_page().await;
    ada.page_hears(json!({ "name": "joined" })).await;
    // A frame that is loaded anew, too: what was asked of the one before is refused, and not left open.
    let script = "const asked = meeting.setTheme('dark'); meeting.frame.src += '';
        const asked_then = meeting.setTheme('dark').then(() => 'done', ({ reason }) => reason);
        return Promise.all([asked.then(() => 'done', ({ reason }) => reason), asked_then])";
    let answers = ada.browser().execute(script, Vec::new()).await;
    let answers: Vec<_> = answers.as_array().cloned().unwrap_or_default();
    let known = |answer: &Value| ["done", "closed"].iter().any(|word| answer == word);
    assert!(answers.len() == 2 && answers.iter().all(known), "{answers:?}");
}

/// Two rooms in one page: each object speaks for its own.
#[tokio::test]
async fn two_meetings_in_one_page_are_not_mixed_up() {
    let ada = CallPage::set_up(ADA, Setup::WITHOUT_DEVICES).await;
    let (world, _host, host, first) = set_up(&ada, "{}").await;
    let second = ada.makes_a_room(&world.home("en")).await;
    ada.opens_embedded(&host, &first.moderator).await;
    ada.page_hears(json!({ "name": "gate" })).await;
    let script = "window.second = new ZoooMeeting({ room: arguments[0], parent: document.body, height: '560px', start: 'lobby' });
        return new Promise((done) => second.on('joined', () => done(second.stage)))";
    let stage = ada.browser().execute(script, vec![json!(second.moderator)]).await;
    assert_eq!(stage, "joined");
    let stages = "return second.hangUp().then(() => [meeting.stage, meeting.people.length])";
    assert_eq!(ada.browser().execute(stages, Vec::new()).await, json!(["gate", 0]));
    assert!(ada.page_was_told("joined").await.is_empty(), "the first learns nothing of it");
}

// SPDX-License-Identifier: EUPL-1.2
//! Why it is over, the page around a meeting is told: every reason there is.

use std::time::Duration;

use serde_json::{Value, json};
use tests::{
    cast::{ADA, BOB},
    page::{CallPage, Links, in_language},
    setup::Setup,
};
use tokio::join;

use crate::embed::{at, set_up, set_up_with};

/// Shorter than anybody wants it, for nobody to wait here.
const GRACE: &str = "pause_after = 1\nend_after = 4\n";

#[tokio::test]
async fn whoever_is_outside_again_is_told_why() {
    let (ada, bob) = join!(
        CallPage::set_up(ADA, Setup::WITHOUT_DEVICES),
        CallPage::set_up(BOB, Setup::WITHOUT_DEVICES)
    );
    let (_world, _host, page, links) = set_up_with(&ada, "{}", GRACE).await;
    moderates(&ada, &links).await;

    is_let_in(&ada, &bob, &page, &links).await;
    ada.removes(BOB).await;
    is_told(&bob, "removed").await;

    is_let_in(&ada, &bob, &page, &links).await;
    ada.ends_for_all().await;
    is_told(&bob, "ended").await;

    moderates(&ada, &links).await;
    is_let_in(&ada, &bob, &page, &links).await;
    ada.leaves().await;
    let left = is_told(&bob, "abandoned").await;
    assert_eq!(at(&left, "/refusal"), Value::Null);

    moderates(&ada, &links).await;
    knocks(&bob, &page, &links).await;
    ada.refuses("Bob").await;
    let left = is_told(&bob, "refused").await;
    assert_eq!(at(&left, "/refusal"), "turned_away");
    knocks(&bob, &page, &links).await;
    let left = is_told(&bob, "refused").await;
    assert_eq!(at(&left, "/refusal"), "too_soon");
}

async fn moderates(ada: &CallPage, links: &Links) {
    ada.opens(&in_language(&links.moderator, "en")).await;
    ada.enters().await;
    ada.is_inside().await;
}

/// Goes on from the gate of a frame; the page around it is looked at.
async fn knocks(page: &CallPage, host: &str, links: &Links) {
    page.opens_embedded(host, &links.invite).await;
    page.page_hears(json!({ "name": "gate" })).await;
    page.looks_into_the_frame().await;
    page.enters().await;
    page.looks_at_the_page().await;
}

async fn is_let_in(ada: &CallPage, bob: &CallPage, host: &str, links: &Links) {
    knocks(bob, host, links).await;
    ada.admits(BOB).await;
    bob.page_hears(json!({ "name": "joined" })).await;
}

async fn is_told(page: &CallPage, reason: &str) -> Value {
    let within = Duration::from_secs(40);
    let left = json!({ "name": "left", "reason": reason });
    let told = page.page_hears_within(left, within).await;
    let stage = page.browser().execute("return meeting.stage", Vec::new()).await;
    assert_eq!(stage, "left");
    told
}

/// Two frames of one page share what a tab keeps: they are one seat.
#[tokio::test]
async fn a_second_meeting_of_one_room_takes_the_place_of_the_first() {
    let ada = CallPage::set_up(ADA, Setup::WITHOUT_DEVICES).await;
    let (_world, _host, page, links) = set_up(&ada, "{ start: 'lobby' }").await;
    ada.opens_embedded(&page, &links.moderator).await;
    ada.page_hears(json!({ "name": "joined" })).await;
    let second = "window.second = new ZoooMeeting({ room: arguments[0], parent: document.body, height: '560px', start: 'lobby' });
        window.others = []; second.on('event', (event) => others.push(event))";
    ada.browser().execute(second, vec![json!(links.moderator)]).await;
    is_told(&ada, "replaced").await;
    let stage = "return new Promise((done) => { const look = () => second.stage === 'joined' ? done(true) : setTimeout(look, 100); look(); })";
    assert_eq!(ada.browser().execute(stage, Vec::new()).await, json!(true));
}

#[tokio::test]
async fn a_server_that_is_not_there_is_told() {
    let bob = CallPage::set_up(BOB, Setup::WITHOUT_DEVICES).await;
    let (_world, _host, page, links) = set_up(&bob, "{}").await;
    bob.opens_embedded(&page, &links.moderator).await;
    bob.page_hears(json!({ "name": "gate" })).await;
    bob.looks_into_the_frame().await;
    bob.hangs_by_a_thread().await;
    bob.is_cut_off(true).await;
    bob.enters().await;
    bob.looks_at_the_page().await;
    is_told(&bob, "unreachable").await;
}

/// Says to the server what is no message.
const NONSENSE: &str = "
    window.WebSocket = class extends window.WebSocket {
        constructor(...setup) {
            super(...setup);
            this.addEventListener('open', () => this.send('{\"type\":\"start_camera\"}'));
        }
    };
";

#[tokio::test]
async fn a_meeting_that_is_not_whole_is_told() {
    let bob = CallPage::set_up(BOB, Setup::WITHOUT_DEVICES).await;
    let (_world, _host, page, links) = set_up(&bob, "{}").await;
    bob.opens_embedded(&page, &links.moderator).await;
    bob.page_hears(json!({ "name": "gate" })).await;
    bob.looks_into_the_frame().await;
    bob.browser().execute(NONSENSE, Vec::new()).await;
    bob.enters().await;
    bob.looks_at_the_page().await;
    is_told(&bob, "failed").await;
}

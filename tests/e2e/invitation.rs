// SPDX-License-Identifier: EUPL-1.2
//! Invitations: one for one person lets one person knock, once; one for a calendar is at the right time.

use std::{fs, path::Path};

use serde_json::json;

use tests::{
    browser::SOON,
    cast::{ADA, BOB},
    eventually::{Condition as _, eventually},
    folder::Folder,
    page::{CallPage, in_language},
    setup::Setup,
    world::World,
};
use tokio::join;

#[tokio::test]
async fn a_personal_invitation_is_used_once() {
    let world = World::start().await;
    let (ada, guests) = join!(CallPage::of(ADA), CallPage::set_up(BOB, Setup::WITHOUT_DEVICES));
    let links = ada.opens_a_room(&world.home("en")).await;
    let personal = ada.makes_a_personal_invitation().await;
    assert!(personal.starts_with(&links.invite), "{personal} is the invitation and a ticket");
    let personal = in_language(&personal, "en");

    guests.opens(&personal).await;
    guests.enters_as("Bob").await;
    guests.browser().awaits("waiting-admission").await;
    ada.admits(BOB).await;
    guests.is_inside().await;

    guests.browser().opens_a_tab().await;
    guests.opens(&personal).await;
    guests.enters_as("Bert").await;
    let sentence = guests.browser().reads("refused").await;
    assert!(sentence.contains("has been used"), "Bert reads {sentence:?}");

    guests.browser().opens_a_tab().await;
    guests.opens(&in_language(&links.invite, "en")).await;
    guests.enters_as("Cora").await;
    ada.reads_knocks(&["Cora"]).await;
    ada.opens_rules().await;
    ada.switches_on("personal-only").await;
    let sentence = guests.browser().reads("refused").await;
    assert!(
        sentence.contains("with a personal invitation only"),
        "Cora, who waited, reads {sentence:?}"
    );
    ada.reads_knocks(&[]).await;
    guests.browser().opens_a_tab().await;
    guests.opens(&in_language(&links.invite, "en")).await;
    guests.enters_as("Dora").await;
    let sentence = guests.browser().reads("refused").await;
    assert!(sentence.contains("with a personal invitation only"), "Dora reads {sentence:?}");

    let another = in_language(&ada.makes_a_personal_invitation().await, "en");
    assert_ne!(another, personal, "each invitation is one of its own");
    guests.browser().opens_a_tab().await;
    guests.opens(&another).await;
    guests.enters_as("Emma").await;
    guests.browser().awaits("waiting-admission").await;
    ada.reads_knocks(&["Emma"]).await;
}

#[tokio::test]
async fn an_invitation_for_the_calendar_is_at_the_right_time() {
    let world = World::start().await;
    let ada = CallPage::set_up(ADA, Setup::WITHOUT_DEVICES).await;
    let folder = Folder::new();
    let downloads = json!({ "behavior": "allow", "downloadPath": folder.path() });
    ada.browser().devtools("Browser.setDownloadBehavior", downloads).await;
    let links = ada.makes_a_room(&world.home("de")).await;
    ada.plans("", "", "").await;
    let letter = letter(&ada, "Art. 13 DSGVO").await;
    for told in [&*links.invite, "Ada Lovelace School", "Deutschland", "/datenschutz"] {
        assert!(letter.contains(told), "no {told} in {letter}");
    }
    assert!(!letter.contains("Wann"), "a time that nobody chose: {letter}");
    assert!(!ada.browser().shows("invite-calendar").await, "a file without a time");

    for [zone, date, time, begins, ends, said] in TIMES {
        let here = json!({ "timezoneId": zone });
        ada.browser().devtools("Emulation.setTimezoneOverride", here).await;
        ada.plans(date, time, "90").await;
        let letter = self::letter(&ada, said).await;
        assert!(letter.contains(time), "no {time} in {letter}");
        ada.browser().press("invite-calendar").await;
        let calendar = saved(&folder.path().join("besprechung.ics")).await;
        let value = |name| value(&calendar, name);
        assert_eq!([value("DTSTART"), value("DTEND")], [begins, ends], "{date} {time} in {zone}");
        assert_eq!([value("URL"), value("LOCATION")], [&*links.invite; 2]);
        let text = value("DESCRIPTION").replace("\\n", "\n").replace('\\', "");
        assert_eq!(text, letter, "what the calendar says");
    }
}

/// Where somebody is, the day and the time that they choose, the same and 90 minutes later in UTC, and how they say
/// that day: in summer, in winter, over the end of a year and before midnight.
const TIMES: [[&str; 6]; 4] = [
    [
        "Europe/Berlin",
        "2027-07-01",
        "09:30",
        "20270701T073000Z",
        "20270701T090000Z",
        "Donnerstag, 1. Juli 2027",
    ],
    [
        "Europe/Berlin",
        "2027-01-11",
        "09:30",
        "20270111T083000Z",
        "20270111T100000Z",
        "Montag, 11. Januar 2027",
    ],
    [
        "America/New_York",
        "2027-12-31",
        "23:15",
        "20280101T041500Z",
        "20280101T054500Z",
        "Freitag, 31. Dezember 2027",
    ],
    [
        "Asia/Kathmandu",
        "2028-02-29",
        "00:15",
        "20280228T183000Z",
        "20280228T200000Z",
        "Dienstag, 29. Februar 2028",
    ],
];

/// The text for an e-mail, once these words are in it.
async fn letter(page: &CallPage, words: &str) -> String {
    eventually(&format!("the letter says {words:?}"), SOON, async || {
        let letter = page.texts("invite-mail").await.concat();
        if letter.contains(words) { Ok(letter) } else { Err(letter) }
    })
    .await
}

/// A file that is being saved, when it is whole. It is gone then.
async fn saved(file: &Path) -> String {
    eventually(&format!("{} is saved", file.display()), SOON, async || {
        let text = fs::read_to_string(file).map_err(|error| error.to_string())?;
        text.ends_with("END:VCALENDAR\r\n").or_seen(|| text.clone())?;
        fs::remove_file(file).map_err(|error| error.to_string())?;
        Ok(text.replace("\r\n ", ""))
    })
    .await
}

/// The value of the one line that has this name.
fn value(calendar: &str, name: &str) -> String {
    let value = |line: &str| Some(line.strip_prefix(name)?.strip_prefix(':')?.to_owned());
    let values: Vec<_> = calendar.split("\r\n").filter_map(value).collect();
    assert_eq!(values.len(), 1, "{name} is not there once in {calendar}");
    values.concat()
}

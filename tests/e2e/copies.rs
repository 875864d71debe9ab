// SPDX-License-Identifier: EUPL-1.2
//! What is copied is what is shown: invitations, at every place that offers them.

use std::fs;

use serde_json::json;
use tests::{
    browser::SOON,
    cast::ADA,
    eventually::{Condition as _, eventually},
    folder::Folder,
    page::CallPage,
    setup::Setup,
    world::World,
};

#[tokio::test]
async fn an_invitation_can_be_copied_wherever_it_is_offered() {
    let world = World::start().await;
    let ada = CallPage::set_up(ADA, Setup::WITHOUT_DEVICES).await;
    let may = json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] });
    ada.browser().devtools("Browser.grantPermissions", may).await;
    let links = ada.makes_a_room(&world.home("en")).await;
    ada.plans("2027-07-01", "09:30", "60").await;
    let letter = ada.texts("invite-mail").await.concat();
    assert!(letter.contains(&links.invite), "{letter}");
    copies(&ada, "invite-mail-copy", &letter).await;

    ada.browser().press("start-open").await;
    ada.enters().await;
    ada.is_inside().await;
    copies(&ada, "alone-invite", &links.invite).await;
    ada.opens_people().await;
    copies(&ada, "people-invite", &links.invite).await;
}

#[tokio::test]
async fn personal_invitations_can_be_copied_and_saved_all_at_once() {
    let world = World::start().await;
    let ada = CallPage::set_up(ADA, Setup::WITHOUT_DEVICES).await;
    let may = json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] });
    ada.browser().devtools("Browser.grantPermissions", may).await;
    let folder = Folder::new();
    let downloads = json!({ "behavior": "allow", "downloadPath": folder.path() });
    ada.browser().devtools("Browser.setDownloadBehavior", downloads).await;
    drop(ada.opens_a_room(&world.home("en")).await);
    ada.opens_people().await;
    ada.unfolds("invite-personal").await;
    ada.browser().write("invite-personal-number", "3").await;
    ada.browser().press("invite-personal-days-30").await;
    ada.browser().press("invite-personal-make").await;
    let links = eventually("Ada has three personal invitations", SOON, async || {
        let links = ada.texts("invite-personal-link").await;
        if links.len() == 3 { Ok(links) } else { Err(format!("{links:?}")) }
    })
    .await;
    let list = links.join("\n");
    copies(&ada, "invite-personal-copy", &list).await;
    ada.browser().press("invite-personal-download").await;
    let file = folder.path().join("invitations.txt");
    eventually("the list is saved", SOON, async || {
        let saved = fs::read_to_string(&file).map_err(|error| error.to_string())?;
        (saved == format!("{list}\n")).or_seen(|| saved)
    })
    .await;
}

/// Presses, and finds this in the clipboard.
async fn copies(page: &CallPage, testid: &str, text: &str) {
    page.browser().press(testid).await;
    let what = format!("{} finds in the clipboard what {testid} copies", page.name());
    eventually(&what, SOON, async || {
        let read = "return navigator.clipboard.readText()";
        let copied = page.browser().execute(read, Vec::new()).await;
        (copied == json!(text)).or_seen(|| format!("{copied} instead of {text:?}"))
    })
    .await;
    page.reads_in(testid, "Copied").await;
}

// SPDX-License-Identifier: EUPL-1.2
//! What is for the moment: reactions, and real-time text (EN 301 549, 6.2).

use std::time::Duration;

use fantoccini::key::Key;
use serde_json::json;
use tests::{
    browser::SOON,
    cast::{ADA, BOB, CLEO, Person},
    eventually::{Condition as _, eventually},
    page::{CallPage, in_language},
    setup::Setup,
    typing::slowest_key,
    world::World,
};
use tokio::{join, time::sleep};

#[tokio::test]
async fn a_reaction_is_on_the_right_tile_for_everybody_and_goes() {
    let world = World::start_at_trace().await;
    let before = world.said();
    let (ada, bob, cleo) = meet(&world, Setup::WITHOUT_DEVICES).await;
    bob.reacts("applause").await;
    for page in [&ada, &bob, &cleo] {
        page.sees_reactions(&[("Bob", "applause")]).await;
    }
    is_told(&ada, "Bob: Applause").await;
    cleo.reacts("slower").await;
    ada.sees_reactions(&[("Bob", "applause"), ("Cleo", "slower")]).await;
    for page in [&ada, &bob, &cleo] {
        page.sees_reactions(&[]).await;
    }

    // By keyboard alone: the key opens the choice and is in it.
    ada.types("r", Duration::ZERO).await;
    ada.browser().awaits("reactions-choice").await;
    assert_eq!(ada.focus().await.testid, "reaction");
    ada.strikes(Key::Tab).await;
    ada.strikes(Key::Tab).await;
    ada.strikes(Key::Enter).await;
    for page in [&bob, &cleo] {
        page.sees_reactions(&[("Ada", "heart")]).await;
    }
    assert!(!ada.browser().shows("reactions-choice").await, "the choice is still there");

    for page in [&ada, &cleo] {
        let heard = heard(page).await;
        assert!(heard.contains("\"reaction\""), "{} heard of none", page.name());
        for word in ["applause", "slower", "heart"] {
            assert!(!heard.contains(word), "{} heard {word:?} on its way: {heard}", page.name());
        }
    }
    let said = world.said();
    for word in ["applause", "slower", "heart", "Applause", "Slower", "Heart"] {
        assert!(!said[before.len()..].contains(word), "the server said {word:?}");
    }
}

#[tokio::test]
async fn each_key_is_read_within_half_a_second_where_somebody_lets_others_read_along() {
    let world = World::start_at_trace().await;
    let before = world.said();
    let (ada, bob, cleo) = meet(&world, Setup::WITHOUT_DEVICES).await;
    for page in [&ada, &bob, &cleo] {
        page.turns_to_the_chat().await;
        page.takes_down_the_lines().await;
    }
    nobody_reads_along_unasked(&bob, &[&ada, &cleo]).await;

    // Chromium is read in both, Firefox in Chromium.
    bob.switches_on("rtt").await;
    for (writer, readers, text) in
        [(&bob, [&ada, &cleo], WORDS), (&cleo, [&ada, &bob], OTHER_WORDS)]
    {
        if writer.name() == CLEO.name {
            writer.switches_on("rtt").await;
        }
        is_read_in_time(writer, &readers, text).await;
    }
    sent_and_received_stand_apart(&ada, &bob).await;
    what_is_changed_is_read_changed(&ada, &bob).await;
    a_line_that_is_finished_is_one_of_the_chat(&ada, &bob).await;

    // Switched off, the line goes at once; so it does with who wrote it.
    bob.turns_to_the_chat().await;
    bob.types("Never mind", Duration::from_millis(60)).await;
    ada.reads_along(&["Never mind"]).await;
    bob.switches_off("rtt").await;
    ada.reads_along(&[]).await;
    bob.switches_on("rtt").await;
    ada.reads_along(&["Never mind"]).await;
    bob.leaves().await;
    ada.reads_along(&[]).await;

    let heard = heard(&ada).await;
    let said = &world.said()[before.len()..];
    assert!(heard.contains("\"rtt\""), "nothing was said in real time");
    for words in [WORDS, OTHER_WORDS, "Never", "mind"] {
        assert!(!heard.contains(words), "{words:?} is readable on its way");
        assert!(!said.contains(words), "the server said {words:?}");
    }
}

const WORDS: &str = "Good morning";
const OTHER_WORDS: &str = "Who is it?";

/// EN 301 549, 6.2.4, says 500 ms. That is from key to line within the page, with all that two cores do for
/// three browsers and a server in between: what a slow machine adds is in it, so that the bound is not
/// loosened, and a run that is late altogether is repeated, once.
const IN_TIME: f64 = 500.0;

async fn is_read_in_time(writer: &CallPage, readers: &[&CallPage], text: &str) {
    let mut slowest = f64::MAX;
    for _ in 0..2 {
        writer.takes_down_the_lines().await;
        for reader in readers {
            reader.takes_down_the_lines().await;
        }
        writer.turns_to_the_chat().await;
        writer.types(text, Duration::from_millis(70)).await;
        for reader in readers {
            reader.reads_along(&[text]).await;
        }
        let typed = writer.typed_so_far().await;
        assert_eq!(typed.len(), text.len(), "{typed:?}");
        slowest = 0.0;
        for reader in readers {
            let read = reader.read_so_far().await;
            assert!(read.len() > 3, "{} read it in one go: {read:?}", reader.name());
            slowest = slowest.max(slowest_key(&typed, &read));
        }
        print(&format!("{}'s slowest key was read after {slowest} ms", writer.name()));
        clears(writer, text, readers).await;
        if slowest <= IN_TIME {
            return;
        }
    }
    assert!(slowest <= IN_TIME, "{}'s slowest key was read after {slowest} ms", writer.name());
}

/// Takes it back, key by key, and it is gone for the others, too.
async fn clears(writer: &CallPage, text: &str, readers: &[&CallPage]) {
    let back = String::from(char::from(Key::Backspace)).repeat(text.len());
    writer.types(&back, Duration::from_millis(20)).await;
    for reader in readers {
        reader.reads_along(&[]).await;
    }
}

async fn nobody_reads_along_unasked(writer: &CallPage, readers: &[&CallPage]) {
    writer.types("Secret", Duration::from_millis(60)).await;
    sleep(Duration::from_secs(1)).await;
    for reader in readers {
        assert_eq!(reader.texts("rtt-line").await, [""; 0], "{} reads along", reader.name());
    }
    assert!(!writer.browser().shows("rtt-own").await);
    let said = "return witness.said.filter(({ type }) => type === 'rtt').length";
    assert_eq!(writer.browser().execute(said, Vec::new()).await, json!(0));
    let back = String::from(char::from(Key::Backspace)).repeat("Secret".len());
    writer.types(&back, Duration::ZERO).await;
}

/// On the screen, and for whoever does not see it: in groups with names of their own.
async fn sent_and_received_stand_apart(ada: &CallPage, bob: &CallPage) {
    ada.turns_to_the_chat().await;
    ada.switches_on("rtt").await;
    ada.turns_to_the_chat().await;
    ada.types("Mine", Duration::from_millis(60)).await;
    bob.turns_to_the_chat().await;
    bob.types("His", Duration::from_millis(60)).await;
    bob.reads_along(&["Mine"]).await;
    ada.reads_along(&["His"]).await;
    let apart = "
        const own = document.querySelector('[data-testid=rtt-own]');
        const other = document.querySelector('[data-testid=rtt-line]');
        const tiles = [...document.querySelectorAll('[data-testid=tile]')];
        const [a, b] = [own.parentElement, other.parentElement];
        const look = (it) => { const s = getComputedStyle(it); return s.backgroundColor + s.borderColor; };
        return [own.textContent, other.querySelector('p').textContent,
            tiles.find((tile) => tile.dataset.participant === other.dataset.participant)?.textContent.includes('Bob'),
            [a, b].every((group) => group.getAttribute('role') === 'group' && group.ariaLabel),
            a.ariaLabel !== b.ariaLabel && look(own) !== look(other.querySelector('p')),
            [own, other].every((it) => !it.closest('[aria-live], [role=log], [role=status]'))]";
    let apart = ada.browser().execute(apart, Vec::new()).await;
    assert_eq!(apart, json!(["Mine", "His", true, true, true, true]));
    is_told(ada, "Bob is writing: His").await;
}

/// A key taken back, a word in place of another, something pasted: all of it arrives.
async fn what_is_changed_is_read_changed(ada: &CallPage, bob: &CallPage) {
    let back = char::from(Key::Backspace).to_string();
    bob.types(&back, Duration::ZERO).await;
    ada.reads_along(&["Hi"]).await;
    // As a keyboard does that corrects a word, and as pasting does.
    let edit = "const field = document.querySelector('[data-testid=chat-input]');
        field.setSelectionRange(...arguments[0]);
        document.execCommand('insertText', false, arguments[1])";
    bob.browser().execute(edit, vec![json!([2, 2]), json!(" everybbody")]).await;
    ada.reads_along(&["Hi everybbody"]).await;
    bob.browser().execute(edit, vec![json!([3, 13]), json!("everybody!")]).await;
    ada.reads_along(&["Hi everybody!"]).await;
}

async fn a_line_that_is_finished_is_one_of_the_chat(ada: &CallPage, bob: &CallPage) {
    bob.strikes(Key::Enter).await;
    ada.reads_the_chat(&["Hi everybody!"]).await;
    ada.reads_along(&[]).await;
    bob.reads_the_chat(&["Hi everybody!"]).await;
    bob.reads_along(&["Mine"]).await;
    assert_eq!(bob.browser().reads("chat-input").await, "");
    // What looks like a link is text: nobody is led anywhere by a click, and nothing is fetched for it.
    ada.writes("https://example.org/?q=1#x").await;
    bob.reads_the_chat(&["Hi everybody!", "https://example.org/?q=1#x"]).await;
    let links = "return document.querySelectorAll('[data-testid=chat] a').length";
    assert_eq!(bob.browser().execute(links, Vec::new()).await, json!(0));
    bob.reads_along(&[]).await;
}

/// Waits until this is read out by a screen reader.
async fn is_told(page: &CallPage, sentence: &str) {
    let what = format!("{} is told {sentence:?}", page.name());
    let script =
        "return [...document.querySelectorAll('[role=status]')].map((it) => it.textContent)";
    eventually(&what, SOON, async || {
        let told = page.browser().execute(script, Vec::new()).await;
        let is_told = told.as_array().is_some_and(|told| told.contains(&json!(sentence)));
        is_told.or_seen(|| told.to_string())
    })
    .await;
}

/// Everything that the server said to a page.
async fn heard(page: &CallPage) -> String {
    let heard = page.browser().execute("return JSON.stringify(witness.heard)", Vec::new()).await;
    heard.as_str().unwrap_or_default().to_owned()
}

/// Ada's room with Bob and Cleo in it.
async fn meet(world: &World, setup: Setup) -> (CallPage, CallPage, CallPage) {
    let start = |person: Person| CallPage::set_up(person, setup);
    let (ada, bob, cleo) = join!(start(ADA), start(BOB), start(CLEO));
    let links = ada.opens_a_room(&world.home("en")).await;
    for (page, person) in [(&bob, BOB), (&cleo, CLEO)] {
        page.opens(&in_language(&links.invite, "en")).await;
        page.enters().await;
        ada.admits(person).await;
        page.is_inside().await;
    }
    (ada, bob, cleo)
}

#[expect(clippy::print_stderr, reason = "a measurement is worth seeing")]
fn print(line: &str) {
    eprintln!("{line}");
}

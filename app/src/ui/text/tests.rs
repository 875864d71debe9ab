// SPDX-License-Identifier: EUPL-1.2
//! Every sentence, in every language: there, of its own, and spelt as that language is.

use shared::{Reaction, Responsible};

use super::{Letter, Texts, de, en};
use crate::call::{Brand, System};

const BOTH: [&Texts; 2] = [&de::TEXTS, &en::TEXTS];

/// What is the same in both languages.
const EQUAL: &[&str] = &["keys.escape", "conference.hand", "chat.title", "moment.reacts"];

#[test]
fn every_sentence_is_there() {
    for texts in BOTH {
        for (name, sentence) in everything(texts) {
            assert!(!sentence.trim().is_empty(), "{name} in {} is empty", texts.code);
            let spaced = sentence.trim_matches(' ') != sentence || sentence.contains("  ");
            assert!(!spaced, "{name} in {} has a space too many: {sentence:?}", texts.code);
        }
    }
}

#[test]
fn every_sentence_is_translated() {
    let [german, english] = BOTH.map(everything);
    assert_eq!(german.len(), english.len(), "as many sentences in one language as in the other");
    let mut equal = Vec::new();
    for ((name, german), (other, english)) in german.iter().zip(&english) {
        assert_eq!(name, other, "the same order in both languages");
        if german == english {
            equal.push(name.as_str());
        }
    }
    assert_eq!(equal, EQUAL, "what is the same in both languages");
}

#[test]
fn every_sentence_is_spelt_as_its_language_is() {
    for (texts, foreign) in BOTH.into_iter().zip(["\"'»«”’", "\"'»«„‚"]) {
        for (name, sentence) in everything(texts) {
            let strange: Vec<_> = sentence.chars().filter(|it| foreign.contains(*it)).collect();
            assert!(strange.is_empty(), "{strange:?} in {name} in {}: {sentence}", texts.code);
            let [open, close] = if texts.code == "de" { ["„", "“"] } else { ["“", "”"] };
            let quotes = [open, close].map(|quote| sentence.matches(quote).count());
            assert_eq!(quotes[0], quotes[1], "quotes in {name} in {}: {sentence}", texts.code);
            let dots = sentence.contains("...");
            assert!(!dots, "three dots for one sign in {name} in {}: {sentence}", texts.code);
        }
    }
}

#[test]
fn nobody_is_addressed_in_german_as_a_child_is() {
    let informal =
        ["du", "dich", "dir", "dein", "deine", "deinen", "deiner", "euch", "euer", "eure"];
    for (name, sentence) in everything(&de::TEXTS) {
        let words = sentence.split(|letter: char| !letter.is_alphabetic());
        let found: Vec<_> =
            words.map(str::to_lowercase).filter(|it| informal.contains(&it.as_str())).collect();
        assert!(found.is_empty(), "{found:?} in {name}: {sentence}");
    }
}

#[test]
fn what_is_told_is_in_every_sentence_made_for_it() {
    for texts in BOTH {
        for (name, sentence, told) in made(texts) {
            for told in told {
                assert!(
                    sentence.contains(told),
                    "{name} in {} lacks {told}: {sentence}",
                    texts.code
                );
            }
        }
    }
}

#[test]
fn no_sentence_is_forgotten_here() {
    for texts in BOTH {
        let functions = format!("{texts:#?}").lines().filter(|line| line.contains(": 0x")).count();
        let mut listed: Vec<_> = made(texts).into_iter().map(|(name, ..)| name).collect();
        listed.dedup();
        assert_eq!(
            listed.len(),
            functions,
            "each sentence that is made from something stands in `made`"
        );
    }
    let count = everything(&de::TEXTS).len();
    assert!(count > 300, "only {count} sentences were found");
}

/// Whole sentences and made ones, by their names.
fn everything(texts: &Texts) -> Vec<(String, String)> {
    let made = made(texts).into_iter().map(|(name, sentence, _)| (name.to_owned(), sentence));
    whole(texts).into_iter().chain(made).collect()
}

/// The sentences that are written down as they are, as they print: what is forgotten there is forgotten nowhere else.
fn whole(texts: &Texts) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut path: Vec<String> = Vec::new();
    for line in format!("{texts:#?}").lines() {
        let line = line.trim().trim_end_matches(',');
        let (name, value) = match line.split_once(": ") {
            Some((name, value)) if !line.starts_with('"') => (name, value),
            _ => ("", line),
        };
        if value.ends_with(['{', '(', '[']) && !value.starts_with('"') {
            path.push(name.to_owned());
        } else if value.starts_with(['}', ')', ']']) {
            path.pop();
        } else if value.starts_with('"') {
            let sentence = value.trim_matches('"').replace("\\n", "\n").replace("\\\"", "\"");
            let path = path.iter().map(String::as_str).chain([name]).filter(|it| !it.is_empty());
            found.push((path.collect::<Vec<_>>().join("."), sentence));
        }
    }
    // What the languages are called is no sentence.
    found.retain(|(name, _)| !["code", "other"].contains(&name.as_str()));
    found
}

/// The sentences that are made from something, each with what it has to hold. One that is made from a number comes
/// more than once, one after the other.
fn made(texts: &Texts) -> Vec<(&'static str, String, Vec<&'static str>)> {
    let who = Responsible {
        controller: "[controller]".into(),
        places_de: "[places]".into(),
        places_en: "[places]".into(),
    };
    let Texts { gate, conference, knock, invite, chat, silenced, evidence, invitation, .. } = texts;
    let letter = Letter {
        link: "[link]",
        origin: "[origin]",
        when: Some("[when]"),
        responsible: Some(&who),
    };
    let responsible = vec!["[controller]", "[places]"];
    let mut made = vec![
        ("gate.notice_responsible", (gate.notice_responsible)(&who), responsible.clone()),
        ("gate.notice_unknown", (gate.notice_unknown)("[host]"), vec!["[host]"]),
        ("gate.notice_points", (gate.notice_points)("[host]").join("\n"), vec!["[host]"]),
        ("conference.shortcut", (conference.shortcut)('x'), vec!["x"]),
        ("conference.screen_of", (conference.screen_of)("[name]"), vec!["[name]"]),
        ("conference.hand_up", (conference.hand_up)(7), vec!["7"]),
        ("chat.from", (chat.from)("[name]"), vec!["[name]"]),
        ("silenced.microphone.by", (silenced.microphone.by)("[name]"), vec!["[name]"]),
        ("silenced.camera.by", (silenced.camera.by)("[name]"), vec!["[name]"]),
        ("silenced.screen.by", (silenced.screen.by)("[name]"), vec!["[name]"]),
        ("evidence.own_host", (evidence.own_host)("[host]"), vec!["[host]"]),
        ("evidence.strangers", (evidence.strangers)("[hosts]"), vec!["[hosts]"]),
        ("evidence.strong", (evidence.strong)("[cipher]"), vec!["[cipher]"]),
        ("evidence.weak", (evidence.weak)("[cipher]"), vec!["[cipher]"]),
        ("evidence.held", (evidence.held)("[devices]"), vec!["[devices]"]),
        ("evidence.wrongly_held", (evidence.wrongly_held)("[devices]"), vec!["[devices]"]),
        ("evidence.kept", (evidence.kept)("[what]"), vec!["[what]"]),
        ("evidence.page", (evidence.page)("[hash]"), vec!["[hash]"]),
        ("evidence.same_page", (evidence.same_page)("[hash]"), vec!["[hash]"]),
        (
            "evidence.other_page",
            (evidence.other_page)("[hash]", "[stated]"),
            vec!["[hash]", "[stated]"],
        ),
        ("evidence.responsible", (evidence.responsible)(&who), responsible),
        (
            "invitation.letter",
            (invitation.letter)(&letter),
            vec!["[link]", "[origin]", "[when]", "[controller]", "[places]"],
        ),
    ];
    for (minutes, told) in [(15, "15"), (60, "1"), (90, "1½"), (120, "2")] {
        made.push(("invitation.minutes", (invitation.minutes)(minutes), vec![told]));
    }
    for (name, of) in [
        ("knock.knocking", knock.knocking),
        ("invite.made", invite.made),
        ("chat.unread", chat.unread),
    ] {
        made.push((name, of(1), Vec::new()));
        made.push((name, of(7), vec!["7"]));
    }
    made.extend(made_inside(texts));
    made
}

/// Those of what was added to the conference by the way one looks, reacts and is helped.
fn made_inside(texts: &Texts) -> Vec<(&'static str, String, Vec<&'static str>)> {
    let Texts { closing, equipment, moment, people, stage, ways, .. } = texts;
    let mut made = vec![
        ("closing.told", (closing.told)("[time]"), vec!["[time]"]),
        ("closing.told_outside", (closing.told_outside)("[time]"), vec!["[time]"]),
        ("people.remove_title", (people.remove_title)("[name]"), vec!["[name]"]),
        ("equipment.camera_replaced", (equipment.camera_replaced)("[used]"), vec!["[used]"]),
        (
            "equipment.microphone_replaced",
            (equipment.microphone_replaced)("[used]"),
            vec!["[used]"],
        ),
        ("moment.reacts", (moment.reacts)("[name]", "[reactions]"), vec!["[name]", "[reactions]"]),
        ("moment.counted", (moment.counted)(7, "[reaction]"), vec!["7", "[reaction]"]),
        ("moment.writes", (moment.writes)("[name]"), vec!["[name]"]),
        ("moment.writing", (moment.writing)("[name]", "[words]"), vec!["[name]", "[words]"]),
        ("stage.pin", (stage.pin)("[name]"), vec!["[name]"]),
        ("stage.page", (stage.page)(3, 7), vec!["3", "7"]),
    ];
    let reactions = Reaction::ALL.map(|it| ("moment.reaction", (moment.reaction)(it)));
    let brands = BRANDS.map(|it| ("ways.permit", (ways.permit)(it)));
    let systems = SYSTEMS.map(|it| ("ways.permit_in_system", (ways.permit_in_system)(it)));
    let said = reactions.into_iter().chain(brands).chain(systems);
    made.extend(said.map(|(name, sentence)| (name, sentence.to_owned(), Vec::new())));
    made
}

const BRANDS: [Brand; 8] = [
    Brand::Chromium,
    Brand::Firefox,
    Brand::Safari,
    Brand::ChromiumPhone,
    Brand::FirefoxPhone,
    Brand::SafariPhone,
    Brand::OtherIPhone,
    Brand::Unknown,
];

const SYSTEMS: [System; 4] = [System::Windows, System::Mac, System::Phone, System::Unknown];

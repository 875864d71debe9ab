// SPDX-License-Identifier: EUPL-1.2
//! The book says in both languages the same, names what is on the screen by the words that are there, and leads
//! nowhere that is not.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

#[test]
fn both_languages_have_the_same_chapters_and_the_contents_name_each() {
    let german = chapters("de");
    assert_eq!(german, chapters("en"));
    for language in ["de", "en"] {
        let contents = read(&folder(language).join("SUMMARY.md"));
        let named: BTreeSet<_> = links(&contents).collect();
        assert_eq!(named, german, "SUMMARY.md of {language}");
    }
}

#[test]
fn both_languages_show_the_same_commands() {
    let commands = |language: &str, chapter: &str| {
        let text = read(&folder(language).join(chapter));
        let words = |line: &str| line.split_whitespace().next().unwrap_or_default().to_owned();
        blocks(&text).map(|block| block.lines().map(words).collect()).collect::<Vec<Vec<_>>>()
    };
    for chapter in chapters("en") {
        assert_eq!(commands("de", &chapter), commands("en", &chapter), "{chapter}");
    }
}

#[test]
fn what_is_on_the_screen_is_called_what_it_is_called_there() {
    let said = words_of_the_page();
    for (language, opens, closes) in [("de", '„', '“'), ("en", '“', '”')] {
        for chapter in chapters(language).iter().filter(|chapter| chapter.starts_with("meeting/")) {
            let text = flowing(&read(&folder(language).join(chapter)));
            let quoted = text.split(opens).skip(1).map(|rest| rest.split(closes).next().unwrap());
            for words in quoted {
                assert!(
                    said.contains(words),
                    "{words:?} of {language}/{chapter} is nowhere on a page"
                );
            }
        }
    }
}

#[test]
fn every_link_leads_somewhere() {
    for language in ["de", "en"] {
        for chapter in chapters(language) {
            let path = folder(language).join(&chapter);
            let text = read(&path);
            let at = path.parent().unwrap();
            for link in links(&text).filter(|link| !link.contains("://")) {
                let file = link.split('#').next().unwrap();
                assert!(at.join(file).is_file(), "{link} of {language}/{chapter}");
            }
            for included in text.split("{{#include ").skip(1) {
                let file = included.split("}}").next().unwrap();
                assert!(at.join(file).is_file(), "{file} of {language}/{chapter}");
            }
        }
    }
}

/// Every chapter of a language, by its path.
fn chapters(language: &str) -> BTreeSet<String> {
    let root = folder(language);
    let mut found = BTreeSet::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if !path.ends_with("SUMMARY.md") {
                found.insert(path.strip_prefix(&root).unwrap().display().to_string());
            }
        }
    }
    found
}

fn folder(language: &str) -> PathBuf {
    root().join("docs/book").join(language).join("src")
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

/// Where the links of a text lead.
fn links(text: &str) -> impl Iterator<Item = String> {
    text.split("](").skip(1).map(|rest| rest.split(')').next().unwrap().to_owned())
}

/// What is to be typed on a terminal.
fn blocks(text: &str) -> impl Iterator<Item = &str> {
    text.split("```sh").skip(1).map(|rest| rest.split("```").next().unwrap())
}

/// Everything that the page says, in every language, as it stands in its source.
fn words_of_the_page() -> String {
    let files = fs::read_dir(root().join("app/src/ui/text")).unwrap();
    files.map(|file| read(&file.unwrap().path())).collect()
}

/// A text without its line breaks.
fn flowing(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

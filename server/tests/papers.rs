// SPDX-License-Identifier: EUPL-1.2
//! The papers of a server, word for word, and that they change with its settings.
//!
//! `ZOOO_GOLDEN=write cargo test -p zooo --test papers` writes them anew, to be read before they are kept.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::{env, fs, path::PathBuf};

use server::{
    criteria::{Build, Case, EndToEnd, Enforcement},
    facts::Language,
    report::{Document, Kind, Style, Subject, html, markdown, write},
    settings::Settings,
};

/// A server for others whose operator has said everything.
const SETTINGS: &str = r#"
media = "192.0.2.1:3478"
origin = "https://meet.school.example"
[operator]
controller = "Ada Lovelace School"
address = "Beispielweg 1, 20095 Hamburg"
contact = "privacy@school.example"
officer = "officer@school.example"
authority = "Hamburgische Datenschutzaufsicht"
places = ["DE", "FR"]
processors = [{ name = "Example Hosting GmbH", place = "DE", task = { de = "Betrieb der Maschine", en = "operation of the machine" } }]
purpose = { de = "Unterricht der Schule", en = "lessons of the school" }
legal_basis = { de = "Art. 6 Abs. 1 lit. e DS-GVO mit dem Schulgesetz", en = "Art. 6(1)(e) GDPR with the School Act" }
contract = true
third_country_parent = false
"#;

const LICENSED: &str =
    "rooms = \"licensed\"\nlicence_key = \"_RckOFqgx1tk-3jNYC-h2ZH96_drE8WO1wLqyDXp9hg\"\norigin =";

/// A document of a server with these settings.
fn paper(kind: Kind, settings: &str, language: Language, build: Build) -> Document {
    let config = Settings::parse(settings).unwrap().into_config().unwrap();
    let facts = config.facts.as_ref().unwrap();
    let case = Case { config: &config, build, enforcement: Enforcement::WHOLE, seen: None };
    write(kind, &Subject { case, facts }, language)
}

/// All of them in Markdown, in both languages.
fn all(settings: &str) -> String {
    let languages = Language::ALL.into_iter();
    let papers = languages.flat_map(|language| Kind::ALL.map(|kind| (kind, language)));
    papers.map(|(kind, language)| markdown(&paper(kind, settings, language, Build::THIS))).collect()
}

fn compare(name: &str, text: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if env::var_os("ZOOO_GOLDEN").is_some_and(|asked| asked == "write") {
        fs::write(&path, text).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    let different = kept.lines().zip(text.lines()).position(|(kept, now)| kept != now);
    assert!(kept == text, "{name} differs from line {different:?} on; see the top of this file");
}

#[test]
fn the_papers_are_word_for_word_what_was_read() {
    for language in Language::ALL {
        for kind in Kind::ALL {
            let document = paper(kind, SETTINGS, language, Build::THIS);
            let name = format!("{}.{}.md", kind.name(), language.code());
            compare(&name, &markdown(&document));
        }
        let notice = paper(Kind::Notice, SETTINGS, language, Build::THIS);
        // Not `.html`: what an operator prints says nothing of our licence.
        compare(&format!("notice.{}.html.txt", language.code()), &html(&notice, Style::Embedded));
    }
}

#[test]
fn each_fact_and_each_setting_is_in_the_papers() {
    let usual = all(SETTINGS);
    for (said, instead) in [
        ("Ada Lovelace School", "Grace Hopper School"),
        ("Beispielweg 1", "Beispielweg 2"),
        ("privacy@school", "data@school"),
        ("officer = \"officer@school.example\"", ""),
        ("authority = \"Hamburgische Datenschutzaufsicht\"", ""),
        ("\"DE\", \"FR\"", "\"DE\""),
        ("\"DE\", \"FR\"", "\"DE\", \"US\""),
        ("Example Hosting", "Other Hosting"),
        ("place = \"DE\"", "place = \"US\""),
        ("operation of the machine", "network"),
        ("Betrieb der Maschine", "Netz"),
        ("Unterricht der Schule", "Sitzungen der Schule"),
        ("lessons of the school", "meetings of the school"),
        ("lit. e DS-GVO", "lit. a DS-GVO"),
        ("Art. 6(1)(e)", "Art. 6(1)(a)"),
        ("contract = true", "contract = false"),
        ("contract = true", ""),
        ("third_country_parent = false", "third_country_parent = true"),
        ("third_country_parent = false", ""),
        ("https://meet.", "https://talk."),
        ("origin =", "pause_after = 60\norigin ="),
        ("origin =", LICENSED),
        ("origin =", "pause_after = 300\norigin ="),
        ("origin =", "end_after = 600\norigin ="),
        ("origin =", "restrictions = [\"lobby\"]\norigin ="),
        ("origin =", "restrictions = [\"personal\"]\norigin ="),
        ("origin =", "restrictions = [\"share\"]\norigin ="),
        ("origin =", "restrictions = [\"chat\"]\norigin ="),
        ("origin =", "embed = [\"https://school.example\"]\norigin ="),
    ] {
        let changed = SETTINGS.replace(said, instead);
        assert_ne!(changed, SETTINGS, "{said}");
        assert_ne!(all(&changed), usual, "{said} → {instead}");
    }
}

#[test]
fn what_is_looser_stands_in_the_notice_of_both_languages() {
    let looser = SETTINGS.replace("origin =", "pause_after = 300\norigin =");
    for (language, sentence) in [
        (Language::De, "Ohne Moderation geht es 300 statt 120 Sekunden weiter"),
        (Language::En, "without a moderator it goes on for 300 seconds, not 120"),
    ] {
        let notice = |settings| markdown(&paper(Kind::Notice, settings, language, Build::THIS));
        assert!(notice(&looser).contains(sentence), "{}", notice(&looser));
        assert!(!notice(SETTINGS).contains("T4"));
    }
}

#[test]
fn what_goes_to_third_countries_is_never_denied() {
    let outside = SETTINGS.replace("\"FR\"", "\"US\"");
    for (language, denied) in [
        (Language::De, "übermittelt keine Daten in Drittländer"),
        (Language::En, "transfers no data to third countries"),
    ] {
        let notice = |settings| markdown(&paper(Kind::Notice, settings, language, Build::THIS));
        assert!(notice(SETTINGS).contains(denied) && !notice(&outside).contains(denied));
        let contract = markdown(&paper(Kind::Record, &outside, language, Build::THIS));
        assert!(contract.contains("Art. 44"), "{contract}");
    }
}

#[test]
fn end_to_end_encryption_is_claimed_only_where_it_is() {
    let always = Build { end_to_end: EndToEnd::Always };
    for kind in [Kind::Notice, Kind::Measures, Kind::Assessment] {
        let said = |build| markdown(&paper(kind, SETTINGS, Language::De, build));
        let claim = "von Ende zu Ende verschlüsselt; der Server hat keinen Schlüssel";
        assert!(said(always).contains(claim) && !said(Build::THIS).contains(claim), "{kind:?}");
    }
}

#[test]
fn a_paper_says_as_much_in_either_language() {
    for kind in Kind::ALL {
        let [de, en] = Language::ALL.map(|language| paper(kind, SETTINGS, language, Build::THIS));
        let shape = |document: &Document| {
            let blocks = document.blocks.iter().map(core::mem::discriminant);
            blocks.collect::<Vec<_>>()
        };
        assert_eq!(shape(&de), shape(&en), "{kind:?}");
        assert!(markdown(&de) != markdown(&en), "{kind:?} is in one language");
    }
}

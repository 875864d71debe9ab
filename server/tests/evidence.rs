// SPDX-License-Identifier: EUPL-1.2
//! What a server says of itself, and what `zooo check` and `zooo report` say of it.
#![expect(
    clippy::panic,
    clippy::unwrap_used,
    clippy::expect_used,
    dead_code,
    unreachable_pub,
    reason = "a test fails by panicking; its helpers are no interface, and not all are needed here"
)]

#[path = "support/page.rs"]
mod page;

use std::{
    env, fs,
    path::PathBuf,
    process::{Command, Output},
};

use page::Site;
use server::{assets, facts::OperatorSettings};

/// What docs/privacy.md shows as a server that is set up as it should be.
const PRODUCTION: &str = "media = \"192.0.2.1:3478\"\norigin = \"https://meet.school.example\"\n\
    [operator]\ncontroller = \"Ada Lovelace School\"\naddress = \"Beispielweg 1, 20095 Hamburg\"\n\
    contact = \"privacy@school.example\"\nplaces = [\"DE\"]\ncontract = true\n\
    third_country_parent = false\n";

const OPERATOR: &str = "controller = \"Ada <School>\"\naddress = \"Beispielweg 1\"\n\
    contact = \"privacy@school.example\"\nplaces = [\"DE\"]\ncontract = true\n\
    third_country_parent = false";

#[test]
fn a_server_with_everything_at_its_default_passes() {
    let (code, text) = check("passes", PRODUCTION, &[]);
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("Everything is met that is asked."), "{text}");
    let privacy = include_str!("../../docs/privacy.md");
    for line in PRODUCTION.lines() {
        assert!(privacy.contains(line), "docs/privacy.md does not show: {line}");
    }
}

#[test]
fn each_setting_that_is_looser_fails_with_its_criterion() {
    for (name, said, instead, criterion) in [
        ("pause", "media =", "pause_after = 121\nmedia =", "T4"),
        ("end", "media =", "end_after = 901\nmedia =", "T4"),
        ("http", "media =", "http = \"0.0.0.0:8080\"\nmedia =", "T1"),
        ("origin", "https://", "http://", "T1"),
        ("unsaid", "origin = \"https://meet.school.example\"\n", "", "T1"),
        ("places", "\"DE\"", "\"US\"", "L1"),
        ("contract", "contract = true", "contract = false", "L2"),
        ("parent", "parent = false", "parent = true", "G6"),
        ("controller", "controller = \"Ada Lovelace School\"\n", "", "L1"),
    ] {
        let settings = PRODUCTION.replace(said, instead);
        assert_ne!(settings, PRODUCTION, "{name}");
        let (code, text) = check(name, &settings, &[]);
        assert_eq!(code, Some(1), "{name}: {text}");
        assert!(text.contains(&format!("\n! {criterion} ")) || text.starts_with("! L1 "), "{text}");
        let (code, json) = check(name, &settings, &["--json"]);
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        let judged = json["criteria"].as_array().unwrap().iter();
        let judged = judged.filter(|it| it["id"] == criterion).map(|it| &it["state"]);
        let failing = |state: &serde_json::Value| *state == "loosened" || *state == "not_met";
        assert_eq!(judged.filter(|state| failing(state)).count(), 1, "{name}: {json}");
        assert_eq!((code, &json["passes"]), (Some(1), &serde_json::Value::Bool(false)));
    }
}

#[test]
fn what_the_kernel_enforces_is_tried_and_said() {
    let (code, text) = check("kernel", PRODUCTION, &["--language", "de", "--high-risk"]);
    assert_eq!(code, Some(1), "what high risk asks for besides");
    assert!(text.contains("+ K1  Der laufende Server kann keine Datei"), "{text}");
    assert!(!text.contains("Nicht vom Kernel erzwungen"), "{text}");
}

#[tokio::test]
async fn a_running_server_is_seen_as_it_is() {
    let site = site().await;
    let url = format!("http://{}", site.http);
    let (code, text) =
        tokio::task::spawn_blocking(move || run(&["check", "--url", &url])).await.unwrap();
    // Without a built page there is nothing to see at `/`, and that is said.
    let is_built = assets::find("index.html").is_some();
    assert_eq!(code, Some(i32::from(!is_built)), "{text}");
    let failing: Vec<_> = text.lines().filter(|line| line.starts_with("! ")).collect();
    assert_eq!(failing.len(), usize::from(!is_built), "{text}");
    assert!(is_built || failing[0].starts_with("! G47 "), "{text}");
}

#[tokio::test]
async fn people_find_the_notice_in_their_language() {
    let site = site().await;
    for (path, language, title) in [
        ("/datenschutz", "de", "Datenschutzhinweise zur Videokonferenz"),
        ("/privacy", "en", "Privacy notice for video conferences"),
    ] {
        let answer = site.ask("GET", path).await;
        assert!(answer.starts_with("HTTP/1.1 200 ") && answer.contains(title), "{answer}");
        assert!(answer.contains("content-type: text/html; charset=utf-8"), "{answer}");
        assert!(answer.contains(&format!("<html lang=\"{language}\">")), "{answer}");
        assert!(answer.contains("Ada &lt;School&gt;") && !answer.contains("<script"), "{answer}");
        assert!(answer.contains("href=\"/notice.css\"") && !answer.contains("<style"), "{answer}");
    }
    let style = site.ask("GET", "/notice.css").await;
    assert!(style.contains("content-type: text/css") && style.contains("@media print"), "{style}");
}

#[tokio::test]
async fn machines_find_the_statement() {
    let site = site().await;
    let answer = site.ask("GET", "/.well-known/privacy.json").await;
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.contains("content-type: application/json"), "{head}");
    let said: serde_json::Value = serde_json::from_str(body).unwrap();
    assert_eq!(said["responsible"]["controller"], "Ada <School>");
    assert_eq!((&said["retention_seconds"], &said["recording"]), (&0.into(), &"absent".into()));
    assert_eq!(said["hosts_contacted"], serde_json::Value::Array(Vec::new()));
    assert_eq!(said["page_sha256"].as_str(), assets::PAGE_HASH);
    assert_eq!(said["enforcement"]["file_writes"], "missing");
}

#[tokio::test]
async fn a_server_of_its_own_machine_says_that_it_is_one() {
    let site = Site::start().await;
    let answer = site.ask("GET", "/datenschutz").await;
    assert!(answer.contains("Wer verantwortlich ist, wurde nicht erklärt"), "{answer}");
}

#[tokio::test]
async fn under_https_every_answer_asks_for_nothing_else() {
    let secure = Site::configured(|config| {
        config.origin = server::office::Origin::parse("https://meet.school.example");
    });
    let secure = secure.await;
    for path in ["/", "/privacy", "/nothing", "/ws/x"] {
        let answer = secure.ask("GET", path).await;
        assert!(answer.contains("strict-transport-security: max-age=63072000"), "{answer}");
    }
    let plain = Site::start().await.ask("GET", "/privacy").await;
    assert!(!plain.contains("strict-transport-security"), "{plain}");
}

#[test]
fn papers_are_written_for_whom_somebody_is_responsible() {
    let file = settings("papers", PRODUCTION);
    let file = file.to_str().unwrap();
    let (code, german) = run(&["report", "--config", file]);
    assert_eq!(code, Some(0), "{german}");
    assert!(german.starts_with("# Datenschutzhinweise zur Videokonferenz\n"), "{german}");
    assert_eq!(german.lines().filter(|line| line.starts_with("# ")).count(), 5);
    let (_, page) = run(&["report", "record", "--language=en", "--format=html", "--config", file]);
    assert!(page.starts_with("<!doctype html>") && page.contains("<style>"), "{page}");
    assert!(page.contains("Record of processing") && !page.contains("<script"), "{page}");
    let undeclared = settings("undeclared", "media = \"192.0.2.1:3478\"\n");
    let (code, said) = run(&["report", "--config", undeclared.to_str().unwrap()]);
    assert_eq!(code, Some(2));
    assert!(said.contains("[operator] lacks controller, address, contact, places"), "{said}");
}

#[test]
fn nobody_is_served_before_somebody_is_responsible() {
    let undeclared = settings("unserved", "http = \"127.0.0.1:0\"\nmedia = \"192.0.2.1:0\"\n");
    let file = undeclared.to_str().unwrap();
    let (code, said) = run(&["serve", "--config", file]);
    assert_eq!(code, Some(2));
    assert!(
        said.starts_with("zooo: cannot serve others at 192.0.2.1:0: [operator] lacks "),
        "{said}"
    );
    let flags = ["--operator", "controller = \"Ada\"", "--operator", "places = [\"DE\"]"];
    let (_, said) = run(&[&["serve", "--config", file], &flags[..]].concat());
    assert!(said.contains("[operator] lacks address, contact:"), "{said}");
    let (code, said) = run(&["serve", "--config", file, "--operator", "controler = \"Ada\""]);
    assert_eq!(code, Some(2));
    assert!(said.starts_with("zooo: cannot use --operator: line 1: unknown field"), "{said}");
}

/// A server that says who is responsible, on this machine.
async fn site() -> Site {
    Site::configured(|config| {
        config.facts = OperatorSettings::parse(OPERATOR).unwrap().declare();
    })
    .await
}

fn settings(name: &str, text: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("evidence-{name}.toml"));
    fs::write(&path, text).unwrap();
    path
}

/// The exit code and the words of `zooo check`.
fn check(name: &str, text: &str, flags: &[&str]) -> (Option<i32>, String) {
    let file = settings(name, text);
    run(&[&["check", "--config", file.to_str().unwrap()], flags].concat())
}

/// The exit code and the words of `zooo`, in an environment that sets nothing.
fn run(arguments: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zooo"));
    let ours = |name: &str| name.starts_with("ZOOO_") || name == "RUST_LOG";
    for (name, _) in env::vars().filter(|(name, _)| ours(name)) {
        command.env_remove(name);
    }
    let Output { status, stdout, stderr } = command.args(arguments).output().unwrap();
    (status.code(), [stdout, stderr].map(|text| String::from_utf8(text).unwrap()).concat())
}

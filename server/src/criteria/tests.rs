// SPDX-License-Identifier: EUPL-1.2
//! The list against servers: one that is set up as it should be, and each way to set it up worse.

use std::collections::BTreeSet;

use super::{
    Barrier, Build, Case, EndToEnd, Enforcement, Finding, Said, Seen, Sight, State, Weight, all,
    findings, looser,
};
use crate::{
    config::ServerConfig,
    sandbox::{Landlock, Memory, Sandbox, Seccomp},
    settings::Settings,
};

/// A server for others, with everything at its default and everything said.
const PRODUCTION: &str = "media = \"192.0.2.1:3478\"\norigin = \"https://meet.school.example\"\n";
const DECLARED: &str = "[operator]\ncontroller = \"Ada School\"\naddress = \"1 Example Street\"\n\
    contact = \"ada@school.example\"\nplaces = [\"DE\", \"NO\"]\ncontract = true\n\
    third_country_parent = false\n";

/// A certificate that a process beside the server fetches.
const ORDERED: &str =
    "[tls]\nacme = { directory = \"https://ca.example/dir\", state = \"state\" }\n[operator]";

fn config(text: &str) -> ServerConfig {
    Settings::parse(text).expect("settings").into_config().expect("a decision")
}

fn case(config: &ServerConfig) -> Case<'_> {
    Case { config, build: Build::THIS, enforcement: Enforcement::NONE, seen: None }
}

/// What fails, and whether it was chosen.
fn failing(case: &Case<'_>, high_risk: bool) -> Vec<(&'static str, bool)> {
    let fails = findings(case).into_iter().filter(|finding| finding.fails(high_risk));
    let chosen = |finding: &Finding| matches!(finding.state, State::Loosened(_));
    fails.map(|finding| (finding.criterion.id, chosen(&finding))).collect()
}

#[test]
fn a_server_that_is_set_up_as_it_should_be_meets_all_that_is_asked_of_all() {
    let config = config(&format!("{PRODUCTION}{DECLARED}"));
    assert_eq!(failing(&case(&config), false), []);
    assert_eq!(looser(&config), []);
}

#[test]
fn each_setting_that_is_looser_is_found_with_its_criterion() {
    let whole = format!("{PRODUCTION}{DECLARED}");
    let processors = "places = [\"DE\"]\nprocessors = [{ name = \"Cloud Inc.\", place = \"US\", task = { de = \
                      \"Betrieb\", en = \"operation\" } }]";
    for (instead_of, set, key, criterion) in [
        ("media =", "pause_after = 121\nmedia =", "pause_after", "T4"),
        ("media =", "end_after = 901\nmedia =", "end_after", "T4"),
        ("media =", "http = \"192.0.2.1:80\"\nmedia =", "http", "T1"),
        ("https://meet", "http://meet", "origin", "T1"),
        ("media =", "metrics = \"127.0.0.1:9090\"\nmedia =", "metrics", "T7"),
        ("media =", "embed = [\"https://a.example\"]\nmedia =", "embed", "L4"),
        ("[operator]", ORDERED, "tls.acme", "L1"),
        ("\"NO\"", "\"CH\"", "operator.places", "L1"),
        ("places = [\"DE\", \"NO\"]", processors, "operator.processors", "L1"),
        ("contract = true", "contract = false", "operator.contract", "L2"),
        ("parent = false", "parent = true", "operator.third_country_parent", "G6"),
    ] {
        let text = whole.replace(instead_of, set);
        assert_ne!(text, whole, "{key}");
        let config = config(&text);
        let looser = looser(&config);
        let found: Vec<_> = looser.iter().map(|looser| (looser.key, looser.criterion)).collect();
        assert_eq!(found, [(key, criterion)]);
        let mut expected = vec![(criterion, true), ("L4", true)];
        expected.sort_unstable();
        expected.dedup();
        let mut failing = failing(&case(&config), false);
        failing.sort_unstable();
        assert_eq!(failing, expected, "{key}");
        let why = &looser[0].why;
        assert!(why.de.starts_with(&format!("{key}: ")) && why.en.starts_with(&format!("{key}: ")));
    }
}

#[test]
fn what_is_stricter_than_the_default_is_not_looser() {
    let config = config(&format!("pause_after = 1\nend_after = 2\n{PRODUCTION}{DECLARED}"));
    assert_eq!(failing(&case(&config), false), []);
}

#[test]
fn what_is_not_said_is_not_met() {
    let whole = format!("{PRODUCTION}{DECLARED}");
    for (line, criteria) in [
        ("origin = \"https://meet.school.example\"\n", &["T1", "G19"][..]),
        ("contract = true\n", &["L2"]),
        ("third_country_parent = false\n", &["G6"]),
    ] {
        let config = config(&whole.replace(line, ""));
        let expected: Vec<_> = criteria.iter().map(|id| (*id, false)).collect();
        assert_eq!(failing(&case(&config), false), expected, "{line}");
    }
    // On its own machine a server may go without; that is no answer to any of this.
    let config = config("");
    let expected = ["L1", "L2", "G6", "G8", "G11", "G13"].map(|id| (id, false));
    assert_eq!(failing(&case(&config), false), expected);
}

#[test]
fn what_is_missing_at_high_risk_is_said() {
    let config = config(&format!("{PRODUCTION}{DECLARED}"));
    let ids =
        |case: &Case<'_>| failing(case, true).into_iter().map(|(id, _)| id).collect::<Vec<_>>();
    let plain = case(&config);
    assert_eq!(ids(&plain), ["G18", "G20", "G21", "K1", "K2", "K3", "K4"]);
    let build = Build { end_to_end: EndToEnd::Always };
    assert_eq!(ids(&Case { build, ..plain }), ["G18", "K1", "K2", "K3", "K4"]);
    let file_writes = Barrier::Enforced;
    let enforcement = Enforcement { file_writes, ..Enforcement::NONE };
    assert_eq!(ids(&Case { build, enforcement, ..plain }), ["G18", "K2", "K3", "K4"]);
    assert_eq!(ids(&Case { build, enforcement: Enforcement::WHOLE, ..plain }), ["G18"]);
}

#[test]
fn what_is_seen_counts_before_what_is_said() {
    let config = config(&format!("{PRODUCTION}{DECLARED}"));
    let what = Said::new("Die Antwort setzt ein Cookie", "The answer sets a cookie");
    let seen = Seen { faults: vec![Sight { criterion: "T7", what: what.clone() }] };
    let case = Case { seen: Some(&seen), ..case(&config) };
    assert_eq!(failing(&case, false), [("T7", false)]);
    let found = findings(&case).into_iter().find(|finding| finding.criterion.id == "T7");
    assert_eq!(found.expect("T7").state, State::NotMet(what));
}

#[test]
fn the_list_is_complete_and_nothing_is_in_it_twice() {
    let ids: Vec<_> = all().map(|criterion| criterion.id).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    let berlin = (1..=4).map(|n| format!("L{n}")).chain((1..=9).map(|n| format!("T{n}")));
    assert!(ids.iter().take(13).map(|id| (*id).to_owned()).eq(berlin));
    for criterion in all() {
        for text in [criterion.asks, criterion.kept] {
            for text in [text.de, text.en] {
                assert!(text.ends_with('.') && !text.contains("  "), "{}: {text}", criterion.id);
            }
        }
        let is_kernel = criterion.id.starts_with('K');
        assert!(!is_kernel || criterion.weight == Weight::HighRisk);
    }
}

#[test]
fn every_loosening_names_a_criterion_of_the_list() {
    let all_loose = "http = \"192.0.2.1:80\"\nmetrics = \"[::1]:9090\"\npause_after = 999\nend_after = 999\n\
        media = \"192.0.2.1:3478\"\norigin = \"http://x.example\"\n[operator]\ncontroller = \"a\"\n\
        address = \"b\"\ncontact = \"a@b.c\"\nplaces = [\"US\"]\ncontract = false\n\
        third_country_parent = true\n";
    let config = config(all_loose);
    let looser = looser(&config);
    assert_eq!(looser.len(), 8);
    assert!(looser.iter().all(|looser| all().any(|criterion| criterion.id == looser.criterion)));
}

#[test]
fn what_the_kernel_took_is_what_it_is_said_to_forbid() {
    let whole = Sandbox {
        landlock: Landlock::Enforced(6),
        seccomp: Seccomp::Enforced,
        no_new_privileges: true,
        no_core_dumps: true,
        memory: Memory::Locked,
    };
    assert_eq!(Enforcement::from(whole), Enforcement::WHOLE);
    let (yes, no) = (Barrier::Enforced, Barrier::Missing);
    let files = Enforcement { connections: no, ..Enforcement::WHOLE };
    let barred = |sandbox| Enforcement::from(sandbox);
    assert_eq!(barred(Sandbox { seccomp: Seccomp::Missing, ..whole }), files);
    assert_eq!(barred(Sandbox { landlock: Landlock::Missing, ..whole }), Enforcement::WHOLE);
    let neither = Sandbox { landlock: Landlock::Missing, seccomp: Seccomp::Missing, ..whole };
    assert_eq!(barred(neither), Enforcement { core_dumps: yes, ..Enforcement::NONE });
    let dumped = Sandbox { no_core_dumps: false, ..whole };
    assert_eq!(barred(dumped), Enforcement { core_dumps: no, ..Enforcement::WHOLE });
}

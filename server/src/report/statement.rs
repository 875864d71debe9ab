// SPDX-License-Identifier: EUPL-1.2
//! What a server says of itself to machines: `/.well-known/privacy.json`, and the answer of `zooo check --json`.

use serde::Serialize;
use shared::{InBoth, Judged, Responsible, Restrictions, Statement};

use crate::{
    assets::PAGE_HASH,
    criteria::{Case, EndToEnd, Finding, Said, findings, looser},
    facts::{Facts, Language},
    tls::TlsConfig,
};

/// All of it. What the gate needs stands first.
#[derive(Debug, Serialize)]
struct Whole<'a> {
    #[serde(flatten)]
    gate: Statement,
    format: &'static str,
    software: Software,
    operator: Option<&'a Facts>,
    notice: Both<&'static str>,
    retention_seconds: u32,
    restrictions: Restrictions,
    recording: &'static str,
    hosts_contacted: Vec<&'a str>,
    cookies: [&'static str; 0],
    end_to_end: EndToEnd,
    loosened: Vec<Loosened>,
}

#[derive(Debug, Serialize)]
struct Answers<'a> {
    url: Option<&'a str>,
    passes: bool,
    criteria: Vec<Judged>,
}

#[derive(Debug, Serialize)]
struct Software {
    name: &'static str,
    version: &'static str,
}

#[derive(Debug, Serialize)]
struct Both<T> {
    de: T,
    en: T,
}

#[derive(Debug, Serialize)]
struct Loosened {
    key: &'static str,
    criterion: &'static str,
    why: Both<String>,
}

/// What the statements of this version are called.
pub const FORMAT: &str = "zooo.privacy.v1";

/// The hosts that are connected to: none, but for the authority that an operator names.
fn contacted<'a>(case: &Case<'a>) -> Vec<&'a str> {
    let order = case.config.tls.as_ref().and_then(TlsConfig::acme);
    order.map(|order| order.directory.host()).into_iter().collect()
}

/// The statement of a server, as JSON.
pub fn statement(case: &Case<'_>) -> String {
    let facts = case.config.facts.as_ref().ok();
    let whole = Whole {
        gate: Statement {
            responsible: facts.map(responsible),
            enforcement: case.enforcement,
            page_sha256: PAGE_HASH.map(String::from),
            criteria: judged(findings(case)),
        },
        format: FORMAT,
        software: Software { name: "zooo", version: env!("CARGO_PKG_VERSION") },
        operator: facts,
        notice: Both { de: Statement::NOTICE_DE, en: Statement::NOTICE_EN },
        retention_seconds: 0,
        restrictions: case.config.limits.room.restrictions,
        recording: "absent",
        hosts_contacted: contacted(case),
        cookies: [],
        end_to_end: case.build.end_to_end,
        loosened: looser(case.config)
            .into_iter()
            .map(|looser| Loosened {
                key: looser.key,
                criterion: looser.criterion,
                why: looser.why.into(),
            })
            .collect(),
    };
    // Texts, numbers and lists of them can always be written.
    serde_json::to_string_pretty(&whole).unwrap_or_default()
}

/// Who is responsible, as it stands in the statement, for itself.
pub fn who_is_responsible(case: &Case<'_>) -> String {
    let facts = case.config.facts.as_ref().ok();
    serde_json::to_string(&facts.map(responsible)).unwrap_or_default()
}

/// Whose pages may embed the server's, as JSON.
pub fn who_embeds(case: &Case<'_>) -> String {
    serde_json::to_string(&case.config.embedders).unwrap_or_default()
}

/// The answer of `zooo check`, as JSON: where it looked, whether all is well, and every criterion.
pub fn answers(url: Option<&str>, passes: bool, findings: Vec<Finding>) -> String {
    let criteria = judged(findings);
    serde_json::to_string_pretty(&Answers { url, passes, criteria }).unwrap_or_default()
}

fn responsible(facts: &Facts) -> Responsible {
    let places = |language| {
        let names: Vec<_> = facts.places.iter().map(|place| place.name(language)).collect();
        names.join(", ")
    };
    Responsible {
        controller: facts.controller.to_string(),
        places_de: places(Language::De),
        places_en: places(Language::En),
    }
}

impl From<Said> for Both<String> {
    fn from(Said { de, en }: Said) -> Self {
        Self { de, en }
    }
}

fn judged(findings: Vec<Finding>) -> Vec<Judged> {
    let judge = |Finding { criterion, state }: Finding| Judged {
        id: criterion.id.into(),
        source: criterion.source.into(),
        weight: criterion.weight,
        answered: criterion.by.stated(),
        asks: InBoth { de: criterion.asks.de.into(), en: criterion.asks.en.into() },
        state: state.standing(),
        why: state.why().cloned().map(|Said { de, en }| InBoth { de, en }),
    };
    findings.into_iter().map(judge).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        criteria::{Build, Enforcement},
        settings::Settings,
    };

    const DECLARED: &str = "[operator]\ncontroller = \"Ada School\"\naddress = \"1 Example Street\"\n\
        contact = \"ada@school.example\"\nplaces = [\"DE\", \"FR\"]\n";

    fn stated(text: &str) -> String {
        written(text, statement)
    }

    fn written(text: &str, write: fn(&Case<'_>) -> String) -> String {
        let config = Settings::parse(text).expect("settings").into_config().expect("a decision");
        let enforcement = Enforcement::NONE;
        write(&Case { config: &config, build: Build::THIS, enforcement, seen: None })
    }

    #[test]
    fn who_is_responsible_is_said_for_itself_as_in_the_statement() {
        for text in [DECLARED, ""] {
            let gate: Statement = serde_json::from_str(&stated(text)).expect("a statement");
            let alone = written(text, who_is_responsible);
            assert_eq!(
                serde_json::from_str::<Option<Responsible>>(&alone).ok(),
                Some(gate.responsible)
            );
        }
    }

    #[test]
    fn the_gate_reads_who_is_responsible() {
        let text = stated(DECLARED);
        let gate: Statement = serde_json::from_str(&text).expect("a statement");
        let responsible = gate.responsible.expect("somebody");
        assert_eq!(responsible.controller, "Ada School");
        assert_eq!(responsible.places_de, "Deutschland, Frankreich");
        assert_eq!(responsible.places_en, "Germany, France");
    }

    #[test]
    fn a_server_of_its_own_machine_names_nobody() {
        let gate: Statement = serde_json::from_str(&stated("")).expect("a statement");
        assert_eq!(gate.responsible, None);
    }

    #[test]
    fn whoever_is_connected_to_is_named_by_host_alone() {
        let of = |text: &str| {
            let value: serde_json::Value = serde_json::from_str(&stated(text)).expect("JSON");
            value["hosts_contacted"].clone()
        };
        assert_eq!(of(DECLARED), serde_json::json!([]));
        let ordered = "http = \"127.0.0.1:1\"\nmedia = \"127.0.0.1:1\"\norigin = \"https://a.example\"\n\
            [tls]\nacme = { directory = \"https://ca.example:14000/dir\", state = \"state\" }\n";
        assert_eq!(of(&format!("{ordered}{DECLARED}")), serde_json::json!(["ca.example"]));
    }

    #[test]
    fn every_criterion_is_in_it_with_its_state() {
        let text = stated(&format!("pause_after = 300\n{DECLARED}"));
        let value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        let criteria = value["criteria"].as_array().expect("a list");
        assert_eq!(criteria.len(), crate::criteria::all().count());
        let of = |id: &str| criteria.iter().find(|it| it["id"] == id).expect("a criterion");
        assert_eq!(of("T4")["state"], "loosened");
        assert_eq!(of("T8")["state"], "met");
        assert_eq!(of("L2")["state"], "not_met");
        assert!(
            of("L2")["why"]["de"].as_str().is_some_and(|why| why.contains("operator.contract"))
        );
        assert_eq!(value["loosened"][0]["key"], "pause_after");
    }
}

// SPDX-License-Identifier: EUPL-1.2
//! The documents say what the types say.

use std::collections::BTreeSet;

use shared::{Act, ClientMessage, Grant, Role};

use super::{
    to_the_page::{CLOSINGS, REFUSALS},
    to_the_server::every_act,
};

const ROLES: &str = include_str!("../../../docs/roles.md");
const PROTOCOL: &str = include_str!("../../../docs/protocol.md");

#[test]
fn the_table_of_roles_is_the_one_that_decides() {
    let rendered = rendered_table();
    let written: Vec<_> = table(ROLES, "| act | participant |").collect();
    assert_eq!(written, rendered, "docs/roles.md should have\n\n{}\n", rendered.join("\n"));
}

#[test]
fn every_act_of_a_moderator_is_explained() {
    let said = every_act().map(|act| serde_json::to_value(ClientMessage::Moderate(act)).unwrap());
    let acts: BTreeSet<_> = said.iter().map(|said| said["act"].as_str().unwrap()).collect();
    let explained: BTreeSet<_> = table(ROLES, "| act | does |").map(first_word).collect();
    assert_eq!(explained, acts);
    for act in acts {
        let example = format!(r#"{{"type":"moderate","act":"{act}""#);
        assert!(PROTOCOL.contains(&example), "docs/protocol.md: no example of {act}");
    }
}

#[test]
fn every_reason_is_explained() {
    let reasons = |header: &str| -> BTreeSet<_> {
        let section = PROTOCOL.split_once(header).unwrap().1;
        table(section, "| reason |").map(first_word).collect()
    };
    assert_eq!(reasons("### refused\n"), REFUSALS.iter().map(|(_, word)| *word).collect());
    assert_eq!(reasons("### closed\n"), CLOSINGS.iter().map(|(_, word)| *word).collect());
}

fn rendered_table() -> Vec<String> {
    let cells = |act: Act| Role::ALL.map(|role| in_words(role.grant(act))).join(" | ");
    Act::ALL.map(|act| format!("| {} | {} |", what(act), cells(act))).to_vec()
}

const fn in_words(grant: Grant) -> &'static str {
    match grant {
        Grant::Always => "yes",
        Grant::AsTheRoomSays => "as the room says",
        Grant::Never => "no",
    }
}

const fn what(act: Act) -> &'static str {
    match act {
        Act::Speak => "transmit the own microphone",
        Act::ShowCamera => "transmit the own camera",
        Act::ShareScreen => "share the own screen",
        Act::RaiseHand => "raise and lower the own hand",
        Act::React => "show a reaction",
        Act::Chat => "write to everybody",
        Act::RunDoor => "admit, refuse, set the door",
        Act::Silence => "switch off the microphone of one, or of everybody else",
        Act::StopCamera => "switch off somebody's camera",
        Act::StopScreen => "stop somebody's screen",
        Act::LowerHand => "lower somebody's hand, or all",
        Act::SetRules => "decide who may share a screen, who may chat, which invitations count",
        Act::GiveRole => "make somebody a participant, presenter or moderator",
        Act::Remove => "remove somebody",
        Act::End => "end the conference for everybody",
    }
}

/// The rows of the table whose header begins so.
fn table<'a>(document: &'a str, header: &str) -> impl Iterator<Item = &'a str> {
    let lines = document.lines().skip_while(move |line| !line.starts_with(header));
    lines.skip(2).take_while(|line| line.starts_with('|'))
}

/// What stands in the first cell.
fn first_word(row: &str) -> &str {
    row.split('`').nth(1).unwrap_or(row)
}

// SPDX-License-Identifier: EUPL-1.2
//! Every way in which a meeting refuses what the page around it wants: browser tests bring each about, and
//! `embedding.rs` holds the list to the decisions.

/// Where somebody is when their page wants something.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Stage {
    /// At the gate, with everything off.
    Gate,
    /// At the gate, with a camera that runs.
    GateWithCamera,
    /// Before a room without a moderator.
    Waiting,
    /// Inside, without the right to run anything, sharing a screen.
    Guest,
    /// Inside as a moderator, with somebody at the door.
    Moderator,
    /// The same, on a line that is lost.
    Lost,
    /// After leaving.
    Ended,
}

/// Everybody is here somewhere.
pub const STAGES: [Stage; 7] = [
    Stage::Gate,
    Stage::GateWithCamera,
    Stage::Waiting,
    Stage::Guest,
    Stage::Moderator,
    Stage::Lost,
    Stage::Ended,
];

/// What is wanted, and why it is not done. In a command `"$own"` is the number of the person themselves, `"$knocking"`
/// that of who is at the door.
#[derive(Clone, Copy, Debug)]
pub struct Refusal {
    /// When.
    pub stage: Stage,
    /// What, as the protocol has it.
    pub command: &'static str,
    /// The word.
    pub reason: &'static str,
}

impl Refusal {
    /// The command with its numbers.
    pub fn command_with(&self, own: u32, knocking: u32) -> String {
        let named = self.command.replace("\"$own\"", &own.to_string());
        named.replace("\"$knocking\"", &knocking.to_string())
    }
}

const fn refusal(stage: Stage, reason: &'static str, command: &'static str) -> Refusal {
    Refusal { stage, command, reason }
}

/// All of them. What is said too much at once is refused whatever it is, and stands elsewhere.
pub const REFUSALS: [Refusal; 39] = [
    refusal(Stage::Gate, "not_now", r#"{"name":"hang_up"}"#),
    refusal(Stage::Gate, "not_now", r#"{"name":"set_layout","layout":"grid"}"#),
    refusal(Stage::Gate, "not_now", r#"{"name":"pin","participant":1,"pinned":true}"#),
    refusal(Stage::Gate, "not_now", r#"{"name":"admit","participant":1}"#),
    refusal(Stage::Gate, "not_now", r#"{"name":"refuse","participant":1}"#),
    refusal(Stage::Gate, "not_now", r#"{"name":"open_panel","panel":"people"}"#),
    refusal(Stage::Gate, "not_now", r#"{"name":"close_panel"}"#),
    refusal(Stage::Gate, "unknown", r#"{"name":"set_layout","layout":"sideways"}"#),
    refusal(Stage::Gate, "unknown", r#"{"name":"set_layout"}"#),
    refusal(Stage::Gate, "unknown", r#"{"name":"set_language","language":"tlh"}"#),
    refusal(Stage::Gate, "unknown", r#"{"name":"set_theme","theme":"pink"}"#),
    refusal(Stage::Gate, "unknown", r#"{"name":"pin","participant":1}"#),
    refusal(Stage::Gate, "unknown", r#"{"name":"pin","participant":-1,"pinned":true}"#),
    refusal(Stage::Gate, "unknown", r#"{"name":"admit"}"#),
    refusal(Stage::Gate, "unknown", r#"{"name":"refuse","participant":"everybody"}"#),
    refusal(Stage::Gate, "unknown", r#"{"name":"open_panel","panel":"files"}"#),
    refusal(Stage::Gate, "unknown", r#"{"name":"set_name"}"#),
    refusal(Stage::Gate, "unknown", r#"{"name":"start_camera"}"#),
    refusal(Stage::GateWithCamera, "person_decides", r#"{"name":"enter"}"#),
    refusal(Stage::Waiting, "not_now", r#"{"name":"enter"}"#),
    refusal(Stage::Waiting, "not_now", r#"{"name":"set_name","display_name":"Eve"}"#),
    refusal(Stage::Waiting, "not_now", r#"{"name":"admit","participant":1}"#),
    refusal(Stage::Waiting, "not_now", r#"{"name":"open_panel","panel":"chat"}"#),
    refusal(Stage::Guest, "not_now", r#"{"name":"enter"}"#),
    refusal(Stage::Guest, "not_now", r#"{"name":"set_name","display_name":"Eve"}"#),
    refusal(Stage::Guest, "not_allowed", r#"{"name":"admit","participant":"$knocking"}"#),
    refusal(Stage::Guest, "not_allowed", r#"{"name":"refuse","participant":"$knocking"}"#),
    refusal(
        Stage::Guest,
        "not_allowed",
        r#"{"name":"pin","participant":"$own","screen":true,"pinned":true}"#,
    ),
    refusal(Stage::Guest, "nobody", r#"{"name":"pin","participant":9999,"pinned":true}"#),
    refusal(Stage::Guest, "unknown", r#"{"name":"unmute_microphone"}"#),
    refusal(Stage::Moderator, "nobody", r#"{"name":"admit","participant":"$own"}"#),
    refusal(Stage::Moderator, "nobody", r#"{"name":"refuse","participant":9999}"#),
    refusal(Stage::Moderator, "unknown", r#"{"name":"admit_all"}"#),
    refusal(Stage::Moderator, "unknown", r#"{"name":"remove","participant":1}"#),
    refusal(Stage::Lost, "not_now", r#"{"name":"admit","participant":"$knocking"}"#),
    refusal(Stage::Lost, "not_now", r#"{"name":"refuse","participant":"$knocking"}"#),
    refusal(Stage::Ended, "not_now", r#"{"name":"hang_up"}"#),
    refusal(Stage::Ended, "not_now", r#"{"name":"close_panel"}"#),
    refusal(Stage::Ended, "not_now", r#"{"name":"enter"}"#),
];

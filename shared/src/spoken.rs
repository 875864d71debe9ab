// SPDX-License-Identifier: EUPL-1.2
//! Reads what a page around a meeting says: all its words in one place, and then which of them belong together. What a derived
//! implementation for tagged enums would bring is more than all the rest of this protocol, for everybody who enters.

use alloc::{string::String, vec::Vec};
use core::fmt;

use serde::Deserialize;

use crate::embed::{Command, HostMessage, Language, Layout, Panel, Theme};
use crate::id::ParticipantId;

/// Every word that a message can have.
#[derive(Deserialize)]
pub(crate) struct Spoken {
    #[serde(rename = "type")]
    kind: String,
    versions: Option<Vec<u32>>,
    id: Option<u32>,
    command: Option<Wanted>,
}

/// Every word that a command can have.
#[derive(Deserialize)]
struct Wanted {
    name: String,
    participant: Option<ParticipantId>,
    screen: Option<bool>,
    pinned: Option<bool>,
    layout: Option<String>,
    language: Option<String>,
    theme: Option<String>,
    panel: Option<String>,
    display_name: Option<String>,
}

/// Why words are no message: that they do not belong together.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Meaningless;

impl fmt::Display for Meaningless {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no such message")
    }
}

impl TryFrom<Spoken> for HostMessage {
    type Error = Meaningless;

    fn try_from(said: Spoken) -> Result<Self, Meaningless> {
        let message = match said.kind.as_str() {
            "hello" => said.versions.map(|versions| Self::Hello { versions }),
            "command" => said.id.zip(said.command.and_then(Wanted::command)).map(of_number),
            _ => None,
        };
        message.ok_or(Meaningless)
    }
}

fn of_number((id, command): (u32, Command)) -> HostMessage {
    HostMessage::Command { id, command }
}

impl Wanted {
    fn command(self) -> Option<Command> {
        let Self { participant, screen, pinned, .. } = self;
        Some(match self.name.as_str() {
            "mute_microphone" => Command::MuteMicrophone {},
            "stop_camera" => Command::StopCamera {},
            "stop_sharing" => Command::StopSharing {},
            "hang_up" => Command::HangUp {},
            "set_layout" => Command::SetLayout { layout: layout(&self.layout?)? },
            "set_language" => Command::SetLanguage { language: language(&self.language?)? },
            "set_theme" => Command::SetTheme { theme: theme(&self.theme?)? },
            "pin" => Command::Pin {
                participant: participant?,
                screen: screen.unwrap_or(false),
                pinned: pinned?,
            },
            "admit" => Command::Admit { participant: participant? },
            "refuse" => Command::Refuse { participant: participant? },
            "open_panel" => Command::OpenPanel { panel: panel(&self.panel?)? },
            "close_panel" => Command::ClosePanel {},
            "set_name" => Command::SetName { display_name: self.display_name? },
            "enter" => Command::Enter {},
            _ => return None,
        })
    }
}

fn layout(word: &str) -> Option<Layout> {
    match word {
        "grid" => Some(Layout::Grid),
        "speaker" => Some(Layout::Speaker),
        _ => None,
    }
}

fn language(word: &str) -> Option<Language> {
    match word {
        "de" => Some(Language::De),
        "en" => Some(Language::En),
        _ => None,
    }
}

fn theme(word: &str) -> Option<Theme> {
    match word {
        "auto" => Some(Theme::Auto),
        "light" => Some(Theme::Light),
        "dark" => Some(Theme::Dark),
        _ => None,
    }
}

fn panel(word: &str) -> Option<Panel> {
    match word {
        "people" => Some(Panel::People),
        "chat" => Some(Panel::Chat),
        "evidence" => Some(Panel::Evidence),
        _ => None,
    }
}

// SPDX-License-Identifier: EUPL-1.2
//! What a host page may want, given what is to be seen: nothing of it switches a device on.

use shared::{
    Act, DisplayName, Moderation, ParticipantId, Source,
    embed::{self, Command, Language, Panel, Reason, Theme},
};

use super::super::{CallView, Intent, Layout, Look, Screen, TileKey};

/// What a command comes to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Wish {
    /// As though the person wanted it.
    Intent(Intent),
    /// Another language.
    Language(Language),
    /// Other colours.
    Theme(Theme),
    /// This panel, or none.
    Panel(Option<Panel>),
    /// This name for whoever has typed none.
    Name(DisplayName),
    /// On to the lobby.
    Enter,
}

/// What is to be done about a command.
pub(super) fn obeyed(command: Command, view: &CallView) -> Result<Vec<Wish>, Reason> {
    Ok(match command {
        Command::MuteMicrophone {} => off(Source::Microphone),
        Command::StopCamera {} => off(Source::Camera),
        Command::StopSharing {} => off(Source::Screen),
        Command::HangUp {} => hang_up(view)?,
        Command::SetLayout { layout } => {
            inside(view)?;
            let layout = match layout {
                embed::Layout::Grid => Layout::Grid,
                embed::Layout::Speaker => Layout::Speaker,
            };
            vec![Wish::Intent(Intent::Look(Look::Layout(layout)))]
        }
        Command::SetLanguage { language } => vec![Wish::Language(language)],
        Command::SetTheme { theme } => vec![Wish::Theme(theme)],
        Command::Pin { participant, screen, pinned } => {
            pin(view, TileKey { id: participant, screen }, pinned)?
        }
        Command::Admit { participant } => {
            at_the_door(view, participant, Moderation::Admit { participant })?
        }
        Command::Refuse { participant } => {
            at_the_door(view, participant, Moderation::Refuse { participant })?
        }
        Command::OpenPanel { panel } => {
            inside(view)?;
            vec![Wish::Panel(Some(panel))]
        }
        Command::ClosePanel {} => {
            inside(view)?;
            vec![Wish::Panel(None)]
        }
        Command::SetName { display_name } => {
            at_the_gate(view)?;
            vec![Wish::Name(DisplayName::from_typed(&display_name))]
        }
        Command::Enter {} => enter(view)?,
    })
}

/// Off, and not to be on after the gate either.
fn off(source: Source) -> Vec<Wish> {
    let intents = [Intent::Transmit(source, false), Intent::TransmitOnEntry(source, false)];
    intents.map(Wish::Intent).into()
}

fn hang_up(view: &CallView) -> Result<Vec<Wish>, Reason> {
    match view.screen {
        Screen::Gate | Screen::Ended(_) => Err(Reason::NotNow),
        Screen::Entering
        | Screen::WaitingModerator
        | Screen::WaitingAdmission
        | Screen::Paused { .. }
        | Screen::Conference { .. } => Ok(vec![Wish::Intent(Intent::Leave)]),
    }
}

fn pin(view: &CallView, key: TileKey, pinned: bool) -> Result<Vec<Wish>, Reason> {
    inside(view)?;
    let tile = view.tiles.iter().find(|tile| tile.key == key).ok_or(Reason::Nobody)?;
    // What one shares oneself is never large.
    if tile.own && key.screen {
        return Err(Reason::NotAllowed);
    }
    Ok(vec![Wish::Intent(Intent::Look(Look::Pin(key, pinned)))])
}

fn at_the_door(
    view: &CallView,
    participant: ParticipantId,
    moderation: Moderation,
) -> Result<Vec<Wish>, Reason> {
    inside(view)?;
    if !view.may(Act::RunDoor) {
        return Err(Reason::NotAllowed);
    }
    if !view.knocks.iter().any(|knock| knock.id == participant) {
        return Err(Reason::Nobody);
    }
    // What is said on a line that is lost is not heard.
    match view.screen {
        Screen::Conference { reconnecting: false } | Screen::Paused { reconnecting: false } => {
            Ok(vec![Wish::Intent(Intent::Moderate(moderation))])
        }
        Screen::Gate
        | Screen::Entering
        | Screen::WaitingModerator
        | Screen::WaitingAdmission
        | Screen::Paused { .. }
        | Screen::Conference { .. }
        | Screen::Ended(_) => Err(Reason::NotNow),
    }
}

/// Whoever has switched something on, or means to be seen or heard from the moment of entry, chooses that moment.
fn enter(view: &CallView) -> Result<Vec<Wish>, Reason> {
    at_the_gate(view)?;
    let is_in_use = |source: &Source| {
        let source = view.source(*source);
        source.on || source.starting || source.transmit_on_entry
    };
    if Source::ALL.iter().any(is_in_use) {
        return Err(Reason::PersonDecides);
    }
    Ok(vec![Wish::Enter])
}

fn at_the_gate(view: &CallView) -> Result<(), Reason> {
    if view.screen == Screen::Gate { Ok(()) } else { Err(Reason::NotNow) }
}

fn inside(view: &CallView) -> Result<(), Reason> {
    if is_inside(view.screen) { Ok(()) } else { Err(Reason::NotNow) }
}

/// Whether a conference is shown.
pub(super) const fn is_inside(screen: Screen) -> bool {
    matches!(screen, Screen::Paused { .. } | Screen::Conference { .. })
}

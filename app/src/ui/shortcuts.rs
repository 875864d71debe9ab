// SPDX-License-Identifier: EUPL-1.2
//! The keys that do what the buttons of the bar do: one table, which is what they do and what the sheet says.

use leptos::prelude::*;
use shared::{Act, Source};

use super::{
    context::CallContext,
    panels::{Beside, Panels},
    source_button::wanted,
    text::Keys,
};
use crate::{
    browser::{FullScreen, HeldKey, Page, shortcuts},
    call::{Intent, Look, Screen},
};

/// A key and what it does.
pub(super) struct Shortcut {
    /// As browsers name it, in lower case.
    pub(super) key: &'static str,
    does: Does,
    /// What it does, in words.
    pub(super) says: fn(&Keys) -> &'static str,
}

/// What a key does.
#[derive(Clone, Copy)]
enum Does {
    Switch(Source),
    Hand,
    Flip(Beside),
    Sheet,
    React,
    FullScreen,
    /// To the next page of tiles, or to the one before, if there are several.
    Turn(Look),
    /// What is open is closed, as the browser does with a dialog.
    Close,
    /// Something while it is held: see `HeldKey`.
    Talk,
    /// Something in a field, by the field itself.
    InField,
}

const fn row(key: &'static str, does: Does, says: fn(&Keys) -> &'static str) -> Shortcut {
    Shortcut { key, does, says }
}

/// Every key there is, in the order of the sheet.
pub(super) const TABLE: &[Shortcut] = &[
    row("m", Does::Switch(Source::Microphone), |keys| keys.microphone),
    row(TALK, Does::Talk, |keys| keys.talk),
    row("c", Does::Switch(Source::Camera), |keys| keys.camera),
    row("s", Does::Switch(Source::Screen), |keys| keys.screen),
    row("h", Does::Hand, |keys| keys.hand),
    row("t", Does::Flip(Beside::Chat), |keys| keys.chat),
    row("p", Does::Flip(Beside::People), |keys| keys.people),
    row("e", Does::Flip(Beside::Evidence), |keys| keys.evidence),
    row("r", Does::React, |keys| keys.reactions),
    row("f", Does::FullScreen, |keys| keys.full_screen),
    row("arrowleft", Does::Turn(Look::PreviousPage), |keys| keys.previous),
    row("arrowright", Does::Turn(Look::NextPage), |keys| keys.next),
    row("?", Does::Sheet, |keys| keys.sheet),
    row("escape", Does::Close, |keys| keys.leave_panel),
    row("enter", Does::InField, |keys| keys.send),
    row("shift+enter", Does::InField, |keys| keys.line),
];

/// The key that is held to be heard.
const TALK: &str = " ";

impl Shortcut {
    /// What stands on the key.
    pub(super) fn name(&self, keys: &Keys) -> &'static str {
        match self.key {
            TALK => keys.space,
            "escape" => keys.escape,
            "enter" => keys.enter,
            "shift+enter" => keys.shift_enter,
            "arrowleft" => "←",
            "arrowright" => "→",
            letter => letter,
        }
    }
}

/// Listens to the keys as long as the conference is shown.
pub(super) fn listen(call: CallContext, panels: Panels) {
    let wanted = Source::SWITCHED.map(|source| wanted(call, source));
    let hand = call.part(|view| view.hand);
    let shares = call.part(|view| view.may(Act::ShareScreen));
    let paged = call.part(|view| view.stage.pager.is_some());
    let paused = call.part(|view| matches!(view.screen, Screen::Paused { .. }));
    let switch = move |source: Source| {
        let [microphone, camera, screen] = wanted;
        let (wanted, may) = match source {
            Source::Microphone => (microphone, true),
            Source::Camera => (camera, true),
            Source::Screen | Source::ScreenSound => {
                (screen, shares.get_untracked() && Page::can_share_screen())
            }
        };
        let wanted = wanted.get_untracked();
        if wanted || (may && !paused.get_untracked()) {
            call.want(Intent::Transmit(source, !wanted));
        }
    };
    let keys = StoredValue::new_local(shortcuts(move |key| {
        let Some(shortcut) = TABLE.iter().find(|shortcut| shortcut.key == key) else {
            return false;
        };
        match shortcut.does {
            Does::Close => panels.close(),
            // WCAG 2.2, 2.1.4: who dictates or trembles can do without single keys.
            _ if !call.keys.get_untracked() => {}
            Does::Switch(source) => switch(source),
            Does::Hand => call.want(Intent::RaiseHand(!hand.get_untracked())),
            Does::Flip(panel) => panels.flip(panel),
            Does::Sheet => call.sheet.set(true),
            Does::React => Page::press("reactions"),
            Does::FullScreen => FullScreen::flip(),
            Does::Turn(_) if !paged.get_untracked() => return false,
            Does::Turn(page) => call.want(Intent::Look(page)),
            Does::Talk | Does::InField => {}
        }
        call.keys.get_untracked() && shortcut.is_used()
    }));
    let talks = call.part(|view| view.push_to_talk);
    let talk = StoredValue::new_local(HeldKey::new(
        TALK,
        move || talks.get_untracked(),
        move |held| call.want(Intent::HoldKey(held)),
    ));
    on_cleanup(move || {
        keys.dispose();
        talk.dispose();
    });
}

impl Shortcut {
    /// Whether the key does nothing else besides.
    const fn is_used(&self) -> bool {
        !matches!(self.does, Does::Close | Does::Talk | Does::InField)
    }
}

// SPDX-License-Identifier: EUPL-1.2
//! The keys that do what the buttons of the bar do.

use leptos::prelude::*;
use shared::{Act, Source};

use super::{
    context::CallContext,
    panels::{Beside, Panels},
    source_button::wanted,
};
use crate::{
    browser::{FullScreen, Page, shortcuts},
    call::{Intent, Look, Screen},
};

/// Listens to the keys as long as the conference is shown.
pub(super) fn listen(call: CallContext, panels: Panels) {
    let [microphone, camera, screen] = Source::ALL.map(|source| wanted(call, source));
    let hand = call.part(|view| view.hand);
    let shares = call.part(|view| view.may(Act::ShareScreen));
    let paged = call.part(|view| view.stage.pager.is_some());
    let paused = call.part(|view| matches!(view.screen, Screen::Paused { .. }));
    let transmit = move |source, wanted: Memo<bool>, may: bool| {
        let wanted = wanted.get_untracked();
        if wanted || (may && !paused.get_untracked()) {
            call.want(Intent::Transmit(source, !wanted));
        }
    };
    let press = move |key: &str| {
        match key {
            "m" => transmit(Source::Microphone, microphone, true),
            "c" => transmit(Source::Camera, camera, true),
            "s" => {
                let may = shares.get_untracked() && Page::can_share_screen();
                transmit(Source::Screen, screen, may);
            }
            "h" => call.want(Intent::RaiseHand(!hand.get_untracked())),
            "r" => Page::press("reactions"),
            "t" => panels.flip(Beside::Chat),
            "p" => panels.flip(Beside::People),
            "e" => panels.flip(Beside::Evidence),
            "f" => FullScreen::flip(),
            "arrowleft" if paged.get_untracked() => call.want(Intent::Look(Look::PreviousPage)),
            "arrowright" if paged.get_untracked() => call.want(Intent::Look(Look::NextPage)),
            _ => return false,
        }
        true
    };
    let keys = StoredValue::new_local(shortcuts(move |key| {
        if key == "escape" {
            panels.close();
            return false;
        }
        // WCAG 2.2, 2.1.4: who dictates or trembles can do without single keys.
        call.keys.get_untracked() && press(key)
    }));
    on_cleanup(move || keys.dispose());
}

// SPDX-License-Identifier: EUPL-1.2
//! What is said of a proof, and how anyone can look.

use shared::Source;

use super::text::Texts;
use crate::{
    browser::Page,
    call::{Carriage, Kept, Proof},
};

/// The sentence, and the way to look oneself.
pub(super) fn words(texts: &Texts, proof: &Proof) -> (String, &'static str) {
    let all = &texts.evidence;
    match proof {
        Proof::OwnHost(strangers) if strangers.is_empty() => {
            ((all.own_host)(&Page::host()), all.own_host_how)
        }
        Proof::OwnHost(strangers) => ((all.strangers)(&strangers.join(", ")), all.own_host_how),
        Proof::Carriage(carriage) => {
            let sentence = match carriage {
                Carriage::Encrypted => all.encrypted,
                Carriage::OwnMachine => all.own_machine,
                Carriage::Open => all.open,
            };
            (sentence.into(), all.carriage_how)
        }
        Proof::Cipher(Some(cipher)) if proof.holds() => ((all.strong)(cipher), all.cipher_how),
        Proof::Cipher(Some(cipher)) => ((all.weak)(cipher), all.cipher_how),
        Proof::Cipher(None) => (all.no_cipher.into(), all.cipher_how),
        Proof::Sealed => (all.sealed.into(), all.sealed_how),
        Proof::Devices { held, wrongly } => {
            let sentence = if held.is_empty() {
                all.nothing_held.into()
            } else if wrongly.is_empty() {
                (all.held)(&names(texts, held))
            } else {
                (all.wrongly_held)(&names(texts, wrongly))
            };
            (sentence, all.devices_how)
        }
        Proof::Cookies(there) => {
            (if *there { all.cookies } else { all.no_cookies }.into(), all.cookies_how)
        }
        Proof::Kept(kept) if kept.is_empty() => (all.nothing_kept.into(), all.kept_how),
        Proof::Kept(kept) => ((all.kept)(&things(texts, kept)), all.kept_how),
        Proof::Recording => (all.recording.into(), all.recording_how),
        Proof::Page { found: None, .. } => (all.no_page.into(), all.page_how),
        Proof::Page { found: Some(found), stated } => match stated {
            Some(stated) if stated != found => ((all.other_page)(found, stated), all.page_how),
            Some(_) => ((all.same_page)(found), all.page_how),
            None => ((all.page)(found), all.page_how),
        },
        Proof::Responsible(None) => (all.nobody.into(), all.responsible_how),
        Proof::Responsible(Some(who)) => ((all.responsible)(who), all.responsible_how),
        Proof::Enforced(_) if proof.holds() => (all.enforced.into(), all.enforced_how),
        Proof::Enforced(_) => (all.not_enforced.into(), all.enforced_how),
    }
}

fn names(texts: &Texts, sources: &[Source]) -> String {
    let name = |source: &Source| match source {
        Source::Microphone => texts.conference.microphone_whole,
        Source::Camera => texts.conference.camera,
        Source::Screen => texts.conference.screen,
        Source::ScreenSound => texts.screen_sound.held,
    };
    sources.iter().map(name).collect::<Vec<_>>().join(", ")
}

fn things(texts: &Texts, kept: &[Kept]) -> String {
    let name = |kept: &Kept| match kept {
        Kept::Seat => texts.evidence.kept_seat,
        Kept::Link => texts.evidence.kept_link,
        Kept::Name => texts.evidence.kept_name,
        Kept::Other => texts.evidence.kept_other,
    };
    kept.iter().map(name).collect::<Vec<_>>().join("; ")
}

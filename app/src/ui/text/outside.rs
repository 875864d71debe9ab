// SPDX-License-Identifier: EUPL-1.2
//! What is said outside of the conference: the other sentences come with the rest of the page.

use super::{
    catalogue::{Gate, Lobby, Texts},
    de, en,
    rest::Rest,
    speaker::Speaker,
};

/// The sentences outside of the conference, in one language.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Outside {
    /// The language's code (BCP 47).
    pub(crate) code: &'static str,
    /// The other language's code, and its name in itself.
    pub(crate) other: (&'static str, &'static str),
    pub(crate) start: Start,
    pub(crate) gate: Gate,
    pub(crate) devices: Devices,
    pub(crate) speaker: Speaker,
    /// Nothing at all comes from the microphone.
    pub(crate) silent: &'static str,
    /// The background out of focus, and what that is good for.
    pub(crate) blur: (&'static str, &'static str),
    pub(crate) lobby: Lobby,
    /// What the conference is called.
    pub(crate) conference: &'static str,
    /// What it is called not to be let in.
    pub(crate) not_inside: &'static str,
    pub(crate) rest: Rest,
}

/// The start page, before a room is made, and what it is instead of behind a broken link.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Start {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) create: &'static str,
    pub(crate) promises: [(&'static str, &'static str); 3],
    pub(crate) broken: &'static str,
    pub(crate) broken_lead: &'static str,
    pub(crate) over: &'static str,
}

/// Choosing devices.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Devices {
    pub(crate) camera: &'static str,
    pub(crate) microphone: &'static str,
    pub(crate) speaker: &'static str,
    pub(crate) standard: &'static str,
    pub(crate) unnamed: &'static str,
    pub(crate) test: &'static str,
    pub(crate) starting: &'static str,
}

impl Outside {
    const DE: Self = Self::of(&de::TEXTS);
    const EN: Self = Self::of(&en::TEXTS);

    const fn of(texts: &Texts) -> Self {
        Self {
            code: texts.code,
            other: texts.other,
            start: Start {
                title: texts.home.title,
                lead: texts.home.lead,
                create: texts.home.create,
                promises: texts.home.promises,
                broken: texts.home.broken,
                broken_lead: texts.home.broken_lead,
                over: texts.home.start_over,
            },
            gate: texts.gate,
            devices: Devices {
                camera: texts.devices.camera,
                microphone: texts.devices.microphone,
                speaker: texts.devices.speaker,
                standard: texts.devices.standard,
                unnamed: texts.devices.unnamed,
                test: texts.devices.test,
                starting: texts.devices.starting,
            },
            speaker: texts.speaker,
            silent: texts.equipment.silent,
            blur: (texts.equipment.blur, texts.equipment.blur_hint),
            lobby: texts.lobby,
            conference: texts.conference.title,
            not_inside: texts.ended.not_inside,
            rest: texts.rest,
        }
    }

    /// The first language asked for that is spoken; else German.
    pub(crate) fn best(asked: &[String]) -> &'static Self {
        let spoken = |code: &String| match code.get(..2)?.to_ascii_lowercase().as_str() {
            "de" => Some(&Self::DE),
            "en" => Some(&Self::EN),
            _ => None,
        };
        asked.iter().find_map(spoken).unwrap_or(&Self::DE)
    }

    /// Everything, in the same language. Only the conference asks for it.
    pub(crate) fn whole(&self) -> &'static Texts {
        if self.code == Self::EN.code { &en::TEXTS } else { &de::TEXTS }
    }
}

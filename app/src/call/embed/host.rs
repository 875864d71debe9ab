// SPDX-License-Identifier: EUPL-1.2
//! The page that embeds a call: who it is, what it says, what it is told.

use serde_json::from_str;
use shared::{
    DisplayName, Timestamp,
    embed::{
        Event, Fault, Feature, FrameMessage, HostMessage, MAX_LEN, Numbered, Panel, Reason, VERSION,
    },
};

use super::{
    super::CallView,
    allowance::{Allowance, Allowed},
    commands::{Wish, obeyed},
    told::Told,
};

/// The page around this one, and how far it has come with it.
#[derive(Debug)]
pub struct Host {
    /// Whom the operator lets embed; nothing before the server has said so.
    embedders: Vec<String>,
    /// The origin that is spoken with, from its first hello on.
    origin: Option<String>,
    /// Whether both know which version they speak.
    greeted: bool,
    allowance: Allowance,
    told: Told,
    view: HostView,
}

/// What the person is to see of the page that embeds this one.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct HostView {
    /// Whether it learns the name of the person.
    pub named: bool,
    /// What it does not pass on.
    pub withheld: Vec<Feature>,
    /// How often it wanted a panel to be open or closed, and which.
    pub panel: (u32, Option<Panel>),
    /// What it calls the person, for whoever has typed nothing.
    pub name: DisplayName,
    /// How often it wanted to go on to the lobby.
    pub entries: u32,
}

/// What comes of a message.
#[derive(Debug, Default, Eq, PartialEq)]
pub struct Heard {
    /// What is answered.
    pub answers: Vec<FrameMessage>,
    /// What is to be done.
    pub wishes: Vec<Wish>,
    /// Whether nothing is to be heard from here on.
    pub deaf: bool,
}

impl Host {
    /// Nobody has said anything. What is withheld is what the page around this one does not pass on.
    pub fn new(withheld: Vec<Feature>) -> Self {
        Self {
            embedders: Vec::new(),
            origin: None,
            greeted: false,
            allowance: Allowance::new(),
            told: Told::default(),
            view: HostView { withheld, ..HostView::default() },
        }
    }

    /// The server has said whom the operator lets embed.
    pub fn may_be(&mut self, embedders: Vec<String>) {
        self.embedders = embedders;
    }

    /// The person agrees that their name is told, or does no longer.
    pub const fn name(&mut self, told: bool) {
        self.view.named = told;
    }

    /// The page around this one does not pass this on, as was found out by trying.
    pub fn withholds(&mut self, feature: Feature) {
        if !self.view.withheld.contains(&feature) {
            self.view.withheld.push(feature);
        }
    }

    /// To whom everything is said; nothing before it has begun.
    pub fn origin(&self) -> Option<&str> {
        self.origin.as_deref()
    }

    /// What the person is to see of it.
    pub const fn view(&self) -> &HostView {
        &self.view
    }

    /// The page around this one says something.
    pub fn hear(&mut self, now: Timestamp, from: &str, text: &str, view: &CallView) -> Heard {
        let is_known = match &self.origin {
            Some(origin) => origin == from,
            None => self.embedders.iter().any(|embedder| embedder == from),
        };
        let allowed = self.allowance.take(now);
        match allowed {
            Allowed::Deaf => {
                let error = Event::Error { error: Fault::Flooded {} };
                let answers = vec![FrameMessage::Event { event: error }];
                return Heard { answers, wishes: Vec::new(), deaf: true };
            }
            Allowed::Ignored => return Heard { deaf: true, ..Heard::default() },
            Allowed::Yes | Allowed::No => {}
        }
        if !is_known || text.len() > MAX_LEN {
            return Heard::default();
        }
        match from_str::<HostMessage>(text) {
            Ok(HostMessage::Hello { versions }) => self.greeted(from, &versions),
            // Before a hello nobody knows which version it is meant in.
            Ok(HostMessage::Command { .. }) | Err(_) if !self.greeted => Heard::default(),
            Ok(HostMessage::Command { id, .. }) if allowed == Allowed::No => {
                answer(FrameMessage::Refused { id, reason: Reason::TooMany })
            }
            Ok(HostMessage::Command { id, command }) => match obeyed(command, view) {
                Ok(wishes) => {
                    let left = wishes.into_iter().filter_map(|wish| self.keep(wish)).collect();
                    Heard { wishes: left, ..answer(FrameMessage::Done { id }) }
                }
                Err(reason) => answer(FrameMessage::Refused { id, reason }),
            },
            // One that is not known here is answered, too, if it has a number.
            Err(_) => from_str::<Numbered>(text).map_or_else(
                |_no_command| Heard::default(),
                |Numbered { id }| answer(FrameMessage::Refused { id, reason: Reason::Unknown }),
            ),
        }
    }

    /// What is to be told of a view, once somebody listens.
    pub fn see(&mut self, view: &CallView) -> Vec<FrameMessage> {
        if !self.greeted {
            return Vec::new();
        }
        let news = self.told.news(view, self.view.named, &self.view.withheld);
        news.into_iter().map(|event| FrameMessage::Event { event }).collect()
    }

    /// A hello begins anew: a host page that was loaded again knows nothing.
    fn greeted(&mut self, from: &str, versions: &[u32]) -> Heard {
        if !versions.contains(&VERSION) {
            // Whoever is on the list is told, so that it can be told apart from a page that is not there.
            self.origin.get_or_insert_with(|| from.to_owned());
            self.greeted = false;
            return answer(FrameMessage::Unsupported { versions: vec![VERSION] });
        }
        self.origin = Some(from.to_owned());
        self.greeted = true;
        self.told = Told::default();
        answer(FrameMessage::Welcome { version: VERSION })
    }

    /// Keeps what is to be seen, and leaves what is to be done.
    fn keep(&mut self, wish: Wish) -> Option<Wish> {
        match wish {
            Wish::Panel(panel) => self.view.panel = (self.view.panel.0.wrapping_add(1), panel),
            Wish::Name(name) => self.view.name = name,
            Wish::Enter => self.view.entries = self.view.entries.wrapping_add(1),
            Wish::Intent(_) | Wish::Language(_) | Wish::Theme(_) => return Some(wish),
        }
        None
    }
}

fn answer(message: FrameMessage) -> Heard {
    Heard { answers: vec![message], ..Heard::default() }
}

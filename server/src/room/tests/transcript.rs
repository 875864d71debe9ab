// SPDX-License-Identifier: EUPL-1.2
//! What a room did, as a story tells it: one short line for each effect, with names for numbers.

use std::collections::BTreeMap;

use shared::{
    Audience, Door, Floor, InvitationKey, Invitations, Knock, ParticipantId, ParticipantInfo, Role,
    RoomId, RoomRules, RosterChange, SealedProfile, ServerMessage, SlotEntry, Source,
};

use super::super::{Effect, Route, SessionId};

/// Who is who. Names are read from the sealed profiles, as a page would.
pub(super) struct Names {
    key: InvitationKey,
    room: RoomId,
    /// The person on each connection, and how many they had before.
    sessions: BTreeMap<SessionId, (&'static str, usize)>,
    participants: BTreeMap<ParticipantId, String>,
}

impl Names {
    pub(super) const fn new(key: InvitationKey, room: RoomId) -> Self {
        Self { key, room, sessions: BTreeMap::new(), participants: BTreeMap::new() }
    }

    pub(super) fn connect(&mut self, name: &'static str) -> SessionId {
        let before = self.sessions.values().filter(|(known, _)| *known == name).count();
        let session = SessionId(u64::try_from(self.sessions.len()).unwrap() + 1);
        self.sessions.insert(session, (name, before));
        session
    }

    pub(super) fn person(&self, session: SessionId) -> &'static str {
        self.sessions[&session].0
    }

    /// The latest participant of this name.
    pub(super) fn participant(&self, name: &str) -> ParticipantId {
        let mut named = self.participants.iter().filter(|(_, known)| *known == name);
        *named.next_back().expect("somebody was told of them").0
    }

    pub(super) fn learn(&mut self, message: &ServerMessage) {
        let mut people: Vec<(ParticipantId, &SealedProfile)> = Vec::new();
        if let ServerMessage::Welcome { participants, knocks, .. } = message {
            people.extend(participants.iter().map(|info| (info.id, &info.profile)));
            people.extend(knocks.iter().map(|knock| (knock.participant, &knock.profile)));
        } else if let ServerMessage::Roster { change, .. } = message {
            if let RosterChange::Present { participant } = change {
                people.push((participant.id, &participant.profile));
            }
        } else if let ServerMessage::Knock(knock) = message {
            people.push((knock.participant, &knock.profile));
        }
        for (id, profile) in people {
            let name = profile.open(&self.key, self.room).expect("an invited person");
            self.participants.insert(id, name.as_str().into());
        }
    }

    pub(super) fn line(&self, effect: &Effect) -> String {
        match effect {
            Effect::Send(session, message) => {
                format!("{} ← {}", self.session(*session), self.message(message))
            }
            Effect::Close(session) => format!("{} closed", self.session(*session)),
            Effect::Negotiate { session, participant, .. } => {
                assert_eq!(self.person(*session), self.name(*participant));
                format!("negotiate {}", self.name(*participant))
            }
            Effect::Gate { participant, source, open } => {
                let verb = if *open { "open" } else { "shut" };
                format!("{verb} {}", self.publication(*participant, *source))
            }
            Effect::Routes { participant, routes } => {
                let table = routes.iter().map(|Route { mid, publisher, source, lines }| {
                    let lines =
                        if *lines == u16::MAX { String::new() } else { format!("@{lines}") };
                    format!(" {mid}={}{lines}", self.publication(*publisher, *source))
                });
                format!("routes {}:{}", self.name(*participant), table.collect::<String>())
            }
            Effect::Sounds { participant, publishers } => {
                format!("sounds {}:{}", self.name(*participant), self.sounds(publishers))
            }
            Effect::CloseTransport(participant) => {
                format!("close transport {}", self.name(*participant))
            }
            Effect::Stop => "stop".into(),
        }
    }

    fn message(&self, message: &ServerMessage) -> String {
        match message {
            ServerMessage::Challenge { .. } => "challenge".into(),
            ServerMessage::Waiting { for_whom, .. } => lower("waiting for", for_whom),
            ServerMessage::Welcome { you, revision, rules, participants, knocks, .. } => {
                assert!(participants.iter().any(|info| info.id == *you));
                let people = participants.iter().map(|info| self.info(info)).collect::<Vec<_>>();
                let knocks = knocks.iter().map(|k| self.name(k.participant)).collect::<Vec<_>>();
                let knocks = if knocks.is_empty() {
                    String::new()
                } else {
                    format!("; knocking {}", knocks.join(", "))
                };
                let rules = changed(rules);
                format!("welcome r{}{rules}: {}{knocks}", revision.0, people.join(", "))
            }
            ServerMessage::Roster { revision, change } => {
                format!("r{} {}", revision.0, self.change(change))
            }
            ServerMessage::Knock(Knock { participant, personal, removed, .. }) => {
                let personal = if *personal { " (personal)" } else { "" };
                let removed = if *removed { " (removed)" } else { "" };
                format!("knock {}{personal}{removed}", self.name(*participant))
            }
            ServerMessage::Silenced { source, by, count } => {
                let by = by.map_or_else(String::new, |by| format!(" by {}", self.name(by)));
                format!("{}{by} ({count})", lower("silenced", source))
            }
            ServerMessage::Chat { participant, .. } => format!("chat {}", self.name(*participant)),
            ServerMessage::Rtt { participant, .. } => format!("rtt of {}", self.name(*participant)),
            ServerMessage::Reaction { participant, .. } => {
                format!("reaction of {}", self.name(*participant))
            }
            ServerMessage::KnockGone { participant } => {
                format!("knock gone {}", self.name(*participant))
            }
            ServerMessage::Slots { revision, slots } => {
                let entry = |SlotEntry { mid, participant, source }: &SlotEntry| {
                    format!(" {mid}={}", self.publication(*participant, *source))
                };
                format!("slots r{}:{}", revision.0, slots.iter().map(entry).collect::<String>())
            }
            ServerMessage::Layers { source, wanted } => {
                let wanted = wanted.iter().map(|layer| lower(" +", &layer).replace("+ ", "+"));
                format!("{}:{}", lower("layers", source), wanted.collect::<String>())
            }
            ServerMessage::Speaking { participants: of } => format!("speaking:{}", self.names(of)),
            ServerMessage::Closing { within } => format!("closing ({within} s)"),
            ServerMessage::TransportLost {} => "transport lost".into(),
            ServerMessage::Refused { reason, pause: 0 } => lower("refused", reason),
            ServerMessage::Refused { reason, pause } => {
                format!("{} ({pause} s)", lower("refused", reason))
            }
            ServerMessage::Closed { reason } => lower("closed", reason),
            ServerMessage::Answer(_) | ServerMessage::Unknown => {
                panic!("a room neither answers nor speaks in tongues")
            }
        }
    }

    fn change(&self, change: &RosterChange) -> String {
        match change {
            RosterChange::Present { participant } => format!("present {}", self.info(participant)),
            RosterChange::Gone { participant } => format!("gone {}", self.name(*participant)),
            RosterChange::Rules { rules } => format!("rules{}", changed(rules)),
        }
    }

    fn session(&self, session: SessionId) -> String {
        let Some((name, before)) = self.sessions.get(&session) else { return "somebody".into() };
        if *before == 0 { (*name).into() } else { format!("{name}#{}", before + 1) }
    }

    fn info(&self, info: &ParticipantInfo) -> String {
        let star = match info.role {
            Role::Moderator if info.holder => "★",
            Role::Moderator => "☆",
            Role::Presenter => "◆",
            Role::Participant => "",
        };
        let hand = info.hand.map_or_else(String::new, |hand| format!(" ✋{hand}"));
        let away = if info.away { " (away)" } else { "" };
        let live = info.live.iter().map(|source| lower(" +", source).replace("+ ", "+"));
        format!("{}{star}{}{hand}{away}", self.name(info.id), live.collect::<String>())
    }

    fn publication(&self, participant: ParticipantId, source: Source) -> String {
        format!("{}/{}", self.name(participant), lower("", &source).trim())
    }

    /// Whose microphones, and whose screens.
    fn sounds(&self, sounds: &[(ParticipantId, Source)]) -> String {
        let sounds = sounds.iter().map(|(whose, source)| match source {
            Source::Microphone => format!(" {}", self.name(*whose)),
            Source::Camera | Source::Screen | Source::ScreenSound => {
                format!(" {}", self.publication(*whose, *source))
            }
        });
        sounds.collect()
    }

    fn names(&self, participants: &[ParticipantId]) -> String {
        let names = participants.iter().flat_map(|it| [" ".to_owned(), self.name(*it)]);
        names.collect()
    }

    fn name(&self, participant: ParticipantId) -> String {
        self.participants.get(&participant).map_or_else(|| participant.to_string(), Clone::clone)
    }
}

/// Every rule that is not as it is in the beginning.
fn changed(rules: &RoomRules) -> String {
    let door = match rules.door {
        Door::Lobby => "",
        Door::Open(_) => " open",
        Door::Locked => " locked",
    };
    let personal = if rules.invitations == Invitations::Personal { " personal" } else { "" };
    let share = if rules.share == Audience::Everybody { " share" } else { "" };
    let chat = if rules.chat == Audience::Presenters { " no-chat" } else { "" };
    let paused = if rules.floor == Floor::Paused { " paused" } else { "" };
    let fixed = if rules.fixed.is_empty() {
        String::new()
    } else {
        format!(" fixed:{}", rules.fixed.to_text())
    };
    format!("{door}{personal}{share}{chat}{paused}{fixed}")
}

fn lower(what: &str, value: &impl core::fmt::Debug) -> String {
    format!("{what} {}", format!("{value:?}").to_lowercase())
}

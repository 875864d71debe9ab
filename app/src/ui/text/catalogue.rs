// SPDX-License-Identifier: EUPL-1.2
//! Which sentences there are, and which language is spoken.

use shared::Responsible;

use super::{
    alone::Alone, closing::Closing, embedded::Embedded, equipment::Equipment, evidence::Evidence,
    invitation::Invitation, keys::Keys, limits::Limits, moment::Moment, quality::Quality,
    rest::Rest, restrict::Restrict, screen_sound::ScreenSound, speaker::Speaker, stage::Stage,
    ways::Ways,
};

/// All sentences in one language.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Texts {
    /// The language's code (BCP 47).
    pub(crate) code: &'static str,
    /// The other language's code, and its name in itself.
    pub(crate) other: (&'static str, &'static str),
    pub(crate) home: Home,
    pub(crate) gate: Gate,
    pub(crate) devices: Devices,
    pub(crate) equipment: Equipment,
    pub(crate) keys: Keys,
    pub(crate) quality: Quality,
    pub(crate) ways: Ways,
    pub(crate) lobby: Lobby,
    pub(crate) conference: Conference,
    pub(crate) stage: Stage,
    pub(crate) screen_sound: ScreenSound,
    pub(crate) knock: Knock,
    pub(crate) people: People,
    pub(crate) rules: Rules,
    pub(crate) restrict: Restrict,
    pub(crate) invite: Invite,
    pub(crate) chat: Chat,
    pub(crate) evidence: Evidence,
    pub(crate) moment: Moment,
    pub(crate) invitation: Invitation,
    pub(crate) speaker: Speaker,
    pub(crate) alone: Alone,
    pub(crate) closing: Closing,
    pub(crate) limits: Limits,
    pub(crate) embedded: Embedded,
    pub(crate) silenced: Silenced,
    pub(crate) ended: Ended,
    pub(crate) rest: Rest,
}

/// The start page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Home {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) create: &'static str,
    pub(crate) promises: [(&'static str, &'static str); 3],
    pub(crate) made: &'static str,
    pub(crate) made_lead: &'static str,
    pub(crate) moderator_link: &'static str,
    pub(crate) moderator_hint: &'static str,
    pub(crate) invite_link: &'static str,
    pub(crate) invite_hint: &'static str,
    pub(crate) qr: &'static str,
    pub(crate) open: &'static str,
    pub(crate) copy: &'static str,
    pub(crate) copied: &'static str,
    pub(crate) copy_failed: &'static str,
    pub(crate) broken: &'static str,
    pub(crate) broken_lead: &'static str,
    pub(crate) start_over: &'static str,
}

/// Before the room.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Gate {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) name: &'static str,
    pub(crate) name_hint: &'static str,
    pub(crate) name_unread: &'static str,
    pub(crate) remember: &'static str,
    pub(crate) camera: &'static str,
    pub(crate) camera_hint: &'static str,
    pub(crate) microphone: &'static str,
    pub(crate) microphone_hint: &'static str,
    pub(crate) preview: &'static str,
    pub(crate) preview_off: &'static str,
    pub(crate) level: &'static str,
    pub(crate) transmit_camera: &'static str,
    pub(crate) transmit_microphone: &'static str,
    pub(crate) notice: &'static str,
    pub(crate) notice_responsible: fn(&Responsible) -> String,
    pub(crate) notice_unknown: fn(host: &str) -> String,
    pub(crate) notice_points: fn(host: &str) -> [String; 3],
    pub(crate) notice_whole: &'static str,
    pub(crate) notice_path: &'static str,
    pub(crate) join: &'static str,
    pub(crate) join_moderator: &'static str,
    pub(crate) without_devices: &'static str,
}

/// Choosing devices.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Devices {
    pub(crate) title: &'static str,
    pub(crate) camera: &'static str,
    pub(crate) microphone: &'static str,
    pub(crate) speaker: &'static str,
    pub(crate) standard: &'static str,
    pub(crate) unnamed: &'static str,
    pub(crate) test: &'static str,
    pub(crate) starting: &'static str,
    pub(crate) keys: &'static str,
    pub(crate) keys_hint: &'static str,
    pub(crate) close: &'static str,
    pub(crate) camera_failures: Failures,
    pub(crate) microphone_failures: Failures,
    pub(crate) screen_failures: Failures,
    pub(crate) camera_vanished: &'static str,
    pub(crate) microphone_vanished: &'static str,
}

/// Why a device does not run, each with its way out.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Failures {
    pub(crate) denied: &'static str,
    pub(crate) denied_by_embedding: &'static str,
    pub(crate) not_found: &'static str,
    pub(crate) in_use: &'static str,
    pub(crate) gone: &'static str,
    pub(crate) insecure: &'static str,
    pub(crate) unknown: &'static str,
}

/// Waiting.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lobby {
    pub(crate) entering: &'static str,
    pub(crate) entering_hint: &'static str,
    pub(crate) moderator: &'static str,
    pub(crate) moderator_hint: &'static str,
    pub(crate) admission: &'static str,
    pub(crate) admission_hint: &'static str,
    pub(crate) leave: &'static str,
}

/// Inside.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Conference {
    pub(crate) title: &'static str,
    pub(crate) stage: &'static str,
    pub(crate) controls: &'static str,
    pub(crate) microphone: &'static str,
    pub(crate) microphone_whole: &'static str,
    pub(crate) camera: &'static str,
    pub(crate) screen: &'static str,
    pub(crate) sharing: &'static str,
    pub(crate) hand: &'static str,
    pub(crate) people: &'static str,
    pub(crate) devices: &'static str,
    pub(crate) more: &'static str,
    pub(crate) leave: &'static str,
    pub(crate) shortcut: fn(key: char) -> String,
    pub(crate) reconnecting: &'static str,
    pub(crate) paused: &'static str,
    pub(crate) paused_hint: &'static str,
    pub(crate) you: &'static str,
    pub(crate) nameless: &'static str,
    pub(crate) unreadable: &'static str,
    pub(crate) screen_of: fn(name: &str) -> String,
    pub(crate) own_screen: &'static str,
    pub(crate) stop_sharing: &'static str,
    pub(crate) sharing_ended: &'static str,
    pub(crate) made_participant: &'static str,
    pub(crate) made_presenter: &'static str,
    pub(crate) made_moderator: &'static str,
    pub(crate) star: &'static str,
    pub(crate) muted: &'static str,
    pub(crate) away: &'static str,
    pub(crate) hand_up: fn(place: usize) -> String,
    pub(crate) close: &'static str,
}

/// At the door, for moderators.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Knock {
    pub(crate) knocking: fn(count: usize) -> String,
    pub(crate) nameless: &'static str,
    pub(crate) unreadable: &'static str,
    pub(crate) uninvited: &'static str,
    pub(crate) duplicate: &'static str,
    pub(crate) personal: &'static str,
    pub(crate) removed: &'static str,
    pub(crate) admit: &'static str,
    pub(crate) refuse: &'static str,
    pub(crate) admit_all: &'static str,
}

/// The list of people, and what moderators can do about them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct People {
    pub(crate) participant: &'static str,
    pub(crate) presenter: &'static str,
    pub(crate) moderator: &'static str,
    pub(crate) holder: &'static str,
    pub(crate) duplicate: &'static str,
    pub(crate) sharing: &'static str,
    pub(crate) menu: &'static str,
    pub(crate) mute: &'static str,
    pub(crate) stop_camera: &'static str,
    pub(crate) stop_screen: &'static str,
    pub(crate) lower_hand: &'static str,
    pub(crate) make_participant: &'static str,
    pub(crate) make_presenter: &'static str,
    pub(crate) make_moderator: &'static str,
    pub(crate) remove: &'static str,
    pub(crate) remove_title: fn(name: &str) -> String,
    pub(crate) remove_hint: &'static str,
    pub(crate) give_up: &'static str,
    pub(crate) give_up_title: &'static str,
    pub(crate) give_up_hint: &'static str,
    pub(crate) everybody: &'static str,
    pub(crate) mute_all: &'static str,
    pub(crate) lower_hands: &'static str,
    pub(crate) end: &'static str,
    pub(crate) end_title: &'static str,
    pub(crate) end_hint: &'static str,
    pub(crate) cancel: &'static str,
    pub(crate) invite: &'static str,
}

/// What moderators decide for the whole room.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rules {
    pub(crate) title: &'static str,
    pub(crate) door: &'static str,
    pub(crate) lobby: &'static str,
    pub(crate) lobby_hint: &'static str,
    pub(crate) open: &'static str,
    pub(crate) open_hint: &'static str,
    pub(crate) locked: &'static str,
    pub(crate) locked_hint: &'static str,
    pub(crate) personal: &'static str,
    pub(crate) personal_hint: &'static str,
    pub(crate) share: &'static str,
    pub(crate) share_hint: &'static str,
    pub(crate) chat: &'static str,
    pub(crate) chat_hint: &'static str,
}

/// Personal invitations.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Invite {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) number: &'static str,
    pub(crate) expires: &'static str,
    pub(crate) day: &'static str,
    pub(crate) week: &'static str,
    pub(crate) month: &'static str,
    pub(crate) make: &'static str,
    pub(crate) made: fn(count: usize) -> String,
    pub(crate) made_hint: &'static str,
    pub(crate) copy_all: &'static str,
    pub(crate) download: &'static str,
    pub(crate) file: &'static str,
}

/// What people write to each other.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Chat {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) nothing: &'static str,
    pub(crate) input: &'static str,
    pub(crate) send: &'static str,
    pub(crate) unsent: &'static str,
    pub(crate) full: &'static str,
    pub(crate) closed: &'static str,
    pub(crate) uninvited: &'static str,
    pub(crate) unreadable: &'static str,
    pub(crate) unread: fn(count: usize) -> String,
    pub(crate) from: fn(name: &str) -> String,
}

/// Who switched something off, and what now.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Silenced {
    pub(crate) microphone: Silencing,
    pub(crate) camera: Silencing,
    pub(crate) screen: Silencing,
    pub(crate) understood: &'static str,
}

/// One source that was switched off: by somebody with a name, by a moderator, by the room.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Silencing {
    pub(crate) by: fn(name: &str) -> String,
    pub(crate) by_moderator: &'static str,
    pub(crate) by_room: &'static str,
}

/// After.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ended {
    pub(crate) goodbye: &'static str,
    pub(crate) not_inside: &'static str,
    pub(crate) over: &'static str,
    pub(crate) outside: &'static str,
    pub(crate) left: &'static str,
    pub(crate) turned_away: &'static str,
    pub(crate) too_soon: &'static str,
    pub(crate) soon: &'static str,
    pub(crate) full: &'static str,
    pub(crate) wrong_proof: &'static str,
    pub(crate) locked: &'static str,
    pub(crate) personal_only: &'static str,
    pub(crate) wrong_ticket: &'static str,
    pub(crate) ticket_expired: &'static str,
    pub(crate) ticket_used: &'static str,
    pub(crate) unlicensed: &'static str,
    pub(crate) licence_expired: &'static str,
    pub(crate) weak_cipher: &'static str,
    pub(crate) unusable_offer: &'static str,
    pub(crate) refused: &'static str,
    pub(crate) removed: &'static str,
    pub(crate) for_all: &'static str,
    pub(crate) abandoned: &'static str,
    pub(crate) replaced: &'static str,
    pub(crate) protocol: &'static str,
    pub(crate) slow: &'static str,
    pub(crate) stopping: &'static str,
    pub(crate) failed: &'static str,
    pub(crate) unreachable: &'static str,
    pub(crate) back: &'static str,
    pub(crate) knock_again: &'static str,
    pub(crate) start: &'static str,
}

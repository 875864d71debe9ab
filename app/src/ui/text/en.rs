// SPDX-License-Identifier: EUPL-1.2
//! English.

use shared::{Responsible, Statement};

use super::catalogue::{
    Chat, Conference, Devices, Ended, Failures, Gate, Home, Invite, Knock, Lobby, People, Rules,
    Silenced, Silencing, Texts,
};
use super::{
    alone, closing, embedded, equipment, evidence, invitation, keys, limits, moment, quality, rest,
    restrict, screen_sound, speaker, stage, ways,
};

/// Everything in English.
pub(super) const TEXTS: Texts = Texts {
    code: "en",
    other: ("de", "Deutsch"),
    home: HOME,
    gate: GATE,
    devices: DEVICES,
    equipment: equipment::EN,
    keys: keys::EN,
    quality: quality::EN,
    ways: ways::EN,
    lobby: LOBBY,
    conference: CONFERENCE,
    stage: stage::EN,
    screen_sound: screen_sound::EN,
    knock: KNOCK,
    people: PEOPLE,
    rules: RULES,
    restrict: restrict::EN,
    invite: INVITE,
    chat: CHAT,
    evidence: evidence::EN,
    moment: moment::EN,
    invitation: invitation::EN,
    speaker: speaker::EN,
    alone: alone::EN,
    closing: closing::EN,
    limits: limits::EN,
    embedded: embedded::EN,
    silenced: SILENCED,
    ended: ENDED,
    rest: rest::EN,
};

const HOME: Home = Home {
    title: "Meetings that stay between us.",
    lead: "One room, one link, one conversation. No account, nothing to install, no recording.",
    create: "Make a room",
    promises: [
        (
            "You decide",
            "Camera and microphone are off until you switch them on yourself. Nobody else can.",
        ),
        (
            "Nothing stays",
            "No recording, no cookies, no database. When the conversation ends, it is over.",
        ),
        ("You hold the key", "The room is made in your browser. The server never learns a name."),
    ],
    made: "Your room is ready",
    made_lead: "It belongs to whoever holds the first link. Keep it safe: it cannot be recovered.",
    moderator_link: "Your link as moderator",
    moderator_hint: "Save it as a bookmark and do not pass it on. Whoever holds it lets people in.",
    invite_link: "Link for your guests",
    invite_hint: "Whoever opens it knocks. You let each person in.",
    qr: "The invitation as a QR code",
    open: "Open the room",
    copy: "Copy",
    copied: "Copied",
    copy_failed: "Please copy by hand",
    broken: "This link is incomplete",
    broken_lead: "Its end may have been lost while copying. Ask for a new link, or copy the whole of it once more.",
    start_over: "To the start page",
};

const GATE: Gate = Gate {
    title: "Before you enter",
    lead: "Nobody hears or sees you yet. Take your time to try everything.",
    name: "Your name",
    name_hint: "Optional. Only the people in the room can read it.",
    name_unread: "Your link lacks the invitation: nobody in the room can read your name. Ask for the whole link.",
    remember: "Remember on this device",
    camera: "Camera",
    camera_hint: "Shows the picture to you alone.",
    microphone: "Microphone",
    microphone_hint: "Shows to you alone how loud you are.",
    preview: "Your camera’s picture, visible to you alone",
    preview_off: "The camera is off",
    level: "Loudness of your microphone",
    transmit_camera: "Transmit when I enter",
    transmit_microphone: "Transmit when I enter",
    notice: "Your privacy",
    notice_responsible: |Responsible { controller, places_en, .. }| {
        format!("Responsible for the service: {controller}. The servers stand in: {places_en}.")
    },
    notice_unknown: |host| {
        format!(
            "The controller is whoever invites you. The server {host} is run by the holder of this address."
        )
    },
    notice_points: |host| {
        [
            format!(
                "Picture and sound pass through {host} alone, encrypted, and through no third party."
            ),
            "The service records nothing and stores nothing; behave as though somebody did, all the same. This page sets no cookies."
                .into(),
            "Your name is encrypted with the invitation link. The server cannot read it.".into(),
        ]
    },
    notice_whole: "The whole privacy notice",
    notice_path: Statement::NOTICE_EN,
    join: "Enter",
    join_moderator: "Enter as moderator",
    without_devices: "You can enter without camera and microphone, too.",
};

const DEVICES: Devices = Devices {
    title: "Devices",
    camera: "Which camera",
    microphone: "Which microphone",
    speaker: "Speaker",
    standard: "The browser’s choice",
    unnamed: "Device without a name",
    test: "Play a test sound",
    keys: "Keyboard shortcuts",
    keys_hint: "Single keys do what the buttons do.",
    starting: "The browser asks for your permission …",
    close: "Done",
    camera_failures: Failures {
        denied: "The browser may not use the camera.",
        denied_by_embedding: "The page that this meeting is embedded in allows no camera. Open the invitation link in a window of its own.",
        not_found: "There is no camera. Connect one, or enter without a picture.",
        in_use: "Another program is using the camera. Close it, then switch the camera on again.",
        gone: "The chosen camera is gone. Choose another one.",
        insecure: "This page was loaded without a secure connection, so the browser gives it no camera. Open it with https://.",
        unknown: "The camera cannot be switched on. Plug it in again, or restart the browser.",
    },
    microphone_failures: Failures {
        denied: "The browser may not use the microphone.",
        denied_by_embedding: "The page that this meeting is embedded in allows no microphone. Open the invitation link in a window of its own.",
        not_found: "There is no microphone. Connect one, or enter without sound: you can always listen.",
        in_use: "Another program is using the microphone. Close it, then switch the microphone on again.",
        gone: "The chosen microphone is gone. Choose another one.",
        insecure: "This page was loaded without a secure connection, so the browser gives it no microphone. Open it with https://.",
        unknown: "The microphone cannot be switched on. Plug it in again, or restart the browser.",
    },
    screen_failures: Failures {
        denied: "The system does not let the browser record the screen. Allow it in the settings of your device, then try again.",
        denied_by_embedding: "The page that this meeting is embedded in allows no sharing. Open the invitation link in a window of its own.",
        not_found: "This browser cannot share a screen. Use a computer for it.",
        in_use: "The screen cannot be recorded at the moment. Choose another window and try again.",
        gone: "What you wanted to share is gone. Choose something else.",
        insecure: "This page was loaded without a secure connection, so the browser allows no sharing. Open it with https://.",
        unknown: "The screen cannot be shared. Try again, or restart the browser.",
    },
    camera_vanished: "The camera has vanished: unplugged, or the permission was taken back. It transmits nothing any more.",
    microphone_vanished: "The microphone has vanished: unplugged, or the permission was taken back. It transmits nothing any more.",
};

const LOBBY: Lobby = Lobby {
    entering: "One moment",
    entering_hint: "Connecting to the room.",
    moderator: "No moderator is here yet",
    moderator_hint: "The meeting begins as soon as a moderator comes. There is nothing you need to do.",
    admission: "You have knocked",
    admission_hint: "A moderator sees that you are waiting, and decides. Until you are let in, nobody hears or sees you.",
    leave: "Leave again",
};

const CONFERENCE: Conference = Conference {
    title: "Meeting",
    stage: "People in the room",
    controls: "Controls",
    microphone: "Mic",
    microphone_whole: "Microphone",
    camera: "Camera",
    screen: "Screen",
    sharing: "You share",
    hand: "Hand",
    people: "People",
    devices: "Devices",
    more: "More",
    leave: "Leave",
    shortcut: |key| format!("key {key}"),
    reconnecting: "The connection is interrupted and being restored …",
    paused: "A pause until a moderator is back",
    paused_hint: "You stay in the room, nobody is thrown out. Cameras, microphones and screens are off meanwhile. Afterwards you switch yours on again yourself.",
    you: "You",
    nameless: "No name",
    unreadable: "Name not readable",
    screen_of: |name| format!("Screen of {name}"),
    own_screen: "You are sharing your screen",
    stop_sharing: "Stop sharing",
    sharing_ended: "You are not sharing your screen any more",
    made_participant: "You take part without further rights from here on.",
    made_presenter: "You may present: you can share your screen and write.",
    made_moderator: "You are a moderator. Everything for it is under “People”.",
    star: "Moderator",
    muted: "Microphone off",
    away: "Connection interrupted",
    hand_up: |place| format!("Hand raised, place {place}"),
    close: "Close",
};

const KNOCK: Knock = Knock {
    knocking: |count| match count {
        1 => "Somebody knocks".into(),
        _ => format!("{count} people knock"),
    },
    nameless: "No name",
    unreadable: "Unknown",
    uninvited: "Without invitation",
    duplicate: "Name used twice",
    personal: "Personal invitation",
    removed: "Was removed before",
    admit: "Let in",
    refuse: "Turn away",
    admit_all: "Let everybody in",
};

const PEOPLE: People = People {
    participant: "Participant",
    presenter: "Presenter",
    moderator: "Moderator",
    holder: "Moderator with bookmark",
    duplicate: "Name used twice",
    sharing: "Shares a screen",
    menu: "Moderate",
    mute: "Switch microphone off",
    stop_camera: "Switch camera off",
    stop_screen: "Stop sharing",
    lower_hand: "Lower hand",
    make_participant: "Let take part only",
    make_presenter: "Let present",
    make_moderator: "Let moderate",
    remove: "Remove from the room",
    remove_title: |name| format!("Remove {name}?"),
    remove_hint: "They leave the room at once and can only knock again. An open door is set back to letting people in one by one.",
    give_up: "Stop moderating",
    give_up_title: "Stop moderating?",
    give_up_hint: "Only somebody who goes on moderating can let you moderate again.",
    everybody: "For everybody",
    mute_all: "Mute everybody",
    lower_hands: "Lower all hands",
    end: "End for everybody",
    end_title: "End the meeting for everybody?",
    end_hint: "Everybody leaves the room. What was written in the chat is gone then.",
    cancel: "Cancel",
    invite: "Copy the invitation",
};

const RULES: Rules = Rules {
    title: "Door and rules",
    door: "Door",
    lobby: "You let people in",
    lobby_hint: "Whoever comes knocks. You let each person in.",
    open: "Open",
    open_hint: "Whoever holds the invitation comes in without knocking, while somebody moderates.",
    locked: "Locked",
    locked_hint: "Nobody new comes in, not by knocking either.",
    personal: "Personal invitations only",
    personal_hint: "With the common link nobody gets to the door then.",
    share: "Everybody may share a screen",
    share_hint: "Otherwise only presenters and moderators.",
    chat: "Everybody may write in the chat",
    chat_hint: "Otherwise only presenters and moderators.",
};

const INVITE: Invite = Invite {
    title: "Personal invitations",
    lead: "Each link lets one person in, once, as long as the room is in use. When everybody has gone, the room forgets which links are used.",
    number: "How many",
    expires: "Good for",
    day: "1 day",
    week: "1 week",
    month: "1 month",
    make: "Make links",
    made: |count| match count {
        1 => "One link is ready".into(),
        _ => format!("{count} links are ready"),
    },
    made_hint: "Only this window knows what you made. Save it before you go.",
    copy_all: "Copy all",
    download: "Save as a list",
    file: "invitations.txt",
};

const CHAT: Chat = Chat {
    title: "Chat",
    lead: "Encrypted for everybody who is invited. The server cannot read it. It is gone with the meeting.",
    nothing: "Nobody has written yet.",
    input: "Message to everybody",
    send: "Send",
    unsent: "Not sent yet",
    full: "Your last messages are still on their way. You can send this one afterwards.",
    closed: "Only presenters and moderators can write at the moment. You can read everything.",
    uninvited: "Your link lacks the invitation. Without it you can neither read nor write here.",
    unreadable: "This message cannot be read.",
    unread: |count| match count {
        1 => "One new message".into(),
        _ => format!("{count} new messages"),
    },
    from: |name| format!("New message from {name}"),
};

const SILENCED: Silenced = Silenced {
    microphone: Silencing {
        by: |name| format!("{name} switched your microphone off. Only you can switch it on again."),
        by_moderator: "A moderator switched your microphone off. Only you can switch it on again.",
        by_room: "Your microphone is off because no moderator was here. Only you can switch it on again.",
    },
    camera: Silencing {
        by: |name| format!("{name} switched your camera off. Only you can switch it on again."),
        by_moderator: "A moderator switched your camera off. Only you can switch it on again.",
        by_room: "Your camera is off because no moderator was here. Only you can switch it on again.",
    },
    screen: Silencing {
        by: |name| format!("{name} stopped the sharing of your screen. Nobody sees it any more."),
        by_moderator: "A moderator stopped the sharing of your screen. Nobody sees it any more.",
        by_room: "Your screen is not shared any more: the room does not allow it to you at the moment.",
    },
    understood: "Understood",
};

const ENDED: Ended = Ended {
    goodbye: "Goodbye",
    not_inside: "You are not in the room",
    over: "The meeting is over",
    outside: "You are no longer in the room",
    left: "You have left the meeting. Camera and microphone are off.",
    turned_away: "A moderator did not let you in.",
    too_soon: "A moderator did not let you in a moment ago.",
    soon: "One moment, then you can knock again.",
    full: "There is no free place. Try again in a few minutes.",
    wrong_proof: "Your moderator link does not open this room. Check whether it is complete.",
    locked: "The door is locked, nobody new comes in at the moment. Ask whoever invited you, or try again later.",
    personal_only: "You can enter this room with a personal invitation only. Ask whoever invited you for a link of your own.",
    wrong_ticket: "Your personal invitation is not for this room. Check whether the link is complete, or ask for another one.",
    ticket_expired: "Your personal invitation has expired. Ask for another one.",
    ticket_used: "Your personal invitation has been used. Ask for another one, or knock like everybody.",
    unlicensed: "On this server a room needs a licence, and there is none in your bookmark that holds. Ask whoever runs the server.",
    licence_expired: "The licence of this room has expired. Whoever runs the server can give you another bookmark.",
    weak_cipher: "Your browser lacks the encryption that is required here (AES-256-GCM). Please update it.",
    unusable_offer: "Your browser lacks something that this meeting needs. Please update it.",
    refused: "The server did not let you in. Try again.",
    removed: "A moderator removed you from the room. Camera and microphone are off. You can only knock again.",
    for_all: "A moderator ended the meeting for everybody. Camera and microphone are off.",
    abandoned: "No moderator came back. Camera and microphone are off.",
    replaced: "You are taking part in another window. You can close this one.",
    protocol: "This page and the server did not understand each other. Load the page again.",
    slow: "Your connection was too slow for the meeting. Try again where it is better.",
    stopping: "The server is being stopped. Try again in a moment.",
    failed: "An error occurred on the server. Try again.",
    unreachable: "The server cannot be reached. Check your internet connection.",
    back: "Enter again",
    knock_again: "Knock again",
    start: "To the start page",
};

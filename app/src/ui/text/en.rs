// SPDX-License-Identifier: EUPL-1.2
//! English.

use super::catalogue::{Conference, Devices, Ended, Failures, Gate, Home, Lobby, Texts};

/// Everything in English.
pub(super) const TEXTS: Texts = Texts {
    code: "en",
    other: ("de", "Deutsch"),
    home: HOME,
    gate: GATE,
    devices: DEVICES,
    lobby: LOBBY,
    conference: CONFERENCE,
    ended: ENDED,
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
    mail: "Text for an e-mail or calendar",
    mail_text: |link, host| {
        format!(
            "Hello,\n\nI invite you to a video meeting. Open this link in a browser, you need no account and \
             no program:\n\n{link}\n\n\
             About your data (Art. 13 GDPR): the meeting runs through the server {host}. Picture and sound are \
             transmitted during the meeting only, they are not recorded and not stored. Camera and microphone \
             are off until you switch them on yourself. You may choose any name or none. The controller is \
             whoever invites you.\n"
        )
    },
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
    remember: "Remember on this device",
    camera: "Camera",
    camera_hint: "Shows the picture to you alone.",
    microphone: "Microphone",
    microphone_hint: "Shows to you alone how loud you are.",
    preview: "Your camera's picture, visible to you alone",
    preview_off: "The camera is off",
    level: "Loudness of your microphone",
    transmit_camera: "Transmit when I enter",
    transmit_microphone: "Transmit when I enter",
    notice: "Your privacy",
    notice_points: |host| {
        [
            format!(
                "The controller is whoever invites you. The server {host} is run by the holder of this address."
            ),
            format!(
                "Picture and sound pass through {host} alone, encrypted, and through no third party."
            ),
            "Nothing is recorded or stored. This page sets no cookies.".into(),
            "Your name is encrypted with the invitation link. The server cannot read it.".into(),
        ]
    },
    join: "Enter",
    join_moderator: "Enter as moderator",
    without_devices: "You can enter without camera and microphone, too.",
};

const DEVICES: Devices = Devices {
    title: "Devices",
    camera: "Which camera",
    microphone: "Which microphone",
    speaker: "Speaker",
    standard: "The browser's choice",
    unnamed: "Device without a name",
    test: "Play a test sound",
    keys: "Keyboard shortcuts",
    keys_hint: "m microphone, c camera, p people",
    starting: "The browser asks for your permission …",
    close: "Done",
    camera_failures: Failures {
        denied: "The browser may not use the camera. Allow it by the symbol next to the address or in the settings of your device, then switch it on again.",
        denied_by_embedding: "The page that this meeting is embedded in allows no camera. Open the invitation link in a window of its own.",
        not_found: "There is no camera. Connect one, or enter without a picture.",
        in_use: "Another program is using the camera. Close it, then switch the camera on again.",
        gone: "The chosen camera is gone. Choose another one.",
        insecure: "This page was loaded without a secure connection, so the browser gives it no camera. Open it with https://.",
        unknown: "The camera cannot be switched on. Plug it in again, or restart the browser.",
    },
    microphone_failures: Failures {
        denied: "The browser may not use the microphone. Allow it by the symbol next to the address or in the settings of your device, then switch it on again.",
        denied_by_embedding: "The page that this meeting is embedded in allows no microphone. Open the invitation link in a window of its own.",
        not_found: "There is no microphone. Connect one, or enter without sound: you can always listen.",
        in_use: "Another program is using the microphone. Close it, then switch the microphone on again.",
        gone: "The chosen microphone is gone. Choose another one.",
        insecure: "This page was loaded without a secure connection, so the browser gives it no microphone. Open it with https://.",
        unknown: "The microphone cannot be switched on. Plug it in again, or restart the browser.",
    },
    camera_vanished: "The camera has vanished: unplugged, or the permission was taken back. It transmits nothing any more.",
    microphone_vanished: "The microphone has vanished: unplugged, or the permission was taken back. It transmits nothing any more.",
};

const LOBBY: Lobby = Lobby {
    entering: "One moment",
    entering_hint: "Connecting to the room.",
    moderator: "No moderator is here yet",
    moderator_hint: "The meeting begins as soon as somebody opens the door. There is nothing you need to do.",
    admission: "You have knocked",
    admission_hint: "A moderator will let you in. Until then nobody hears or sees you.",
    leave: "Leave again",
};

const CONFERENCE: Conference = Conference {
    title: "Meeting",
    stage: "People in the room",
    controls: "Controls",
    microphone: "Microphone",
    camera: "Camera",
    people: "People",
    devices: "Devices",
    leave: "Leave",
    shortcut: |key| format!("key {key}"),
    reconnecting: "The connection is interrupted and being restored …",
    you: "You",
    nameless: "No name",
    unreadable: "Name not readable",
    star: "Moderator",
    muted: "Microphone off",
    away: "Connection interrupted",
    knocking: |count| match count {
        1 => "Somebody knocks".into(),
        _ => format!("{count} people knock"),
    },
    uninvited: "Without invitation",
    admit: "Let in",
    refuse: "Turn away",
    admit_all: "Let everybody in",
    invite: "Copy the invitation",
    close: "Close",
};

const ENDED: Ended = Ended {
    title: "Goodbye",
    left: "You have left the meeting. Camera and microphone are off.",
    turned_away: "A moderator did not let you in.",
    full: "The room is full. Try again later.",
    wrong_proof: "Your moderator link does not open this room.",
    weak_cipher: "Your browser lacks the encryption that is required here (AES-256-GCM). Please update it.",
    unusable_offer: "Your browser lacks something that this meeting needs. Please update it.",
    refused: "The server did not let you in.",
    replaced: "You are taking part in another window.",
    slow: "Your connection was too slow for the meeting.",
    stopping: "The server is being stopped.",
    failed: "An error occurred on the server.",
    unreachable: "The server cannot be reached. Check your internet connection.",
    back: "Enter again",
    start: "To the start page",
};

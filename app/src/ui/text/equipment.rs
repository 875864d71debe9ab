// SPDX-License-Identifier: EUPL-1.2
//! What somebody is told about their own devices during the conference, in every language.

/// One's own microphone and what is done about it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Equipment {
    /// Nothing at all comes from the microphone.
    pub(crate) silent: &'static str,
    /// The way out of that.
    pub(crate) choose: &'static str,
    /// Somebody seems to speak while nothing is sent.
    pub(crate) unheard: &'static str,
    pub(crate) push_to_talk: &'static str,
    pub(crate) push_to_talk_hint: &'static str,
    /// On the switch of a microphone that waits for the key; the whole of it for who does not see it.
    pub(crate) ready: &'static str,
    pub(crate) ready_whole: &'static str,
    /// The chosen device is gone, and this one is used.
    pub(crate) camera_replaced: fn(used: &str) -> String,
    pub(crate) microphone_replaced: fn(used: &str) -> String,
    pub(crate) speaker_vanished: &'static str,
    pub(crate) noise: &'static str,
    pub(crate) noise_hint: &'static str,
    pub(crate) echo: &'static str,
    pub(crate) echo_hint: &'static str,
    pub(crate) blur: &'static str,
    pub(crate) blur_hint: &'static str,
}

pub(super) const DE: Equipment = Equipment {
    silent: "Von Ihrem Mikrofon kommt kein Ton. Vielleicht ist es am Gerät stumm geschaltet, oder es ist das falsche.",
    choose: "Anderes wählen",
    unheard: "Sprechen Sie? Gerade hört Sie niemand. Halten Sie dafür die Leertaste gedrückt.",
    push_to_talk: "Mit der Leertaste sprechen",
    push_to_talk_hint: "Das Mikrofon ist dann an, und gesendet wird nur, solange Sie die Leertaste halten. Wenn Sie dies ausschalten, geht auch das Mikrofon aus.",
    ready: "Bereit",
    ready_whole: "Mikrofon bereit: Es sendet nur, solange Sie die Leertaste halten",
    camera_replaced: |used| {
        format!("Die gewählte Kamera ist nicht mehr da. Jetzt wird benutzt: {used}")
    },
    microphone_replaced: |used| {
        format!("Das gewählte Mikrofon ist nicht mehr da. Jetzt wird benutzt: {used}")
    },
    speaker_vanished: "Der gewählte Lautsprecher ist nicht mehr da. Sie hören jetzt über die Vorgabe des Browsers.",
    noise: "Hintergrundgeräusche dämpfen",
    noise_hint: "Für Musik schalten Sie es aus.",
    echo: "Echo unterdrücken",
    echo_hint: "Ohne Kopfhörer brauchen es die anderen.",
    blur: "Hintergrund weichzeichnen",
    blur_hint: "Das macht Ihr Gerät selbst.",
};

pub(super) const EN: Equipment = Equipment {
    silent: "No sound comes from your microphone. Perhaps it is muted on the device itself, or it is the wrong one.",
    choose: "Choose another",
    unheard: "Are you speaking? Nobody hears you at the moment. Hold the space bar to be heard.",
    push_to_talk: "Speak with the space bar",
    push_to_talk_hint: "The microphone is on then, and sends only while you hold the space bar. When you switch this off, the microphone goes off, too.",
    ready: "Ready",
    ready_whole: "Microphone ready: it sends only while you hold the space bar",
    camera_replaced: |used| format!("The camera that you chose is gone. In use now: {used}"),
    microphone_replaced: |used| {
        format!("The microphone that you chose is gone. In use now: {used}")
    },
    speaker_vanished: "The speaker that you chose is gone. You hear through the browser’s choice now.",
    noise: "Reduce background noise",
    noise_hint: "Switch it off for music.",
    echo: "Cancel echo",
    echo_hint: "Without headphones, the others need it.",
    blur: "Blur the background",
    blur_hint: "Your device does it itself.",
};

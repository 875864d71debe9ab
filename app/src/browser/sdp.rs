// SPDX-License-Identifier: EUPL-1.2
//! What is said in a session description.

/// A description without the addresses of this computer. The server learns where packets come from
/// by their arrival, so it needs none of them.
pub(super) fn without_addresses(description: &str) -> String {
    let stays =
        |line: &&str| !line.starts_with("a=candidate:") && !line.starts_with("a=end-of-candidates");
    description.split_inclusive('\n').filter(stays).collect()
}

/// A description that asks for sound in stereo, as the sound of a screen comes: Chromium makes one of both sides
/// otherwise (RFC 7587 §6.1), and has no other way to be asked. A voice stays what it is.
pub(super) fn in_stereo(description: &str) -> String {
    description.replace(CHROMIUM_S_OPUS, &[CHROMIUM_S_OPUS, ";stereo=1"].concat())
}

/// What Chromium and `WebKit` say of Opus; Firefox asks by itself.
const CHROMIUM_S_OPUS: &str = "minptime=10;useinbandfec=1";

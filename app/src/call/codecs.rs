// SPDX-License-Identifier: EUPL-1.2
//! Which of a browser's codecs of pictures the relay forwards, and which of them can have layers.

/// Whether a codec is worth offering; `name` and `parameters` as the browser writes them (W3C `RTCRtpCodec`). Of
/// several variants of one, only that which every browser decodes is forwarded.
#[must_use]
pub fn is_forwarded(name: &str, parameters: &str) -> bool {
    let says = |key: &str| {
        let pairs = parameters.split(';').filter_map(|pair| pair.trim().split_once('='));
        pairs.into_iter().find(|(found, _)| *found == key).map(|(_, value)| value)
    };
    match name.to_ascii_lowercase().as_str() {
        "video/vp8" | "video/rtx" => true,
        "video/vp9" => says("profile-id").is_none_or(|profile| profile == "0"),
        "video/av1" => says("profile").is_none_or(|profile| profile == "0"),
        "video/h264" => {
            let profile = says("profile-level-id").unwrap_or_default().to_ascii_lowercase();
            // Constrained baseline.
            profile.starts_with("42e0") && says("packetization-mode") == Some("1")
        }
        _ => false,
    }
}

/// Whether a picture that is coded like this is sent as one stream with layers, and not in several encodings;
/// `is_described` says whether its packets bring the dependency descriptor.
///
/// Of AV1 that alone tells the relay which layer a packet belongs to. VP9 tells it by itself.
#[must_use]
pub fn is_layered(name: &str, is_described: bool) -> bool {
    name.eq_ignore_ascii_case("video/vp9") || is_described && name.eq_ignore_ascii_case("video/av1")
}

/// Whether each of several encodings has to be told that it has one layer. Of those that are not, Chromium sends
/// the first only.
#[must_use]
pub fn could_be_layered(name: &str) -> bool {
    is_layered(name, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_chromium_and_firefox_can_do_is_offered_in_the_variant_that_all_decode() {
        let h264 = |mode: u8, profile: &str| {
            format!(
                "level-asymmetry-allowed=1;packetization-mode={mode};profile-level-id={profile}"
            )
        };
        for (name, parameters, forwarded) in [
            ("video/VP8", "", true),
            ("video/rtx", "", true),
            ("video/VP9", "profile-id=0", true),
            ("video/VP9", "max-fs=12288;max-fr=60", true),
            ("video/VP9", "profile-id=2", false),
            ("video/AV1", "level-idx=5;profile=0;tier=0", true),
            ("video/AV1", "level-idx=5;profile=1;tier=0", false),
            ("video/H264", &h264(1, "42e01f"), true),
            ("video/H264", &h264(1, "42E01F"), true),
            ("video/H264", &h264(0, "42e01f"), false),
            ("video/H264", &h264(1, "42001f"), false),
            ("video/H264", "", false),
            ("video/red", "", false),
            ("video/flexfec-03", "repair-window=10000000", false),
        ] {
            assert_eq!(is_forwarded(name, parameters), forwarded, "{name} {parameters}");
        }
    }

    #[test]
    fn layers_are_for_those_that_have_them() {
        let all = ["video/VP8", "video/VP9", "video/AV1", "video/H264"];
        assert_eq!(all.map(|name| is_layered(name, true)), [false, true, true, false]);
        assert_eq!(all.map(|name| is_layered(name, false)), [false, true, false, false]);
        assert_eq!(all.map(could_be_layered), [false, true, true, false]);
    }
}

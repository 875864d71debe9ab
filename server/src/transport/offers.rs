// SPDX-License-Identifier: EUPL-1.2
//! Offers as Chromium and Firefox write them, cut to what matters.

use super::params::Fingerprint;

pub(super) fn chrome() -> String {
    let session = "v=0\r\no=- 4611731400430051336 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n\
        a=group:BUNDLE 0 1 2 3\r\na=extmap-allow-mixed\r\na=msid-semantic: WMS\r\n";
    let ssrcs = "a=ssrc-group:FID 1111 2222\r\na=ssrc:1111 cname:x\r\na=ssrc:1111 msid:- y\r\na=ssrc:2222 cname:x\r\n";
    [
        session.to_owned(),
        audio("0", "sendonly", "a=msid:- z\r\n"),
        video("1", "sendonly", ssrcs),
        audio("2", "recvonly", ""),
        video("3", "recvonly", ""),
        "m=application 0 UDP/DTLS/SCTP webrtc-datachannel\r\nc=IN IP4 0.0.0.0\r\na=mid:4\r\n"
            .to_owned(),
    ]
    .concat()
}

/// What Chromium 156 writes for `sendEncodings` with the names l, m and h; it names no sources.
pub(super) const CHROME_ENCODINGS: &str = "a=extmap:10 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id\r\n\
    a=extmap:11 urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id\r\n\
    a=rid:l send\r\na=rid:m send\r\na=rid:h send\r\na=simulcast:send l;m;h\r\n";

/// What Firefox 153 writes, which names all sources.
pub(super) const FIREFOX_ENCODINGS: &str = "a=extmap:9/sendonly urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id\r\n\
    a=extmap:10/sendonly urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id\r\n\
    a=rid:l send\r\na=rid:m send\r\na=rid:h send\r\na=simulcast:send l;m;h\r\n\
    a=ssrc:3331 cname:{0}\r\na=ssrc:3332 cname:{0}\r\na=ssrc:3333 cname:{0}\r\n\
    a=ssrc:3334 cname:{0}\r\na=ssrc:3335 cname:{0}\r\na=ssrc:3336 cname:{0}\r\n\
    a=ssrc-group:FID 3331 3332\r\na=ssrc-group:FID 3333 3334\r\na=ssrc-group:FID 3335 3336\r\n";

/// The offer with the camera in several encodings; all other lines of pictures know the extensions too.
pub(super) fn simulcast(offer: &str, encodings: &str) -> String {
    let mut text = String::new();
    let mut lines = 0_u32;
    for line in offer.split_inclusive("\r\n") {
        if line.starts_with("m=") {
            finish(&mut text, lines, encodings);
            lines += 1;
        }
        let camera_source = lines == 2 && line.starts_with("a=ssrc");
        if !camera_source {
            text.push_str(line);
        }
    }
    finish(&mut text, lines, encodings);
    text
}

/// Ends the line of that number, which is the camera's if it is the second and a picture's slot if the fourth.
fn finish(text: &mut String, line: u32, encodings: &str) {
    let extensions = encodings.split_inclusive("\r\n").filter(|line| line.contains("extmap:"));
    match line {
        2 => text.push_str(encodings),
        4 if !text.ends_with(encodings) => text.extend(extensions),
        _ => {}
    }
}

fn transport(mid: &str, direction: &str) -> String {
    format!(
        "c=IN IP4 0.0.0.0\r\na=rtcp:9 IN IP4 0.0.0.0\r\na=ice-ufrag:aBcD\r\n\
         a=ice-pwd:0123456789abcdefghijklmn\r\na=ice-options:trickle\r\n\
         a=fingerprint:sha-256 {}\r\na=setup:actpass\r\na=mid:{mid}\r\n\
         a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01\r\n\
         a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid\r\n\
         a={direction}\r\na=rtcp-mux\r\na=rtcp-rsize\r\n",
        Fingerprint([9; 32])
    )
}

fn audio(mid: &str, direction: &str, more: &str) -> String {
    format!(
        "m=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126\r\n{}\
         a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level\r\n\
         a=extmap:2 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time\r\n\
         a=rtpmap:111 opus/48000/2\r\na=rtcp-fb:111 transport-cc\r\n\
         a=fmtp:111 minptime=10;useinbandfec=1\r\na=rtpmap:63 red/48000/2\r\na=fmtp:63 111/111\r\n\
         a=rtpmap:9 G722/8000\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\n\
         a=rtpmap:13 CN/8000\r\na=rtpmap:110 telephone-event/48000\r\na=rtpmap:126 telephone-event/8000\r\n{more}",
        transport(mid, direction)
    )
}

pub(super) fn video(mid: &str, direction: &str, more: &str) -> String {
    format!(
        "m=video 9 UDP/TLS/RTP/SAVPF 96 97 102 103 108 109 114 115 45 46 98 99 100 101 118\r\n{}\
         a=extmap:13 urn:3gpp:video-orientation\r\n{}\
         a=rtpmap:118 red/90000\r\n{more}",
        transport(mid, direction),
        [
            picture(96, "VP8", ""),
            picture(102, "H264", &h264(1, "42001f")),
            picture(108, "H264", &h264(1, "42e01f")),
            picture(114, "H264", &h264(0, "42e01f")),
            picture(45, "AV1", "level-idx=5;profile=0;tier=0"),
            picture(98, "VP9", "profile-id=0"),
            picture(100, "VP9", "profile-id=2"),
        ]
        .concat()
    )
}

fn h264(mode: u8, profile: &str) -> String {
    format!("level-asymmetry-allowed=1;packetization-mode={mode};profile-level-id={profile}")
}

/// A codec with its repetitions.
fn picture(payload_type: u8, name: &str, parameters: &str) -> String {
    let rtx = payload_type + 1;
    let feedback = ["goog-remb", "transport-cc", "ccm fir", "nack", "nack pli"]
        .map(|feedback| format!("a=rtcp-fb:{payload_type} {feedback}\r\n"));
    let parameters = match parameters {
        "" => String::new(),
        parameters => format!("a=fmtp:{payload_type} {parameters}\r\n"),
    };
    format!(
        "a=rtpmap:{payload_type} {name}/90000\r\n{}{parameters}\
         a=rtpmap:{rtx} rtx/90000\r\na=fmtp:{rtx} apt={payload_type}\r\n",
        feedback.concat()
    )
}

pub(super) fn firefox() -> String {
    let session = format!(
        "v=0\r\no=mozilla...THIS_IS_SDPARTA-99.0 5108463372139482 0 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n\
         a=fingerprint:sha-256 {}\r\na=group:BUNDLE 0 1 2 3\r\na=ice-options:trickle\r\na=msid-semantic:WMS *\r\n",
        Fingerprint([9; 32])
    );
    let line = |kind: &str, mid: &str, direction: &str, port: &str| {
        let codecs = if kind == "audio" {
            "a=rtpmap:109 opus/48000/2\r\na=rtpmap:101 telephone-event/8000/1\r\n\
             a=fmtp:109 maxplaybackrate=48000;stereo=1;useinbandfec=1\r\na=fmtp:101 0-15\r\n\
             a=rtcp-fb:109 transport-cc\r\n"
        } else {
            "a=extmap:8/sendonly https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension\r\n\
             a=rtpmap:120 VP8/90000\r\na=rtpmap:124 rtx/90000\r\na=fmtp:124 apt=120\r\n\
             a=rtpmap:121 VP9/90000\r\na=rtpmap:125 rtx/90000\r\na=fmtp:125 apt=121\r\n\
             a=rtpmap:99 AV1/90000\r\na=rtpmap:100 rtx/90000\r\na=fmtp:100 apt=99\r\n\
             a=fmtp:120 max-fs=12288;max-fr=60\r\na=fmtp:121 max-fs=12288;max-fr=60\r\n\
             a=rtcp-fb:* nack\r\na=rtcp-fb:* nack pli\r\n\
             a=rtcp-fb:* ccm fir\r\na=rtcp-fb:* goog-remb\r\na=rtcp-fb:* transport-cc\r\n"
        };
        let formats = if kind == "audio" { "109 101" } else { "120 124 121 125 99 100" };
        format!(
            "m={kind} {port} UDP/TLS/RTP/SAVPF {formats}\r\nc=IN IP4 0.0.0.0\r\na={direction}\r\n\
             a=extmap:3 urn:ietf:params:rtp-hdrext:sdes:mid\r\na=extmap-allow-mixed\r\n\
             a=extmap:7 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01\r\na=ice-pwd:00112233445566778899aabbccddeeff\r\n\
             a=ice-ufrag:aabbccdd\r\na=mid:{mid}\r\na=rtcp-mux\r\n{codecs}a=setup:actpass\r\n\
             a=ssrc:{mid}99 cname:{{00}}\r\n"
        )
    };
    let bundled = |kind, mid| {
        let text = line(kind, mid, "recvonly", "0");
        format!("{text}a=bundle-only\r\n")
    };
    [
        session,
        line("audio", "0", "sendonly", "9"),
        line("video", "1", "sendonly", "9"),
        bundled("audio", "2"),
        bundled("video", "3"),
    ]
    .concat()
}

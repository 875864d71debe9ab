// SPDX-License-Identifier: EUPL-1.2
//! The SRTP session against the independent one of the webrtc family, and against attackers.

use proptest::prelude::*;
use rtc_srtp::context::Context;
use rtc_srtp::protection_profile::ProtectionProfile;

use super::*;
use crate::media::bytes::low16;
use crate::media::packet::{HeaderFields, write_header};

const KEY: [u8; KEY_LEN] = [0x4b; KEY_LEN];
const SALT: [u8; SALT_LEN] = *b"salt of 12 b";

#[test]
fn what_we_seal_the_other_implementation_opens() {
    let sealer = Sealer::new(&KEY, &SALT).unwrap();
    let mut theirs = their_context();
    for index in [5_u64, 65_535, 65_536, 65_540] {
        let (mut packet, header_len, len) = packet(index, b"some payload");
        let plain = packet[..len].to_vec();
        let sealed = sealer.seal_rtp(&mut packet, header_len, len, 7, index).unwrap();
        let opened = theirs.decrypt_rtp(&packet[..sealed]).unwrap();
        assert_eq!(&opened[..], &plain[..]);
        let mut other = [0x55; 128];
        other[..header_len].copy_from_slice(&plain[..header_len]);
        let from = sealer.seal_rtp_from(&mut other, header_len, &plain[header_len..], 7, index);
        assert_eq!((from, &other[..sealed]), (Some(sealed), &packet[..sealed]));
        let short = &mut other[..sealed - 1];
        assert_eq!(sealer.seal_rtp_from(short, header_len, &plain[header_len..], 7, index), None);
    }
}

#[test]
fn what_the_other_implementation_seals_we_open_once() {
    let mut theirs = their_context();
    let mut opener = Opener::new(&KEY, &SALT).unwrap();
    for index in [65_530_u64, 65_535, 65_536, 65_537] {
        let (packet, _, len) = packet(index, b"other payload");
        let mut sealed = theirs.encrypt_rtp(&packet[..len]).unwrap().to_vec();
        let mut again = sealed.clone();
        let header = RtpHeader::parse(&sealed).unwrap();
        let opened = opener.open_rtp(&mut sealed, &header).unwrap();
        assert_eq!(&sealed[..opened], &packet[..len]);
        assert_eq!(opener.open_rtp(&mut again, &header), Err(OpenError::Replayed));
    }
}

#[test]
fn control_packets_travel_both_ways_and_only_once() {
    let mut theirs = their_context();
    let mut sealer = Sealer::new(&KEY, &SALT).unwrap();
    let mut opener = Opener::new(&KEY, &SALT).unwrap();
    let report = [0x80, 201, 0, 1, 0, 0, 0, 9];
    let pli = [0x81, 206, 0, 2, 0, 0, 0, 9, 0, 0, 0, 1];
    for plain in [&report[..], &pli[..]] {
        let mut buffer = [0; 64];
        buffer[..plain.len()].copy_from_slice(plain);
        let len = sealer.seal_rtcp(&mut buffer, plain.len()).unwrap();
        assert_eq!(&theirs.decrypt_rtcp(&buffer[..len]).unwrap()[..], plain);
        let mut sealed = theirs.encrypt_rtcp(plain).unwrap().to_vec();
        let mut again = sealed.clone();
        let len = opener.open_rtcp(&mut sealed).unwrap();
        assert_eq!(&sealed[..len], plain);
        assert_eq!(opener.open_rtcp(&mut again), Err(OpenError::Replayed));
    }
}

#[test]
fn a_changed_packet_is_refused_and_leaves_no_state() {
    let sealer = Sealer::new(&KEY, &SALT).unwrap();
    let mut opener = Opener::new(&KEY, &SALT).unwrap();
    let (mut packet, header_len, len) = packet(5, b"some payload");
    let sealed = sealer.seal_rtp(&mut packet, header_len, len, 7, 5).unwrap();
    for at in 0..sealed {
        let mut forged = packet[..sealed].to_vec();
        forged[at] ^= 1;
        if let Some(header) = RtpHeader::parse(&forged) {
            assert!(opener.open_rtp(&mut forged, &header).is_err());
        }
    }
    assert!(opener.rtp.is_empty());
}

proptest! {
    #[test]
    fn no_bytes_make_the_session_panic(mut bytes in prop::collection::vec(any::<u8>(), 0..80)) {
        let mut opener = Opener::new(&KEY, &SALT).unwrap();
        prop_assert!(opener.open_rtcp(&mut bytes).is_err());
        if let Some(header) = RtpHeader::parse(&bytes) {
            prop_assert!(opener.open_rtp(&mut bytes, &header).is_err());
        }
    }
}

fn their_context() -> Context {
    let provider = rtc_crypto::providers::AwsLcRsProvider::new();
    let crypto = rtc_crypto::RTCCryptoProvider::crypto(&provider);
    Context::new(&KEY, &SALT, ProtectionProfile::AeadAes256Gcm, None, None, crypto).unwrap()
}

fn packet(index: u64, payload: &[u8]) -> ([u8; 128], usize, usize) {
    let mut packet = [0; 128];
    let fields = HeaderFields {
        marker: false,
        payload_type: 96,
        sequence: low16(index),
        timestamp: 1,
        ssrc: 7,
    };
    let header_len = write_header(&mut packet, fields, &[(1, b"0")]).unwrap();
    let len = header_len + payload.len();
    packet[header_len..len].copy_from_slice(payload);
    (packet, header_len, len)
}

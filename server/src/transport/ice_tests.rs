// SPDX-License-Identifier: EUPL-1.2
//! The ICE-lite responder against honest and forged checks.

use proptest::prelude::*;
use rtc_crypto::RTCCryptoProvider as _;
use rtc_crypto::providers::AwsLcRsProvider;
use rtc_stun::attributes::AttrType;
use zeroize::Zeroizing;

use super::*;

const HOME: &str = "192.0.2.1:1000";
const AWAY: &str = "198.51.100.7:2000";

#[test]
fn the_first_check_gives_an_address_and_a_nomination_changes_it_at_once() {
    let mut ice = responder();
    assert!(deliver(&mut ice, 1, HOME, &request(&[], &[])).is_some());
    assert_eq!(ice.remote(), HOME.parse().ok());
    assert!(deliver(&mut ice, 2, AWAY, &request(&[], &[])).is_some());
    assert_eq!(ice.remote(), HOME.parse().ok(), "a plain check moves nothing");
    assert!(deliver(&mut ice, 3, AWAY, &request(&[ATTR_USE_CANDIDATE], &[])).is_some());
    assert_eq!(ice.remote(), AWAY.parse().ok());
}

#[test]
fn a_nomination_behind_the_integrity_does_not_count() {
    let mut ice = responder();
    deliver(&mut ice, 1, HOME, &request(&[], &[]));
    deliver(&mut ice, 2, AWAY, &request(&[], &[ATTR_USE_CANDIDATE]));
    assert_eq!(ice.remote(), HOME.parse().ok());
}

#[test]
fn a_claim_of_our_role_is_answered_with_487_and_moves_nothing() {
    let mut ice = responder();
    let answer =
        deliver(&mut ice, 1, HOME, &request(&[ATTR_ICE_CONTROLLED, ATTR_USE_CANDIDATE], &[]))
            .unwrap();
    let mut message = Message { raw: answer, ..Message::default() };
    message.decode().unwrap();
    assert_eq!(message.typ, BINDING_ERROR);
    assert_eq!(ice.remote(), None);
}

#[test]
fn consent_ends_after_thirty_seconds_without_a_check_from_the_current_address() {
    let mut ice = responder();
    deliver(&mut ice, 0, HOME, &request(&[ATTR_USE_CANDIDATE], &[]));
    deliver(&mut ice, 20_000, AWAY, &request(&[], &[]));
    assert!(!ice.is_expired(Micros::from_millis(30_000)));
    assert!(ice.is_expired(Micros::from_millis(30_001)));
    deliver(&mut ice, 20_000, HOME, &request(&[], &[]));
    assert!(!ice.is_expired(Micros::from_millis(50_000)));
}

proptest! {
    #[test]
    fn no_change_of_a_check_makes_it_pass_or_the_responder_panic(
        at in 0_usize..200, value in 1_u8..=255, cut in 0_usize..200,
    ) {
        let mut check = request(&[ATTR_USE_CANDIDATE], &[]);
        let at = at % check.len();
        check[at] ^= value;
        let mut ice = responder();
        prop_assert_eq!(deliver(&mut ice, 1, HOME, &check), None);
        let cut = cut % check.len();
        prop_assert_eq!(deliver(&mut ice, 1, HOME, &check[..cut]), None);
        prop_assert_eq!(ice.remote(), None);
    }

    #[test]
    fn no_attributes_make_the_responder_panic(
        body in prop::collection::vec(any::<u8>(), 0..100), integrity_len in 0_u8..30, fingerprint: bool,
    ) {
        let mut message = vec![0, 1, 0, 0, 0x21, 0x12, 0xa4, 0x42];
        message.extend([7; 12]);
        message.extend([0, 6, 0, 4]);
        message.extend(b"us:t");
        message.extend([0, 8, 0, integrity_len]);
        message.extend(&body);
        while message.len() % 4 != 0 {
            message.push(0);
        }
        if fingerprint {
            message.extend([0x80, 0x28, 0, 4]);
            let len = u16::try_from(message.len() + 4 - 20).unwrap();
            message[2..4].copy_from_slice(&len.to_be_bytes());
            let value = rtc_stun::fingerprint::fingerprint_value(&message[..message.len() - 4]);
            message.extend(value.to_be_bytes());
        }
        prop_assert_eq!(deliver(&mut responder(), 1, HOME, &message), None);
    }
}

fn responder() -> IceLite {
    let credentials =
        IceCredentials { ufrag: "us".to_owned(), password: Zeroizing::new("secret".to_owned()) };
    IceLite::new(Micros(0), credentials, "them".to_owned())
}

fn deliver(ice: &mut IceLite, millis: u64, from: &str, datagram: &[u8]) -> Option<Vec<u8>> {
    let provider = AwsLcRsProvider::new();
    let mut answer = Vec::new();
    let mut check = Check::parse(datagram)?;
    let now = Micros::from_millis(millis);
    let from = from.parse().unwrap();
    match ice.answer(now, from, &mut check, provider.crypto(), &mut answer) {
        Verdict::Unauthenticated => None,
        Verdict::Answered { .. } => Some(answer),
    }
}

fn request(covered: &[AttrType], uncovered: &[AttrType]) -> Vec<u8> {
    let provider = AwsLcRsProvider::new();
    let mut message = Message::new();
    message.set_type(BINDING_REQUEST);
    message.write_header();
    message.add(ATTR_USERNAME, b"us:them");
    for kind in covered {
        message.add(*kind, &[]);
    }
    MessageIntegrity::new_raw_integrity_with_provider(b"secret".to_vec(), provider.crypto())
        .add_to(&mut message)
        .unwrap();
    for kind in uncovered {
        message.add(*kind, &[]);
    }
    FINGERPRINT.add_to(&mut message).unwrap();
    message.raw
}

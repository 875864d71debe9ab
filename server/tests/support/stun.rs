// SPDX-License-Identifier: EUPL-1.2
//! Connectivity checks made by hand, right and wrong ones.

use rtc_crypto::RTCCryptoProvider as _;
use rtc_crypto::providers::AwsLcRsProvider;
use rtc_stun::attributes::{ATTR_USE_CANDIDATE, ATTR_USERNAME};
use rtc_stun::fingerprint::FINGERPRINT;
use rtc_stun::integrity::MessageIntegrity;
use rtc_stun::message::{BINDING_REQUEST, Message, Setter as _, TransactionId};

use super::stage::Member;

/// What is wrong with a check.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Forgery {
    None,
    Password,
    UserName,
    NoIntegrity,
    NoFingerprint,
}

impl Forgery {
    pub const ALL: [Self; 4] =
        [Self::Password, Self::UserName, Self::NoIntegrity, Self::NoFingerprint];
}

/// A nominating check as the member's browser would send it.
pub fn check(member: &Member, forgery: Forgery) -> Vec<u8> {
    let local = attribute(&member.answer, "ice-ufrag");
    let remote = attribute(&member.offer, "ice-ufrag");
    let password = attribute(&member.answer, "ice-pwd");
    let remote = if forgery == Forgery::UserName { "nobody".to_owned() } else { remote };
    let name = format!("{local}:{remote}");
    let password = if forgery == Forgery::Password { "wrong".to_owned() } else { password };
    let provider = AwsLcRsProvider::new();
    let mut message = Message::new();
    message.set_type(BINDING_REQUEST);
    message.transaction_id = TransactionId::new();
    message.write_header();
    message.add(ATTR_USERNAME, name.as_bytes());
    message.add(ATTR_USE_CANDIDATE, &[]);
    if forgery != Forgery::NoIntegrity {
        MessageIntegrity::new_short_term_integrity_with_provider(password, provider.crypto())
            .add_to(&mut message)
            .unwrap();
    }
    if forgery != Forgery::NoFingerprint {
        FINGERPRINT.add_to(&mut message).unwrap();
    }
    message.raw
}

fn attribute(sdp: &str, key: &str) -> String {
    let start = format!("a={key}:");
    sdp.lines().find_map(|line| line.trim().strip_prefix(&start)).unwrap().to_owned()
}

// SPDX-License-Identifier: EUPL-1.2
//! Licences: which rooms an operator serves, signed once and carried by the room's own bookmark, so
//! that no list of customers lies on a server.

use alloc::{boxed::Box, string::String, vec::Vec};
use core::fmt;

use ed25519_dalek::{Signer as _, SigningKey};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::{
    bytes,
    capability::{RoomId, signed},
    time::UnixTime,
};

/// The operator's secret: 32 random bytes, the seed of an Ed25519 key pair (RFC 8032). It is kept
/// off the servers; they know the [`OperatorMark`].
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct OperatorKey([u8; 32]);

impl OperatorKey {
    /// How the text of a secret begins.
    pub const BEGINNING: &str = "zooo-operator-secret-";

    /// Makes a key of 32 bytes from a cryptographic source of randomness.
    pub const fn from_random(random: [u8; 32]) -> Self {
        Self(random)
    }

    /// Reads a key from the operator's file.
    pub fn parse(text: &str) -> Option<Self> {
        bytes::from_base64(text.strip_prefix(Self::BEGINNING)?).map(Self)
    }

    /// The key for the operator's file: 64 characters that say what they are, so that nobody takes them
    /// for the mark.
    pub fn to_text(&self) -> String {
        [Self::BEGINNING, &Zeroizing::new(bytes::to_base64(&self.0))].concat()
    }

    /// By what servers recognise this operator's licences.
    pub fn mark(&self) -> OperatorMark {
        OperatorMark(self.signing().verifying_key().to_bytes())
    }

    fn signing(&self) -> SigningKey {
        SigningKey::from_bytes(&self.0)
    }
}

impl fmt::Debug for OperatorKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OperatorKey(…)")
    }
}

/// The public half of an operator's key.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct OperatorMark([u8; 32]);

impl OperatorMark {
    /// Reads a mark from a server's configuration.
    pub fn parse(text: &str) -> Option<Self> {
        bytes::from_base64(text).map(Self)
    }

    /// The mark for a server's configuration: 43 characters.
    pub fn to_text(self) -> String {
        bytes::to_base64(&self.0)
    }
}

/// What a licence allows.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct LicenceTerms {
    /// How many people can be in the room at once. The seats that a server reserves for moderators come on top.
    pub max_participants: u16,
    /// The moment at which it ends.
    pub until: UnixTime,
    /// By what the operator's office finds it again; no name.
    pub number: u64,
}

/// A licence for one room, as it stands at the end of its bookmark: the terms (2, 8 and 8 bytes,
/// big-endian, in their order) and the signature (64).
#[derive(Clone, Eq, PartialEq)]
pub struct Licence(Box<[u8; LICENCE_LEN]>);

/// Why a licence allows nothing.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum LicenceFault {
    /// This operator did not sign it for this room.
    Wrong,
    /// Its time is over.
    Expired,
}

impl Licence {
    /// Signs a licence.
    pub fn issue(key: &OperatorKey, room: RoomId, terms: LicenceTerms) -> Self {
        let terms = written(terms);
        let signature = key.signing().sign(&statement(room, &terms)).to_bytes();
        let mut all = Box::new([0; LICENCE_LEN]);
        all.iter_mut().zip(terms.into_iter().chain(signature)).for_each(|(to, from)| *to = from);
        Self(all)
    }

    /// Reads the end of a bookmark.
    pub fn parse(text: &str) -> Option<Self> {
        bytes::from_base64(text).map(Box::new).map(Self)
    }

    /// The end of a bookmark: 110 characters.
    pub fn to_text(&self) -> String {
        bytes::to_base64(&*self.0)
    }

    /// What it allows, if this operator signed it for this room and its time is not over.
    pub fn holds(
        &self,
        operator: OperatorMark,
        room: RoomId,
        now: UnixTime,
    ) -> Result<LicenceTerms, LicenceFault> {
        let terms = self.signed_for(operator, room).ok_or(LicenceFault::Wrong)?;
        if terms.until <= now { Err(LicenceFault::Expired) } else { Ok(terms) }
    }

    fn signed_for(&self, operator: OperatorMark, room: RoomId) -> Option<LicenceTerms> {
        let (terms, rest) = self.0.split_first_chunk::<TERMS_LEN>()?;
        let signature = rest.first_chunk::<64>()?;
        if !signed(&operator.0, &statement(room, terms), signature) {
            return None;
        }
        let (max_participants, rest) = terms.split_first_chunk::<2>()?;
        let (until, rest) = rest.split_first_chunk::<8>()?;
        Some(LicenceTerms {
            max_participants: u16::from_be_bytes(*max_participants),
            until: UnixTime::from_secs(u64::from_be_bytes(*until)),
            number: u64::from_be_bytes(*rest.first_chunk::<8>()?),
        })
    }
}

impl fmt::Debug for Licence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Licence(…)")
    }
}

impl Serialize for Licence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        bytes::serialize(&*self.0, serializer)
    }
}

impl<'de> Deserialize<'de> for Licence {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom("not a licence"))
    }
}

fn written(terms: LicenceTerms) -> [u8; TERMS_LEN] {
    let LicenceTerms { max_participants, until, number } = terms;
    let mut all = [0; TERMS_LEN];
    let parts = max_participants.to_be_bytes().into_iter();
    let parts = parts.chain(until.as_secs().to_be_bytes()).chain(number.to_be_bytes());
    all.iter_mut().zip(parts).for_each(|(to, from)| *to = from);
    all
}

/// What an operator signs.
fn statement(room: RoomId, terms: &[u8; TERMS_LEN]) -> Vec<u8> {
    [b"zooo v1 licence".as_slice(), room.as_bytes(), terms].concat()
}

const TERMS_LEN: usize = 2 + 8 + 8;
const LICENCE_LEN: usize = TERMS_LEN + 64;

#[cfg(test)]
mod tests {
    use alloc::format;

    use proptest::prelude::*;

    use super::*;
    use crate::RoomSecret;

    const TERMS: LicenceTerms = LicenceTerms {
        max_participants: 30,
        until: UnixTime::from_secs(1_800_000_000),
        number: 4711,
    };
    const START: UnixTime = UnixTime::from_secs(0);

    fn licence() -> (OperatorMark, RoomId, Licence) {
        let key = OperatorKey::from_random([9; 32]);
        let room = RoomSecret::from_random([1; 32]).moderator_key().room_id();
        (key.mark(), room, Licence::issue(&key, room, TERMS))
    }

    #[test]
    fn a_licence_holds_for_its_room_until_its_time_is_over() {
        let (operator, room, licence) = licence();
        assert_eq!(licence.holds(operator, room, START), Ok(TERMS));
        assert_eq!(licence.holds(operator, room, TERMS.until), Err(LicenceFault::Expired));
        let other = RoomSecret::from_random([3; 32]).moderator_key().room_id();
        assert_eq!(licence.holds(operator, other, START), Err(LicenceFault::Wrong));
        let other = OperatorKey::from_random([8; 32]).mark();
        assert_eq!(licence.holds(other, room, START), Err(LicenceFault::Wrong));
    }

    #[test]
    fn licence_and_keys_survive_their_text() {
        let (operator, _, licence) = licence();
        assert_eq!(licence.to_text().len(), 110);
        assert_eq!(Licence::parse(&licence.to_text()), Some(licence));
        assert_eq!(OperatorMark::parse(&operator.to_text()), Some(operator));
        let key = OperatorKey::parse(&OperatorKey::from_random([9; 32]).to_text());
        assert_eq!(key.map(|key| key.mark()), Some(operator));
        assert!(Licence::parse("short").is_none());
    }

    #[test]
    fn a_secret_is_no_mark_and_a_mark_is_no_secret() {
        let key = OperatorKey::from_random([9; 32]);
        let secret = key.to_text();
        assert!(secret.starts_with("zooo-operator-secret-"));
        assert_eq!(OperatorMark::parse(&secret), None);
        assert!(OperatorKey::parse(&key.mark().to_text()).is_none());
        assert!(OperatorKey::parse(&secret[1..]).is_none());
        assert!(OperatorKey::parse(&secret[OperatorKey::BEGINNING.len()..]).is_none());
    }

    #[test]
    fn the_operators_secret_does_not_print() {
        assert_eq!(format!("{:?}", OperatorKey::from_random([9; 32])), "OperatorKey(…)");
    }

    proptest! {
        #[test]
        fn a_licence_cannot_be_changed(place in 0..LICENCE_LEN, bit in 0..8_u32) {
            let (operator, room, mut licence) = licence();
            licence.0[place] ^= 1 << bit;
            prop_assert_eq!(licence.holds(operator, room, START), Err(LicenceFault::Wrong));
        }
    }
}

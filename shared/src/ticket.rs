// SPDX-License-Identifier: EUPL-1.2
//! Personal invitations: signed in the moderator's browser, checked by a server that never heard of
//! them, good for one admission.

use alloc::{boxed::Box, string::String, vec::Vec};
use core::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::{
    bytes,
    capability::{ModeratorKey, RoomId, signed},
    time::UnixTime,
};

/// Which personal invitation: 16 random bytes that say nothing about the person.
#[derive(Clone, Copy, Eq, Ord, PartialEq, PartialOrd)]
pub struct TicketNumber([u8; 16]);

impl TicketNumber {
    /// Makes a number from a cryptographic source of randomness.
    pub const fn from_random(random: [u8; 16]) -> Self {
        Self(random)
    }
}

impl fmt::Debug for TicketNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TicketNumber(…)")
    }
}

/// A personal invitation, as it stands at the end of its link: the moderator's public key (32 bytes),
/// the number (16), the expiry in seconds of Unix time (8, big-endian), the signature (64).
#[derive(Clone, Eq, PartialEq)]
pub struct Ticket(Box<[u8; TICKET_LEN]>);

/// Why a ticket opens nothing.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum TicketFault {
    /// It was not signed by the key of this room.
    Wrong,
    /// Its time is over.
    Expired,
}

impl Ticket {
    /// Signs an invitation. The number is used once.
    pub fn issue(key: &ModeratorKey, number: TicketNumber, expires: UnixTime) -> Self {
        let signature = key.sign(&statement(key.room_id(), number, expires));
        let expiry = expires.as_secs().to_be_bytes();
        let mut all = Box::new([0; TICKET_LEN]);
        let parts = key.public().into_iter().chain(number.0).chain(expiry).chain(signature);
        all.iter_mut().zip(parts).for_each(|(to, from)| *to = from);
        Self(all)
    }

    /// Reads the end of a link.
    pub fn parse(text: &str) -> Option<Self> {
        bytes::from_base64(text).map(Box::new).map(Self)
    }

    /// The end of a link: 160 characters.
    pub fn to_text(&self) -> String {
        bytes::to_base64(&*self.0)
    }

    /// Which invitation it is, if the room's own moderator signed it and its time is not over.
    pub fn holds(&self, room: RoomId, now: UnixTime) -> Result<TicketNumber, TicketFault> {
        let (number, expires) = self.signed_for(room).ok_or(TicketFault::Wrong)?;
        if expires <= now { Err(TicketFault::Expired) } else { Ok(number) }
    }

    fn signed_for(&self, room: RoomId) -> Option<(TicketNumber, UnixTime)> {
        let (key, rest) = self.0.split_first_chunk::<32>()?;
        let (number, rest) = rest.split_first_chunk::<16>()?;
        let (expiry, rest) = rest.split_first_chunk::<8>()?;
        let signature = rest.first_chunk::<64>()?;
        let number = TicketNumber(*number);
        let expires = UnixTime::from_secs(u64::from_be_bytes(*expiry));
        (RoomId::of_key(key) == room && signed(key, &statement(room, number, expires), signature))
            .then_some((number, expires))
    }
}

impl fmt::Debug for Ticket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ticket(…)")
    }
}

impl Serialize for Ticket {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        bytes::serialize(&*self.0, serializer)
    }
}

impl<'de> Deserialize<'de> for Ticket {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom("not a ticket"))
    }
}

/// What a moderator signs.
fn statement(room: RoomId, number: TicketNumber, expires: UnixTime) -> Vec<u8> {
    let expiry = expires.as_secs().to_be_bytes();
    [b"zooo v1 ticket".as_slice(), room.as_bytes(), &number.0, &expiry].concat()
}

const TICKET_LEN: usize = 32 + 16 + 8 + 64;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::RoomSecret;

    const NOON: UnixTime = UnixTime::from_secs(1_800_000_000);

    fn ticket() -> (RoomId, Ticket) {
        let key = RoomSecret::from_random([1; 32]).moderator_key();
        let ticket = Ticket::issue(&key, TicketNumber::from_random([5; 16]), NOON);
        (key.room_id(), ticket)
    }

    #[test]
    fn a_ticket_opens_its_room_until_its_time_is_over() {
        let (room, ticket) = ticket();
        let before = UnixTime::from_secs(NOON.as_secs() - 1);
        assert_eq!(ticket.holds(room, before), Ok(TicketNumber::from_random([5; 16])));
        assert_eq!(ticket.holds(room, NOON), Err(TicketFault::Expired));
        let other = RoomSecret::from_random([3; 32]).moderator_key().room_id();
        assert_eq!(ticket.holds(other, before), Err(TicketFault::Wrong));
    }

    #[test]
    fn a_ticket_survives_its_text() {
        let (_, ticket) = ticket();
        assert_eq!(ticket.to_text().len(), 160);
        assert_eq!(Ticket::parse(&ticket.to_text()), Some(ticket));
        assert!(Ticket::parse("short").is_none());
    }

    proptest! {
        /// Whoever changes a single bit, of the number or the expiry too, holds nothing.
        #[test]
        fn a_ticket_cannot_be_changed(place in 0..TICKET_LEN, bit in 0..8_u32) {
            let (room, mut ticket) = ticket();
            ticket.0[place] ^= 1 << bit;
            let start = UnixTime::from_secs(0);
            prop_assert_eq!(ticket.holds(room, start), Err(TicketFault::Wrong));
        }
    }
}

// SPDX-License-Identifier: EUPL-1.2
//! What somebody shows for a moment without a word: plain in the page, sealed everywhere else.

use alloc::boxed::Box;
use core::fmt;

use aes_gcm::{
    Aes256Gcm, KeyInit as _, Nonce,
    aead::{Aead as _, Payload},
};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::{
    bytes,
    capability::RoomId,
    id::ParticipantId,
    padded::{NONCE_LEN, TAG_LEN, bound_to},
    secret::InvitationKey,
};

/// What can be shown: a few things that everybody understands, in the order of the buttons.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Reaction {
    /// Agreed, understood.
    ThumbsUp,
    /// Well done.
    Applause,
    /// Thanks, sympathy.
    Heart,
    /// That was funny.
    Laughing,
    /// That is news.
    Surprised,
    /// Not so fast.
    Slower,
}

impl Reaction {
    /// Every reaction, in the order of the buttons.
    pub const ALL: [Self; 6] = [
        Self::ThumbsUp,
        Self::Applause,
        Self::Heart,
        Self::Laughing,
        Self::Surprised,
        Self::Slower,
    ];

    /// Its number in the sealed byte, from 1.
    const fn number(self) -> u8 {
        match self {
            Self::ThumbsUp => 1,
            Self::Applause => 2,
            Self::Heart => 3,
            Self::Laughing => 4,
            Self::Surprised => 5,
            Self::Slower => 6,
        }
    }

    fn of(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|reaction| reaction.number() == number)
    }
}

/// A reaction under the room's invitation key: nonce, one byte and the tag of AES-256-GCM. All are equally
/// long, so that nobody on the way can tell one from another.
#[derive(Clone, Deserialize, Eq, PartialEq, Serialize)]
#[serde(transparent)]
pub struct SealedReaction(#[serde(with = "bytes::boxed")] Box<[u8; SEALED_LEN]>);

impl SealedReaction {
    /// Seals a reaction of this participant. The nonce comes from a cryptographic source of randomness
    /// and is used once.
    pub fn seal(
        reaction: Reaction,
        key: &InvitationKey,
        (room, from): (RoomId, ParticipantId),
        nonce: [u8; 12],
    ) -> Self {
        let plain = [reaction.number()];
        let payload = Payload { msg: &plain, aad: &bound_to(LABEL, room, from) };
        let sealed = cipher(key).encrypt(&Nonce::from(nonce), payload).unwrap_or_default();
        let mut all = [0; SEALED_LEN];
        all.iter_mut().zip(nonce.into_iter().chain(sealed)).for_each(|(to, from)| *to = from);
        Self(Box::new(all))
    }

    /// Opens a reaction; `None` when it was not sealed under this room's invitation key by whom it is said
    /// to come from, or is one that this page does not know.
    pub fn open(
        &self,
        key: &InvitationKey,
        (room, from): (RoomId, ParticipantId),
    ) -> Option<Reaction> {
        let (nonce, sealed) = self.0.split_first_chunk::<NONCE_LEN>()?;
        let payload = Payload { msg: sealed, aad: &bound_to(LABEL, room, from) };
        let plain = cipher(key).decrypt(&Nonce::from(*nonce), payload).map(Zeroizing::new).ok()?;
        plain.first().copied().and_then(Reaction::of)
    }
}

impl fmt::Debug for SealedReaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealedReaction(…)")
    }
}

fn cipher(key: &InvitationKey) -> Aes256Gcm {
    Aes256Gcm::new(&(*key.reaction_key()).into())
}

/// A reaction is worth nothing in another room, or as somebody else's.
const LABEL: &[u8] = b"zooo v1 reaction";
const SEALED_LEN: usize = NONCE_LEN + 1 + TAG_LEN;

#[cfg(test)]
mod tests {
    use proptest::{prelude::*, sample::select};

    use super::*;
    use crate::RoomSecret;

    const ADA: ParticipantId = ParticipantId(1);

    fn room() -> (InvitationKey, RoomId) {
        let secret = RoomSecret::from_random([1; 32]);
        (secret.invitation_key(), secret.moderator_key().room_id())
    }

    #[test]
    fn every_reaction_has_a_number_of_its_own() {
        for (place, reaction) in (1..).zip(Reaction::ALL) {
            assert_eq!((reaction.number(), Reaction::of(place)), (place, Some(reaction)));
        }
        assert_eq!((Reaction::of(0), Reaction::of(7)), (None, None));
    }

    #[test]
    fn who_is_invited_sees_what_was_shown_by_whom_it_was_shown() {
        let (key, room) = room();
        let other = RoomSecret::from_random([2; 32]);
        for reaction in Reaction::ALL {
            let sealed = SealedReaction::seal(reaction, &key, (room, ADA), [5; 12]);
            assert_eq!(sealed.open(&key, (room, ADA)), Some(reaction));
            assert_eq!(sealed.open(&key, (room, ParticipantId(2))), None, "somebody else's");
            assert_eq!(sealed.open(&other.invitation_key(), (room, ADA)), None, "not invited");
            let elsewhere = other.moderator_key().room_id();
            assert_eq!(sealed.open(&key, (elsewhere, ADA)), None, "another room");
        }
    }

    proptest! {
        /// Whatever is changed on the way is nothing.
        #[test]
        fn what_is_tampered_with_is_not_shown(
            reaction in select(Reaction::ALL.to_vec()),
            place in 0..SEALED_LEN,
            bits in 1_u8..,
        ) {
            let (key, room) = room();
            let mut sealed = SealedReaction::seal(reaction, &key, (room, ADA), [5; 12]);
            sealed.0[place] ^= bits;
            prop_assert_eq!(sealed.open(&key, (room, ADA)), None);
        }
    }
}

// SPDX-License-Identifier: EUPL-1.2
//! Whose voice is in a slot of sound: told with each packet, to nobody but who receives it.

use core::fmt;

use hkdf::Hkdf;
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::{bytes, id::ParticipantId};

/// Under what names the voices come that a transport receives.
///
/// A slot of sound carries whoever is loud. Each of its packets names whose it is among its contributing sources
/// (RFC 3550 §5.1), in front of what is encrypted: so the names are different for everybody who hears them, and mean
/// nothing to whoever sees them pass.
#[derive(Clone, Deserialize, Eq, PartialEq, Serialize, Zeroize, ZeroizeOnDrop)]
#[serde(transparent)]
pub struct VoiceKey(#[serde(with = "bytes")] [u8; 16]);

impl VoiceKey {
    /// Makes names of 16 bytes from a cryptographic source of randomness.
    pub const fn from_random(random: [u8; 16]) -> Self {
        Self(random)
    }

    /// What a participant's voice is called.
    pub fn name(&self, participant: ParticipantId) -> u32 {
        self.expand(participant, b"zooo v1 voice")
    }

    /// What the sound of a participant's screen is called.
    pub fn screen_sound(&self, participant: ParticipantId) -> u32 {
        self.expand(participant, b"zooo v1 screen sound")
    }

    fn expand(&self, participant: ParticipantId, what: &[u8]) -> u32 {
        let mut name = [0; 4];
        let expanded = Hkdf::<Sha256>::new(Some(&participant.0.to_be_bytes()), &self.0)
            .expand(what, &mut name);
        debug_assert!(expanded.is_ok(), "four bytes are fewer than HKDF gives");
        u32::from_be_bytes(name)
    }
}

impl fmt::Debug for VoiceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("VoiceKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use alloc::{collections::BTreeSet, format};

    use super::*;

    #[test]
    fn everybody_is_called_something_else_by_everybody() {
        let keys = [VoiceKey::from_random([1; 16]), VoiceKey::from_random([2; 16])];
        let names = |key: &VoiceKey| (1..=100).map(|id| key.name(ParticipantId(id))).collect();
        let [one, other]: [BTreeSet<u32>; 2] = [names(&keys[0]), names(&keys[1])];
        assert_eq!((one.len(), other.len()), (100, 100));
        assert!(one.is_disjoint(&other));
        let screens: BTreeSet<u32> =
            (1..=100).map(|id| keys[0].screen_sound(ParticipantId(id))).collect();
        assert_eq!((screens.len(), one.is_disjoint(&screens)), (100, true), "nor as their screens");
        assert_eq!(keys[0].name(ParticipantId(7)), keys[0].clone().name(ParticipantId(7)));
    }

    #[test]
    fn a_key_does_not_print() {
        assert_eq!(format!("{:?}", VoiceKey::from_random([7; 16])), "VoiceKey(…)");
    }
}

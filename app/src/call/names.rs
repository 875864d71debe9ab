// SPDX-License-Identifier: EUPL-1.2
//! Who reads whose name: those who hold the room's invitation.

use shared::{DisplayName, InvitationKey, RoomId, RoomSecret, SealedProfile};

use super::Access;

/// Seals the own name and opens those of others.
#[derive(Debug)]
pub(super) struct Names {
    room: RoomId,
    key: Option<InvitationKey>,
}

impl Names {
    /// What this access can read.
    pub(super) fn of(access: &Access) -> Self {
        Self { room: access.room_id(), key: access.invitation_key() }
    }

    /// Seals the own name. Without an invitation there is nobody who could read it: then nothing is
    /// sealed at all, under a key that no room has and that everybody could know, so that the name
    /// does not leave the page.
    pub(super) fn seal(&self, name: &DisplayName, nonce: [u8; 12]) -> SealedProfile {
        let Some(key) = &self.key else {
            let nobodys = RoomSecret::from_random([0; 32]).invitation_key();
            return SealedProfile::seal(&DisplayName::default(), &nobodys, self.room, nonce);
        };
        SealedProfile::seal(name, key, self.room, nonce)
    }

    /// Opens a name; `None` without the invitation, on either side.
    pub(super) fn open(&self, profile: &SealedProfile) -> Option<DisplayName> {
        profile.open(self.key.as_ref()?, self.room)
    }
}

/// A profile and what could be read of it: opened once, shown often.
#[derive(Debug)]
pub(super) struct Named {
    profile: SealedProfile,
    name: Option<DisplayName>,
}

impl Named {
    /// Opens a profile.
    pub(super) fn open(profile: SealedProfile, names: &Names) -> Self {
        let name = names.open(&profile);
        Self { profile, name }
    }

    /// Takes the profile that the server states, which is most often the one there is.
    pub(super) fn update(&mut self, profile: SealedProfile, names: &Names) {
        if self.profile != profile {
            *self = Self::open(profile, names);
        }
    }

    /// The name, to be shown.
    pub(super) fn text(&self) -> Option<String> {
        self.name.as_ref().map(|name| name.as_str().to_owned())
    }
}

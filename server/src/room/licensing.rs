// SPDX-License-Identifier: EUPL-1.2
//! Whom the operator serves: everybody, or rooms with a licence.

use shared::{Licence, LicenceFault, OperatorMark, Refusal, Timestamp};

use super::{policy::Policy, room::Room};

/// Which rooms a moderator can open.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Licensing {
    /// Every room.
    #[default]
    Open,
    /// Rooms for which the operator with this mark signed a licence.
    Licensed(OperatorMark),
}

impl Room {
    /// Whether a moderator may hold a conference here. The largest licence that was shown to it counts
    /// as long as the conference lasts.
    pub(super) fn accept_licence(
        &mut self,
        now: Timestamp,
        licence: Option<&Licence>,
    ) -> Result<(), Refusal> {
        let Licensing::Licensed(operator) = self.licensing else { return Ok(()) };
        let licence = licence.ok_or(Refusal::Unlicensed)?;
        let terms =
            licence.holds(operator, self.id, self.calendar(now)).map_err(|fault| match fault {
                LicenceFault::Wrong => Refusal::Unlicensed,
                LicenceFault::Expired => Refusal::LicenceExpired,
            })?;
        let most = usize::from(terms.max_participants);
        self.licensed = Some(self.licensed.map_or(most, |before| before.max(most)));
        Ok(())
    }

    /// How far this room goes: what the operator, its licence and its bookmarks say, taken together.
    pub(super) fn policy(&self) -> Policy {
        let licence = self.licensed.map_or(Policy::ANY, |seats| Policy { seats, ..Policy::ANY });
        let bookmarks = Policy { restrictions: self.restrictions, ..Policy::ANY };
        self.limits.policy().join(licence).join(bookmarks)
    }

    /// The seats that anybody can be admitted to. The reserve of moderators comes on top.
    pub(super) fn places(&self) -> usize {
        self.policy().seats
    }
}

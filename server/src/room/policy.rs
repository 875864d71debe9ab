// SPDX-License-Identifier: EUPL-1.2
//! How far a room goes. Whoever has a say can make it stricter, and nobody looser.

use core::time::Duration;

use shared::Restrictions;

/// What a room allows at most.
///
/// Whoever is asked (the operator's settings, the licence and the restrictions that bookmarks carry) answers with
/// a policy, and [`Policy::join`] of all answers holds: the order does not matter, and nobody's word is undone by another's.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Policy {
    /// The seats that anybody can be admitted to.
    pub seats: usize,
    /// How long a conference goes on without a moderator before it is paused.
    pub pause_after: Duration,
    /// How long it is kept without a moderator before it ends.
    pub end_after: Duration,
    /// What no moderator can loosen.
    pub restrictions: Restrictions,
}

impl Policy {
    /// The answer of who has nothing against anything.
    pub const ANY: Self = Self {
        seats: usize::MAX,
        pause_after: Duration::MAX,
        end_after: Duration::MAX,
        restrictions: Restrictions::NONE,
    };

    /// The policy that is as strict as both.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        Self {
            seats: self.seats.min(other.seats),
            pause_after: self.pause_after.min(other.pause_after),
            end_after: self.end_after.min(other.end_after),
            restrictions: self.restrictions.join(other.restrictions),
        }
    }

    /// Whether nothing is allowed here that the other forbids.
    pub fn is_as_strict_as(self, other: Self) -> bool {
        self.join(other) == self
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use shared::Restriction;

    use super::*;

    fn policies() -> impl Strategy<Value = Policy> {
        // Few values, so that they are often equal.
        let restricted = proptest::sample::subsequence(Restriction::ALL.to_vec(), 0..=4);
        let some = (0_usize..4, 0_u64..4, 0_u64..4, restricted).prop_map(
            |(seats, pause, end, restricted)| Policy {
                seats,
                pause_after: Duration::from_secs(pause),
                end_after: Duration::from_secs(end),
                restrictions: restricted.into_iter().collect(),
            },
        );
        prop_oneof![9 => some, 1 => Just(Policy::ANY)]
    }

    proptest! {
        #[test]
        fn who_joins_only_tightens(a in policies(), b in policies(), c in policies()) {
            prop_assert_eq!(a.join(a), a);
            prop_assert_eq!(a.join(b), b.join(a));
            prop_assert_eq!(a.join(b).join(c), a.join(b.join(c)));
            prop_assert_eq!(a.join(Policy::ANY), a);
            let joined = a.join(b);
            prop_assert!(joined.is_as_strict_as(a) && joined.is_as_strict_as(b));
            prop_assert!(joined.seats <= a.seats && joined.seats <= b.seats);
            prop_assert!(joined.pause_after <= a.pause_after && joined.end_after <= a.end_after);
            for one in Restriction::ALL {
                let said = a.restrictions.has(one) || b.restrictions.has(one);
                prop_assert_eq!(joined.restrictions.has(one), said);
            }
            // As strict as both, and no stricter.
            if c.is_as_strict_as(a) && c.is_as_strict_as(b) {
                prop_assert!(c.is_as_strict_as(joined));
            }
        }
    }
}

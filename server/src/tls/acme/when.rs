// SPDX-License-Identifier: EUPL-1.2
//! When the next order is due.

use core::time::Duration;

use shared::UnixTime;

/// When a certificate that holds from one moment to another is renewed: after two thirds of its life, and up to a
/// thirtieth of it earlier, so that not all who began at the same time come at the same time. `chance` is anything.
pub(super) fn due(from: UnixTime, until: UnixTime, chance: u16) -> UnixTime {
    let life = until.as_secs().saturating_sub(from.as_secs());
    let two_thirds = life.saturating_sub(life / 3);
    let earlier = share(life / 30, chance);
    UnixTime::from_secs(from.as_secs().saturating_add(two_thirds.saturating_sub(earlier)))
}

/// How long to wait after so many failed orders in a row: twice as long each time, and up to a quarter longer.
pub(super) fn pause(failures: u32, chance: u16) -> Duration {
    let doubled = FIRST.saturating_mul(2_u64.saturating_pow(failures.saturating_sub(1)));
    let pause = doubled.min(LONGEST);
    Duration::from_secs(pause.saturating_add(share(pause / 4, chance)))
}

fn share(of: u64, chance: u16) -> u64 {
    of.saturating_mul(u64::from(chance)) >> 16
}

/// In seconds. Shorter, an authority that bounds failures an hour refuses more orders; longer, an operator waits who has
/// mended what was wrong (a SIGHUP does not).
const FIRST: u64 = 120;
/// In seconds. Longer, an authority that was away for a night is asked late; shorter, one that stays away is asked often.
const LONGEST: u64 = 6 * 3_600;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_certificate_is_renewed_after_two_thirds_of_its_life() {
        let (from, until) = (UnixTime::from_secs(1_000), UnixTime::from_secs(10_000));
        assert_eq!(due(from, until, 0).as_secs(), 7_000);
        assert_eq!(due(from, until, u16::MAX).as_secs(), 6_701);
        assert_eq!(
            due(until, from, 7).as_secs(),
            10_000,
            "one that never holds is renewed at once"
        );
    }

    #[test]
    fn failures_make_patient() {
        let minutes: Vec<_> = (1..12).map(|failures| pause(failures, 0).as_secs() / 60).collect();
        assert_eq!(minutes, [2, 4, 8, 16, 32, 64, 128, 256, 360, 360, 360]);
    }

    proptest! {
        #[test]
        fn a_renewal_lies_within_the_life(from: u32, life: u32, chance: u16) {
            let from = UnixTime::from_secs(u64::from(from));
            let until = UnixTime::from_secs(from.as_secs() + u64::from(life));
            let due = due(from, until, chance);
            prop_assert!(from <= due && due <= until);
        }

        #[test]
        fn a_pause_is_bounded(failures: u32, chance: u16) {
            let pause = pause(failures, chance).as_secs();
            prop_assert!((FIRST..=LONGEST + LONGEST / 4).contains(&pause));
        }
    }
}

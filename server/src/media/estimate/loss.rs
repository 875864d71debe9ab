// SPDX-License-Identifier: EUPL-1.2
//! The share of datagrams that do not arrive.

use super::super::Micros;

/// Losses of the window that runs, and the share of those before.
#[derive(Debug, Default)]
pub(super) struct Loss {
    settled: u64,
    lost: u64,
    since: Micros,
    per_mille: u64,
}

impl Loss {
    /// Takes note of a datagram that arrived; `was_lost` when it was counted as lost before.
    pub(super) const fn arrived(&mut self, was_lost: bool) {
        if was_lost {
            self.lost = self.lost.saturating_sub(1);
        } else {
            self.settled += 1;
        }
    }

    /// Takes note of a datagram that is missing.
    pub(super) const fn missing(&mut self) {
        self.settled += 1;
        self.lost += 1;
    }

    /// Closes the window when it says enough; `true` when the share was updated.
    pub(super) fn update(&mut self, now: Micros) -> bool {
        if self.settled < FEWEST || now.since(self.since) < WINDOW {
            return false;
        }
        let share = (self.lost * 1_000).checked_div(self.settled).unwrap_or(0);
        self.per_mille = (self.per_mille + share).div_ceil(2);
        if share == 0 && self.per_mille == 1 {
            self.per_mille = 0;
        }
        (self.settled, self.lost, self.since) = (0, 0, now);
        true
    }

    /// Losses per thousand datagrams.
    pub(super) const fn per_mille(&self) -> u64 {
        self.per_mille
    }
}

/// Fewer datagrams make a large share of a single loss.
const FEWEST: u64 = 20;
/// Longer answers late to a queue that overflows; shorter answers to a single burst.
const WINDOW: Micros = Micros::from_millis(400);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_told_once_enough_was_settled() {
        let mut loss = Loss::default();
        for _ in 0..19 {
            loss.arrived(false);
        }
        assert!(!loss.update(Micros::from_millis(1_000)));
        for _ in 0..6 {
            loss.missing();
        }
        loss.arrived(true);
        assert!(loss.update(Micros::from_millis(1_000)));
        assert_eq!(loss.per_mille(), 100);
    }
}

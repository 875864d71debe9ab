// SPDX-License-Identifier: EUPL-1.2
//! How something that was measured again and again is distributed.

use core::fmt;

/// What was measured, in order of size.
#[derive(Clone, Debug, Default)]
pub struct Distribution(Vec<i64>);

impl Distribution {
    /// Adds what was measured.
    pub fn add(&mut self, value: i64) {
        let place = self.0.partition_point(|known| *known <= value);
        self.0.insert(place, value);
    }

    /// How often it was measured.
    pub const fn count(&self) -> usize {
        self.0.len()
    }

    /// What half of it does not exceed.
    pub fn median(&self) -> i64 {
        self.part(50)
    }

    /// What so many per cent of it do not exceed; 0 when nothing was measured.
    pub fn part(&self, percent: usize) -> i64 {
        let place = (self.0.len() * percent).div_ceil(100).saturating_sub(1);
        self.0.get(place).copied().unwrap_or_default()
    }
}

impl FromIterator<i64> for Distribution {
    fn from_iter<T: IntoIterator<Item = i64>>(values: T) -> Self {
        let mut all: Vec<_> = values.into_iter().collect();
        all.sort_unstable();
        Self(all)
    }
}

impl fmt::Display for Distribution {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [least, half, most_of, most] = [0, 50, 90, 100].map(|percent| self.part(percent));
        write!(f, "min {least} p50 {half} p90 {most_of} max {most} ({} times)", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_read_by_its_parts() {
        let seen: Distribution = [40, 10, 30, 20].into_iter().collect();
        assert_eq!([0, 50, 90, 100].map(|percent| seen.part(percent)), [10, 20, 40, 40]);
        let mut seen = seen;
        seen.add(-5);
        assert_eq!((seen.median(), seen.count()), (20, 5));
        assert_eq!(seen.to_string(), "min -5 p50 20 p90 40 max 40 (5 times)");
        assert_eq!(Distribution::default().median(), 0);
    }
}

// SPDX-License-Identifier: EUPL-1.2
//! How much of a full server each subscriber gets: nobody more than another, unless the other wants no more.
//!
//! Sound is set aside first. What is left is poured over the wishes like water: everybody's pictures get as much, up to
//! what they want, until nothing is left. The level is the ceiling. Wishes are counted in steps, so that threads
//! can add them up without naming anybody.

/// What people want to be sent, summed up.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Demand {
    sound: u64,
    steps: [Step; STEPS],
}

/// Those who want about as much.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Step {
    /// How many they are.
    pub people: u64,
    /// What their pictures take together, in bits per second.
    pub bits: u64,
}

impl Default for Demand {
    fn default() -> Self {
        Self { sound: 0, steps: [Step::default(); STEPS] }
    }
}

impl Demand {
    /// Out of its numbers.
    pub const fn of(sound: u64, steps: &[Step; STEPS]) -> Self {
        Self { sound, steps: *steps }
    }

    /// Its numbers.
    pub const fn parts(&self) -> (u64, &[Step; STEPS]) {
        (self.sound, &self.steps)
    }

    /// Counts a subscriber who is sent so much sound, and pictures for so much at most, in bits per second.
    pub fn add(&mut self, sound: u64, pictures: u64) {
        self.sound = self.sound.saturating_add(sound);
        if let Some(step) = self.steps.get_mut(step_of(pictures)) {
            step.people = step.people.saturating_add(1);
            step.bits = step.bits.saturating_add(pictures);
        }
    }

    /// Both together.
    #[must_use]
    pub fn plus(mut self, other: &Self) -> Self {
        self.sound = self.sound.saturating_add(other.sound);
        for (step, more) in self.steps.iter_mut().zip(&other.steps) {
            step.people = step.people.saturating_add(more.people);
            step.bits = step.bits.saturating_add(more.bits);
        }
        self
    }

    /// What the pictures of one subscriber may take, so that everything together is within `total` bits per second;
    /// nothing where there is room for all.
    pub fn ceiling(&self, total: u64) -> Option<u64> {
        let usable = u128::from(total) * u128::from(USED_PERCENT) / 100;
        let usable = u64::try_from(usable).unwrap_or(u64::MAX);
        let mut left = usable.saturating_sub(self.sound);
        let mut people = self.steps.iter().fold(0_u64, |sum, step| sum.saturating_add(step.people));
        let wanted = self.steps.iter().fold(0_u64, |sum, step| sum.saturating_add(step.bits));
        if wanted <= left {
            return None;
        }
        for (at, step) in self.steps.iter().enumerate() {
            // Who wants so little gets it, if the others get more than that each.
            let others = people.saturating_sub(step.people);
            let rest = left.checked_sub(step.bits).filter(|_| others > 0);
            match rest.filter(|rest| rest / others >= edge(at.saturating_add(1))) {
                Some(rest) => (left, people) = (rest, others),
                None => break,
            }
        }
        Some(left / people.max(1))
    }
}

/// In which step somebody is who wants so many bits per second.
fn step_of(bits: u64) -> usize {
    let above = bits.max(1).ilog2().checked_sub(FIRST);
    let Some(octave) = above else { return 0 };
    let quarter = (bits >> (octave + FIRST - 2)) & 3;
    let step = u64::from(octave) * 4 + quarter + 1;
    usize::try_from(step).unwrap_or(STEPS).min(STEPS - 1)
}

/// The least that somebody wants who is in that step.
const fn edge(step: usize) -> u64 {
    let Some(above) = step.checked_sub(1) else { return 0 };
    let mut bits = 4;
    let mut octave = 0;
    while octave < above / 4 {
        bits *= 2;
        octave += 1;
    }
    // Five, six and seven quarters of the octave's beginning.
    let mut quarters = above % 4;
    let begin = bits;
    while quarters > 0 {
        bits += begin / 4;
        quarters -= 1;
    }
    bits << (FIRST - 2)
}

/// Each is at most a quarter larger than the one before, and the last reaches beyond 200 Mbit/s. More cost time with
/// every count; fewer, those in one step differ by more.
pub const STEPS: usize = 58;
/// Below two to this power of bits per second nobody is told apart: it is less than any picture takes.
const FIRST: u32 = 14;
/// Per cent of what the server may send: the rest is for repetitions, reports, and for what becomes dearer before it is
/// counted. More, and it is exceeded with every key frame; less is left unused.
const USED_PERCENT: u64 = 95;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn demand(sound: u64, wanted: &[u64]) -> Demand {
        let mut demand = Demand::default();
        for pictures in wanted {
            demand.add(sound, *pictures);
        }
        demand
    }

    fn granted(wanted: &[u64], ceiling: u64) -> u64 {
        wanted.iter().map(|pictures| (*pictures).min(ceiling)).sum()
    }

    #[test]
    fn where_there_is_room_nobody_is_bounded() {
        assert_eq!(Demand::default().ceiling(0), None);
        assert_eq!(demand(40_000, &[1_700_000; 10]).ceiling(20_000_000), None);
    }

    #[test]
    fn who_wants_little_gets_it_and_the_others_share_the_rest() {
        // 9.5 Mbit/s, of which 0.2 are sound.
        let all = demand(40_000, &[150_000, 150_000, 6_000_000, 6_000_000, 6_000_000]);
        assert_eq!(all.ceiling(10_000_000), Some(3_000_000));
    }

    #[test]
    fn sound_is_set_aside_before_any_picture() {
        let all = demand(100_000, &[1_000_000; 10]);
        assert_eq!(all.ceiling(2_000_000), Some(90_000));
        assert_eq!(all.ceiling(1_000_000), Some(0), "and if it takes everything, there are none");
    }

    #[test]
    fn each_step_begins_at_its_edge() {
        for step in 1..STEPS {
            assert_eq!(step_of(edge(step)), step);
            assert_eq!(step_of(edge(step) - 1), step - 1);
            assert!(edge(step + 1) <= edge(step) * 5 / 4, "{step}");
        }
        assert_eq!((step_of(0), step_of(u64::MAX)), (0, STEPS - 1));
        assert!(edge(STEPS - 1) > 200_000_000);
    }

    proptest! {
        #[test]
        fn all_together_stay_within_and_nobody_is_kept_lower_than_has_to_be(
            wanted in prop::collection::vec(
                prop_oneof![0_u64..20_000, 100_000_u64..3_000_000, 0_u64..20_000_000], 1..200),
            sound in 0_u64..100_000,
            total in 100_000_u64..2_000_000_000,
            cut in 0_usize..200,
        ) {
            // On however many threads they are.
            let (here, there) = wanted.split_at(cut.min(wanted.len()));
            let all = demand(sound, here).plus(&demand(sound, there));
            prop_assert_eq!(all, demand(sound, &wanted));
            let usable = (total * USED_PERCENT / 100)
                .saturating_sub(sound * u64::try_from(wanted.len()).unwrap());
            match all.ceiling(total) {
                None => prop_assert!(wanted.iter().sum::<u64>() <= usable),
                Some(ceiling) => {
                    prop_assert!(granted(&wanted, ceiling) <= usable);
                    // A step more for everybody would be too much.
                    let more = ceiling.max(1 << FIRST) * 5 / 4 + 1;
                    prop_assert!(granted(&wanted, more) > usable, "{ceiling} of {usable}");
                }
            }
        }
    }
}

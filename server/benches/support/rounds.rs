// SPDX-License-Identifier: EUPL-1.2
//! Rounds in time that other processes do not take part in.
#![expect(unsafe_code, reason = "a clock that the standard library does not offer")]

use std::time::Duration;

/// Nanoseconds for each of several things, as measured in one round after the other.
pub struct Rounds(Vec<f64>);

impl Rounds {
    /// Room for so many.
    pub fn new(rounds: usize) -> Self {
        Self(Vec::with_capacity(rounds))
    }

    /// Measures one round, in which `work` says how many things it did.
    pub fn measure(&mut self, work: impl FnOnce() -> u64) {
        let start = cpu_time();
        let done = work();
        let spent = cpu_time().saturating_sub(start);
        self.0.push(spent.as_secs_f64() * 1e9 / done as f64);
    }

    /// The middle one, and the best.
    pub fn median_and_best(&self) -> (f64, f64) {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        (sorted[sorted.len() / 2], sorted[0])
    }
}

/// The processor time of this thread.
fn cpu_time() -> Duration {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the time lives across the call, which fills it.
    unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &raw mut time) };
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap())
}

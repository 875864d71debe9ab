// SPDX-License-Identifier: EUPL-1.2
//! What transports and publications are called.

use shared::Source;

/// One transport of one participant, unique in this process.
///
/// Six of its bits say on which media thread it lives; the others are free for whoever opens it.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct TransportId(pub u64);

/// What feeds a slot.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Publication {
    /// Whose.
    pub transport: TransportId,
    /// Which.
    pub source: Source,
}

impl TransportId {
    /// How many of the lowest bits say nothing of the thread.
    pub const FREE_BITS: u32 = 26;

    /// The same name with that thread in it.
    pub(super) fn on(self, thread: usize) -> Self {
        let thread = u64::try_from(thread).unwrap_or(0) & THREAD_MASK;
        Self(self.0 & !(THREAD_MASK << Self::FREE_BITS) | thread << Self::FREE_BITS)
    }

    /// The thread on which it lives.
    pub(super) fn home(self) -> usize {
        usize::try_from(self.0 >> Self::FREE_BITS & THREAD_MASK).unwrap_or(0)
    }
}

/// Of [`super::MAX_THREADS`].
const THREAD_MASK: u64 = 63;

#[cfg(test)]
mod tests {
    use super::super::MAX_THREADS;
    use super::*;

    #[test]
    fn a_name_tells_the_thread_and_nothing_else_of_it_changes() {
        for thread in 0..MAX_THREADS {
            let id = TransportId(u64::MAX).on(thread);
            assert_eq!((id.home(), id.on(MAX_THREADS - 1)), (thread, TransportId(u64::MAX)));
            assert_eq!(TransportId(7).on(thread).on(0), TransportId(7));
        }
    }
}

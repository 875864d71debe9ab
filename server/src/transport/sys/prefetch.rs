// SPDX-License-Identifier: EUPL-1.2
//! Asking for memory before it is needed.

/// Asks for a value to be brought from memory into the cache, and does not wait for it. Where the processor is not
/// known nothing is asked.
#[inline]
pub(in crate::transport) fn prefetch<T>(value: &T) {
    #[cfg(target_arch = "x86_64")]
    {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        let begin = std::ptr::from_ref(value).cast::<i8>();
        for line in (0..size_of::<T>()).step_by(LINE) {
            // SAFETY: the line lies in the value. The instruction reads nothing and never faults.
            unsafe { _mm_prefetch::<_MM_HINT_T0>(begin.add(line)) };
        }
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _unknown = value;
}

/// Bytes that a cache fetches together.
#[cfg(target_arch = "x86_64")]
const LINE: usize = 64;

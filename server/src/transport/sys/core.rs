// SPDX-License-Identifier: EUPL-1.2
//! On which core a thread runs.

use std::mem::MaybeUninit;

/// Keeps the calling thread on the core with that number among those the process may use; where the
/// system does not allow it, the thread stays free.
pub(in crate::transport) fn pin_to_core(number: usize) {
    // SAFETY: all-zero bytes are a valid, empty set.
    let mut allowed: libc::cpu_set_t = unsafe { MaybeUninit::zeroed().assume_init() };
    let len = size_of::<libc::cpu_set_t>();
    // SAFETY: the set is as long as said; 0 is the calling thread.
    if unsafe { libc::sched_getaffinity(0, len, &raw mut allowed) } < 0 {
        return;
    }
    let cores = 0..libc::CPU_SETSIZE as usize;
    // SAFETY: the core lies in the set.
    let mut usable = cores.filter(|core| unsafe { libc::CPU_ISSET(*core, &allowed) });
    let Some(core) = usable.nth(number) else { return };
    // SAFETY: as above.
    let mut one: libc::cpu_set_t = unsafe { MaybeUninit::zeroed().assume_init() };
    // SAFETY: the core lies in the set.
    unsafe { libc::CPU_SET(core, &mut one) };
    // SAFETY: the set is as long as said. A refusal leaves the thread free.
    unsafe { libc::sched_setaffinity(0, len, &raw const one) };
}

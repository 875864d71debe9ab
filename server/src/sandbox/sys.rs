// SPDX-License-Identifier: EUPL-1.2
//! The system calls of the sandbox. All its `unsafe` is here.
#![expect(unsafe_code, reason = "system calls the standard library does not offer")]

use std::{io, ptr};

use seccompiler::{BpfProgramRef, sock_filter};

/// Forbids images of this process: those that the kernel writes when it fails, and looking into it by others
/// of the same user.
pub(super) fn forbid_core_dumps() -> io::Result<()> {
    let none = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: the limit lives across the call.
    check(unsafe { libc::setrlimit(libc::RLIMIT_CORE, &raw const none) })?;
    // The limit does not count where a program takes the image.
    // SAFETY: takes no pointers.
    check(unsafe { libc::prctl(libc::PR_SET_DUMPABLE, 0, 0, 0, 0) })
}

/// No program that this process could start gets rights by its owner or its capabilities.
pub(super) fn forbid_new_privileges() -> io::Result<()> {
    // SAFETY: takes no pointers.
    check(unsafe { libc::prctl(libc::PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) })
}

/// Keeps the memory of this process, present and future, from the swap device: what was said in a meeting
/// is not written to a disk.
///
/// All or nothing: under a limit, memory that is locked as it comes would be refused some day. What is not
/// used yet is not taken.
pub(super) fn lock_memory() -> io::Result<()> {
    let limit = |value| libc::rlimit { rlim_cur: value, rlim_max: value };
    let (unlimited, none) = (limit(libc::RLIM_INFINITY), limit(0));
    // SAFETY: the limit lives across the call.
    if unsafe { libc::setrlimit(libc::RLIMIT_MEMLOCK, &raw const unlimited) } < 0 {
        // With nothing allowed, only who is above the limit (`CAP_IPC_LOCK`) can lock anything.
        // SAFETY: the limit lives across the call.
        check(unsafe { libc::setrlimit(libc::RLIMIT_MEMLOCK, &raw const none) })?;
    }
    // SAFETY: takes no pointers.
    check(unsafe { libc::mlockall(libc::MCL_CURRENT | libc::MCL_FUTURE | libc::MCL_ONFAULT) })
}

/// Lets the filter decide about every system call of all threads. Those that it refuses are in the kernel's
/// log, where the kernel can do that (4.14).
pub(super) fn filter_calls(program: BpfProgramRef<'_>) -> io::Result<()> {
    let len = program.len().try_into().map_err(io::Error::other)?;
    // The kernel only reads it.
    let filter = program.as_ptr().cast_mut().cast::<libc::sock_filter>();
    let program = libc::sock_fprog { len, filter };
    let all = libc::SECCOMP_FILTER_FLAG_TSYNC;
    install(&program, all | libc::SECCOMP_FILTER_FLAG_LOG).or_else(|_old| install(&program, all))
}

/// Both are the kernel's `struct sock_filter`.
const _: () = assert!(size_of::<sock_filter>() == size_of::<libc::sock_filter>());

fn install(program: &libc::sock_fprog, flags: libc::c_ulong) -> io::Result<()> {
    let mode = libc::SECCOMP_SET_MODE_FILTER;
    // SAFETY: the program lives across the call and is as long as said; the kernel copies it.
    match unsafe { libc::syscall(libc::SYS_seccomp, mode, flags, ptr::from_ref(program)) } {
        0 => Ok(()),
        -1 => Err(io::Error::last_os_error()),
        // The number of one that is filtered in another way.
        _ => Err(io::Error::other("a thread cannot be filtered")),
    }
}

fn check(result: libc::c_int) -> io::Result<()> {
    if result < 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}

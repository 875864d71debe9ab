// SPDX-License-Identifier: EUPL-1.2
//! System calls, by seccomp: a list of those that are left.
//!
//! A list of what is allowed, not of what is forbidden: kernels learn new calls, and whatever they do is
//! forbidden already. What is not in the list fails with `EPERM`, as if somebody without rights had tried:
//! a mistake of ours is an error in one place and not the end of all meetings. The kernel's log tells of it.
//!
//! What is left works on what is open: no file is opened, not even to be read, no socket made, bound or
//! connected, no program started, no process looked into, no memory made executable, no limit raised.

use std::collections::BTreeMap;

use seccompiler::{
    BackendError, BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition,
    SeccompFilter, SeccompRule, TargetArch, apply_filter_all_threads,
};

use super::sys;

/// Forbids every other call, in every thread there is and will be; whether the kernel does it.
pub(super) fn forbid() -> bool {
    install(&More::default())
}

/// The same, with what it takes to read files. Which ones, a filter of calls cannot tell.
pub(super) fn forbid_but_reading() -> bool {
    let with_arguments = READING_WITH_ARGUMENTS;
    install(&More { calls: READING, with_arguments, connects: false })
}

/// The same, with what it takes to keep files and to connect by TCP. Where to, a filter of calls cannot tell.
pub(super) fn forbid_but_ordering() -> bool {
    let calls: Vec<_> = READING.iter().chain(KEEPING).copied().collect();
    install(&More { calls: &calls, with_arguments: &[], connects: true })
}

/// What is left beside what every server has.
#[derive(Clone, Copy, Default)]
struct More<'a> {
    calls: &'a [i64],
    with_arguments: &'a [Rule],
    /// Whether there are sockets of TCP to connect with.
    connects: bool,
}

fn install(more: &More<'_>) -> bool {
    let Ok([retried, left]) = programs(more) else { return false };
    // In the kernel's log are those that nobody expects.
    apply_filter_all_threads(&retried).is_ok() && sys::filter_calls(&left).is_ok()
}

/// Two filters; of what they say to one call, the stricter counts.
fn programs(more: &More<'_>) -> Result<[BpfProgram; 2], BackendError> {
    let machine = TargetArch::try_from(std::env::consts::ARCH)?;
    let (no, unknown) = (SeccompAction::Errno(EPERM), SeccompAction::Errno(ENOSYS));
    let retried = RETRIED.iter().map(|call| (*call, Vec::new())).collect();
    let retried = SeccompFilter::new(retried, SeccompAction::Allow, unknown, machine)?;
    let left = SeccompFilter::new(left(more)?, no, SeccompAction::Allow, machine)?;
    Ok([retried.try_into()?, left.try_into()?])
}

/// The calls that are left, each with what has to be true of its arguments.
fn left(more: &More<'_>) -> Result<BTreeMap<i64, Vec<SeccompRule>>, BackendError> {
    let mut left: BTreeMap<i64, Vec<SeccompRule>> =
        ALWAYS.iter().chain(RETRIED).chain(more.calls).map(|call| (*call, Vec::new())).collect();
    for (call, argument, mask, value) in WITH_ARGUMENTS.iter().chain(more.with_arguments).copied() {
        left.entry(call).or_default().push(rule(argument, mask, value)?);
    }
    // To this process itself: that is how a thread aborts.
    let own = u64::from(std::process::id());
    left.entry(libc::SYS_tgkill).or_default().push(rule(0, ALL, own)?);
    if more.connects {
        left.insert(libc::SYS_connect, Vec::new());
        // The usual protocol of a stream, which is TCP: of others, as MPTCP, Landlock sees no connecting.
        let (stream, usual) = (condition(1, SOCKET_KIND, STREAM)?, condition(2, ALL, 0)?);
        for family in FAMILIES {
            let of_it = vec![condition(0, ALL, *family)?, stream.clone(), usual.clone()];
            left.entry(libc::SYS_socket).or_default().push(SeccompRule::new(of_it)?);
        }
        // Nor of what connects by sending.
        for (call, flags) in SENDING {
            left.insert(*call, vec![rule(*flags, FAST_OPEN, 0)?]);
        }
    }
    Ok(left)
}

/// True if these bits of that argument have this value. Only its lower half is looked at: so does the
/// kernel with all of these.
fn rule(argument: u8, mask: u64, value: u64) -> Result<SeccompRule, BackendError> {
    SeccompRule::new(vec![condition(argument, mask, value)?])
}

fn condition(argument: u8, mask: u64, value: u64) -> Result<SeccompCondition, BackendError> {
    let compares = SeccompCmpOp::MaskedEq(mask);
    SeccompCondition::new(argument, SeccompCmpArgLen::Dword, compares, value)
}

/// Whatever their arguments are. What media and signalling call all the time is here: the kernel looks it
/// up in a table and runs no filter.
const ALWAYS: &[i64] = &[
    // packets and bytes, on what is open
    libc::SYS_read,
    libc::SYS_readv,
    libc::SYS_write,
    libc::SYS_writev,
    libc::SYS_recvfrom,
    libc::SYS_recvmsg,
    libc::SYS_recvmmsg,
    libc::SYS_sendto,
    libc::SYS_sendmsg,
    libc::SYS_sendmmsg,
    libc::SYS_accept4,
    libc::SYS_shutdown,
    libc::SYS_getsockname,
    libc::SYS_getpeername,
    libc::SYS_getsockopt,
    libc::SYS_setsockopt,
    libc::SYS_close,
    // waiting
    libc::SYS_epoll_create1,
    libc::SYS_epoll_ctl,
    libc::SYS_epoll_pwait,
    libc::SYS_epoll_pwait2,
    libc::SYS_eventfd2,
    libc::SYS_ppoll,
    libc::SYS_futex,
    libc::SYS_clock_gettime,
    libc::SYS_clock_getres,
    libc::SYS_clock_nanosleep,
    libc::SYS_nanosleep,
    libc::SYS_gettimeofday,
    libc::SYS_restart_syscall,
    // memory; see below for what makes some
    libc::SYS_brk,
    libc::SYS_munmap,
    libc::SYS_mremap,
    libc::SYS_madvise,
    // threads
    libc::SYS_set_robust_list,
    libc::SYS_rseq,
    libc::SYS_membarrier,
    libc::SYS_gettid,
    libc::SYS_getpid,
    libc::SYS_getcpu,
    libc::SYS_sched_getaffinity,
    libc::SYS_sched_setaffinity,
    libc::SYS_sched_yield,
    libc::SYS_exit,
    libc::SYS_exit_group,
    // signals
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_sigaltstack,
    // randomness
    libc::SYS_getrandom,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_epoll_wait,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_poll,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_time,
];

/// What C libraries try first and do in an older way where the kernel does not know it; the older way says
/// in a register what is wanted, where a filter can see it.
const RETRIED: &[i64] = &[libc::SYS_clone3];

/// Call, number of the argument, bits of it, their value.
type Rule = (i64, u8, u64, u64);

/// Allowed where an argument says what is meant.
#[expect(clippy::as_conversions, reason = "the C types of libc constants; none is negative")]
const WITH_ARGUMENTS: &[Rule] = &[
    // Memory that can be executed is the program and nothing else.
    (libc::SYS_mmap, 2, libc::PROT_EXEC as u64, 0),
    (libc::SYS_mprotect, 2, libc::PROT_EXEC as u64, 0),
    // A thread, no process.
    (libc::SYS_clone, 0, libc::CLONE_THREAD as u64, libc::CLONE_THREAD as u64),
    // A thread's name.
    (libc::SYS_prctl, 0, ALL, libc::PR_SET_NAME as u64),
    // The runtime hears of signals through one.
    (libc::SYS_socketpair, 0, ALL, libc::AF_UNIX as u64),
    (libc::SYS_ioctl, 1, ALL, libc::FIONBIO),
    (libc::SYS_fcntl, 1, ALL, libc::F_GETFD as u64),
    (libc::SYS_fcntl, 1, ALL, libc::F_SETFD as u64),
    (libc::SYS_fcntl, 1, ALL, libc::F_GETFL as u64),
    (libc::SYS_fcntl, 1, ALL, libc::F_SETFL as u64),
    (libc::SYS_fcntl, 1, ALL, libc::F_DUPFD_CLOEXEC as u64),
];

/// To read files.
const READING: &[i64] = &[
    libc::SYS_statx,
    libc::SYS_fstat,
    libc::SYS_newfstatat,
    libc::SYS_lseek,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_stat,
];

/// To open them, for nothing but that.
#[expect(clippy::as_conversions, reason = "the C types of libc constants; none is negative")]
const READING_WITH_ARGUMENTS: &[Rule] =
    &[(libc::SYS_openat, 2, (libc::O_ACCMODE | libc::O_CREAT | libc::O_TRUNC) as u64, 0)];

/// To keep files, in a folder that Landlock names.
const KEEPING: &[i64] = &[
    libc::SYS_openat,
    libc::SYS_fsync,
    libc::SYS_renameat,
    libc::SYS_renameat2,
    libc::SYS_unlinkat,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_rename,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_unlink,
];

/// What sends on a socket, and which argument its flags are.
const SENDING: &[(i64, u8)] =
    &[(libc::SYS_sendto, 3), (libc::SYS_sendmsg, 2), (libc::SYS_sendmmsg, 3)];
#[expect(clippy::as_conversions, reason = "the C type of a libc constant; it is not negative")]
const FAST_OPEN: u64 = libc::MSG_FASTOPEN as u64;

/// Of a socket's kind: the rest are flags.
const SOCKET_KIND: u64 = 0xf;
#[expect(clippy::as_conversions, reason = "the C types of libc constants; none is negative")]
const STREAM: u64 = libc::SOCK_STREAM as u64;
#[expect(clippy::as_conversions, reason = "the C types of libc constants; none is negative")]
const FAMILIES: &[u64] = &[libc::AF_INET as u64, libc::AF_INET6 as u64];

/// All bits that are looked at.
const ALL: u64 = 0xffff_ffff;
#[expect(clippy::as_conversions, reason = "a small positive number")]
const EPERM: u32 = libc::EPERM as u32;
#[expect(clippy::as_conversions, reason = "a small positive number")]
const ENOSYS: u32 = libc::ENOSYS as u32;

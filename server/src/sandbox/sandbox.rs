// SPDX-License-Identifier: EUPL-1.2
//! What is given up, in one place, and what the kernel made of it.

use core::{fmt, slice};
use std::path::{Path, PathBuf};

use super::{calls, files, files::Left, sys};

/// What this process cannot do any more. A fact, not a wish: a part that the kernel did not take is stated
/// as missing.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[must_use]
pub struct Sandbox {
    /// Opening files and ports, reaching other processes.
    pub landlock: Landlock,
    /// System calls that a running server does not make.
    pub seccomp: Seccomp,
    /// Whether no program could give this process more rights than it has.
    pub no_new_privileges: bool,
    /// Whether the kernel writes no image of this process, whatever happens to it, and lets nobody of the
    /// same user look into it.
    pub no_core_dumps: bool,
    /// Where the contents of the memory can go.
    pub memory: Memory,
}

/// How much of its rules Landlock enforces. The number is the version of its interface.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Landlock {
    /// All of them: files, TCP, signals and abstract sockets (6 and later, Linux 6.12).
    Enforced(u32),
    /// Files, but not all of the rest.
    Partly(u32),
    /// None: the kernel is older than 5.13, or was told not to.
    Missing,
}

/// Whether system calls are filtered, in every thread.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Seccomp {
    /// They are.
    Enforced,
    /// They are not: the kernel cannot, or this machine's calls have no list here.
    Missing,
}

/// Where the contents of the memory can go.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Memory {
    /// Nowhere.
    Locked,
    /// To the swap device, if there is one: the system limits how much this process may lock.
    Swappable,
}

impl Sandbox {
    /// Gives everything up. There is no way back.
    ///
    /// The moment for it is when the ports are open and no other thread runs yet: threads take after
    /// the one that starts them, and one that already runs is not reached by older kernels' Landlock.
    pub fn enter() -> Self {
        Self::give_up(Left::default(), calls::forbid)
    }

    /// Gives up everything but to read what is in these folders: for a process that does nothing else. One that is
    /// not there is left out.
    pub fn enter_to_read(folders: &[PathBuf]) -> Self {
        let left = Left { readable: folders, ..Left::default() };
        Self::give_up(left, calls::forbid_but_reading)
    }

    /// Gives up everything but to keep files in this folder, and to connect by TCP to these ports: for a process that
    /// does nothing else.
    pub fn enter_to_order(folder: &Path, ports: &[u16]) -> Self {
        let folder = folder.to_owned();
        let left = Left { writable: slice::from_ref(&folder), ports, ..Left::default() };
        Self::give_up(left, calls::forbid_but_ordering)
    }

    fn give_up(left: Left<'_>, forbid_calls: fn() -> bool) -> Self {
        let no_core_dumps = sys::forbid_core_dumps().is_ok();
        let memory = if sys::lock_memory().is_ok() { Memory::Locked } else { Memory::Swappable };
        let no_new_privileges = sys::forbid_new_privileges().is_ok();
        let landlock = files::forbid_but(left);
        // The last: what it forbids, the others need.
        let seccomp = if forbid_calls() { Seccomp::Enforced } else { Seccomp::Missing };
        Self { landlock, seccomp, no_new_privileges, no_core_dumps, memory }
    }

    /// What the kernel did not take, in words; empty if it took everything.
    pub fn gaps(self) -> Gaps {
        Gaps(self)
    }
}

/// What a sandbox lacks.
#[derive(Clone, Copy, Debug)]
pub struct Gaps(Sandbox);

impl Gaps {
    /// Whether nothing is lacking.
    pub fn is_empty(self) -> bool {
        self.words().all(str::is_empty)
    }

    fn words(self) -> impl Iterator<Item = &'static str> {
        let Sandbox { landlock, seccomp, no_new_privileges, no_core_dumps, memory } = self.0;
        [
            match landlock {
                Landlock::Enforced(_) => "",
                Landlock::Partly(_) => "Landlock keeps it from files only",
                Landlock::Missing => "no Landlock",
            },
            match seccomp {
                Seccomp::Enforced => "",
                Seccomp::Missing => "no filter of system calls",
            },
            if no_new_privileges { "" } else { "new privileges are possible" },
            if no_core_dumps { "" } else { "core dumps are possible" },
            match memory {
                Memory::Locked => "",
                Memory::Swappable => {
                    "memory is not locked against swapping (RLIMIT_MEMLOCK is not unlimited)"
                }
            },
        ]
        .into_iter()
    }
}

impl fmt::Display for Gaps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        for words in self.words().filter(|words| !words.is_empty()) {
            write!(f, "{separator}{words}")?;
            separator = "; ";
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: Sandbox = Sandbox {
        landlock: Landlock::Enforced(7),
        seccomp: Seccomp::Enforced,
        no_new_privileges: true,
        no_core_dumps: true,
        memory: Memory::Locked,
    };

    #[test]
    fn what_is_missing_is_said_in_one_line() {
        assert!(WHOLE.gaps().is_empty());
        assert_eq!(WHOLE.gaps().to_string(), "");
        let old = Sandbox { landlock: Landlock::Partly(3), no_core_dumps: false, ..WHOLE };
        assert!(!old.gaps().is_empty());
        let said = "Landlock keeps it from files only; core dumps are possible";
        assert_eq!(old.gaps().to_string(), said);
        let none = Sandbox { landlock: Landlock::Missing, seccomp: Seccomp::Missing, ..WHOLE };
        assert_eq!(none.gaps().to_string(), "no Landlock; no filter of system calls");
        let swaps = Sandbox { memory: Memory::Swappable, no_new_privileges: false, ..WHOLE };
        assert_eq!(swaps.gaps().to_string().lines().count(), 1);
    }
}

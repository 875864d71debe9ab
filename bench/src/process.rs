// SPDX-License-Identifier: EUPL-1.2
//! What the system says of the process that is measured.

use std::{fs, time::Duration};

use crate::Fault;

/// A process, and what it had used when it was first looked at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Process(pub(crate) u32);

impl Process {
    /// User and system time of all its threads, from `/proc/PID/stat`: what `ps` and `top` show.
    pub(crate) fn cpu_time(self) -> Result<Duration, Fault> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.0))?;
        // The name, in brackets, may hold anything.
        let (_, fields) = stat.rsplit_once(')').ok_or("no fields in stat")?;
        let ticks: u64 = fields
            .split_whitespace()
            .skip(11)
            .take(2)
            .map(str::parse::<u64>)
            .sum::<Result<_, _>>()?;
        Ok(Duration::from_millis(ticks * 1_000 / TICKS_PER_SECOND))
    }

    /// Resident memory in KiB.
    pub(crate) fn memory(self) -> Result<u64, Fault> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.0))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        Ok(line.ok_or("no VmRSS")?.trim().trim_end_matches(" kB").parse()?)
    }
}

/// `USER_HZ`, the same on every Linux that Rust runs on.
const TICKS_PER_SECOND: u64 = 100;

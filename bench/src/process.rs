// SPDX-License-Identifier: EUPL-1.2
//! What the system says of the process that is measured.

use std::{fs, time::Duration};

use crate::Fault;

/// A process, and what it had used when it was first looked at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Process(pub(crate) u32);

impl Process {
    /// Time on a processor, user and system, of all threads it has, from `/proc/PID/task/TID/schedstat`.
    ///
    /// `/proc/PID/stat` says the same in hundredths of a second, of which a server with little to do uses a few in
    /// each second.
    pub(crate) fn cpu_time(self) -> Result<Duration, Fault> {
        let mut nanos = 0;
        for task in fs::read_dir(format!("/proc/{}/task", self.0))? {
            // A thread may end while it is looked at.
            let Ok(stat) = fs::read_to_string(task?.path().join("schedstat")) else { continue };
            nanos +=
                stat.split_whitespace().next().ok_or("no fields in schedstat")?.parse::<u64>()?;
        }
        Ok(Duration::from_nanos(nanos))
    }

    /// Resident memory in KiB.
    pub(crate) fn memory(self) -> Result<u64, Fault> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.0))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        Ok(line.ok_or("no VmRSS")?.trim().trim_end_matches(" kB").parse()?)
    }
}

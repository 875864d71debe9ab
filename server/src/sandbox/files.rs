// SPDX-License-Identifier: EUPL-1.2
//! Files, ports and other processes, by Landlock: nothing is allowed. To a process that was made for it, reading
//! what is in some folders is.
//!
//! What is open stays open: the ports, and where the log goes. The page is part of the program and is read
//! from no file. Sending datagrams is left out of the rules: the media leave as datagrams.

use std::path::PathBuf;

use landlock::{
    ABI, Access as _, AccessFs, AccessNet, LandlockStatus, NetPort, RestrictSelfAttr as _,
    RestrictionStatus, Ruleset, RulesetAttr as _, RulesetCreatedAttr as _, RulesetError,
    RulesetStatus, Scope, path_beneath_rules,
};

use super::sandbox::Landlock;

/// What is left: usually nothing.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Left<'a> {
    /// Folders in which files can be read.
    pub(super) readable: &'a [PathBuf],
    /// Folders in which files can be kept, too.
    pub(super) writable: &'a [PathBuf],
    /// TCP ports, whosever, that can be connected to.
    pub(super) ports: &'a [u16],
}

/// Forbids everything else, to this thread and those it will start; from version 8 on, to all
/// there are.
pub(super) fn forbid_but(left: Left<'_>) -> Landlock {
    let Ok(status) = restrict(true, left) else { return Landlock::Missing };
    let LandlockStatus::Available { effective_abi, kernel_abi } = status.landlock else {
        return Landlock::Missing;
    };
    if status.ruleset == RulesetStatus::NotEnforced {
        return Landlock::Missing;
    }
    let newer = kernel_abi.and_then(|abi| u32::try_from(abi).ok());
    let abi = newer.or_else(|| effective_abi.to_string().parse().ok()).unwrap_or(0);
    if effective_abi >= ABI::V6 { Landlock::Enforced(abi) } else { Landlock::Partly(abi) }
}

/// As much of it as the kernel knows of.
fn restrict(all_threads: bool, left: Left<'_>) -> Result<RestrictionStatus, RulesetError> {
    let kept = AccessFs::ReadFile
        | AccessFs::WriteFile
        | AccessFs::MakeReg
        | AccessFs::RemoveFile
        | AccessFs::Truncate;
    let port = |port: &u16| Ok::<_, RulesetError>(NetPort::new(*port, AccessNet::ConnectTcp));
    Ruleset::default()
        .handle_access(AccessFs::from_all(ABI::V10))?
        .handle_access(AccessNet::BindTcp | AccessNet::ConnectTcp | AccessNet::BindUdp)?
        .scope(Scope::from_all(ABI::V10))?
        .create()?
        // One that is not there is left out.
        .add_rules(path_beneath_rules(left.readable, AccessFs::ReadFile))?
        .add_rules(path_beneath_rules(left.writable, kept))?
        .add_rules(left.ports.iter().map(port))?
        .all_threads(all_threads)?
        .restrict_self()
}

#[cfg(test)]
mod tests {
    use std::{
        fs::{self, File},
        io,
        net::{TcpListener, TcpStream},
        thread,
    };

    use super::*;

    /// What a thread of its own can do, before and after it gives it up.
    fn tried(act: impl Fn() -> io::Result<()> + Send + 'static) -> [Option<io::ErrorKind>; 2] {
        let alone = thread::spawn(move || {
            let before = act().err().map(|error| error.kind());
            restrict(false, Left::default()).expect("a kernel with Landlock");
            [before, act().err().map(|error| error.kind())]
        });
        alone.join().expect("it tells")
    }

    #[test]
    fn without_the_filter_of_calls_too_nothing_is_opened() {
        let denied = [None, Some(io::ErrorKind::PermissionDenied)];
        assert_eq!(tried(|| File::open("/proc/self/status").map(drop)), denied, "read");
        assert_eq!(tried(|| fs::read_dir("/").map(drop)), denied, "listed");
        let path = std::env::temp_dir().join(format!("zooo-landlock-{}", std::process::id()));
        let made = path.clone();
        assert_eq!(tried(move || File::create(&made).map(drop)), denied, "written");
        fs::remove_file(path).expect("made before");
        let port = TcpListener::bind("127.0.0.1:0").expect("a port");
        let there = port.local_addr().expect("its address");
        assert_eq!(tried(move || TcpStream::connect(there).map(drop)), denied, "connected");
        assert_eq!(tried(|| TcpListener::bind("127.0.0.1:0").map(drop)), denied, "listening");
    }
}

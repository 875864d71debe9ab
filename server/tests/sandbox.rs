// SPDX-License-Identifier: EUPL-1.2
//! What a process cannot do after it has given up what it does not need.
//!
//! There is no way back, so a process of its own tries: this program again, as one test that does nothing
//! unless it was asked. It tries the same without a sandbox, where everything has to work.
#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test fails by panicking; what the other process finds is printed"
)]
#![expect(unsafe_code, reason = "system calls the standard library does not offer")]

use std::{
    env, fs,
    io::{self, Write as _},
    net::{TcpListener, TcpStream, UdpSocket},
    os::fd::{AsRawFd as _, FromRawFd as _, OwnedFd},
    os::unix::{
        net::{UnixDatagram, UnixListener, UnixStream},
        process::CommandExt as _,
    },
    path::{Path, PathBuf},
    process::{Command, Stdio},
    slice,
    sync::mpsc::{Sender, channel},
    thread,
};

use server::sandbox::{Sandbox, Seccomp};

#[test]
fn nothing_can_be_opened_written_started_or_reached_on_any_thread() {
    let said = tried("in it");
    for thread in ["the one that entered", "one before", "one after"] {
        let of = format!("{thread}: ");
        let tried: Vec<_> = said.lines().filter_map(|line| line.strip_prefix(&of)).collect();
        assert!(tried.len() > 30, "{said}");
        let allowed: Vec<_> = tried.iter().filter(|line| !line.ends_with("refused")).collect();
        assert!(allowed.is_empty(), "{thread}: {allowed:?}");
    }
    assert!(said.contains("what goes on: works"), "{said}");
}

#[test]
fn who_may_read_in_a_folder_can_do_nothing_else() {
    let said = tried("reading");
    // Older kernels do not reach a thread that was there before with a rule on files.
    for thread in ["the one that entered", "one after"] {
        let of = format!("{thread}: ");
        let tried = said.lines().filter_map(|line| line.strip_prefix(&of));
        let works: Vec<_> = tried.filter(|line| !line.ends_with("refused")).collect();
        assert_eq!(works, ["read a file: works"], "{thread}: {said}");
    }
}

#[test]
fn who_may_order_can_keep_files_in_a_folder_and_connect_to_a_port_by_tcp() {
    let said = tried("ordering");
    for thread in ["the one that entered", "one after"] {
        let of = format!("{thread}: ");
        let tried = said.lines().filter_map(|line| line.strip_prefix(&of));
        let works: Vec<_> = tried.filter_map(|line| line.strip_suffix(": works")).collect();
        let files = ["write a file", "create a file", "read a file"];
        // Files are renamed and removed by the last two, where Landlock lets them be.
        let others = ["connect by TCP", "renameat2", "unlinkat"];
        // Of sockets that are there already; none can be made.
        let works = works.into_iter().filter(|what| *what != "connect by UDP").collect::<Vec<_>>();
        assert_eq!(works, [&files[..], &others].concat(), "{thread}: {said}");
    }
}

#[test]
fn all_of_it_works_without_a_sandbox() {
    let said = tried("outside");
    let of = "the one that entered: ";
    let tried = said.lines().filter_map(|line| line.strip_prefix(of));
    let refused: Vec<_> = tried.filter_map(|line| line.strip_suffix(": refused")).collect();
    // Who is not root is refused these anyway.
    let privileged = |what: &str| PRIVILEGED.iter().any(|(known, _)| *known == what);
    let root = fs::read_to_string("/proc/self/status").unwrap().contains("\nUid:\t0\t0\t");
    let refused: Vec<_> = refused.iter().filter(|what| root || !privileged(what)).collect();
    assert!(refused.is_empty(), "the oracle is none: {refused:?}");
    assert!(said.contains("exec: works"), "{said}");
}

/// What another process finds that tries everything.
fn tried(how: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(how.replace(' ', "-"));
    drop(fs::remove_dir_all(&folder));
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("old"), "old").unwrap();
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["--exact", "tries", "--ignored", "--nocapture", "--test-threads=1"]);
    command.env(HOW, how).env(FOLDER, &folder).stdin(Stdio::null());
    let done = command.output().unwrap();
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    let wrong = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(said.contains("that was all"), "{said}{wrong}");
    if how != "outside" {
        assert_eq!(folder.join("new").exists(), how == "ordering");
        assert_eq!(fs::read(folder.join("old")).unwrap(), b"old");
    }
    said
}

#[test]
#[ignore = "a part of the others, in a process of its own"]
fn tries() {
    let Some(how) = env::var_os(HOW) else { return };
    let folder = PathBuf::from(env::var_os(FOLDER).unwrap());
    let world = World::open(&folder);
    let before = Helper::start();
    println!();
    if how != "outside" {
        let sandbox = match how.to_str() {
            Some("reading") => Sandbox::enter_to_read(slice::from_ref(&folder)),
            Some("ordering") => Sandbox::enter_to_order(&folder, &[world.port()]),
            Some(_) | None => Sandbox::enter(),
        };
        assert!(sandbox.no_new_privileges && sandbox.no_core_dumps, "{sandbox:?}");
        assert_eq!(sandbox.seccomp, Seccomp::Enforced);
    }
    for (thread, helper) in [("one before", Some(before)), ("one after", Some(Helper::start()))]
        .into_iter()
        .chain([("the one that entered", None)])
    {
        for (what, act) in world.acts() {
            let done = match &helper {
                Some(helper) => helper.run(act),
                None => act(),
            };
            println!("{thread}: {what}: {}", if is_refused(&done) { "refused" } else { "works" });
        }
    }
    println!("what goes on: {}", if goes_on(&world).is_ok() { "works" } else { "refused" });
    println!("that was all");
    io::stdout().flush().unwrap();
    // The last: where it works, this process is another program.
    let error = Command::new("/bin/echo").arg("exec: works").exec();
    println!("exec: {error}");
}

/// By whom it was decided, not by what is there.
fn is_refused(done: &io::Result<()>) -> bool {
    let refusals = [libc::EPERM, libc::EACCES];
    done.as_ref().is_err_and(|error| error.raw_os_error().is_some_and(|it| refusals.contains(&it)))
}

type Act = Box<dyn FnOnce() -> io::Result<()> + Send>;

/// A thread that does what it is told.
struct Helper(Sender<(Act, Sender<io::Result<()>>)>);

impl Helper {
    fn start() -> Self {
        let (sender, acts) = channel::<(Act, Sender<io::Result<()>>)>();
        thread::spawn(move || {
            for (act, reply) in acts {
                reply.send(act()).unwrap();
            }
        });
        Self(sender)
    }

    fn run(&self, act: Act) -> io::Result<()> {
        let (reply, done) = channel();
        self.0.send((act, reply)).unwrap();
        done.recv().unwrap()
    }
}

/// What there is to reach.
struct World {
    folder: PathBuf,
    tcp: TcpListener,
    elsewhere: TcpListener,
    udp: UdpSocket,
    other: UdpSocket,
    unix: PathBuf,
    _listens: (UnixListener, UnixDatagram),
}

impl World {
    fn open(folder: &Path) -> Self {
        let (stream, datagram) = (folder.join("stream"), folder.join("datagram"));
        let listens = (UnixListener::bind(&stream), UnixDatagram::bind(datagram));
        Self {
            folder: folder.to_owned(),
            tcp: TcpListener::bind("127.0.0.1:0").unwrap(),
            elsewhere: TcpListener::bind("127.0.0.1:0").unwrap(),
            udp: UdpSocket::bind("127.0.0.1:0").unwrap(),
            other: UdpSocket::bind("127.0.0.1:0").unwrap(),
            unix: stream,
            _listens: (listens.0.unwrap(), listens.1.unwrap()),
        }
    }

    /// The one that may be connected to, where one may.
    fn port(&self) -> u16 {
        self.tcp.local_addr().unwrap().port()
    }

    /// Everything that is tried, with its name.
    fn acts(&self) -> Vec<(&'static str, Act)> {
        let (old, new) = (self.folder.join("old"), self.folder.join("new"));
        let (tcp, unix) = (self.tcp.local_addr().unwrap(), self.unix.clone());
        let elsewhere = self.elsewhere.local_addr().unwrap();
        let (udp, to) = (self.udp.try_clone().unwrap(), self.other.local_addr().unwrap());
        let again = old.clone();
        let mut acts: Vec<(&'static str, Act)> = vec![
            ("write a file", Box::new(move || fs::write(again, "old"))),
            ("create a file", Box::new(move || fs::write(new, "new"))),
            ("read a file", Box::new(move || fs::read(old).map(drop))),
            ("read another file", Box::new(|| fs::read("/proc/self/status").map(drop))),
            ("list a folder", Box::new(|| fs::read_dir("/").map(drop))),
            ("start a program", Box::new(start)),
            ("connect by TCP", Box::new(move || TcpStream::connect(tcp).map(drop))),
            ("connect to another port", Box::new(move || TcpStream::connect(elsewhere).map(drop))),
            ("connect by UDP", Box::new(move || udp.connect(to))),
            ("connect to a socket", Box::new(move || UnixStream::connect(unix).map(drop))),
            ("listen", Box::new(|| TcpListener::bind("127.0.0.1:0").map(drop))),
            ("take datagrams", Box::new(|| UdpSocket::bind("127.0.0.1:0").map(drop))),
        ];
        acts.push(("make memory executable", Box::new(executable)));
        acts.push(("connect by sending", Box::new(move || connect_by_sending(elsewhere.port()))));
        acts.push((
            "make a socket of MPTCP",
            Box::new(|| stream_of(libc::IPPROTO_MPTCP).map(drop)),
        ));
        for (what, call) in CALLS.iter().chain(PRIVILEGED) {
            acts.push((what, Box::new(|| raw(*call))));
        }
        acts
    }
}

fn start() -> io::Result<()> {
    let mut started = Command::new("/bin/true").spawn()?;
    started.wait().map(drop)
}

/// What a server does all the time.
fn goes_on(world: &World) -> io::Result<()> {
    world.other.send_to(b"hello", world.udp.local_addr()?)?;
    let mut bytes = [0; 5];
    world.udp.set_nonblocking(true)?;
    world.udp.recv_from(&mut bytes)?;
    let counted = thread::Builder::new().name("counts".to_owned()).spawn(|| vec![7_u8; 1 << 22])?;
    let long = counted.join().map_err(|_panicked| io::Error::other("panicked"))?;
    aws_lc_rs::rand::fill(&mut bytes).map_err(io::Error::other)?;
    if long.len() == 1 << 22 { Ok(()) } else { Err(io::Error::other("lost")) }
}

/// A socket for streams, of a protocol.
fn stream_of(protocol: i32) -> io::Result<OwnedFd> {
    // SAFETY: makes a socket, or tells why not.
    let socket = unsafe { libc::socket(libc::AF_INET, libc::SOCK_STREAM, protocol) };
    // SAFETY: the socket was just made, and is nobody else's.
    if socket < 0 {
        Err(io::Error::last_os_error())
    } else {
        Ok(unsafe { OwnedFd::from_raw_fd(socket) })
    }
}

/// The first bytes open the connection (TCP Fast Open).
fn connect_by_sending(port: u16) -> io::Result<()> {
    let socket = stream_of(0)?;
    // SAFETY: all zeroes are an address of nothing.
    let mut to: libc::sockaddr_in = unsafe { std::mem::zeroed() };
    to.sin_family = u16::try_from(libc::AF_INET).unwrap();
    to.sin_port = port.to_be();
    to.sin_addr.s_addr = u32::from_ne_bytes([127, 0, 0, 1]);
    let len = u32::try_from(size_of::<libc::sockaddr_in>()).unwrap();
    let (bytes, flags) = (b"hello", libc::MSG_FASTOPEN);
    // SAFETY: the bytes and the address live, and are as long as is said.
    let sent = unsafe {
        let to = (&raw const to).cast();
        libc::sendto(socket.as_raw_fd(), bytes.as_ptr().cast(), bytes.len(), flags, to, len)
    };
    if sent < 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}

fn executable() -> io::Result<()> {
    let (readable, executable) = (libc::PROT_READ, libc::PROT_READ | libc::PROT_EXEC);
    let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS;
    // SAFETY: maps memory that is used by nobody.
    let page = unsafe { libc::mmap(std::ptr::null_mut(), 4_096, readable, flags, -1, 0) };
    // SAFETY: the page was just mapped.
    let done = unsafe { libc::mprotect(page, 4_096, executable) };
    if done < 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}

/// A call with arguments that mean nothing: who may make it is told that, and who may not that.
fn raw(call: i64) -> io::Result<()> {
    // SAFETY: none of the calls follows a pointer before it has looked at what is no pointer here.
    let done = unsafe { libc::syscall(call, -1, -1, -1, -1, -1, -1) };
    if done < 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}

const CALLS: &[(&str, i64)] = &[
    ("openat2", libc::SYS_openat2),
    ("creat by descriptor", libc::SYS_memfd_create),
    ("io_uring_setup", libc::SYS_io_uring_setup),
    ("socket", libc::SYS_socket),
    ("execveat", libc::SYS_execveat),
    ("ptrace", libc::SYS_ptrace),
    ("process_vm_readv", libc::SYS_process_vm_readv),
    ("process_vm_writev", libc::SYS_process_vm_writev),
    ("pidfd_open", libc::SYS_pidfd_open),
    ("keyctl", libc::SYS_keyctl),
    ("add_key", libc::SYS_add_key),
    ("unshare", libc::SYS_unshare),
    ("setns", libc::SYS_setns),
    ("prlimit64", libc::SYS_prlimit64),
    ("renameat2", libc::SYS_renameat2),
    ("unlinkat", libc::SYS_unlinkat),
    ("mkdirat", libc::SYS_mkdirat),
    ("linkat", libc::SYS_linkat),
    ("fchmodat", libc::SYS_fchmodat),
    ("truncate", libc::SYS_truncate),
    ("tkill", libc::SYS_tkill),
    ("seccomp", libc::SYS_seccomp),
    ("shmget", libc::SYS_shmget),
];

const PRIVILEGED: &[(&str, i64)] = &[
    ("bpf", libc::SYS_bpf),
    ("perf_event_open", libc::SYS_perf_event_open),
    ("userfaultfd", libc::SYS_userfaultfd),
    ("mount", libc::SYS_mount),
    ("finit_module", libc::SYS_finit_module),
    ("kexec_load", libc::SYS_kexec_load),
];

const HOW: &str = "ZOOO_SANDBOX_TEST";
const FOLDER: &str = "ZOOO_SANDBOX_FOLDER";

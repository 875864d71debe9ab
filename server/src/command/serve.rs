// SPDX-License-Identifier: EUPL-1.2
//! `zooo serve`: reads what the operator decided, starts the server, stops it when asked.

use core::{fmt, time::Duration};
use std::{
    io::{self, IsTerminal as _},
    net::{IpAddr, SocketAddr},
    num::NonZero,
    panic::{self, PanicHookInfo},
    path::PathBuf,
    thread,
};

use clap::Args;
use server::{
    Ports, Server,
    config::ServerConfig,
    media::codec::Codec,
    memory::forget_stack,
    sandbox::Sandbox,
    settings::{Rooms, Settings, parse_mark},
};
use tokio::{
    runtime,
    signal::unix::{Signal, SignalKind, signal},
};
use tracing_subscriber::{EnvFilter, Layer as _, filter::filter_fn, layer::SubscriberExt as _};

use super::{
    Failure,
    typed::{Typed, random},
};
use crate::tell;

/// Serves the page, the signalling and the media.
#[derive(Args, Debug)]
pub(crate) struct Serve {
    /// A file in which the rest is set; docs/zooo.toml is one. Flags and environment count before it.
    #[arg(long, env = "ZOOO_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    /// The TCP address of page and signalling; a proxy with a certificate stands before it. Usually
    /// 127.0.0.1:8080.
    #[arg(long, env = "ZOOO_HTTP", value_name = "ADDRESS:PORT")]
    http: Option<SocketAddr>,
    /// The UDP address of the media. Usually 127.0.0.1:3478.
    #[arg(long, env = "ZOOO_MEDIA", value_name = "ADDRESS:PORT")]
    media: Option<SocketAddr>,
    /// The addresses at which browsers reach the media, where they are not the one of --media.
    #[arg(long, env = "ZOOO_ANNOUNCE", value_delimiter = ',', value_name = "ADDRESS")]
    announce: Option<Vec<IpAddr>>,
    /// On how many threads media are relayed. Usually as many as there are cores.
    #[arg(long, env = "ZOOO_MEDIA_THREADS", value_name = "COUNT")]
    media_threads: Option<usize>,
    /// Which codecs are used, the preferred ones first. Usually opus,vp8,vp9,av1,h264.
    #[arg(long, env = "ZOOO_CODECS", value_delimiter = ',', value_name = "CODEC")]
    codecs: Option<Vec<Codec>>,
    /// Which rooms are served. Usually open.
    #[arg(long, env = "ZOOO_ROOMS", value_name = "WHICH")]
    rooms: Option<Rooms>,
    /// The public mark of the operator whose licences count.
    #[arg(
        long,
        env = "ZOOO_LICENCE_KEY",
        value_name = "MARK",
        hide_env_values = true,
        allow_hyphen_values = true
    )]
    licence_key: Option<Typed>,
    /// For how long a conference goes on when no moderator is there any more. Usually 120.
    #[arg(long, env = "ZOOO_PAUSE_AFTER", value_name = "SECONDS")]
    pause_after: Option<u32>,
    /// After how long without a moderator it ends, counted from the same moment. Usually 900.
    #[arg(long, env = "ZOOO_END_AFTER", value_name = "SECONDS")]
    end_after: Option<u32>,
}

impl Serve {
    pub(crate) fn run(self) -> Result<(), Failure> {
        start_logging()?;
        panic::set_hook(Box::new(tell_of_panic));
        let settings = self.settings()?;
        let unused = settings.rooms != Some(Rooms::Licensed) && settings.licence_key.is_some();
        let config = settings.into_config()?;
        if unused {
            tracing::warn!("no licence is asked for: there is a licence key, but rooms are open");
        }
        serve(config)
    }

    /// Flags and environment, which clap has put in their order, and below them the file.
    fn settings(self) -> Result<Settings, Failure> {
        let Self {
            config,
            http,
            media,
            announce,
            media_threads,
            codecs,
            rooms,
            licence_key,
            pause_after,
            end_after,
        } = self;
        let mark = |typed: Typed| parse_mark(typed.as_str()).map_err(Failure::Mark);
        let licence_key = licence_key.map(mark).transpose()?;
        let said = Settings {
            http,
            media,
            announce,
            media_threads,
            codecs,
            rooms,
            licence_key,
            pause_after,
            end_after,
        };
        let file = config.map_or_else(|| Ok(Settings::default()), |path| Settings::read(&path))?;
        Ok(said.or(file))
    }
}

fn serve(config: ServerConfig) -> Result<(), Failure> {
    let ports = open(&config)?;
    // What the system says of its cores is read from files.
    let workers = thread::available_parallelism().map_or(1, NonZero::get);
    give_up();
    let runtime = runtime::Builder::new_multi_thread()
        .worker_threads(workers)
        .enable_all()
        .on_thread_park(forget_stack)
        .build()
        .map_err(Failure::Machine)?;
    let served = runtime.block_on(async {
        let shutdown = Shutdown::listen().map_err(Failure::Machine)?;
        let server = Server::start(ports, config)?;
        tracing::info!(media = %server.media_addr(), "zooo listens");
        if server.media_addr().ip().is_loopback() {
            tracing::info!("no media in Firefox: it takes none over the loopback; see --media");
        }
        let address = Address(server.http_addr());
        tell(io::stdout(), &format_args!("zooo serves http://{address}"));
        // Not on this thread: it would remember the last address that it saw.
        let running = tokio::spawn(async move { server.run(shutdown.wait()).await });
        running.await.map_err(|_panicked| Failure::Machine(io::Error::other("the server failed")))
    });
    runtime.shutdown_timeout(LEFT_OVER);
    served
}

/// Opens the ports, in a runtime that has no threads and ends with that.
fn open(config: &ServerConfig) -> Result<Ports, Failure> {
    let runtime = runtime::Builder::new_current_thread().enable_io().build();
    Ok(runtime.map_err(Failure::Machine)?.block_on(Ports::open(config))?)
}

/// Gives up what a server does not need, and says where the system does not take it.
fn give_up() {
    // With its first number the source of randomness looks for a device that tells of snapshots.
    drop(random());
    let sandbox = Sandbox::enter();
    tracing::debug!(?sandbox);
    let gaps = sandbox.gaps();
    if !gaps.is_empty() {
        tracing::warn!("this system protects the server less than it could: {gaps}");
    }
}

/// Only our own events are logged, at whatever level: what a library says of a request, an address or
/// a packet is not ours to promise.
fn start_logging() -> Result<(), Failure> {
    let wanted = EnvFilter::builder()
        .with_default_directive(tracing::Level::INFO.into())
        .try_from_env()
        .or_else(|error| match std::env::var_os(EnvFilter::DEFAULT_ENV) {
            Some(_) => Err(Failure::Filter(error)),
            None => Ok(EnvFilter::new("info")),
        })?;
    let ours =
        filter_fn(|event| matches!(event.target().split("::").next(), Some("server" | "zooo")));
    let lines = tracing_subscriber::fmt::layer()
        .with_ansi(io::stderr().is_terminal())
        .with_writer(io::stderr)
        .with_filter(ours);
    let subscriber = tracing_subscriber::registry().with(wanted).with(lines);
    tracing::subscriber::set_global_default(subscriber)
        .map_err(|error| Failure::Machine(io::Error::other(error)))
}

/// Says where a thread failed, and not what it said: that may quote what somebody else said.
fn tell_of_panic(panicked: &PanicHookInfo<'_>) {
    tracing::error!(at = panicked.location().map(tracing::field::display), "a thread failed");
}

/// Ctrl-C in a terminal, SIGTERM from a service manager.
struct Shutdown {
    interrupt: Signal,
    terminate: Signal,
}

impl Shutdown {
    fn listen() -> io::Result<Self> {
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    async fn wait(mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

/// What people type: browsers give a page on `localhost` camera and microphone without a certificate.
struct Address(SocketAddr);

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ip = self.0.ip();
        if ip.is_loopback() || ip.is_unspecified() {
            write!(f, "localhost:{}", self.0.port())
        } else {
            self.0.fmt(f)
        }
    }
}

/// What a stopped server may still be busy with.
const LEFT_OVER: Duration = Duration::from_millis(200);

#[cfg(test)]
mod tests {
    use std::{env, fs};

    use super::*;

    #[test]
    fn what_a_failing_thread_says_is_not_repeated() {
        let path = env::temp_dir().join(format!("zooo-panic-{}.log", std::process::id()));
        let lines = tracing_subscriber::fmt().with_ansi(false);
        let lines = lines.with_writer(fs::File::create(&path).unwrap()).finish();
        let usual = panic::take_hook();
        panic::set_hook(Box::new(tell_of_panic));
        let failed = tracing::subscriber::with_default(lines, || {
            panic::catch_unwind(|| panic!("the name of Ada"))
        });
        panic::set_hook(usual);
        assert!(failed.is_err());
        let said = fs::read_to_string(&path).unwrap();
        fs::remove_file(&path).unwrap();
        assert!(said.contains("a thread failed") && said.contains("serve.rs:"), "{said}");
        assert!(!said.contains("Ada"), "{said}");
    }
}

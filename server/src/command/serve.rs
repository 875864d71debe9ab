// SPDX-License-Identifier: EUPL-1.2
//! `zooo serve`: reads what the operator decided, starts the server, stops it when asked.

use core::{fmt, future::Future, time::Duration};
use std::{
    io::{self, IsTerminal as _},
    net::SocketAddr,
    num::NonZero,
    panic::{self, PanicHookInfo},
    thread,
};

use clap::Args;
use server::{
    Ports, Server,
    config::ServerConfig,
    criteria::Enforcement,
    memory::forget_stack,
    office::Origin,
    sandbox::Sandbox,
    service::{Inherited, Manager},
    settings::Rooms,
    tls::{Keeping, KeepingError, Presented},
};
use tokio::{
    runtime,
    signal::unix::{Signal, SignalKind, signal},
    sync::{mpsc, oneshot},
};
use tracing_subscriber::{EnvFilter, Layer as _, filter::filter_fn, layer::SubscriberExt as _};

use super::{Failure, settings::Said, tls::KeepCertificate, typed::random};
use crate::tell;

/// Serves the page, the signalling and the media.
#[derive(Args, Debug)]
pub(crate) struct Serve {
    #[command(flatten)]
    said: Said,
}

impl Serve {
    pub(crate) fn run(self) -> Result<(), Failure> {
        start_logging()?;
        panic::set_hook(Box::new(tell_of_panic));
        let inherited = Inherited::take()?;
        let settings = self.said.settings_below(inherited.settings()?)?;
        let unused = settings.rooms != Some(Rooms::Licensed) && settings.licence_key.is_some();
        let config = settings.into_config()?;
        if unused {
            tracing::warn!("no licence is asked for: there is a licence key, but rooms are open");
        }
        serve(config, inherited)
    }
}

fn serve(config: ServerConfig, inherited: Inherited) -> Result<(), Failure> {
    let manager = Manager::connect();
    // Before the ports: who reads the certificate does not inherit them.
    let (keeping, presented) = keep(&config)?.unzip();
    let ports = open(&config, inherited)?;
    let ports = match presented {
        Some(presented) => ports.presenting(presented),
        None => ports,
    };
    let place = Place { is_protected: config.tls.is_some(), origin: config.origin.clone() };
    if config.media.listen.ip().is_unspecified() {
        tracing::info!(announced = ?config.media.announce, "browsers are told where media go");
    }
    // What the system says of its cores is read from files.
    let workers = thread::available_parallelism().map_or(1, NonZero::get);
    let enforcement = give_up();
    let runtime = runtime::Builder::new_multi_thread()
        .worker_threads(workers)
        .enable_all()
        .on_thread_park(forget_stack)
        .build()
        .map_err(Failure::Machine)?;
    let served = runtime.block_on(async {
        let shutdown = Shutdown::listen().map_err(Failure::Machine)?;
        let server = Server::start(ports, config, enforcement)?;
        place.tell_of(&server);
        if let Some(keeping) = keeping {
            keep_on(keeping, &manager).map_err(Failure::Machine)?;
        }
        manager.ready();
        let (drain, stop) = shutdown.asked();
        let drain = then_tell(drain, manager.clone());
        let stop = then_tell(stop, manager);
        // Not on this thread: it would remember the last address that it saw.
        let running = tokio::spawn(async move { server.run_and_drain(drain, stop).await });
        running.await.map_err(|_panicked| Failure::Machine(io::Error::other("the server failed")))
    });
    runtime.shutdown_timeout(LEFT_OVER);
    served
}

/// Waits for the end of the service, and tells of it.
async fn then_tell(end: impl Future<Output = ()>, manager: Manager) {
    end.await;
    manager.stopping();
}

/// Has the certificate read, if there is to be one.
fn keep(config: &ServerConfig) -> Result<Option<(Keeping, Presented)>, KeepingError> {
    let Some(tls) = &config.tls else { return Ok(None) };
    Keeping::start(KeepCertificate::command(tls), config.origin.as_ref()).map(Some)
}

/// Takes what is read of it later; SIGHUP has it read at once.
fn keep_on(keeping: Keeping, manager: &Manager) -> io::Result<()> {
    let mut hangup = signal(SignalKind::hangup())?;
    // More at once mean the same as one.
    let (ask, asks) = mpsc::channel(1);
    let (tells, answers) = (manager.clone(), manager.clone());
    tokio::spawn(async move {
        while hangup.recv().await.is_some() {
            tells.reloading();
            // Where nobody reads any more, all stays as it is.
            if ask.send(()).await.is_err() {
                tells.ready();
            }
        }
    });
    tokio::spawn(async move {
        if let Err(error) = keeping.run(asks, || answers.ready()).await {
            tracing::error!(%error, "cannot take a newer certificate");
        }
    });
    Ok(())
}

/// Opens the ports, in a runtime that has no threads and ends with that.
fn open(config: &ServerConfig, inherited: Inherited) -> Result<Ports, Failure> {
    let runtime = runtime::Builder::new_current_thread().enable_io().build();
    Ok(runtime.map_err(Failure::Machine)?.block_on(Ports::open_beside(config, inherited))?)
}

/// Gives up what a server does not need, and says where the system does not take it.
fn give_up() -> Enforcement {
    // With its first number the source of randomness looks for a device that tells of snapshots.
    drop(random());
    let sandbox = Sandbox::enter();
    tracing::debug!(?sandbox);
    let gaps = sandbox.gaps();
    if !gaps.is_empty() {
        tracing::warn!("this system protects the server less than it could: {gaps}");
    }
    Enforcement::from(sandbox)
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

/// Ctrl-C in a terminal stops at once; SIGTERM from a service manager lets conferences end, and the next signal
/// of either kind does not.
struct Shutdown {
    /// Heard of and left at that: whoever asks a server to read its settings again does not ask it to end.
    _hangup: Signal,
    interrupt: Signal,
    terminate: Signal,
}

impl Shutdown {
    fn listen() -> io::Result<Self> {
        Ok(Self {
            _hangup: signal(SignalKind::hangup())?,
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    /// When to go out of service, and when to stop.
    fn asked(self) -> (impl Future<Output = ()>, impl Future<Output = ()>) {
        let Self { _hangup: hangup, mut interrupt, mut terminate } = self;
        let (sender, receiver) = oneshot::channel();
        let stop = async move {
            let _hangup = hangup;
            tokio::select! {
                _ = interrupt.recv() => return,
                _ = terminate.recv() => {}
            }
            if sender.send(()).is_err() {
                return;
            }
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
        };
        let drain = async move {
            if receiver.await.is_err() {
                core::future::pending::<()>().await;
            }
        };
        (drain, stop)
    }
}

/// Where the page is.
struct Place {
    is_protected: bool,
    origin: Option<Origin>,
}

impl Place {
    /// Says where everything is that was opened.
    fn tell_of(&self, server: &Server) {
        tracing::info!(media = %server.media_addr(), "zooo listens");
        if let Some(metrics) = server.metrics_addr() {
            tracing::info!(%metrics, "zooo tells sums");
        }
        if let Some(redirect) = server.redirect_addr() {
            tracing::info!(%redirect, "who comes without TLS is sent to the origin");
        }
        if server.media_addr().ip().is_loopback() {
            tracing::info!("no media in Firefox: it takes none over the loopback; see --media");
        }
        let at = server.http_addr();
        let out = io::stdout();
        match &self.origin {
            // By any other name, browsers do not take the certificate.
            Some(origin) if self.is_protected => {
                tell(out, &format_args!("zooo serves {} at {at}", origin.as_str()));
            }
            _ if self.is_protected => {
                tell(out, &format_args!("zooo serves https://{}", Address(at)));
            }
            _ => tell(out, &format_args!("zooo serves http://{}", Address(at))),
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

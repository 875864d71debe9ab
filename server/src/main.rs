// SPDX-License-Identifier: EUPL-1.2
//! The command `zooo`: reads what the operator decided, starts the server, stops it when asked.

use core::{fmt, time::Duration};
use std::{
    io::{self, IsTerminal as _},
    net::{IpAddr, SocketAddr},
    process::ExitCode,
};

use clap::{Args, Parser, Subcommand};
use server::{
    Server, StartError,
    config::{ConfigError, ServerConfig},
};
use thiserror::Error;
use tokio::{
    runtime,
    signal::unix::{Signal, SignalKind, signal},
};
use tracing_subscriber::{EnvFilter, Layer as _, filter::filter_fn, layer::SubscriberExt as _};

/// Video conferences that protect the people in them.
#[derive(Debug, Parser)]
#[command(name = "zooo", version)]
struct Command {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Serves the page, the signalling and the media.
    Serve(Serve),
}

#[derive(Args, Debug)]
struct Serve {
    /// The TCP address of page and signalling; a proxy with a certificate stands before it.
    #[arg(long, env = "ZOOO_HTTP", default_value = "127.0.0.1:8080", value_name = "ADDRESS:PORT")]
    http: SocketAddr,
    /// The UDP address of the media.
    #[arg(long, env = "ZOOO_MEDIA", default_value = "127.0.0.1:3478", value_name = "ADDRESS:PORT")]
    media: SocketAddr,
    /// The addresses at which browsers reach the media, where they are not the one of --media.
    #[arg(long, env = "ZOOO_ANNOUNCE", value_delimiter = ',', value_name = "ADDRESS")]
    announce: Vec<IpAddr>,
}

fn main() -> ExitCode {
    let Command { action: Action::Serve(options) } = Command::parse();
    let Err(failure) = start_logging().and_then(|()| serve(options)) else {
        return ExitCode::SUCCESS;
    };
    tell(io::stderr(), &format_args!("zooo: {failure}"));
    match failure {
        Failure::Config(_) | Failure::Filter(_) => ExitCode::from(2),
        Failure::Start(_) | Failure::Machine(_) => ExitCode::FAILURE,
    }
}

fn serve(options: Serve) -> Result<(), Failure> {
    let config = ServerConfig::new(options.http, options.media, options.announce)?;
    let runtime = runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(Failure::Machine)?;
    let served = runtime.block_on(async {
        let shutdown = Shutdown::listen().map_err(Failure::Machine)?;
        let server = Server::bind(config).await?;
        tracing::info!(media = %server.media_addr(), "zooo listens");
        if server.media_addr().ip().is_loopback() {
            tracing::info!("no media in Firefox: it takes none over the loopback; see --media");
        }
        let address = Address(server.http_addr());
        tell(io::stdout(), &format_args!("zooo serves http://{address}"));
        server.run(shutdown.wait()).await;
        Ok(())
    });
    runtime.shutdown_timeout(LEFT_OVER);
    served
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

/// Writes one line; that nobody reads it is no reason to stop.
fn tell(mut to: impl io::Write, line: &fmt::Arguments<'_>) {
    drop(writeln!(to, "{line}").and_then(|()| to.flush()));
}

#[derive(Debug, Error)]
enum Failure {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error("cannot read RUST_LOG: {0}")]
    Filter(#[source] tracing_subscriber::filter::FromEnvError),
    #[error(transparent)]
    Start(#[from] StartError),
    #[error("cannot start: {0}")]
    Machine(#[source] io::Error),
}

/// What a stopped server may still be busy with.
const LEFT_OVER: Duration = Duration::from_millis(200);

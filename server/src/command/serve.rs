// SPDX-License-Identifier: EUPL-1.2
//! `zooo serve`: reads what the operator decided, starts the server, stops it when asked.

use core::{fmt, time::Duration};
use std::{
    io::{self, IsTerminal as _},
    net::SocketAddr,
};

use clap::Args;
use server::{Server, config::ServerConfig, settings::Rooms};
use tokio::{
    runtime,
    signal::unix::{Signal, SignalKind, signal},
};
use tracing_subscriber::{EnvFilter, Layer as _, filter::filter_fn, layer::SubscriberExt as _};

use super::{Failure, settings::Said};
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
        let settings = self.said.settings()?;
        let unused = settings.rooms != Some(Rooms::Licensed) && settings.licence_key.is_some();
        let config = settings.into_config()?;
        if unused {
            tracing::warn!("no licence is asked for: there is a licence key, but rooms are open");
        }
        serve(config)
    }
}

fn serve(config: ServerConfig) -> Result<(), Failure> {
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

/// What a stopped server may still be busy with.
const LEFT_OVER: Duration = Duration::from_millis(200);

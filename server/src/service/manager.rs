// SPDX-License-Identifier: EUPL-1.2
//! Tells a service manager how the server is.

use std::{
    env, io,
    os::{
        linux::net::SocketAddrExt as _,
        unix::net::{SocketAddr, UnixDatagram},
    },
    sync::Arc,
};

use super::sys;

/// The line to the service manager, if there is one. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Manager(Option<Arc<UnixDatagram>>);

impl Manager {
    /// Opens the line; to be called before the right to do so is given up. Without a manager, or without a line to
    /// it, nothing is told.
    pub fn connect() -> Self {
        let Ok(at) = env::var("NOTIFY_SOCKET") else { return Self(None) };
        match line(&at) {
            Ok(line) => Self(Some(Arc::new(line))),
            Err(error) => {
                tracing::warn!(%error, "cannot tell the service manager anything");
                Self(None)
            }
        }
    }

    /// Everything is open and answers, or does so again.
    pub fn ready(&self) {
        self.tell("READY=1");
    }

    /// Settings are read again; [`Self::ready`] follows.
    pub fn reloading(&self) {
        // By the time it knows to which of its orders this belongs.
        let now = sys::monotonic_micros();
        self.tell(&format!("RELOADING=1\nMONOTONIC_USEC={now}"));
    }

    /// It was asked to stop and does so.
    pub fn stopping(&self) {
        self.tell("STOPPING=1");
    }

    fn tell(&self, what: &str) {
        let Some(line) = &self.0 else { return };
        if let Err(error) = line.send(what.as_bytes()) {
            tracing::debug!(%error, "the service manager does not listen");
        }
    }
}

fn line(at: &str) -> io::Result<UnixDatagram> {
    let line = UnixDatagram::unbound()?;
    line.set_nonblocking(true)?;
    match at.strip_prefix('@') {
        Some(name) => line.connect_addr(&SocketAddr::from_abstract_name(name)?)?,
        None => line.connect(at)?,
    }
    Ok(line)
}

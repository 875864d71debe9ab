// SPDX-License-Identifier: EUPL-1.2
//! Ports that a service manager has opened, so that the server needs no right to open them.

use std::{
    env, io,
    net::{SocketAddr, TcpListener, UdpSocket},
    os::fd::OwnedFd,
};

use thiserror::Error;

use super::sys;
use crate::{settings::Settings, tls::TlsSettings};

/// The ports that are open already.
#[derive(Debug, Default)]
pub struct Inherited {
    pub(crate) http: Option<TcpListener>,
    pub(crate) redirect: Option<TcpListener>,
    pub(crate) media: Vec<UdpSocket>,
}

impl Inherited {
    /// Takes them from the service manager, if it has handed any to this process. To be called once, and before
    /// anything else is opened.
    pub fn take() -> Result<Self, InheritedError> {
        let said = |name| env::var(name).unwrap_or_default();
        let count = said("LISTEN_FDS").parse().unwrap_or(0);
        // They may have been meant for the process that started this one.
        if count == 0 || said("LISTEN_PID").parse() != Ok(std::process::id()) {
            return Ok(Self::default());
        }
        let names = said("LISTEN_FDNAMES");
        let mut names = names.split(':');
        let mut inherited = Self::default();
        for number in 0..count {
            let socket = sys::inherit(number).map_err(InheritedError::Unusable)?;
            inherited.put(socket, names.next().unwrap_or_default())?;
        }
        Ok(inherited)
    }

    /// What is decided by that, before anything that an operator says: where the server listens.
    pub fn settings(&self) -> Result<Settings, InheritedError> {
        let of = |listener: &Option<TcpListener>| {
            listener.as_ref().map(TcpListener::local_addr).transpose()
        };
        let fails = InheritedError::Unusable;
        let media = self.media.iter().map(UdpSocket::local_addr);
        let media = media.collect::<io::Result<Vec<SocketAddr>>>().map_err(fails)?;
        let first = media.first().copied();
        if media.iter().any(|address| Some(*address) != first) {
            return Err(InheritedError::Apart);
        }
        Ok(Settings {
            http: of(&self.http).map_err(fails)?,
            media: first,
            media_threads: first.is_some().then_some(media.len()),
            tls: TlsSettings {
                redirect: of(&self.redirect).map_err(fails)?,
                ..TlsSettings::default()
            },
            ..Settings::default()
        })
    }

    fn put(&mut self, socket: OwnedFd, name: &str) -> Result<(), InheritedError> {
        let is_stream = sys::is_listening_stream(&socket).map_err(InheritedError::Unusable)?;
        let port = self.port(name, is_stream).ok_or(InheritedError::Unknown)?;
        if is_stream {
            let listener = TcpListener::from(socket);
            listener.set_nonblocking(true).map_err(InheritedError::Unusable)?;
            let place = if port == Port::Http { &mut self.http } else { &mut self.redirect };
            *place = Some(listener);
        } else {
            let socket = UdpSocket::from(socket);
            socket.set_nonblocking(true).map_err(InheritedError::Unusable)?;
            self.media.push(socket);
        }
        Ok(())
    }

    /// What a socket is for: its name says so or, if that is another one, its kind and what is there already.
    fn port(&self, name: &str, is_stream: bool) -> Option<Port> {
        let port = match (name, is_stream) {
            ("http", true) => Port::Http,
            ("redirect", true) => Port::Redirect,
            ("http" | "redirect", false) | ("media", true) => return None,
            (_, true) if self.http.is_none() => Port::Http,
            (_, true) => Port::Redirect,
            (_, false) => Port::Media,
        };
        let is_taken = match port {
            Port::Http => self.http.is_some(),
            Port::Redirect => self.redirect.is_some(),
            Port::Media => false,
        };
        (!is_taken).then_some(port)
    }
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Port {
    Http,
    Redirect,
    Media,
}

/// Why the ports that a service manager has opened are of no use.
#[derive(Debug, Error)]
pub enum InheritedError {
    /// It is no socket, or none that listens.
    #[error("cannot use a socket of the service manager: {0}")]
    Unusable(#[source] io::Error),
    /// There is no use for it.
    #[error(
        "cannot use a socket of the service manager: it hands over one that listens by TCP for the \
         page (FileDescriptorName=http), one for those without TLS (redirect), and some by UDP \
         (media); this is another one"
    )]
    Unknown,
    /// Browsers are told of one address.
    #[error(
        "cannot use the sockets of the service manager: all of the media listen at one address"
    )]
    Apart,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stream() -> OwnedFd {
        TcpListener::bind("127.0.0.1:0").unwrap().into()
    }

    fn datagrams() -> OwnedFd {
        UdpSocket::bind("127.0.0.1:0").unwrap().into()
    }

    #[test]
    fn a_name_says_what_a_socket_is_for_or_else_its_kind() {
        let mut named = Inherited::default();
        named.put(stream(), "redirect").unwrap();
        named.put(datagrams(), "media").unwrap();
        named.put(stream(), "http").unwrap();
        assert!(named.http.is_some() && named.redirect.is_some() && named.media.len() == 1);
        let mut found = Inherited::default();
        for (socket, name) in
            [(datagrams(), "zooo.socket"), (stream(), "zooo.socket"), (stream(), "")]
        {
            found.put(socket, name).unwrap();
        }
        let settings = found.settings().unwrap();
        let at = found.http.unwrap().local_addr().unwrap();
        assert_eq!((settings.http, settings.media_threads), (Some(at), Some(1)));
        assert!(settings.tls.redirect.is_some_and(|redirect| redirect != at));
    }

    #[test]
    fn what_there_is_no_use_for_is_an_error() {
        let mut all = Inherited::default();
        assert!(matches!(all.put(stream(), "media"), Err(InheritedError::Unknown)));
        assert!(matches!(all.put(datagrams(), "http"), Err(InheritedError::Unknown)));
        all.put(stream(), "http").unwrap();
        assert!(matches!(all.put(stream(), "http"), Err(InheritedError::Unknown)));
        all.put(stream(), "").unwrap();
        assert!(matches!(all.put(stream(), ""), Err(InheritedError::Unknown)));
        let connected =
            std::net::TcpStream::connect(all.http.as_ref().unwrap().local_addr().unwrap());
        assert!(matches!(all.put(connected.unwrap().into(), ""), Err(InheritedError::Unusable(_))));
        let (one, _) = std::os::unix::net::UnixStream::pair().unwrap();
        assert!(matches!(all.put(one.into(), ""), Err(InheritedError::Unusable(_))));
        all.put(datagrams(), "").unwrap();
        all.put(datagrams(), "").unwrap();
        assert!(matches!(all.settings(), Err(InheritedError::Apart)));
    }
}

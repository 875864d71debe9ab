// SPDX-License-Identifier: EUPL-1.2
//! Asks a server for some paths, over HTTP or HTTPS, and for nothing else.

use core::time::Duration;
use std::{
    io::{self, Read, Write},
    net::{TcpStream, ToSocketAddrs as _},
    sync::Arc,
};

use rustls::{
    ClientConfig, ClientConnection, ProtocolVersion, RootCertStore, StreamOwned,
    crypto::aws_lc_rs,
    pki_types::{CertificateDer, ServerName, pem::PemObject as _},
};
use thiserror::Error;

use super::{answer::Answer, sights::PATHS};
use crate::office::Origin;

/// What came of a visit.
#[derive(Debug)]
pub struct Fetched {
    /// The answers, in the order of [`PATHS`].
    pub answers: [Answer; 5],
    /// Whether the other end is this machine.
    pub is_local: bool,
    /// What the connection is protected by, where it is.
    pub tls: Option<ProtocolVersion>,
}

/// Why a server could not be looked at.
#[derive(Debug, Error)]
pub enum FetchError {
    /// Its name or address leads nowhere, or it is busy.
    #[error("it cannot be reached: {0}")]
    Unreachable(#[source] io::Error),
    /// It has no certificate that this machine trusts, or speaks no TLS of ours.
    #[error("no protected connection: {0}")]
    Tls(#[source] rustls::Error),
    /// This machine trusts nobody.
    #[error("this machine has no list of certificate authorities; SSL_CERT_FILE can name one")]
    NoRoots,
    /// What came is no answer.
    #[error("what {0} answers cannot be read")]
    Unreadable(&'static str),
}

/// Visits a server. With a list of certificates, those are trusted and nobody else.
pub fn visit(
    origin: &Origin,
    trusted: Option<Vec<CertificateDer<'static>>>,
) -> Result<Fetched, FetchError> {
    let place = Place::of(origin);
    let tls = origin.is_secure().then(|| client(trusted)).transpose()?;
    let mut answers: [Answer; 5] = Default::default();
    let (mut is_local, mut version) = (true, None);
    for (path, answer) in PATHS.iter().zip(&mut answers) {
        let stream = place.connect().map_err(FetchError::Unreachable)?;
        let peer = stream.peer_addr().map_err(FetchError::Unreachable)?;
        is_local &= peer.ip().to_canonical().is_loopback();
        let bytes = match &tls {
            Some(client) => {
                let (bytes, spoken) = place.over_tls(client, stream, path)?;
                version = spoken;
                bytes
            }
            None => place.ask(stream, path).map_err(FetchError::Unreachable)?,
        };
        *answer = Answer::parse(&bytes).ok_or(FetchError::Unreadable(path))?;
    }
    Ok(Fetched { answers, is_local, tls: version })
}

/// Where a server is.
struct Place {
    authority: String,
    host: String,
    port: u16,
}

impl Place {
    fn of(origin: &Origin) -> Self {
        let text = origin.as_str();
        let authority = text.split_once("://").map_or(text, |(_, rest)| rest);
        let usual = if origin.is_secure() { 443 } else { 80 };
        let (host, port) = match authority.rsplit_once(':') {
            // The last part of a bare IPv6 address is no port.
            Some((host, port)) if !port.contains(']') => (host, port.parse().unwrap_or(usual)),
            _ => (authority, usual),
        };
        let host = host.trim_matches(['[', ']']).to_owned();
        Self { authority: authority.to_owned(), host, port }
    }

    fn connect(&self) -> io::Result<TcpStream> {
        let mut last = io::Error::from(io::ErrorKind::NotFound);
        for address in (self.host.as_str(), self.port).to_socket_addrs()? {
            match TcpStream::connect_timeout(&address, PATIENCE) {
                Ok(stream) => {
                    stream.set_read_timeout(Some(PATIENCE))?;
                    stream.set_write_timeout(Some(PATIENCE))?;
                    return Ok(stream);
                }
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    fn over_tls(
        &self,
        client: &Arc<ClientConfig>,
        stream: TcpStream,
        path: &str,
    ) -> Result<(Vec<u8>, Option<ProtocolVersion>), FetchError> {
        let name = ServerName::try_from(self.host.clone());
        let name = name.map_err(|error| FetchError::Unreachable(io::Error::other(error)))?;
        let session = ClientConnection::new(Arc::clone(client), name).map_err(FetchError::Tls)?;
        let mut stream = StreamOwned::new(session, stream);
        let bytes = self.ask(&mut stream, path).map_err(of_tls)?;
        Ok((bytes, stream.conn.protocol_version()))
    }

    /// Asks in HTTP/1.0, so that the answer comes in one piece and the connection ends with it.
    fn ask(&self, mut stream: impl Read + Write, path: &str) -> io::Result<Vec<u8>> {
        let host = &self.authority;
        let request = format!("GET {path} HTTP/1.0\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes())?;
        stream.flush()?;
        let mut bytes = Vec::new();
        match stream.take(LONGEST).read_to_end(&mut bytes) {
            // Some end a protected connection without saying so.
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof && !bytes.is_empty() => {}
            Err(error) => return Err(error),
            Ok(_) => {}
        }
        Ok(bytes)
    }
}

/// What went wrong in TLS is in its error, not in how it was read.
fn of_tls(error: io::Error) -> FetchError {
    match error.downcast::<rustls::Error>() {
        Ok(error) => FetchError::Tls(error),
        Err(error) => FetchError::Unreachable(error),
    }
}

fn client(trusted: Option<Vec<CertificateDer<'static>>>) -> Result<Arc<ClientConfig>, FetchError> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(trusted.unwrap_or_else(trusted_here));
    if roots.is_empty() {
        return Err(FetchError::NoRoots);
    }
    let provider = Arc::new(aws_lc_rs::default_provider());
    let builder =
        ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let config = builder.map_err(FetchError::Tls)?;
    Ok(Arc::new(config.with_root_certificates(roots).with_no_client_auth()))
}

/// The certificates that this machine trusts.
pub(crate) fn trusted_here() -> Vec<CertificateDer<'static>> {
    let named = std::env::var_os("SSL_CERT_FILE").map(Into::into);
    let usual = ROOTS.iter().map(std::path::PathBuf::from);
    let read = |path| CertificateDer::pem_file_iter(path).ok();
    let mut found = named.into_iter().chain(usual).filter_map(read);
    found.next().into_iter().flatten().filter_map(Result::ok).collect()
}

/// Where Debian, Fedora, SUSE and Alpine keep them.
const ROOTS: [&str; 4] = [
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
];
/// For each step. Longer, a server that is not there is waited for; shorter, a slow one counts as absent.
const PATIENCE: Duration = Duration::from_secs(10);
/// Of an answer, in bytes; the page itself is a tenth. Larger, a server that is none fills the memory.
const LONGEST: u64 = 1_024 * 1_024;

#[cfg(test)]
mod tests {
    use std::{net::TcpListener, thread};

    use rustls::{ServerConfig, ServerConnection, pki_types::PrivatePkcs8KeyDer};

    use super::*;

    #[test]
    fn an_origin_is_a_place() {
        for (origin, host, port) in [
            ("https://zooo.example", "zooo.example", 443),
            ("http://zooo.example", "zooo.example", 80),
            ("http://127.0.0.1:8080", "127.0.0.1", 8080),
            ("https://[2001:db8::1]", "2001:db8::1", 443),
            ("https://[2001:db8::1]:8443", "2001:db8::1", 8443),
        ] {
            let place = Place::of(&Origin::parse(origin).expect("an origin"));
            assert_eq!((place.host.as_str(), place.port), (host, port), "{origin}");
        }
    }

    /// A certificate for `localhost`, and a server that answers five times with its path.
    fn server() -> (CertificateDer<'static>, u16) {
        let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]);
        let made = made.expect("a certificate");
        let certificate = made.cert.der().clone();
        let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
        let provider = Arc::new(aws_lc_rs::default_provider());
        let config = ServerConfig::builder_with_provider(provider);
        let config = config.with_safe_default_protocol_versions().expect("versions");
        let config = config.with_no_client_auth();
        let config = config.with_single_cert(vec![certificate.clone()], key.into());
        let config = Arc::new(config.expect("a key"));
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("a port").port();
        thread::spawn(move || {
            for stream in listener.incoming().take(PATHS.len()) {
                let session = ServerConnection::new(Arc::clone(&config)).expect("a session");
                let mut stream = StreamOwned::new(session, stream.expect("a connection"));
                let mut asked = [0; 200];
                // Who does not trust the certificate asks for nothing.
                let Ok(len) = stream.read(&mut asked) else { continue };
                let asked = String::from_utf8_lossy(&asked[..len]).into_owned();
                let path = asked.split(' ').nth(1).unwrap_or_default();
                let written = write!(stream, "HTTP/1.1 200 OK\r\nx: y\r\n\r\n{path}");
                written.and_then(|()| stream.flush()).expect("an answer");
                stream.conn.send_close_notify();
                stream.flush().expect("an end");
            }
        });
        (certificate, port)
    }

    #[test]
    fn a_server_is_asked_over_tls_if_its_certificate_is_trusted() {
        let (certificate, port) = server();
        let origin = Origin::parse(&format!("https://localhost:{port}")).expect("an origin");
        let fetched = visit(&origin, Some(vec![certificate])).expect("a visit");
        assert_eq!(fetched.tls, Some(ProtocolVersion::TLSv1_3));
        assert!(fetched.is_local);
        for (path, answer) in PATHS.iter().zip(&fetched.answers) {
            assert_eq!((answer.status, answer.body.as_slice()), (200, path.as_bytes()));
        }
        let (_, port) = server();
        let (other, _) = server();
        let origin = Origin::parse(&format!("https://localhost:{port}")).expect("an origin");
        let refused = visit(&origin, Some(vec![other]));
        assert!(matches!(refused, Err(FetchError::Tls(_))), "{refused:?}");
        let nobody = visit(&origin, Some(Vec::new()));
        assert!(matches!(nobody, Err(FetchError::NoRoots)));
    }

    #[test]
    fn where_nobody_is_nothing_is_seen() {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("a port").port();
        drop(listener);
        let origin = Origin::parse(&format!("http://127.0.0.1:{port}")).expect("an origin");
        assert!(matches!(visit(&origin, None), Err(FetchError::Unreachable(_))));
    }
}

// SPDX-License-Identifier: EUPL-1.2
//! HTTPS to the host of the directory, and to no other: whatever it answers, nobody else is connected to.
//!
//! Its addresses come from `/etc/hosts`, or from this machine's resolvers over TCP, so that the one port of theirs is all
//! that the sandbox has to leave open; the system's own way would load code and open files.

use core::{future::Future, pin::Pin, time::Duration};
use std::{
    fs, io,
    net::{IpAddr, SocketAddr},
    path::Path,
    sync::Arc,
};

use ::aws_lc_rs::rand;
use http_body_util::{BodyExt as _, Limited};
use hyper::{
    Request, Response,
    body::Bytes,
    client::conn::http1,
    header::{HOST, HeaderValue, RETRY_AFTER},
    http::uri::Uri,
};
use hyper_util::rt::TokioIo;
use instant_acme::{BodyWrapper, BytesResponse, Error, HttpClient};
use rustls::{
    ClientConfig, RootCertStore,
    crypto::aws_lc_rs,
    pki_types::{CertificateDer, ServerName, pem::PemObject as _},
};
use serde::Deserialize;
use thiserror::Error;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    sync::watch,
    time::timeout,
};
use tokio_rustls::{TlsConnector, client::TlsStream};

use super::{
    message::{Kind, addresses, question},
    settings::Directory,
};
use crate::check::trusted_here;

/// The way to one host. Cheap to clone.
#[derive(Clone)]
pub(super) struct Web(Arc<Way>);

struct Way {
    directory: Directory,
    name: ServerName<'static>,
    tls: TlsConnector,
    known: watch::Sender<Vec<IpAddr>>,
    resolvers: Vec<IpAddr>,
}

impl Web {
    /// Reads all that has to be read for it. To be called before anything is given up.
    pub(super) fn open(directory: &Directory, ca: Option<&Path>) -> Result<Self, WebFault> {
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(match ca {
            Some(path) => certificates(path)?,
            None => trusted_here(),
        });
        if roots.is_empty() {
            return Err(WebFault::NoRoots);
        }
        let provider = Arc::new(aws_lc_rs::default_provider());
        let config = ClientConfig::builder_with_provider(provider);
        let config = config.with_safe_default_protocol_versions().map_err(WebFault::Tls)?;
        let config = config.with_root_certificates(roots).with_no_client_auth();
        let host = directory.host();
        let name = ServerName::try_from(host.to_owned());
        let name = name.map_err(|_invalid| WebFault::Elsewhere)?;
        let text = |path| fs::read_to_string(path).unwrap_or_default();
        let known = match host.parse() {
            Ok(address) => vec![address],
            Err(_name) => named(&text("/etc/hosts"), host),
        };
        // Where addresses are known, nobody is asked.
        let resolvers =
            if known.is_empty() { resolvers(&text("/etc/resolv.conf")) } else { Vec::new() };
        let tls = TlsConnector::from(Arc::new(config));
        let known = watch::Sender::new(known);
        Ok(Self(Arc::new(Way { directory: directory.clone(), name, tls, known, resolvers })))
    }

    /// The TCP ports that it connects to.
    pub(super) fn ports(&self) -> Vec<u16> {
        let resolves = (!self.0.resolvers.is_empty()).then_some(DNS);
        [self.0.directory.port()].into_iter().chain(resolves).collect()
    }

    /// What the host answers to a request.
    pub(super) async fn ask(
        &self,
        request: Request<BodyWrapper<Bytes>>,
    ) -> Result<Response<Bytes>, WebFault> {
        timeout(PATIENCE, self.answer(request)).await.map_err(|_late| WebFault::Late)?
    }

    async fn answer(
        &self,
        mut request: Request<BodyWrapper<Bytes>>,
    ) -> Result<Response<Bytes>, WebFault> {
        let Way { directory, .. } = &*self.0;
        let uri = request.uri();
        let host = uri.host().map(|host| host.trim_matches(['[', ']']));
        let is_there = uri.scheme_str() == Some("https")
            && host.is_some_and(|host| host.eq_ignore_ascii_case(directory.host()))
            && uri.port_u16().unwrap_or(443) == directory.port();
        let authority = uri.authority().filter(|_| is_there).ok_or(WebFault::Elsewhere)?;
        let authority = HeaderValue::from_str(authority.as_str());
        let authority = authority.map_err(|_invalid| WebFault::Elsewhere)?;
        let path = uri.path_and_query().map_or("/", |path| path.as_str());
        let path = Uri::try_from(path).map_err(|_invalid| WebFault::Elsewhere)?;
        *request.uri_mut() = path;
        request.headers_mut().insert(HOST, authority);
        let stream = TokioIo::new(self.0.connect().await?);
        let (mut sender, connection) = http1::handshake(stream).await.map_err(WebFault::Http)?;
        let asked = async {
            let answer = sender.send_request(request).await.map_err(WebFault::Http)?;
            let (head, body) = answer.into_parts();
            let body = Limited::new(body, LONGEST).collect().await;
            let body = body.map_err(|_long_or_broken| WebFault::Unreadable)?;
            Ok(Response::from_parts(head, body.to_bytes()))
        };
        tokio::pin!(asked);
        tokio::select! {
            answer = &mut asked => answer,
            // It has brought all that it will bring.
            _ended = connection => asked.await,
        }
    }
}

impl HttpClient for Web {
    fn request(
        &self,
        request: Request<BodyWrapper<Bytes>>,
    ) -> Pin<Box<dyn Future<Output = Result<BytesResponse, Error>> + Send>> {
        let web = self.clone();
        Box::pin(async move {
            let is_directory = request.uri() == web.0.directory.url();
            let answer = web.ask(request).await;
            let answer = answer.and_then(|answer| usable(answer, is_directory));
            let (parts, body) = answer.map_err(|fault| Error::Other(Box::new(fault)))?.into_parts();
            Ok(BytesResponse { parts, body: Box::new(body) })
        })
    }
}

/// An answer without what the library would fail at: a wait that no calendar has, an address that is none.
fn usable(mut answer: Response<Bytes>, is_directory: bool) -> Result<Response<Bytes>, WebFault> {
    let wait = answer.headers().get(RETRY_AFTER).and_then(|wait| wait.to_str().ok());
    if wait.is_some_and(|wait| wait.trim().parse::<u64>().is_ok_and(|wait| wait > LONGEST_WAIT)) {
        answer.headers_mut().remove(RETRY_AFTER);
    }
    if is_directory {
        let told: Told =
            serde_json::from_slice(answer.body()).map_err(|_quotes_it| WebFault::Nonsense)?;
        let is_address = told.new_nonce.parse::<Uri>().is_ok_and(|uri| uri.host().is_some());
        if !is_address {
            return Err(WebFault::Nonsense);
        }
    }
    Ok(answer)
}

/// What of a directory is looked at here (RFC 8555 §7.1.1).
#[derive(Deserialize)]
struct Told {
    #[serde(rename = "newNonce")]
    new_nonce: String,
}

impl Way {
    /// To an address that worked before, or else to one that the host has now.
    async fn connect(&self) -> Result<TlsStream<TcpStream>, WebFault> {
        let known = self.known.borrow().clone();
        let mut last = WebFault::Nowhere;
        for address in known {
            match self.reach(address).await {
                Ok(stream) => return Ok(stream),
                Err(fault) => last = fault,
            }
        }
        for address in self.resolve().await {
            match self.reach(address).await {
                Ok(stream) => {
                    self.known.send_replace(vec![address]);
                    return Ok(stream);
                }
                Err(fault) => last = fault,
            }
        }
        Err(last)
    }

    async fn reach(&self, address: IpAddr) -> Result<TlsStream<TcpStream>, WebFault> {
        let stream = TcpStream::connect(SocketAddr::new(address, self.directory.port()));
        let stream = timeout(STEP, stream).await.map_err(|_late| WebFault::Late)?;
        let stream = stream.map_err(WebFault::Unreachable)?;
        let tls = timeout(STEP, self.tls.connect(self.name.clone(), stream)).await;
        tls.map_err(|_late| WebFault::Late)?.map_err(WebFault::Unreachable)
    }

    /// What the first resolver says that knows any address.
    async fn resolve(&self) -> Vec<IpAddr> {
        for resolver in &self.resolvers {
            let mut found = Vec::new();
            for kind in [Kind::V4, Kind::V6] {
                let said = timeout(STEP, look_up(*resolver, self.directory.host(), kind)).await;
                found.extend(said.into_iter().flatten().flatten());
            }
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }
}

/// Asks one resolver (RFC 7766). Who answers for it cannot do more than lead to where the certificate does not fit.
async fn look_up(resolver: IpAddr, host: &str, kind: Kind) -> io::Result<Vec<IpAddr>> {
    let mut id = [0; 2];
    rand::fill(&mut id).map_err(io::Error::other)?;
    let question = question(host, kind, id).ok_or(io::ErrorKind::InvalidInput)?;
    let mut stream = TcpStream::connect(SocketAddr::new(resolver, DNS)).await?;
    stream.write_all(&question).await?;
    let mut answer = vec![0; usize::from(stream.read_u16().await?)];
    stream.read_exact(&mut answer).await?;
    Ok(addresses(&answer, id))
}

/// The addresses that a file of hosts has for a name.
fn named(hosts: &str, host: &str) -> Vec<IpAddr> {
    let lines = hosts.lines().filter_map(|line| line.split('#').next());
    let of_it = lines.filter_map(|line| {
        let mut words = line.split_whitespace();
        let address = words.next()?.parse().ok()?;
        words.any(|name| name.eq_ignore_ascii_case(host)).then_some(address)
    });
    of_it.take(MOST).collect()
}

/// The resolvers that a file names.
fn resolvers(text: &str) -> Vec<IpAddr> {
    let named = text.lines().filter_map(|line| {
        let mut words = line.split_whitespace();
        (words.next() == Some("nameserver")).then(|| words.next()?.parse().ok())?
    });
    named.take(MOST).collect()
}

fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, WebFault> {
    let text = fs::read(path).map_err(WebFault::Ca)?;
    let all: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&text).collect();
    all.map_err(|_quotes_it| WebFault::NoRoots)
}

/// Why there is no answer.
#[derive(Debug, Error)]
pub(super) enum WebFault {
    #[error("tls.acme.ca cannot be read: {0}")]
    Ca(#[source] io::Error),
    #[error(
        "nobody vouches for the directory: tls.acme.ca can name a file with certificates in PEM"
    )]
    NoRoots,
    #[error("the directory speaks no TLS of ours: {0}")]
    Tls(#[source] rustls::Error),
    #[error(
        "it would lead to another host than the one of tls.acme.directory, which is not connected to"
    )]
    Elsewhere,
    #[error("the directory's host has no address that is known here")]
    Nowhere,
    #[error("the directory cannot be reached: {0}")]
    Unreachable(#[source] io::Error),
    #[error("the directory does not answer in time")]
    Late,
    #[error("the directory does not speak HTTP: {0}")]
    Http(#[source] hyper::Error),
    #[error("what the directory answers is too long or breaks off")]
    Unreadable,
    #[error("what answers there is no directory of ACME")]
    Nonsense,
}

/// Of a resolver.
const DNS: u16 = 53;
/// Of addresses and resolvers. Larger, a host that is away is waited for for longer; smaller, one of many is not found.
const MOST: usize = 8;
/// Longer, what is away is waited for; shorter, a slow line is none.
const STEP: Duration = Duration::from_secs(10);
/// For one answer. The same, of all steps together.
const PATIENCE: Duration = Duration::from_secs(40);
/// In seconds. Longer, an authority keeps an order open that is given up anyway; shorter, one that is busy is pressed.
const LONGEST_WAIT: u64 = 3_600;
/// Of an answer, in bytes; a long chain has 20,000. Larger, a directory that is none fills the memory.
const LONGEST: usize = 256 * 1_024;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_library_would_fail_at_does_not_reach_it() {
        let answer = |wait: &str, body: &'static str| {
            let answer = Response::builder().header(RETRY_AFTER, wait);
            answer.body(Bytes::from(body)).unwrap()
        };
        let waits = |wait: &str| {
            usable(answer(wait, ""), false).unwrap().headers().contains_key(RETRY_AFTER)
        };
        assert!(waits("5") && waits("Fri, 31 Dec 1999 23:59:59 GMT"));
        assert!(!waits("18446744073709551615") && !waits(" 3601 "));
        assert!(usable(answer("5", r#"{"newNonce":"https://ca.example/n"}"#), true).is_ok());
        for body in [
            "",
            "{}",
            r#"{"newNonce":"https://a b"}"#,
            r#"{"newNonce":"/n"}"#,
            r#"{"newNonce":""}"#,
        ] {
            assert!(matches!(usable(answer("5", body), true), Err(WebFault::Nonsense)), "{body}");
        }
    }

    #[test]
    fn a_file_of_hosts_is_read() {
        let hosts = "127.0.0.1 localhost\n# 192.0.2.9 ca.example\n192.0.2.1\ta ca.example # x\nx ca.example\n\
                     ::1 CA.example\n";
        let all = [IpAddr::from([192, 0, 2, 1]), "::1".parse().unwrap()];
        assert_eq!(named(hosts, "ca.example"), all);
        assert!(named(hosts, "example").is_empty());
    }

    #[test]
    fn a_file_of_resolvers_is_read() {
        let text = "search example\nnameserver 192.0.2.1\n#nameserver 192.0.2.2\nnameserver ::1\nnameserver x\n";
        assert_eq!(resolvers(text), [IpAddr::from([192, 0, 2, 1]), "::1".parse().unwrap()]);
    }
}

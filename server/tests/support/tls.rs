// SPDX-License-Identifier: EUPL-1.2
//! A certificate authority that only tests trust, what it signs, and who comes over TLS.

use std::{fs, net::SocketAddr, path::PathBuf, sync::Arc};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::{
    ClientConfig, ProtocolVersion, RootCertStore, SupportedProtocolVersion,
    crypto::aws_lc_rs,
    pki_types::{CertificateDer, ServerName},
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};
use tokio_rustls::{TlsConnector, client::TlsStream};

use super::page::soon;

/// The authority.
pub struct Authority(CertifiedIssuer<'static, KeyPair>);

/// A certificate for `localhost`, and its key, in PEM.
#[derive(Clone)]
pub struct Signed {
    pub certificate: String,
    pub key: String,
    pub der: CertificateDer<'static>,
}

impl Authority {
    pub fn new() -> Self {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Self(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    pub fn sign(&self) -> Signed {
        self.sign_until(2_100)
    }

    /// Good until the first day of a year.
    pub fn sign_until(&self, year: i32) -> Signed {
        let mut params = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
        params.not_after = rcgen::date_time_ymd(year, 1, 1);
        let key = KeyPair::generate().unwrap();
        let signed = params.signed_by(&key, &self.0).unwrap();
        let der = signed.der().clone();
        Signed { certificate: signed.pem(), key: key.serialize_pem(), der }
    }

    /// Somebody who trusts it, comes to this address, and speaks one version.
    pub async fn visit(
        &self,
        to: SocketAddr,
        version: &'static SupportedProtocolVersion,
    ) -> std::io::Result<TlsStream<TcpStream>> {
        let mut roots = RootCertStore::empty();
        roots.add(self.0.der().clone()).unwrap();
        let provider = Arc::new(aws_lc_rs::default_provider());
        let config = ClientConfig::builder_with_provider(provider);
        let config = config.with_protocol_versions(&[version]).unwrap();
        let mut config = config.with_root_certificates(roots).with_no_client_auth();
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        let stream = TcpStream::connect(to).await.unwrap();
        let name = ServerName::try_from("localhost").unwrap();
        soon(TlsConnector::from(Arc::new(config)).connect(name, stream)).await
    }

    /// The certificate that is presented now.
    pub async fn presented(&self, to: SocketAddr) -> CertificateDer<'static> {
        let stream = self.visit(to, &rustls::version::TLS13).await.unwrap();
        stream.get_ref().1.peer_certificates().unwrap()[0].clone()
    }
}

/// The whole answer to a request, and over what it came.
pub async fn ask(
    mut stream: TlsStream<TcpStream>,
    path: &str,
) -> (String, Option<ProtocolVersion>) {
    let request = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    soon(stream.read_to_end(&mut answer)).await.unwrap();
    let version = stream.get_ref().1.protocol_version();
    (String::from_utf8_lossy(&answer).into_owned(), version)
}

/// A folder of a test, with the two files in it.
pub struct Files(PathBuf);

impl Files {
    pub fn new(name: &str) -> Self {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        drop(fs::remove_dir_all(&folder));
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    pub fn certificate(&self) -> String {
        self.0.join("certificate.pem").to_str().unwrap().to_owned()
    }

    pub fn key(&self) -> String {
        self.0.join("key.pem").to_str().unwrap().to_owned()
    }

    /// Puts other files in the place of those that are there.
    pub fn put(&self, certificate: &str, key: &str) {
        for (path, text) in [(self.key(), key), (self.certificate(), certificate)] {
            fs::write(format!("{path}.new"), text).unwrap();
            fs::rename(format!("{path}.new"), path).unwrap();
        }
    }
}

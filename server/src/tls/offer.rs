// SPDX-License-Identifier: EUPL-1.2
//! What is agreed on with a browser, and with which certificate.
//!
//! TLS 1.3 and 1.2, always with forward secrecy and authenticated encryption, by the suites that the BSI's
//! TR-02102-2 lists, AES-256 first. Nothing of a connection is kept for the next one: no ticket, no session.
//! A visitor pays with one round trip more, and is not told again by it.

use std::sync::Arc;

use rustls::{
    ServerConfig, SupportedCipherSuite,
    crypto::{
        CryptoProvider, SupportedKxGroup,
        aws_lc_rs::{self, cipher_suite as suites, kx_group as groups},
    },
    server::{ClientHello, NoServerSessionStorage, ResolvesServerCert},
    sign::CertifiedKey,
    version::{TLS12, TLS13},
};
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;

use super::pair::Pair;

/// What handshakes are answered with: the newest pair. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Presented(watch::Receiver<Arc<ServerConfig>>);

impl Presented {
    /// For one handshake that begins now.
    pub(super) fn acceptor(&self) -> TlsAcceptor {
        TlsAcceptor::from(Arc::clone(&*self.0.borrow()))
    }
}

/// Where a newer pair is handed over. Connections that are open go on with what they agreed on.
#[derive(Debug)]
pub struct Renewal {
    to: watch::Sender<Arc<ServerConfig>>,
    own: Option<Arc<CertifiedKey>>,
}

impl Renewal {
    /// Begins with this pair.
    pub fn begin(pair: Pair) -> Result<(Self, Presented), rustls::Error> {
        Self::begin_with(Some(Arc::new(pair.key)))
    }

    /// Begins without one: nobody is served yet.
    pub(super) fn begin_without() -> Result<(Self, Presented), rustls::Error> {
        Self::begin_with(None)
    }

    fn begin_with(own: Option<Arc<CertifiedKey>>) -> Result<(Self, Presented), rustls::Error> {
        let offer = offer(Shown { own: own.clone(), challenge: None })?;
        let (to, receiver) = watch::channel(Arc::new(offer));
        Ok((Self { to, own }, Presented(receiver)))
    }

    /// From the next handshake on, it is this one, and there is no challenge.
    pub fn present(&mut self, pair: Pair) -> Result<(), rustls::Error> {
        self.own = Some(Arc::new(pair.key));
        self.withdraw()
    }

    /// Shows this one, too, to who asks for nothing else than the challenge.
    pub(super) fn challenge(&mut self, pair: Pair) -> Result<(), rustls::Error> {
        let challenge = Some(Arc::new(pair.key));
        self.to.send_replace(Arc::new(offer(Shown { own: self.own.clone(), challenge })?));
        Ok(())
    }

    /// Shows no challenge any more.
    pub(super) fn withdraw(&mut self) -> Result<(), rustls::Error> {
        let shown = Shown { own: self.own.clone(), challenge: None };
        self.to.send_replace(Arc::new(offer(shown)?));
        Ok(())
    }
}

/// Which certificate is shown to whom.
#[derive(Debug)]
struct Shown {
    /// To everybody; nothing, while none has been ordered.
    own: Option<Arc<CertifiedKey>>,
    /// To an authority that looks whether the host is ours.
    challenge: Option<Arc<CertifiedKey>>,
}

impl ResolvesServerCert for Shown {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let asks = hello
            .alpn()
            .is_some_and(|mut names| names.next() == Some(CHALLENGE) && names.next().is_none());
        if asks { self.challenge.clone() } else { self.own.clone() }
    }
}

fn offer(shown: Shown) -> Result<ServerConfig, rustls::Error> {
    let provider = CryptoProvider {
        cipher_suites: SUITES.to_vec(),
        kx_groups: GROUPS.to_vec(),
        ..aws_lc_rs::default_provider()
    };
    let builder = ServerConfig::builder_with_provider(Arc::new(provider));
    let builder = builder.with_protocol_versions(&[&TLS13, &TLS12])?.with_no_client_auth();
    let mut names = vec![HTTP.to_vec()];
    names.extend(shown.challenge.is_some().then(|| CHALLENGE.to_vec()));
    let mut offer = builder.with_cert_resolver(Arc::new(shown));
    offer.ignore_client_order = true;
    // TLS 1.2 without it binds keys to less than the whole handshake (RFC 7627).
    offer.require_ems = true;
    offer.alpn_protocols = names;
    offer.session_storage = Arc::new(NoServerSessionStorage {});
    offer.send_tls13_tickets = 0;
    Ok(offer)
}

/// The first one that the other side has, too. What is not here is not agreed on.
const SUITES: [SupportedCipherSuite; 6] = [
    suites::TLS13_AES_256_GCM_SHA384,
    suites::TLS13_AES_128_GCM_SHA256,
    suites::TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
    suites::TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
    suites::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
    suites::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
];
/// How keys are agreed. The first is a hybrid: it holds as long as one of its two halves does, also against who
/// keeps what is sent today for a computer that breaks the other.
const GROUPS: [&dyn SupportedKxGroup; 4] =
    [groups::X25519MLKEM768, groups::SECP384R1, groups::SECP256R1, groups::X25519];
/// The WebSocket begins in it (RFC 6455).
const HTTP: &[u8] = b"http/1.1";
/// Nothing is said in it: the certificate is the answer (RFC 8737 §4).
pub(super) const CHALLENGE: &[u8] = b"acme-tls/1";

#[cfg(test)]
mod tests {
    use rustls::{
        CipherSuite, ClientConfig, ClientConnection, NamedGroup, ProtocolVersion, RootCertStore,
        ServerConnection, SupportedProtocolVersion,
        crypto::aws_lc_rs::ALL_CIPHER_SUITES,
        pki_types::{CertificateDer, pem::PemObject as _},
    };

    use super::*;
    use crate::tls::pair::tests::made_for;

    /// What a client and this server agree on.
    fn agreed(
        version: &'static SupportedProtocolVersion,
        suites: Vec<SupportedCipherSuite>,
        alpn: &[&[u8]],
    ) -> Result<(ProtocolVersion, CipherSuite, NamedGroup), rustls::Error> {
        let (certificate, key) = made_for("zooo.example");
        let pair = Pair::read(certificate.as_bytes(), key.as_bytes()).unwrap();
        let shown = Shown { own: Some(Arc::new(pair.key)), challenge: None };
        let mut server = ServerConnection::new(Arc::new(offer(shown).unwrap())).unwrap();
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_slice(certificate.as_bytes()).unwrap()).unwrap();
        // In the order of browsers, which send what the first two of them need.
        let kx_groups = GROUPS.to_vec();
        let provider =
            CryptoProvider { cipher_suites: suites, kx_groups, ..aws_lc_rs::default_provider() };
        let client = ClientConfig::builder_with_provider(Arc::new(provider));
        let client = client.with_protocol_versions(&[version]).unwrap();
        let mut client = client.with_root_certificates(roots).with_no_client_auth();
        client.alpn_protocols = alpn.iter().map(|name| name.to_vec()).collect();
        let name = "zooo.example".try_into().unwrap();
        let mut client = ClientConnection::new(Arc::new(client), name).unwrap();
        while client.is_handshaking() || server.is_handshaking() {
            let mut bytes = Vec::new();
            client.write_tls(&mut bytes).unwrap();
            server.read_tls(&mut bytes.as_slice()).unwrap();
            server.process_new_packets()?;
            bytes.clear();
            server.write_tls(&mut bytes).unwrap();
            client.read_tls(&mut bytes.as_slice()).unwrap();
            client.process_new_packets()?;
        }
        let suite = server.negotiated_cipher_suite().unwrap().suite();
        let group = server.negotiated_key_exchange_group().unwrap().name();
        Ok((server.protocol_version().unwrap(), suite, group))
    }

    #[test]
    fn the_strongest_is_agreed_on_whatever_the_other_side_likes_best() {
        let mut suites = ALL_CIPHER_SUITES.to_vec();
        let (tls13, aes256) = (ProtocolVersion::TLSv1_3, CipherSuite::TLS13_AES_256_GCM_SHA384);
        let hybrid = NamedGroup::X25519MLKEM768;
        assert_eq!(agreed(&TLS13, suites.clone(), &[HTTP]), Ok((tls13, aes256, hybrid)));
        suites.reverse();
        assert_eq!(agreed(&TLS13, suites.clone(), &[]), Ok((tls13, aes256, hybrid)));
        let older = CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384;
        let agreed = agreed(&TLS12, suites, &[HTTP]);
        assert!(agreed.is_ok_and(|(version, suite, _)| {
            (version, suite) == (ProtocolVersion::TLSv1_2, older)
        }));
    }

    #[test]
    fn what_is_not_listed_is_not_agreed_on() {
        let listed: Vec<_> = SUITES.iter().map(SupportedCipherSuite::suite).collect();
        let others: Vec<_> = ALL_CIPHER_SUITES.to_vec();
        let others = others.into_iter().filter(|other| !listed.contains(&other.suite()));
        let others: Vec<_> = others.collect();
        assert_eq!(others.len(), 3, "ChaCha20");
        assert!(agreed(&TLS13, others.clone(), &[HTTP]).is_err());
        assert!(agreed(&TLS12, others, &[HTTP]).is_err());
        assert!(agreed(&TLS13, ALL_CIPHER_SUITES.to_vec(), &[b"h2"]).is_err());
    }
}

// SPDX-License-Identifier: EUPL-1.2
//! The DTLS server of one transport: 256-bit ciphers, `AEAD_AES_256_GCM` for SRTP, the offer's fingerprint.

use core::fmt;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, Instant};

use aws_lc_rs::digest::{SHA256, digest};
use rtc_crypto::providers::AwsLcRsProvider;
use rtc_crypto::{RTCCrypto, RTCCryptoProvider};
use rtc_dtls::cipher_suite::CipherSuiteId;
use rtc_dtls::config::{ClientAuthType, ConfigBuilder, ExtendedMasterSecretType};
use rtc_dtls::crypto::Certificate;
use rtc_dtls::endpoint::{Endpoint, EndpointEvent};
use rtc_dtls::extension::extension_use_srtp::SrtpProtectionProfile;
use rtc_shared::TransportProtocol;
use rtc_shared::error::Error;
use zeroize::Zeroize as _;

use super::TransportFailure;
use super::params::Fingerprint;
use crate::media::Micros;
use crate::media::srtp::{KEYING_MATERIAL_LEN, SrtpSession};

/// The certificate of this process, made at its start and never written anywhere.
#[derive(Clone)]
pub(super) struct Identity {
    provider: Arc<dyn RTCCryptoProvider>,
    certificate: Certificate,
    fingerprint: Fingerprint,
}

impl Identity {
    pub(super) fn generate() -> std::io::Result<Self> {
        let provider: Arc<dyn RTCCryptoProvider> = Arc::new(AwsLcRsProvider::new());
        let certificate = Certificate::generate_self_signed(Vec::new(), provider.crypto())
            .map_err(std::io::Error::other)?;
        let der = certificate.certificate.first().map_or(&[][..], |der| der.as_ref());
        let fingerprint = fingerprint_of(der);
        Ok(Self { provider, certificate, fingerprint })
    }

    pub(super) const fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }

    pub(super) fn crypto(&self) -> &dyn RTCCrypto {
        self.provider.crypto()
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Identity")
    }
}

/// What a datagram or a timeout led to.
#[derive(Debug)]
pub(super) enum Progress {
    /// Nothing to tell.
    None,
    /// The keys are agreed.
    Keyed(Box<SrtpSession>),
    /// The transport is of no use.
    Failed(TransportFailure),
}

/// One association. It is fed with one placeholder address, so that the peer may move.
pub(super) struct Dtls {
    /// Gone when the peer surely has our last flight: a transport lives for hours after its handshake.
    endpoint: Option<Endpoint>,
    origin: Instant,
    state: State,
}

impl Dtls {
    /// A server that accepts the certificate with that fingerprint; `origin` is time zero.
    pub(super) fn new(identity: &Identity, expected: Fingerprint, origin: Instant) -> Option<Self> {
        let config = ConfigBuilder::default()
            .with_crypto_provider(Arc::clone(&identity.provider))
            .with_certificates(vec![identity.certificate.clone()])
            .with_srtp_protection_profiles(vec![SrtpProtectionProfile::Srtp_Aead_Aes_256_Gcm])
            .with_cipher_suites(vec![
                CipherSuiteId::Tls_Ecdhe_Ecdsa_With_ChaCha20_Poly1305_Sha256,
                CipherSuiteId::Tls_Ecdhe_Ecdsa_With_Aes_256_Cbc_Sha,
            ])
            .with_client_auth(ClientAuthType::RequireAnyClientCert)
            .with_insecure_skip_verify(true)
            .with_verify_peer_certificate(Some(Arc::new(move |certificates, _| {
                let der = certificates.first().map_or(&[][..], |der| &der[..]);
                if fingerprint_of(der) == expected {
                    Ok(())
                } else {
                    Err(Error::ErrNoMatchingCertificateFingerprint)
                }
            })))
            .with_extended_master_secret(ExtendedMasterSecretType::Require)
            .with_flight_interval(RETRANSMISSION_INTERVAL)
            .build(false, None)
            .ok()?;
        let endpoint = Endpoint::new(PLACEHOLDER, TransportProtocol::UDP, Some(Arc::new(config)));
        Some(Self { endpoint: Some(endpoint), origin, state: State::Handshaking })
    }

    /// Takes a datagram from the peer.
    pub(super) fn handle(&mut self, now: Micros, datagram: &[u8]) -> Progress {
        if self.state == State::Dead {
            return Progress::None;
        }
        let now = self.instant(now);
        let Some(endpoint) = &mut self.endpoint else { return Progress::None };
        match endpoint.read(now, PLACEHOLDER, None, datagram.into()) {
            Ok(events) => self.follow(events),
            Err(error) => self.fail(&error),
        }
    }

    /// Sends a flight again if the peer did not answer in time.
    pub(super) fn handle_timeout(&mut self, now: Micros) -> Progress {
        let now = self.instant(now);
        let Some(endpoint) = &mut self.endpoint else { return Progress::None };
        let due = endpoint.poll_timeout(&PLACEHOLDER).is_some_and(|due| due <= now);
        if self.state != State::Handshaking || !due {
            return Progress::None;
        }
        match endpoint.handle_timeout(PLACEHOLDER, now) {
            Ok(()) => Progress::None,
            Err(error) => self.fail(&error),
        }
    }

    /// The next datagram for the peer.
    pub(super) fn poll(&mut self) -> Option<impl AsRef<[u8]> + use<>> {
        self.endpoint.as_mut()?.poll_transmit().map(|transmit| transmit.message)
    }

    /// Ends the association once the keys are agreed: the peer will not ask for our last flight again.
    pub(super) fn settle(&mut self) {
        if self.state == State::Keyed {
            self.endpoint = None;
        }
    }

    fn follow(&mut self, events: Vec<EndpointEvent>) -> Progress {
        for event in events {
            if matches!(event, EndpointEvent::PeerClosed) {
                self.state = State::Dead;
            }
            if matches!(event, EndpointEvent::HandshakeComplete) && self.state == State::Handshaking
            {
                if let Some(session) = self.export() {
                    self.state = State::Keyed;
                    return Progress::Keyed(Box::new(session));
                }
                // The handshake of a client without use_srtp completes; it can carry no media.
                self.state = State::Dead;
                return Progress::Failed(TransportFailure::WeakCipher);
            }
        }
        Progress::None
    }

    fn export(&self) -> Option<SrtpSession> {
        let state = self.endpoint.as_ref()?.get_connection_state(PLACEHOLDER)?;
        if state.srtp_protection_profile() != SrtpProtectionProfile::Srtp_Aead_Aes_256_Gcm {
            return None;
        }
        let exported = state.export_keying_material(SRTP_LABEL, &[], KEYING_MATERIAL_LEN).ok()?;
        let mut material: [u8; KEYING_MATERIAL_LEN] = exported.as_ref().try_into().ok()?;
        let session = SrtpSession::for_dtls_server(&material);
        material.zeroize();
        session
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "hundreds of errors of a whole family of crates; all others concern one datagram"
    )]
    fn fail(&mut self, error: &Error) -> Progress {
        if self.state != State::Handshaking {
            return Progress::None;
        }
        let failure = match error {
            Error::ErrServerNoMatchingSrtpProfile | Error::ErrCipherSuiteNoIntersection => {
                TransportFailure::WeakCipher
            }
            Error::ErrNoMatchingCertificateFingerprint => TransportFailure::Fingerprint,
            Error::ErrAlertFatalOrClose | Error::ErrInvalidFsmTransition => {
                TransportFailure::Handshake
            }
            // A broken or forged datagram; the handshake goes on or runs into its deadline.
            _ => return Progress::None,
        };
        self.state = State::Dead;
        Progress::Failed(failure)
    }

    fn instant(&self, now: Micros) -> Instant {
        self.origin + Duration::from_micros(now.0)
    }
}

impl fmt::Debug for Dtls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dtls").field("state", &self.state).finish_non_exhaustive()
    }
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum State {
    Handshaking,
    Keyed,
    Dead,
}

fn fingerprint_of(der: &[u8]) -> Fingerprint {
    let mut bytes = [0; 32];
    for (byte, of) in bytes.iter_mut().zip(digest(&SHA256, der).as_ref()) {
        *byte = *of;
    }
    Fingerprint(bytes)
}

const PLACEHOLDER: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 9);
/// RFC 5764 §4.2.
const SRTP_LABEL: &str = "EXTRACTOR-dtls_srtp";
/// Larger makes entering slow after a loss; smaller repeats flights to distant peers in vain.
const RETRANSMISSION_INTERVAL: Duration = Duration::from_millis(400);

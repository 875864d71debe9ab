// SPDX-License-Identifier: EUPL-1.2
//! One participant's transport in the role that browsers have: checks, opens DTLS, sends, receives.

use std::{
    io::{ErrorKind, IoSliceMut},
    net::{IpAddr, SocketAddr, UdpSocket},
    sync::Arc,
    time::{Duration, Instant},
};

use aws_lc_rs::digest::{SHA256, digest};
use quinn_udp::{RecvMeta, UdpSocketState};
use rtc_crypto::{RTCCryptoProvider, providers::AwsLcRsProvider};
use rtc_dtls::{
    config::{ConfigBuilder, ExtendedMasterSecretType, HandshakeConfig},
    crypto::Certificate,
    endpoint::{Endpoint, EndpointEvent},
    extension::extension_use_srtp::SrtpProtectionProfile,
};
use rtc_shared::TransportProtocol;
use rtc_stun::{
    attributes::{ATTR_ICE_CONTROLLING, ATTR_PRIORITY, ATTR_USE_CANDIDATE, ATTR_USERNAME},
    fingerprint::FINGERPRINT,
    integrity::MessageIntegrity,
    message::{BINDING_REQUEST, BINDING_SUCCESS, Getter as _, Message, Setter as _, TransactionId},
    xoraddr::XorMappedAddress,
};
use server::media::{
    Micros,
    packet::{RtpHeader, is_rtcp},
    srtp::{Opener, RTCP_OVERHEAD, Sealer},
    twcc::TwccRecorder,
};

use crate::{
    Fault,
    sdp::{Local, Remote},
};

/// What all transports of a run have in common.
pub(crate) struct Identity {
    provider: Arc<dyn RTCCryptoProvider>,
    config: Arc<HandshakeConfig>,
    fingerprint: String,
}

impl Identity {
    /// A certificate, and what is offered with it: `AEAD_AES_256_GCM` alone, as zooo wants it.
    pub(crate) fn generate() -> Result<Self, Fault> {
        let provider: Arc<dyn RTCCryptoProvider> = Arc::new(AwsLcRsProvider::new());
        let certificate = Certificate::generate_self_signed(Vec::new(), provider.crypto())?;
        let der = certificate.certificate.first().ok_or("no certificate")?;
        let bytes = digest(&SHA256, der.as_ref());
        let pairs: Vec<_> = bytes.as_ref().iter().map(|byte| format!("{byte:02X}")).collect();
        // The server's certificate is not looked at: it is measured, not trusted.
        let config = ConfigBuilder::default()
            .with_crypto_provider(Arc::clone(&provider))
            .with_certificates(vec![certificate])
            .with_srtp_protection_profiles(vec![SrtpProtectionProfile::Srtp_Aead_Aes_256_Gcm])
            .with_insecure_skip_verify(true)
            .with_extended_master_secret(ExtendedMasterSecretType::Require)
            .with_flight_interval(FLIGHT)
            .build(true, None)?;
        Ok(Self { provider, config: Arc::new(config), fingerprint: pairs.join(":") })
    }
}

/// A transport.
pub(crate) struct Transport {
    socket: UdpSocket,
    local: Local,
    remote: Option<Remote>,
    provider: Arc<dyn RTCCryptoProvider>,
    keys: Option<(Opener, Sealer)>,
    wide: u8,
    arrivals: TwccRecorder,
    /// Set while it receives runs as the server sent them.
    runs: Option<UdpSocketState>,
}

/// What one look at the socket brought: datagrams of one length, of which the last may be shorter.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Received {
    pub(crate) len: usize,
    pub(crate) each: usize,
    /// When the kernel had them, since the epoch of Unix; not told where datagrams are taken one by one.
    pub(crate) at: Option<Duration>,
}

/// A media packet that was opened.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Arrived<'packet> {
    pub(crate) ssrc: u32,
    pub(crate) sequence: u16,
    pub(crate) payload: &'packet [u8],
}

impl Transport {
    /// A socket with fresh credentials; `number` is its own among those of this run.
    pub(crate) fn open(identity: &Identity, ip: IpAddr, number: u32) -> Result<Self, Fault> {
        let socket = UdpSocket::bind(SocketAddr::new(ip, 0))?;
        let local = Local {
            address: socket.local_addr()?,
            ufrag: format!("peer{number}"),
            password: format!("a password of thirty-two {number:>8}").replace(' ', "x"),
            fingerprint: identity.fingerprint.clone(),
        };
        Ok(Self {
            socket,
            local,
            remote: None,
            provider: Arc::clone(&identity.provider),
            keys: None,
            wide: 0,
            arrivals: TwccRecorder::new(),
            runs: None,
        })
    }

    /// What is told to the server.
    pub(crate) const fn local(&self) -> &Local {
        &self.local
    }

    /// Under which id transport-wide numbers come; 0 when they do not.
    pub(crate) const fn set_wide(&mut self, id: u8) {
        self.wide = id;
    }

    /// Connects: checks until one is answered, then DTLS.
    pub(crate) fn connect(&mut self, identity: &Identity, remote: Remote) -> Result<(), Fault> {
        let to = remote.address;
        self.remote = Some(remote);
        let begin = Instant::now();
        self.socket.set_read_timeout(Some(Duration::from_millis(20)))?;
        let mut endpoint = Endpoint::new(self.local.address, TransportProtocol::UDP, None);
        let mut checked = false;
        let mut buffer = [0; 2_048];
        while begin.elapsed() < PATIENCE {
            if !checked {
                self.check()?;
            }
            if endpoint.poll_timeout(&to).is_some_and(|due| due <= Instant::now()) {
                // A flight that crossed its answer; what matters is whether it connects in time.
                endpoint.handle_timeout(to, Instant::now()).ok();
            }
            self.flush(&mut endpoint)?;
            let len = match self.socket.recv(&mut buffer) {
                Ok(len) => len,
                // Nothing yet, or a server that does not listen yet.
                Err(error)
                    if matches!(
                        error.kind(),
                        ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::ConnectionRefused
                    ) =>
                {
                    continue;
                }
                Err(error) => return Err(error.into()),
            };
            let datagram = buffer.get_mut(..len).unwrap_or_default();
            match datagram.first() {
                Some(0..=3) => {
                    let answered = self.handle_stun(datagram)?;
                    if answered && !checked {
                        checked = true;
                        endpoint.connect(Instant::now(), to, Arc::clone(&identity.config), None)?;
                    }
                }
                Some(20..=63) => {
                    let read = endpoint.read(Instant::now(), to, None, (&*datagram).into());
                    let events = read.unwrap_or_default();
                    self.flush(&mut endpoint)?;
                    if events.iter().any(|event| matches!(event, EndpointEvent::HandshakeComplete))
                    {
                        self.keys = Some(keys(&endpoint, to)?);
                        self.socket.set_nonblocking(true)?;
                        return Ok(());
                    }
                }
                _ => {}
            }
        }
        Err(if checked { "no DTLS connection" } else { "no check was answered" }.into())
    }

    /// Asks for consent once more, and nominates.
    pub(crate) fn check(&self) -> Result<(), Fault> {
        let remote = self.remote.as_ref().ok_or("no other side")?;
        let mut message = Message::new();
        message.set_type(BINDING_REQUEST);
        TransactionId::new().add_to(&mut message)?;
        message.write_header();
        message.add(ATTR_USERNAME, format!("{}:{}", remote.ufrag, self.local.ufrag).as_bytes());
        message.add(ATTR_PRIORITY, &1_845_501_695_u32.to_be_bytes());
        message.add(ATTR_ICE_CONTROLLING, &u64::MAX.to_be_bytes());
        message.add(ATTR_USE_CANDIDATE, &[]);
        self.close(&mut message, &remote.password)?;
        self.send(&message.raw)
    }

    /// Seals an RTP packet in place and sends it.
    pub(crate) fn send_rtp(
        &self,
        packet: &mut [u8],
        header_len: usize,
        len: usize,
        (ssrc, index): (u32, u64),
    ) -> Result<(), Fault> {
        let (_, sealer) = self.keys.as_ref().ok_or("not connected")?;
        let sealed = sealer.seal_rtp(packet, header_len, len, ssrc, index).ok_or("too long")?;
        self.send(packet.get(..sealed).unwrap_or_default())
    }

    /// Takes runs as the server sent them from here on.
    pub(crate) fn take_runs(&mut self) -> Result<(), Fault> {
        self.runs = Some(UdpSocketState::new((&self.socket).into())?);
        Ok(())
    }

    /// Reads what has arrived, if something has.
    pub(crate) fn receive(&self, buffer: &mut [u8]) -> Option<Received> {
        let Some(runs) = &self.runs else {
            let len = self.socket.recv(buffer).ok()?;
            return Some(Received { len, each: len, at: None });
        };
        let mut meta = [RecvMeta::default()];
        runs.recv((&self.socket).into(), &mut [IoSliceMut::new(buffer)], &mut meta).ok()?;
        let [RecvMeta { len, stride, timestamp, .. }] = meta;
        Some(Received { len, each: stride, at: timestamp })
    }

    /// Opens what was received at `at`, if it is a media packet.
    pub(crate) fn open_media<'packet>(
        &mut self,
        at: Micros,
        datagram: &'packet mut [u8],
    ) -> Result<Option<Arrived<'packet>>, Fault> {
        if matches!(datagram.first(), Some(0..=3)) {
            self.handle_stun(datagram)?;
            return Ok(None);
        }
        let Some((opener, _)) = &mut self.keys else { return Ok(None) };
        if !matches!(datagram.first(), Some(128..=191)) || is_rtcp(datagram) {
            return Ok(None);
        }
        let Some(header) = RtpHeader::parse(datagram) else { return Ok(None) };
        let Ok(len) = opener.open_rtp(datagram, &header) else { return Ok(None) };
        let packet = datagram.get(..len).unwrap_or_default();
        if self.wide != 0
            && let Some(&[high, low]) = header.extension(packet, self.wide)
        {
            self.arrivals.record(at, u16::from_be_bytes([high, low]));
        }
        let RtpHeader { ssrc, sequence, .. } = header;
        Ok(header.payload(packet).map(|payload| Arrived { ssrc, sequence, payload }))
    }

    /// Tells the server what arrived when, as a browser does.
    pub(crate) fn feed_back(&mut self, at: Micros) -> Result<(), Fault> {
        while self.arrivals.is_due(at) {
            let mut message = [0; 1_200];
            let room = message.get_mut(..1_200 - RTCP_OVERHEAD).unwrap_or_default();
            let Some(len) = self.arrivals.write(at, room, 1, 1) else { break };
            let (_, sealer) = self.keys.as_mut().ok_or("not connected")?;
            let sealed = sealer.seal_rtcp(&mut message, len).ok_or("too long")?;
            self.send(message.get(..sealed).unwrap_or_default())?;
        }
        Ok(())
    }

    /// Whether a check of ours was answered; the server's are answered here.
    fn handle_stun(&self, datagram: &[u8]) -> Result<bool, Fault> {
        let mut message = Message { raw: datagram.to_vec(), ..Message::default() };
        if message.decode().is_err() {
            return Ok(false);
        }
        if message.typ == BINDING_SUCCESS {
            let mut seen = XorMappedAddress::default();
            return Ok(seen.get_from(&message).is_ok());
        }
        let Some(remote) = self.remote.as_ref().filter(|_| message.typ == BINDING_REQUEST) else {
            return Ok(false);
        };
        let mut reply = Message::new();
        reply.transaction_id = message.transaction_id;
        reply.set_type(BINDING_SUCCESS);
        reply.write_header();
        XorMappedAddress { ip: remote.address.ip(), port: remote.address.port() }
            .add_to(&mut reply)?;
        self.close(&mut reply, &self.local.password)?;
        self.send(&reply.raw)?;
        Ok(false)
    }

    fn close(&self, message: &mut Message, password: &str) -> Result<(), Fault> {
        let password = password.as_bytes().to_vec();
        MessageIntegrity::new_raw_integrity_with_provider(password, self.provider.crypto())
            .add_to(message)?;
        Ok(FINGERPRINT.add_to(message)?)
    }

    fn flush(&self, endpoint: &mut Endpoint) -> Result<(), Fault> {
        while let Some(transmit) = endpoint.poll_transmit() {
            self.send(&transmit.message)?;
        }
        Ok(())
    }

    fn send(&self, datagram: &[u8]) -> Result<(), Fault> {
        let remote = self.remote.as_ref().ok_or("no other side")?;
        match self.socket.send_to(datagram, remote.address) {
            Ok(_) => Ok(()),
            Err(error)
                if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::ConnectionRefused) =>
            {
                Ok(())
            }
            Err(error) => Err(error.into()),
        }
    }
}

/// The keys as the DTLS client sees them: its half seals, the server's opens.
fn keys(endpoint: &Endpoint, peer: SocketAddr) -> Result<(Opener, Sealer), Fault> {
    let state = endpoint.get_connection_state(peer).ok_or("no connection")?;
    if state.srtp_protection_profile() != SrtpProtectionProfile::Srtp_Aead_Aes_256_Gcm {
        return Err("the server does not seal with AES-256-GCM".into());
    }
    let material = state.export_keying_material("EXTRACTOR-dtls_srtp", &[], 88)?;
    let bytes = material.as_ref();
    let part = |from: usize, len: usize| bytes.get(from..from + len).ok_or("too few keys");
    let (ours, theirs) = (part(0, 32)?.try_into()?, part(32, 32)?.try_into()?);
    let (our_salt, their_salt) = (part(64, 12)?.try_into()?, part(76, 12)?.try_into()?);
    let opener = Opener::new(theirs, their_salt).ok_or("no keys")?;
    Ok((opener, Sealer::new(ours, our_salt).ok_or("no keys")?))
}

/// Short: Janus takes no DTLS before it has understood that it is connected.
const FLIGHT: Duration = Duration::from_millis(50);
const PATIENCE: Duration = Duration::from_secs(20);

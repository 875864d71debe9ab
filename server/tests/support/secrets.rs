// SPDX-License-Identifier: EUPL-1.2
//! A meeting of two over real sockets, and everything in it that is nobody else's business.

use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4};
use std::sync::{Arc, Mutex};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use rtc_crypto::providers::AwsLcRsProvider;
use rtc_crypto::{
    ActiveKeyExchange, AeadAlgorithm, AeadCipher, BlockCipherAlgorithm, CbcAlgorithm, CbcCipher,
    CryptoAlgorithm, CryptoError, HashAlgorithm, HmacAlgorithm, KeyExchangeAlgorithm, Mac,
    PublicKey, RTCCrypto, RTCCryptoProvider, RTCRandom, SignatureScheme, SigningKey, StreamCipher,
    StreamCipherAlgorithm,
};
use serde_json::Value;

/// What must not be found, and what it is.
#[derive(Clone)]
pub struct Secret {
    pub what: String,
    pub bytes: Vec<u8>,
}

/// The secrets of a meeting.
#[derive(Default)]
pub struct Secrets(pub Vec<Secret>);

impl Secrets {
    pub fn add(&mut self, what: &str, bytes: impl AsRef<[u8]>) {
        let (what, bytes) = (what.to_owned(), bytes.as_ref().to_vec());
        if !self.0.iter().any(|known| known.bytes == bytes) {
            self.0.push(Secret { what, bytes });
        }
    }

    /// A room, as text and as what the text means.
    pub fn add_room(&mut self, text: &str) {
        self.add("room id, text", text);
        let digits = text.bytes().map(|byte| match byte {
            b'a'..=b'z' => byte - b'a',
            _ => byte - b'2' + 26,
        });
        let all = digits.fold((0_u128, 0), |(value, bits), digit| {
            let bits_left = 128 - bits;
            if bits_left >= 5 {
                ((value << 5) | u128::from(digit), bits + 5)
            } else {
                ((value << bits_left) | u128::from(digit >> (5 - bits_left)), 128)
            }
        });
        self.add("room id, bytes", all.0.to_be_bytes());
    }

    /// Every long text of a message, and what it means if it is base64.
    pub fn add_message(&mut self, message: &impl serde::Serialize) {
        self.add_value("message", &serde_json::to_value(message).unwrap());
    }

    fn add_value(&mut self, name: &str, value: &Value) {
        match value {
            Value::String(text) if text.len() >= 20 => {
                self.add(&format!("{name}, text"), text);
                if let Ok(bytes) = URL_SAFE_NO_PAD.decode(text) {
                    self.add(&format!("{name}, bytes"), bytes);
                }
            }
            // See [`Self::add_offer`].
            Value::Array(_) if name == "sdp" => {}
            Value::Array(values) => values.iter().for_each(|value| self.add_value(name, value)),
            Value::Object(fields) => {
                fields.iter().for_each(|(name, value)| self.add_value(name, value));
            }
            Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    /// What an offer says of its peer and no other.
    pub fn add_offer(&mut self, text: &str) {
        self.add_answer(text);
        for line in text.lines().map(str::trim) {
            if let Some(mark) = line.strip_prefix("a=fingerprint:sha-256 ") {
                let bytes = mark.split(':').map(|byte| u8::from_str_radix(byte, 16).unwrap());
                self.add("fingerprint, text", mark);
                self.add("fingerprint, bytes", bytes.collect::<Vec<_>>());
            }
            if let Some(candidate) = line.strip_prefix("a=candidate:") {
                let words: Vec<_> = candidate.split(' ').collect();
                self.add("candidate", candidate);
                self.add_address(format!("{}:{}", words[4], words[5]).parse().unwrap());
            }
        }
    }

    /// What an answer says of this one transport; the rest is the server's own.
    pub fn add_answer(&mut self, text: &str) {
        for line in text.lines().map(str::trim) {
            for own in ["a=ice-ufrag:", "a=ice-pwd:", "o="] {
                if let Some(value) = line.strip_prefix(own) {
                    self.add(own, value);
                }
            }
        }
    }

    /// An address as the kernel writes it, and as this program does.
    pub fn add_address(&mut self, address: SocketAddr) {
        let SocketAddr::V4(address) = address else { panic!("an address of IPv4") };
        let (ip, port) = (address.ip().octets(), address.port());
        let [high, low] = port.to_be_bytes();
        self.add("address, of the kernel", [&[2, 0, high, low][..], &ip].concat());
        self.add("address", [&ip[..], &port.to_ne_bytes()].concat());
        self.add("address, text", address.to_string());
    }
}

/// An address that no server listens on.
pub fn elsewhere(last: u8) -> SocketAddr {
    SocketAddrV4::new(Ipv4Addr::new(127, 0, 7, last), 0).into()
}

/// The usual cryptography, and a list of all keys that it was given.
#[derive(Default)]
pub struct Listening {
    crypto: Arc<Known>,
}

/// Its operations.
pub struct Known {
    provider: AwsLcRsProvider,
    keys: Mutex<Vec<(&'static str, Vec<u8>)>>,
}

impl Default for Known {
    fn default() -> Self {
        Self { provider: AwsLcRsProvider::new(), keys: Mutex::default() }
    }
}

impl Listening {
    pub fn keys(&self) -> Vec<(&'static str, Vec<u8>)> {
        self.crypto.keys.lock().unwrap().clone()
    }
}

impl Known {
    fn usual(&self) -> &dyn RTCCrypto {
        self.provider.crypto()
    }

    fn heard(&self, what: &'static str, key: &[u8]) {
        self.keys.lock().unwrap().push((what, key.to_vec()));
    }
}

impl RTCCryptoProvider for Listening {
    fn name(&self) -> &'static str {
        "listening"
    }

    fn crypto(&self) -> &dyn RTCCrypto {
        &*self.crypto
    }

    fn random(&self) -> &dyn RTCRandom {
        self.crypto.provider.random()
    }
}

impl RTCCrypto for Known {
    fn supports(&self, algorithm: CryptoAlgorithm) -> bool {
        self.usual().supports(algorithm)
    }

    fn hash(&self, algorithm: HashAlgorithm, data: &[u8]) -> Result<Vec<u8>, CryptoError> {
        self.usual().hash(algorithm, data)
    }

    fn block_encrypt(
        &self,
        algorithm: BlockCipherAlgorithm,
        key: &[u8],
        block: &mut [u8],
    ) -> Result<(), CryptoError> {
        self.heard("master key of SRTP", key);
        self.usual().block_encrypt(algorithm, key, block)
    }

    fn new_hmac(&self, algorithm: HmacAlgorithm, key: &[u8]) -> Result<Box<dyn Mac>, CryptoError> {
        self.heard("key of a MAC: secrets of DTLS, password of ICE", key);
        self.usual().new_hmac(algorithm, key)
    }

    fn new_stream_cipher(
        &self,
        algorithm: StreamCipherAlgorithm,
        key: &[u8],
    ) -> Result<Box<dyn StreamCipher>, CryptoError> {
        self.heard("key of a stream cipher", key);
        self.usual().new_stream_cipher(algorithm, key)
    }

    fn new_aead(
        &self,
        algorithm: AeadAlgorithm,
        key: &[u8],
    ) -> Result<Box<dyn AeadCipher>, CryptoError> {
        self.heard("session key of SRTP or DTLS", key);
        self.usual().new_aead(algorithm, key)
    }

    fn new_cbc(
        &self,
        algorithm: CbcAlgorithm,
        key: &[u8],
    ) -> Result<Box<dyn CbcCipher>, CryptoError> {
        self.heard("key of a block cipher", key);
        self.usual().new_cbc(algorithm, key)
    }

    fn start_key_exchange(
        &self,
        algorithm: KeyExchangeAlgorithm,
    ) -> Result<Box<dyn ActiveKeyExchange>, CryptoError> {
        self.usual().start_key_exchange(algorithm)
    }

    fn generate_signing_key(
        &self,
        scheme: SignatureScheme,
    ) -> Result<Arc<dyn SigningKey>, CryptoError> {
        self.usual().generate_signing_key(scheme)
    }

    fn import_signing_key(
        &self,
        scheme: SignatureScheme,
        der: &[u8],
    ) -> Result<Arc<dyn SigningKey>, CryptoError> {
        self.usual().import_signing_key(scheme, der)
    }

    fn verify_signature(
        &self,
        scheme: SignatureScheme,
        public_key: PublicKey<'_>,
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), CryptoError> {
        self.usual().verify_signature(scheme, public_key, message, signature)
    }
}

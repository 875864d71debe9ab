// SPDX-License-Identifier: EUPL-1.2
//! A certificate with those that vouch for it, and the key that belongs to it.

use core::fmt;

use rustls::{
    Error, InconsistentKeys,
    client::verify_server_name,
    crypto::aws_lc_rs,
    pki_types::{CertificateDer, PrivateKeyDer, ServerName, pem::PemObject as _},
    server::ParsedCertificate,
    sign::CertifiedKey,
};
use shared::UnixTime;
use thiserror::Error;

use super::expiry::expiry;

/// A certificate and its key, which fit each other. It does not print.
pub struct Pair {
    pub(super) key: CertifiedKey,
    until: Option<UnixTime>,
}

impl Pair {
    /// Reads the two files of an operator, both in PEM.
    pub fn read(certificate: &[u8], key: &[u8]) -> Result<Self, PairFault> {
        let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(certificate).collect();
        let chain = chain.map_err(|_quotes_it| PairFault::Certificate)?;
        let first = chain.first().ok_or(PairFault::NoCertificate)?;
        let until = expiry(first);
        let key = PrivateKeyDer::from_pem_slice(key).map_err(|_quotes_it| {
            let is_locked = contains(key, b"ENCRYPTED");
            if is_locked { PairFault::LockedKey } else { PairFault::NoKey }
        })?;
        let key = CertifiedKey::from_der(chain, key, &aws_lc_rs::default_provider());
        match key {
            Ok(key) => Ok(Self { key, until }),
            Err(Error::InconsistentKeys(InconsistentKeys::KeyMismatch)) => Err(PairFault::Misfit),
            Err(Error::InvalidCertificate(_)) => Err(PairFault::Certificate),
            Err(_) => Err(PairFault::Key),
        }
    }

    /// Reads what an authority is to see (RFC 8737 §3), both in PEM. Whether it fits is not looked at: it says by a
    /// critical extension that it is no usual certificate, and whoever reads those refuses it.
    pub(super) fn read_challenge(certificate: &[u8], key: &[u8]) -> Result<Self, PairFault> {
        let certificate = CertificateDer::from_pem_slice(certificate);
        let certificate = certificate.map_err(|_quotes_it| PairFault::Certificate)?;
        let key = PrivateKeyDer::from_pem_slice(key).map_err(|_quotes_it| PairFault::NoKey)?;
        let key = aws_lc_rs::sign::any_supported_type(&key);
        let key = key.map_err(|_quotes_it| PairFault::Key)?;
        Ok(Self { key: CertifiedKey::new(vec![certificate], key), until: None })
    }

    /// Whether its time was over at this moment; one whose time cannot be read counts as good.
    pub fn is_over(&self, now: UnixTime) -> bool {
        self.until.is_some_and(|until| until < now)
    }

    /// How many whole days are left, if it says so.
    pub fn days_left(&self, now: UnixTime) -> Option<u64> {
        self.until.map(|until| until.as_secs().saturating_sub(now.as_secs()) / DAY)
    }

    /// Whether browsers take it for this host, a name or an address.
    pub fn is_for(&self, host: &str) -> bool {
        let Ok(first) = self.key.end_entity_cert() else { return false };
        let (Ok(first), Ok(name)) =
            (ParsedCertificate::try_from(first), ServerName::try_from(host))
        else {
            return false;
        };
        verify_server_name(&first, &name).is_ok()
    }
}

impl fmt::Debug for Pair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pair(…)")
    }
}

/// Why two files are no pair. It does not quote them: one is a secret.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
pub enum PairFault {
    /// Nothing in the first file is one.
    #[error(
        "tls.certificate holds no certificate in PEM: a block that begins with \
         -----BEGIN CERTIFICATE-----, and behind it those of the authorities between"
    )]
    NoCertificate,
    /// Something in it is broken.
    #[error("tls.certificate holds a certificate that cannot be read")]
    Certificate,
    /// Nothing in the second file is one.
    #[error(
        "tls.key holds no private key in PEM: a block that begins with -----BEGIN PRIVATE KEY-----, \
         -----BEGIN EC PRIVATE KEY----- or -----BEGIN RSA PRIVATE KEY-----"
    )]
    NoKey,
    /// It asks for a password.
    #[error(
        "tls.key is locked by a password, which nobody could type at a start; \
         `openssl pkey -in OLD -out NEW` writes one that is not, for the owner's eyes only"
    )]
    LockedKey,
    /// Nobody can sign with it here.
    #[error(
        "tls.key cannot be used: RSA from 2048 bits on, ECDSA with P-256, P-384 or P-521, Ed25519"
    )]
    Key,
    /// They belong to different pairs.
    #[error(
        "tls.key does not fit the first certificate of tls.certificate: the server's own comes first"
    )]
    Misfit,
}

fn contains(text: &[u8], word: &[u8]) -> bool {
    text.windows(word.len()).any(|part| part == word)
}

/// In seconds.
const DAY: u64 = 86_400;

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A certificate for a host that vouches for itself, and its key.
    pub(in crate::tls) fn made_for(host: &str) -> (String, String) {
        let made = rcgen::generate_simple_self_signed(vec![host.to_owned()]).unwrap();
        (made.cert.pem(), made.signing_key.serialize_pem())
    }

    fn fault(certificate: &str, key: &str) -> Option<PairFault> {
        Pair::read(certificate.as_bytes(), key.as_bytes()).err()
    }

    #[test]
    fn a_certificate_and_its_key_are_a_pair() {
        let (certificate, key) = made_for("zooo.example");
        let pair = Pair::read(certificate.as_bytes(), key.as_bytes()).unwrap();
        assert!(pair.is_for("zooo.example") && !pair.is_for("other.example") && !pair.is_for(""));
        assert!(!pair.is_over(UnixTime::from_secs(1_800_000_000)));
        assert!(pair.is_over(UnixTime::from_secs(u64::MAX)));
        assert_eq!(format!("{pair:?}"), "Pair(…)");
    }

    #[test]
    fn what_is_wrong_has_a_name() {
        let ((certificate, key), (other, _)) = (made_for("a.example"), made_for("a.example"));
        assert_eq!(fault("", &key), Some(PairFault::NoCertificate));
        assert_eq!(fault(&key, &key), Some(PairFault::NoCertificate));
        assert_eq!(fault(&certificate, &certificate), Some(PairFault::NoKey));
        assert_eq!(fault(&other, &key), Some(PairFault::Misfit));
        let locked = key.replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY");
        assert_eq!(fault(&certificate, &locked), Some(PairFault::LockedKey));
        let broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        assert_eq!(fault(broken, &key), Some(PairFault::Certificate));
        let broken = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
        assert_eq!(fault(&certificate, broken), Some(PairFault::Key));
        // The server's own has to come first.
        assert_eq!(fault(&format!("{other}{certificate}"), &key), Some(PairFault::Misfit));
        assert_eq!(fault(&format!("{certificate}{other}"), &key), None);
    }

    proptest! {
        #[test]
        fn no_file_breaks_it(certificate: Vec<u8>, key: Vec<u8>) {
            drop(Pair::read(&certificate, &key));
        }
    }
}

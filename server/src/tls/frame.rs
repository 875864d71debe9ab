// SPDX-License-Identifier: EUPL-1.2
//! How the keeper tells what it has read: a head of fixed length, then the two files.
//!
//! ```text
//!   kind (1) │ number (4) │ length of the certificate (4) │ length of the key (4) │ certificate │ key
//! ```
//!
//! Both ends are this program in this version. What is read is bounded all the same: the server believes
//! nobody.

use zeroize::Zeroizing;

/// What the keeper has found. It does not print.
#[derive(Eq, PartialEq)]
pub(super) enum Frame {
    /// Both files.
    Read {
        certificate: Vec<u8>,
        key: Zeroizing<Vec<u8>>,
        /// Whether everybody on the machine can read the key.
        is_exposed: bool,
    },
    /// One that cannot be read, with the system's number for why.
    Unreadable { file: File, error: i32 },
    /// One that is too long to be what it should be.
    TooLong { file: File },
    /// Nothing has been ordered yet: there is no certificate.
    Nothing,
    /// What the authority is to see who asks for `acme-tls/1` (RFC 8737), both in PEM.
    Challenge { certificate: Vec<u8>, key: Zeroizing<Vec<u8>> },
    /// An order failed: why, in words, and in how many seconds there will be another.
    Failed { why: Vec<u8>, again: u32 },
}

/// Which of the two files.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum File {
    Certificate,
    Key,
}

impl File {
    /// The key of the settings that names it.
    pub(super) const fn setting(self) -> &'static str {
        match self {
            Self::Certificate => "tls.certificate",
            Self::Key => "tls.key",
        }
    }
}

/// What comes first: it says how much follows.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Head {
    kind: u8,
    number: u32,
    certificate: usize,
    key: usize,
}

impl Frame {
    /// Its bytes.
    pub(super) fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let none: &[u8] = &[];
        let (kind, number, certificate, key) = match self {
            Self::Read { certificate, key, is_exposed } => {
                (READ, u32::from(*is_exposed), certificate.as_slice(), key.as_slice())
            }
            Self::Unreadable { file: File::Certificate, error } => {
                (NO_CERTIFICATE, error.cast_unsigned(), none, none)
            }
            Self::Unreadable { file: File::Key, error } => {
                (NO_KEY, error.cast_unsigned(), none, none)
            }
            Self::TooLong { file: File::Certificate } => (LONG_CERTIFICATE, 0, none, none),
            Self::TooLong { file: File::Key } => (LONG_KEY, 0, none, none),
            Self::Nothing => (NOTHING, 0, none, none),
            Self::Challenge { certificate, key } => {
                (CHALLENGE, 0, certificate.as_slice(), key.as_slice())
            }
            Self::Failed { why, again } => (FAILED, *again, why.as_slice(), none),
        };
        let length = |part: &[u8]| u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes();
        let whole = HEAD_LEN.saturating_add(certificate.len()).saturating_add(key.len());
        // As long as it will be: what grows leaves copies of a secret behind.
        let mut bytes = Zeroizing::new(Vec::with_capacity(whole));
        bytes.push(kind);
        bytes.extend_from_slice(&number.to_be_bytes());
        bytes.extend_from_slice(&length(certificate));
        bytes.extend_from_slice(&length(key));
        bytes.extend_from_slice(certificate);
        bytes.extend_from_slice(key);
        bytes
    }
}

impl Head {
    /// Reads a head; nothing, if it announces what no keeper sends.
    pub(super) fn parse(bytes: [u8; HEAD_LEN]) -> Option<Self> {
        let (kind, rest) = bytes.split_first()?;
        let (number, rest) = rest.split_first_chunk()?;
        let (certificate, rest) = rest.split_first_chunk()?;
        let (key, _) = rest.split_first_chunk()?;
        let length = |bytes: [u8; 4]| {
            usize::try_from(u32::from_be_bytes(bytes)).ok().filter(|length| *length <= MAX_FILE_LEN)
        };
        let (certificate, key) = (length(*certificate)?, length(*key)?);
        Some(Self { kind: *kind, number: u32::from_be_bytes(*number), certificate, key })
    }

    /// How many bytes follow, twice [`MAX_FILE_LEN`] at most.
    pub(super) const fn body_len(&self) -> usize {
        self.certificate.saturating_add(self.key)
    }

    /// The whole frame, with what followed the head.
    pub(super) fn with(self, body: &[u8]) -> Option<Frame> {
        let error = self.number.cast_signed();
        let frame = match self.kind {
            READ | CHALLENGE => {
                let (certificate, key) = body.split_at_checked(self.certificate)?;
                let (certificate, key) = (certificate.to_vec(), Zeroizing::new(key.to_vec()));
                let is_exposed = self.number != 0;
                let frame = match self.kind {
                    READ => Frame::Read { certificate, key, is_exposed },
                    _ => Frame::Challenge { certificate, key },
                };
                return (body.len() == self.body_len()).then_some(frame);
            }
            FAILED => {
                let why = body.to_vec();
                return (self.key == 0 && why.len() == self.certificate)
                    .then_some(Frame::Failed { why, again: self.number });
            }
            NOTHING => Frame::Nothing,
            NO_CERTIFICATE => Frame::Unreadable { file: File::Certificate, error },
            NO_KEY => Frame::Unreadable { file: File::Key, error },
            LONG_CERTIFICATE => Frame::TooLong { file: File::Certificate },
            LONG_KEY => Frame::TooLong { file: File::Key },
            _ => return None,
        };
        body.is_empty().then_some(frame)
    }
}

/// In bytes.
pub(super) const HEAD_LEN: usize = 13;
/// Of each file, in bytes; a long chain has 20,000. Larger, a wrong file costs more memory; smaller, a long chain
/// is refused.
pub(super) const MAX_FILE_LEN: usize = 256 * 1_024;
/// What the server says when it wants the files to be read now.
pub(super) const LOOK: u8 = b'l';
/// What it says when it begins to present what it is told, and whenever it presents a challenge.
pub(super) const TAKEN: u8 = b't';

const READ: u8 = 0;
const NO_CERTIFICATE: u8 = 1;
const NO_KEY: u8 = 2;
const LONG_CERTIFICATE: u8 = 3;
const LONG_KEY: u8 = 4;
const NOTHING: u8 = 5;
const CHALLENGE: u8 = 6;
const FAILED: u8 = 7;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(bytes: &[u8]) -> Option<Frame> {
        let (head, body) = bytes.split_first_chunk()?;
        let head = Head::parse(*head)?;
        (head.body_len() == body.len()).then(|| head.with(body))?
    }

    #[test]
    fn a_wrong_length_is_not_waited_for() {
        let mut head = [0; HEAD_LEN];
        head[5..9].copy_from_slice(&u32::try_from(MAX_FILE_LEN + 1).unwrap().to_be_bytes());
        assert_eq!(Head::parse(head), None);
        head[5..9].copy_from_slice(&[0xff; 4]);
        assert_eq!(Head::parse(head), None);
    }

    proptest! {
        #[test]
        fn what_the_keeper_has_found_arrives(certificate: Vec<u8>, key: Vec<u8>, is_exposed: bool, error: i32) {
            let key = Zeroizing::new(key);
            let (shown, secret) = (certificate.clone(), key.clone());
            for frame in [
                Frame::Nothing,
                Frame::Challenge { certificate: shown, key: secret },
                Frame::Failed { why: certificate.clone(), again: error.cast_unsigned() },
                Frame::Read { certificate, key, is_exposed },
                Frame::Unreadable { file: File::Certificate, error },
                Frame::Unreadable { file: File::Key, error },
                Frame::TooLong { file: File::Certificate },
                Frame::TooLong { file: File::Key },
            ] {
                prop_assert!(read(&frame.to_bytes()) == Some(frame));
            }
        }

        #[test]
        fn whatever_arrives_is_a_frame_or_none(bytes: Vec<u8>) {
            if let Some(frame) = read(&bytes) {
                prop_assert!(read(&frame.to_bytes()) == Some(frame));
            }
        }
    }
}

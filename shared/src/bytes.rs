// SPDX-License-Identifier: EUPL-1.2
//! Byte strings of one fixed length, as text in links and messages: base64url without padding
//! (RFC 4648 §5), and lower-case base32 (RFC 4648 §6) for what people may have to read.

use alloc::{boxed::Box, string::String, vec::Vec};

use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};
use zeroize::Zeroizing;

/// Writes bytes as base64url.
pub(crate) fn to_base64(bytes: &[u8]) -> String {
    // No more is taken than is needed: a secret that moves leaves a copy behind.
    let mut text = String::with_capacity((bytes.len() * 4).div_ceil(3));
    for group in bytes.chunks(3) {
        let [a, b, c] = [0, 1, 2].map(|place| group.get(place).copied().unwrap_or_default());
        let bits = u32::from_be_bytes([a, b, c, 0]);
        // One character more than bytes: what is left of the last byte is in it.
        for shift in [26, 20, 14, 8].into_iter().take(group.len() + 1) {
            let [.., six] = ((bits >> shift) & 0b11_1111).to_be_bytes();
            text.push(char::from(BASE64.get(usize::from(six)).copied().unwrap_or(b'A')));
        }
    }
    text
}

/// Reads what [`to_base64`] writes, and nothing else: one value has one spelling.
fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    for group in text.as_bytes().chunks(4) {
        let mut bits = 0_u32;
        for (byte, shift) in group.iter().zip([26, 20, 14, 8]) {
            let digit = match byte {
                b'A'..=b'Z' => byte - b'A',
                b'a'..=b'z' => byte - b'a' + 26,
                b'0'..=b'9' => byte - b'0' + 52,
                b'-' => 62,
                b'_' => 63,
                _ => return None,
            };
            bits |= u32::from(digit) << shift;
        }
        // A character alone is no byte; what is left over is zero.
        let whole = group.len().checked_sub(1).filter(|whole| *whole > 0)?;
        let read = bits.to_be_bytes();
        let (read, left) = read.split_at_checked(whole)?;
        if left.iter().any(|byte| *byte != 0) {
            return None;
        }
        bytes.extend_from_slice(read);
    }
    Some(bytes)
}

/// Reads exactly `N` bytes of base64url; anything else is `None`.
pub(crate) fn from_base64<const N: usize>(text: &str) -> Option<[u8; N]> {
    // Refused before it is decoded: the cost of a wrong text does not grow with its length.
    if text.len() != (N * 4).div_ceil(3) {
        return None;
    }
    let bytes = Zeroizing::new(decode(text)?);
    bytes.as_slice().try_into().ok()
}

/// Reads at most `most` bytes of base64url; anything else is `None`.
pub(crate) fn from_base64_up_to(text: &str, most: usize) -> Option<Vec<u8>> {
    if text.len() > most.saturating_mul(4).div_ceil(3) {
        return None;
    }
    decode(text).filter(|bytes| bytes.len() <= most)
}

/// For `#[serde(with = "bytes")]` on a `[u8; N]`.
pub(crate) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&to_base64(bytes))
}

/// For `#[serde(with = "bytes")]` on a `[u8; N]`.
pub(crate) fn deserialize<'de, D: Deserializer<'de>, const N: usize>(
    deserializer: D,
) -> Result<[u8; N], D::Error> {
    let text = Zeroizing::new(String::deserialize(deserializer)?);
    from_base64(&text).ok_or_else(|| D::Error::custom("not base64url of the right length"))
}

/// For `#[serde(with = "bytes::boxed")]` on a `Box<[u8; N]>`: what is long lies outside of the message
/// that carries it, which otherwise would be as long whatever it says.
pub(crate) mod boxed {
    use super::{Box, Deserializer, Serializer};

    pub(crate) fn serialize<S: Serializer, const N: usize>(
        bytes: &[u8; N],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        super::serialize(bytes, serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>, const N: usize>(
        deserializer: D,
    ) -> Result<Box<[u8; N]>, D::Error> {
        super::deserialize(deserializer).map(Box::new)
    }
}

/// Writes 16 bytes as 26 characters of base32.
pub(crate) fn to_base32(bytes: [u8; 16]) -> String {
    let value = u128::from_be_bytes(bytes);
    (0..BASE32_LEN)
        .map(|place| {
            let shift = 123 - 5 * i32::from(place);
            // The last character carries three bits and two zeros.
            let bits = if shift < 0 { value << -shift } else { value >> shift };
            char::from(BASE32.get(usize::from(low_five(bits))).copied().unwrap_or(b'a'))
        })
        .collect()
}

/// Reads what [`to_base32`] writes, and nothing else: one value has one spelling.
pub(crate) fn from_base32(text: &str) -> Option<[u8; 16]> {
    if text.len() != usize::from(BASE32_LEN) {
        return None;
    }
    let mut value: u128 = 0;
    for (place, byte) in (0..BASE32_LEN).zip(text.bytes()) {
        let digit = BASE32.iter().position(|known| *known == byte)?;
        let digit = u128::try_from(digit).ok()?;
        if place + 1 == BASE32_LEN {
            if digit & 0b11 != 0 {
                return None;
            }
            value = (value << 3) | (digit >> 2);
        } else {
            value = (value << 5) | digit;
        }
    }
    Some(value.to_be_bytes())
}

/// The lowest five bits.
fn low_five(value: u128) -> u8 {
    let [.., last] = value.to_be_bytes();
    last & 0b1_1111
}

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const BASE32: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
const BASE32_LEN: u8 = 26;

#[cfg(test)]
mod tests {
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
    use proptest::{collection::vec, prelude::*};

    use super::*;

    #[test]
    fn base32_is_the_one_of_the_rfc() {
        assert_eq!(to_base32(*b"foobarfoobarfoob"), "mzxw6ytbojtg633cmfzgm33pmi");
        assert_eq!(to_base32([0xff; 16]), "77777777777777777777777774");
    }

    proptest! {
        #[test]
        fn base32_returns_what_was_written(bytes: [u8; 16]) {
            prop_assert_eq!(from_base32(&to_base32(bytes)), Some(bytes));
        }

        #[test]
        fn base32_has_one_spelling(text in "[a-z2-7]{26}") {
            if let Some(bytes) = from_base32(&text) {
                prop_assert_eq!(to_base32(bytes), text);
            }
        }

        #[test]
        fn base64_is_the_one_of_the_rfc(bytes in vec(any::<u8>(), 0..50)) {
            let text = to_base64(&bytes);
            prop_assert_eq!(&text, &URL_SAFE_NO_PAD.encode(&bytes));
            prop_assert_eq!(text.capacity(), text.len());
            prop_assert_eq!(from_base64_up_to(&text, 50), Some(bytes));
        }

        #[test]
        fn base64_has_one_spelling(text in "[A-Za-z0-9_-]{0,12}([+/=]|.)?") {
            prop_assert_eq!(from_base64_up_to(&text, 20), URL_SAFE_NO_PAD.decode(&text).ok());
        }

        #[test]
        fn base64_returns_what_was_written(bytes: [u8; 32]) {
            prop_assert_eq!(from_base64::<32>(&to_base64(&bytes)), Some(bytes));
        }

        #[test]
        fn any_text_is_read_or_refused(text in ".{0,60}") {
            prop_assert!(from_base64::<32>(&text).is_none_or(|b| to_base64(&b).len() == 43));
            prop_assert!(from_base32(&text).is_none() || text.len() == 26);
        }
    }
}

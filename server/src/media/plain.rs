// SPDX-License-Identifier: EUPL-1.2
//! A payload on its way to many: it lies here once, each subscriber's numbers are written into it in turn, and it is
//! sealed from here into the subscriber's datagram. Copying it for each of them would cost more than all its numbers.

use super::bytes::put;
use super::packet::MAX_DATAGRAM;

/// Room for one payload and what is padded behind it.
#[derive(Debug, Default)]
pub struct Plain {
    /// Empty before the first.
    bytes: Vec<u8>,
    /// Nothing if the payload is longer than any that can be sent.
    len: Option<usize>,
}

impl Plain {
    /// Takes a payload in the place of the one before.
    pub fn load(&mut self, payload: &[u8]) {
        let fits = payload.len() <= MAX_DATAGRAM;
        self.bytes.resize(MAX_DATAGRAM + usize::from(u8::MAX), 0);
        self.len = fits.then(|| put(&mut self.bytes, 0, payload)).flatten().map(|()| payload.len());
    }

    /// The payload, as it was written into last.
    pub fn payload(&self) -> Option<&[u8]> {
        self.bytes.get(..self.len?)
    }

    /// The last `len` bytes of the payload, with so many bytes of padding behind them (RFC 3550 §5.1). What is
    /// written into them is there for whoever comes next, too.
    pub fn last(&mut self, len: usize, padding: u8) -> Option<&mut [u8]> {
        let all = self.len?;
        let end = all.checked_add(usize::from(padding))?;
        if let Some((last, before)) = self.bytes.get_mut(all..end)?.split_last_mut() {
            *last = padding;
            if !before.is_empty() {
                before.fill(0);
            }
        }
        self.bytes.get_mut(all.checked_sub(len)?..end)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::packet::pad;
    use super::*;

    proptest! {
        #[test]
        fn what_is_there_ends_as_if_it_were_copied_and_padded(
            payload in prop::collection::vec(any::<u8>(), 0..=MAX_DATAGRAM),
            takers in prop::collection::vec((any::<prop::sample::Index>(), 0_u8..=255), 1..5),
        ) {
            let mut plain = Plain::default();
            plain.load(&payload);
            for (start, padding) in takers {
                let part = &payload[start.index(payload.len() + 1)..];
                // A byte of the header in front, in which padding is noted.
                let mut expected = vec![0x80];
                expected.extend_from_slice(part);
                expected.resize(expected.len() + usize::from(padding), 0xff);
                pad(&mut expected, part.len() + 1, padding).unwrap();
                prop_assert_eq!(plain.last(part.len(), padding).unwrap(), &expected[1..]);
            }
            prop_assert_eq!(plain.last(payload.len() + 1, 0), None);
        }
    }

    #[test]
    fn what_is_longer_than_any_datagram_is_not_there() {
        let mut plain = Plain::default();
        plain.load(&[1]);
        plain.load(&[0; MAX_DATAGRAM + 1]);
        assert_eq!(plain.last(0, 0), None);
    }
}

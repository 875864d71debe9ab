// SPDX-License-Identifier: EUPL-1.2
//! From when until when a certificate holds: one field of it (RFC 5280 §4.1), and nothing else.

use shared::UnixTime;
use time::{Date, Month, Time};

/// The end of a certificate's validity; nothing if it cannot be read. DER in, one pass, no allocation.
pub(super) fn expiry(certificate: &[u8]) -> Option<UnixTime> {
    validity(certificate).map(|(_from, until)| until)
}

/// Its beginning and its end, in the same way.
pub(super) fn validity(certificate: &[u8]) -> Option<(UnixTime, UnixTime)> {
    let (certificate, _) = element(certificate, SEQUENCE)?;
    let (fields, _) = element(certificate, SEQUENCE)?;
    let (first, _, after_version) = any(fields)?;
    // The version comes first and may be left out.
    let serial = if first == VERSION { after_version } else { fields };
    let (_, algorithm) = element(serial, INTEGER)?;
    let (_, issuer) = element(algorithm, SEQUENCE)?;
    let (_, validity) = element(issuer, SEQUENCE)?;
    let (validity, _) = element(validity, SEQUENCE)?;
    let (from_kind, from, until) = any(validity)?;
    let (until_kind, until, _) = any(until)?;
    let from = moment(from_kind, core::str::from_utf8(from).ok()?)?;
    Some((from, moment(until_kind, core::str::from_utf8(until).ok()?)?))
}

/// One element of this kind: what it holds, and what comes behind it.
fn element(bytes: &[u8], kind: u8) -> Option<(&[u8], &[u8])> {
    let (found, content, rest) = any(bytes)?;
    (found == kind).then_some((content, rest))
}

/// One element: its kind, what it holds, and what comes behind it.
fn any(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (kind, bytes) = bytes.split_first()?;
    let (first, bytes) = bytes.split_first()?;
    let (length, bytes) = match first {
        ..LONG => (usize::from(*first), bytes),
        // How many bytes the length has. With more than three, it is longer than any file that we read.
        &(LONG..=0x83) => {
            let (digits, bytes) = bytes.split_at_checked(usize::from(first & !LONG))?;
            let length = digits.iter().fold(0, |length: usize, digit| {
                length.wrapping_mul(256).wrapping_add(usize::from(*digit))
            });
            (length, bytes)
        }
        _ => return None,
    };
    let (content, rest) = bytes.split_at_checked(length)?;
    Some((*kind, content, rest))
}

/// `YYMMDDHHMMSSZ` or `YYYYMMDDHHMMSSZ`: RFC 5280 knows nothing else.
fn moment(kind: u8, text: &str) -> Option<UnixTime> {
    let digits = text.strip_suffix('Z')?;
    if !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let (year, rest) = match kind {
        UTC_TIME => {
            let (year, rest) = digits.split_at_checked(2)?;
            let year: i32 = year.parse().ok()?;
            (if year < 50 { year.saturating_add(2_000) } else { year.saturating_add(1_900) }, rest)
        }
        GENERALIZED_TIME => {
            let (year, rest) = digits.split_at_checked(4)?;
            (year.parse().ok()?, rest)
        }
        _ => return None,
    };
    let part = |at: usize| rest.get(at..at.saturating_add(2))?.parse::<u8>().ok();
    if rest.len() != 10 {
        return None;
    }
    let date = Date::from_calendar_date(year, Month::try_from(part(0)?).ok()?, part(2)?).ok()?;
    let time = Time::from_hms(part(4)?, part(6)?, part(8)?).ok()?;
    let seconds = date.with_time(time).assume_utc().unix_timestamp();
    u64::try_from(seconds).ok().map(UnixTime::from_secs)
}

const SEQUENCE: u8 = 0x30;
const INTEGER: u8 = 0x02;
const VERSION: u8 = 0xa0;
const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;
/// From here on, the first byte of a length says how many more it has.
const LONG: u8 = 0x80;

#[cfg(test)]
mod tests {
    use proptest::proptest;

    use super::*;

    /// A certificate that holds until the first second of this year.
    fn until(year: i32) -> Vec<u8> {
        let mut params = rcgen::CertificateParams::new(vec!["zooo.example".to_owned()]).unwrap();
        params.not_after = rcgen::date_time_ymd(year, 1, 1);
        let key = rcgen::KeyPair::generate().unwrap();
        params.self_signed(&key).unwrap().der().to_vec()
    }

    #[test]
    fn a_certificate_says_until_when_it_holds() {
        assert_eq!(expiry(&until(2027)).map(UnixTime::as_secs), Some(1_798_761_600));
        // In the other of the two forms.
        assert_eq!(expiry(&until(2060)).map(UnixTime::as_secs), Some(2_840_140_800));
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in
            ["270101000000", "2701010000Z", "271301000000Z", "270101000060Z", "+70101000000Z"]
        {
            assert_eq!(moment(UTC_TIME, text), None, "{text}");
        }
        assert_eq!(moment(INTEGER, "270101000000Z"), None);
    }

    proptest! {
        #[test]
        fn nothing_in_a_file_breaks_it(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200)) {
            let _any = expiry(&bytes);
        }

        #[test]
        fn nor_does_a_certificate_that_is_cut_or_damaged(at in 0_usize..300, to: u8, cut in 0_usize..300) {
            let mut bytes = until(2027);
            let at = at % bytes.len();
            bytes[at] = to;
            let _any = expiry(&bytes);
            bytes.truncate(cut % bytes.len());
            let _any = expiry(&bytes);
        }
    }
}

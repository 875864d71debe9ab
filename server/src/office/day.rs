// SPDX-License-Identifier: EUPL-1.2
//! A day as people write it: `2027-01-31`.

use shared::UnixTime;
use time::{Date, Month};

/// The moment at which this day is over in UTC; `None` when the calendar has no such day.
pub fn end_of_day(text: &str) -> Option<UnixTime> {
    let (year, month, day) = match *text.as_bytes() {
        [_, _, _, _, b'-', _, _, b'-', _, _] => {
            (digits(text.get(0..4)?)?, digits(text.get(5..7)?)?, digits(text.get(8..10)?)?)
        }
        _ => return None,
    };
    let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
    let day = u8::try_from(day).ok()?;
    let day = Date::from_calendar_date(i32::from(year), month, day).ok()?;
    let end = day.next_day()?.midnight().assume_utc().unix_timestamp();
    u64::try_from(end).ok().map(UnixTime::from_secs)
}

/// Nothing but digits: `parse` alone takes a sign.
fn digits(text: &str) -> Option<u16> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_day_ends_when_the_next_one_begins() {
        for (day, end) in [
            ("1970-01-01", 86_400),
            ("2024-02-28", 1_709_164_800),
            ("2024-02-29", 1_709_251_200),
            ("2026-12-31", 1_798_761_600),
            ("2038-01-19", 2_147_558_400),
        ] {
            assert_eq!(end_of_day(day).map(UnixTime::as_secs), Some(end), "{day}");
        }
    }

    #[test]
    fn what_the_calendar_does_not_have_is_no_day() {
        for text in [
            "",
            "tomorrow",
            "2026-02-29",
            "2026-13-01",
            "2026-00-10",
            "2026-04-31",
            "2026-1-1",
            "26-01-01",
            "2026/01/01",
            "31-12-2026",
            "+026-01-01",
            "2026-01-+1",
            "2026-01-01 ",
            "9999-12-31",
            "1969-12-30",
            "20261-1-01",
        ] {
            assert_eq!(end_of_day(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in ".{0,12}", nearly in "[0-9]{4}-[0-9]{2}-[0-9+é]{2}") {
            for text in [text, nearly] {
                prop_assert!(end_of_day(&text).is_none() || text.len() == 10);
            }
        }

        #[test]
        fn days_end_in_their_order(year in 1970..9999, month in 1..=12, day in 1..28) {
            let end = |day| end_of_day(&format!("{year:04}-{month:02}-{day:02}")).map(UnixTime::as_secs);
            prop_assert_eq!(end(day + 1), end(day).map(|secs| secs + 86_400));
        }
    }
}

// SPDX-License-Identifier: EUPL-1.2
//! A meeting in somebody's calendar (iCalendar, RFC 5545). Its time is in UTC: no calendar has to know a time zone,
//! and each shows it in its own.

use core::{fmt::Write as _, time::Duration};

use shared::UnixTime;

/// A meeting at a time.
#[derive(Clone, Copy, Debug)]
pub struct Appointment<'a> {
    /// What tells it from all others; the same again changes what a calendar has. It is random: it says
    /// nothing of the room.
    pub id: [u8; 16],
    /// When this was written.
    pub written: UnixTime,
    /// When it begins.
    pub begins: UnixTime,
    /// How long it takes; nothing where the end is open.
    pub length: Option<Duration>,
    /// What it is called.
    pub title: &'a str,
    /// The invitation.
    pub link: &'a str,
    /// What is said about it, in lines.
    pub text: &'a str,
}

impl Appointment<'_> {
    /// The file that calendars read.
    pub fn to_calendar(self) -> String {
        let Self { id, written, begins, length, title, link, text } = self;
        let id = id.iter().fold(String::new(), |id, byte| format!("{id}{byte:02x}"));
        let mut file = String::new();
        let mut add = |line: &str| fold(line, &mut file);
        add("BEGIN:VCALENDAR");
        add("VERSION:2.0");
        add("PRODID:-//zooo//zooo//EN");
        add("BEGIN:VEVENT");
        add(&format!("UID:{id}"));
        add(&format!("DTSTAMP:{}", stamp(written)));
        add(&format!("DTSTART:{}", stamp(begins)));
        if let Some(length) = length {
            add(&format!("DTEND:{}", stamp(begins + length)));
        }
        add(&format!("SUMMARY:{}", escaped(title)));
        add(&format!("LOCATION:{}", escaped(link)));
        // An address is no text: nothing in it is escaped (§3.3.13).
        add(&format!("URL:{}", one_line(link)));
        add(&format!("DESCRIPTION:{}", escaped(text)));
        // Who may look into the calendar of somebody who is invited is not invited.
        add("CLASS:PRIVATE");
        add("END:VEVENT");
        add("END:VCALENDAR");
        file
    }
}

/// Most bytes of a line without its end (§3.1).
const LINE: usize = 75;

/// Adds a line, as several where it is too long. No letter is divided.
fn fold(line: &str, file: &mut String) {
    let mut used = 0;
    for letter in line.chars() {
        if used + letter.len_utf8() > LINE {
            file.push_str("\r\n ");
            used = 1;
        }
        file.push(letter);
        used += letter.len_utf8();
    }
    file.push_str("\r\n");
}

/// A text as a value (§3.3.11). Control characters are in no text.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | ';' | ',' => escaped.extend(['\\', letter]),
            '\n' => escaped.push_str("\\n"),
            letter if letter.is_control() => {}
            letter => escaped.push(letter),
        }
    }
    escaped
}

fn one_line(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).collect()
}

/// A moment in UTC (§3.3.5).
fn stamp(moment: UnixTime) -> String {
    let (days, second) = (moment.as_secs() / 86_400, moment.as_secs() % 86_400);
    let (year, month, day) = date(days);
    let mut stamp = format!("{year:04}{month:02}{day:02}T");
    for part in [second / 3_600, second / 60 % 60, second % 60] {
        // Writing to a string cannot fail.
        write!(stamp, "{part:02}").unwrap_or_default();
    }
    stamp + "Z"
}

/// The date so many days after 1970-01-01. Years are counted from March, so that the day that some have more is
/// their last; 400 of them have the same number of days, always.
const fn date(days: u64) -> (u64, u64, u64) {
    let days = days + 719_468;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let (month, later) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    (era * 400 + year + later, month, day)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn calendar(title: &str, link: &str, text: &str) -> String {
        Appointment {
            id: [0xab; 16],
            written: UnixTime::from_secs(1_796_083_200),
            begins: UnixTime::from_secs(1_801_474_200),
            length: Some(Duration::from_mins(90)),
            title,
            link,
            text,
        }
        .to_calendar()
    }

    /// Reads as calendars do: lines are unfolded, and the value stands behind the first colon.
    fn value(calendar: &str, name: &str) -> String {
        let unfolded = calendar.replace("\r\n ", "");
        let mut lines = unfolded.split("\r\n");
        let line = lines.find_map(|line| line.strip_prefix(&format!("{name}:"))).unwrap();
        line.to_owned()
    }

    fn text_value(calendar: &str, name: &str) -> String {
        let mut text = String::new();
        let value = value(calendar, name);
        let mut letters = value.chars();
        while let Some(letter) = letters.next() {
            match letter {
                '\\' => {
                    text.push(letters.next().map(|it| if it == 'n' { '\n' } else { it }).unwrap());
                }
                ';' | ',' => panic!("{letter} is not escaped in {value}"),
                letter => text.push(letter),
            }
        }
        text
    }

    #[test]
    fn an_appointment_is_what_calendars_read() {
        let calendar = calendar("Besprechung", "https://zooo.example/r/x#y", "Guten Tag,\nhier.\n");
        assert_eq!(
            calendar,
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//zooo//zooo//EN\r\nBEGIN:VEVENT\r\n\
             UID:abababababababababababababababab\r\nDTSTAMP:20261201T000000Z\r\n\
             DTSTART:20270201T093000Z\r\nDTEND:20270201T110000Z\r\nSUMMARY:Besprechung\r\n\
             LOCATION:https://zooo.example/r/x#y\r\nURL:https://zooo.example/r/x#y\r\n\
             DESCRIPTION:Guten Tag\\,\\nhier.\\n\r\nCLASS:PRIVATE\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        );
    }

    #[test]
    fn a_day_is_the_day_that_it_is() {
        for (days, said) in [
            (0, (1970, 1, 1)),
            (59, (1970, 3, 1)),
            (10_956, (1999, 12, 31)),
            (11_016, (2000, 2, 29)),
            (11_017, (2000, 3, 1)),
            (20_819, (2027, 1, 1)),
            (21_243, (2028, 2, 29)),
            (47_540, (2100, 2, 28)),
            (47_541, (2100, 3, 1)),
        ] {
            assert_eq!(date(days), said, "{days} days");
        }
    }

    proptest! {
        #[test]
        fn one_day_follows_the_other(days in 0..200_000_u64) {
            let [(year, month, day), next] = [date(days), date(days + 1)];
            let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            let last = match month { 2 if leap => 29, 2 => 28, 4 | 6 | 9 | 11 => 30, _ => 31 };
            let expected = if day < last {
                (year, month, day + 1)
            } else if month < 12 {
                (year, month + 1, 1)
            } else {
                (year + 1, 1, 1)
            };
            prop_assert_eq!(next, expected);
        }

        #[test]
        fn whatever_is_written_is_read(title in any::<String>(), text in "\\PC*(\n\\PC*){0,4}", link in "https://[a-zäöü/#]{1,120}") {
            let calendar = calendar(&title, &link, &text);
            for line in calendar.split("\r\n") {
                prop_assert!(line.len() <= LINE, "{line:?}");
                prop_assert!(!line.contains(char::is_control), "{line:?}");
            }
            let kept = |text: &str| text.chars().filter(|it| *it == '\n' || !it.is_control()).collect::<String>();
            prop_assert_eq!(text_value(&calendar, "SUMMARY"), kept(&title));
            prop_assert_eq!(text_value(&calendar, "DESCRIPTION"), kept(&text));
            prop_assert_eq!(value(&calendar, "URL"), link);
        }
    }
}

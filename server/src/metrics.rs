// SPDX-License-Identifier: EUPL-1.2
//! What an operator can measure: sums over everybody, without a name, a room or an address.
//!
//! Whoever counts adds to a sum of their own, and whoever asks reads all of them; nothing waits for anything. Who is
//! here is told in fives: of one conference, no scrape says whether somebody came or left.

use core::fmt::{self, Write as _};
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use shared::Refusal;

use crate::{room::Counts, transport::MediaCounters};

macro_rules! sums {
    ($($(#[doc = $doc:literal])+ $name:ident,)+) => {
        /// Sums over all rooms, sessions and connections since the start. Cheap to share.
        #[derive(Debug, Default)]
        pub struct Sums {
            /// People inside, at present.
            inside: AtomicU64,
            /// People at a door, at present.
            waiting: AtomicU64,
            $($(#[doc = $doc])+ $name: AtomicU64,)+
        }

        /// What is counted one by one.
        #[derive(Clone, Copy, Debug, Eq, PartialEq)]
        #[expect(non_camel_case_types, reason = "each is the name of a sum")]
        pub enum Sum {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Sums {
            const fn of(&self, sum: Sum) -> &AtomicU64 {
                match sum {
                    $(Sum::$name => &self.$name,)+
                }
            }
        }

        /// Every sum, its name and what it says.
        const SUMS: &[(Sum, &str, &str)] =
            &[$((Sum::$name, stringify!($name), concat!($($doc),+)),)+];
    };
}

sums! {
    /// Rooms that were opened.
    rooms_opened,
    /// Rooms that nobody is in any more.
    rooms_ended,
    /// Media transports whose keys were agreed.
    handshakes,
    /// Media transports that were never agreed: a broken handshake, or a cipher that is too weak.
    handshakes_failed,
    /// Entries that were refused, for whatever reason.
    refusals,
    /// Limit met: no room could be opened, because too many were open.
    limit_rooms,
    /// Limit met: a room or its lobby had no place left.
    limit_places,
    /// Limit met: the server had no place left for a session.
    limit_sessions,
    /// Limit met: an address had too many sessions open.
    limit_sessions_of_address,
    /// Limit met: the server had too many connections open.
    limit_connections,
    /// Limit met: an address opened too many connections, or too fast.
    limit_connections_of_address,
    /// Limit met: a page was cut off, because it said too much, or what the protocol does not allow.
    limit_messages,
    /// Limit met: something was written faster than it is passed on.
    limit_chat,
}

impl Sums {
    /// Counts one.
    pub fn count(&self, sum: Sum) {
        self.add(sum, 1);
    }

    fn add(&self, sum: Sum, more: u64) {
        self.of(sum).fetch_add(more, Ordering::Relaxed);
    }

    /// Everything, as text of `OpenMetrics` 1.0. `rooms` are open now.
    pub fn text(&self, rooms: usize, media: MediaCounters) -> String {
        let mut text = Text::default();
        let people = |count: &AtomicU64| in_fives(count.load(Ordering::Relaxed));
        text.gauge("rooms", "Rooms that are open.", rooms);
        text.gauge("participants", "People inside, in fives, rounded up.", people(&self.inside));
        text.gauge("knocks", "People at a door, in fives, rounded up.", people(&self.waiting));
        for (sum, name, help) in SUMS {
            text.counter("", name, help, self.of(*sum).load(Ordering::Relaxed));
        }
        for (name, help, value) in media.named() {
            text.counter("media_", name, help, value);
        }
        text.0.push_str("# EOF\n");
        text.0
    }
}

/// What one room has added to the sums. Dropped, its people are no longer counted.
#[derive(Debug)]
pub struct Share {
    sums: Arc<Sums>,
    counts: Counts,
    inside: u64,
    waiting: u64,
}

impl Share {
    /// Of a room that has just been opened.
    pub fn of_room(sums: &Arc<Sums>) -> Self {
        sums.count(Sum::rooms_opened);
        Self { sums: Arc::clone(sums), counts: Counts::default(), inside: 0, waiting: 0 }
    }

    /// Adds what is new.
    pub fn account(&mut self, (inside, waiting): (usize, usize), counts: &Counts) {
        let [inside, waiting] = [inside, waiting].map(|people| u64::try_from(people).unwrap_or(0));
        let Self { sums, counts: before, .. } = self;
        replace(&sums.inside, &mut self.inside, inside);
        replace(&sums.waiting, &mut self.waiting, waiting);
        if before == counts {
            return;
        }
        let refused = |counts: &Counts| counts.refused.values().sum::<u64>();
        let full = |counts: &Counts| counts.refused.get(&Refusal::Full).copied().unwrap_or(0);
        for (sum, after, before) in [
            (Sum::refusals, refused(counts), refused(before)),
            (Sum::limit_places, full(counts), full(before)),
            (Sum::limit_messages, counts.violations, before.violations),
            (Sum::limit_chat, counts.held_back, before.held_back),
        ] {
            sums.add(sum, after.saturating_sub(before));
        }
        before.clone_from(counts);
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        replace(&self.sums.inside, &mut self.inside, 0);
        replace(&self.sums.waiting, &mut self.waiting, 0);
        self.sums.count(Sum::rooms_ended);
    }
}

/// Puts what somebody has in the place of what they had.
fn replace(sum: &AtomicU64, had: &mut u64, has: u64) {
    if *had != has {
        // Others add and take meanwhile: a difference wraps as the sum does.
        sum.fetch_add(has.wrapping_sub(*had), Ordering::Relaxed);
        *had = has;
    }
}

/// Rounded up: nobody is nobody, and one is told as five are.
const fn in_fives(count: u64) -> u64 {
    count.div_ceil(CROWD).saturating_mul(CROWD)
}

#[derive(Default)]
struct Text(String);

impl Text {
    fn gauge(&mut self, name: &str, help: &str, value: impl fmt::Display) {
        self.metric(name, "gauge", help, "", value);
    }

    fn counter(&mut self, of: &str, name: &str, help: &str, value: u64) {
        self.metric(&format!("{of}{name}"), "counter", help, "_total", value);
    }

    fn metric(&mut self, name: &str, kind: &str, help: &str, ends: &str, value: impl fmt::Display) {
        let help = help.trim();
        // A String takes whatever is written to it.
        write!(
            self.0,
            "# TYPE zooo_{name} {kind}\n# HELP zooo_{name} {help}\nzooo_{name}{ends} {value}\n"
        )
        .unwrap_or_default();
    }
}

/// Larger, an operator sees less of how full the server is. Smaller, a scrape tells who came to a small conference.
const CROWD: u64 = 5;

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str, name: &str) -> Option<u64> {
        let line = text.lines().find_map(|line| line.strip_prefix(&format!("zooo_{name} ")));
        line.and_then(|value| value.parse().ok())
    }

    #[test]
    fn who_is_here_is_told_in_fives_and_forgotten_with_the_room() {
        let sums = Arc::new(Sums::default());
        let mut rooms = [Share::of_room(&sums), Share::of_room(&sums)];
        let people = || {
            let text = sums.text(2, MediaCounters::default());
            (value(&text, "participants"), value(&text, "knocks"))
        };
        assert_eq!(people(), (Some(0), Some(0)));
        rooms[0].account((1, 0), &Counts::default());
        assert_eq!(people(), (Some(5), Some(0)));
        rooms[0].account((5, 7), &Counts::default());
        assert_eq!(people(), (Some(5), Some(10)));
        rooms[1].account((1, 0), &Counts::default());
        assert_eq!(people(), (Some(10), Some(10)));
        drop(rooms);
        assert_eq!(people(), (Some(0), Some(0)));
        let text = sums.text(0, MediaCounters::default());
        let [opened, ended] =
            ["opened", "ended"].map(|it| value(&text, &format!("rooms_{it}_total")));
        assert_eq!((opened, ended), (Some(2), Some(2)));
    }

    #[test]
    fn what_a_room_refused_is_counted_once() {
        let sums = Arc::new(Sums::default());
        let mut room = Share::of_room(&sums);
        let mut counts = Counts { violations: 1, ..Counts::default() };
        counts.refused.insert(Refusal::Full, 2);
        counts.refused.insert(Refusal::Locked, 3);
        for _ in 0..2 {
            room.account((0, 0), &counts);
        }
        counts.held_back = 4;
        room.account((0, 0), &counts);
        let text = sums.text(1, MediaCounters::default());
        for (name, expected) in
            [("refusals", 5), ("limit_places", 2), ("limit_messages", 1), ("limit_chat", 4)]
        {
            assert_eq!(value(&text, &format!("{name}_total")), Some(expected), "{name}");
        }
    }

    #[test]
    fn every_metric_is_explained_and_has_a_value() {
        let text = Sums::default().text(3, MediaCounters { packets_in: 7, ..Default::default() });
        assert!(text.ends_with("\n# EOF\n"), "{text}");
        let body = text.strip_suffix("# EOF\n").expect("the end");
        let lines: Vec<_> = body.lines().collect();
        for metric in lines.chunks(3) {
            let name = metric[0].split(' ').nth(2).expect("a name");
            let (name_of_value, value) = metric[2].split_once(' ').expect("a value");
            assert!(metric[1].starts_with(&format!("# HELP {name} ")), "{metric:?}");
            assert!(name_of_value.trim_end_matches("_total") == name, "{metric:?}");
            assert!(value.parse::<u64>().is_ok() && !metric[2].contains('{'), "{metric:?}");
        }
        assert_eq!(value(&text, "rooms"), Some(3));
        assert_eq!(value(&text, "media_packets_in_total"), Some(7));
    }
}

// SPDX-License-Identifier: EUPL-1.2
//! The table `[limits]`: how much an operator lets a server take on.

use core::time::Duration;

use serde::Deserialize;

use crate::{
    config::{ConfigError, ServerLimits},
    transport::MediaLimits,
};

/// What an operator wrote. What is `None` was not said; docs/zooo.toml explains each key.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct LimitSettings {
    /// The rooms that can be open at once.
    pub rooms_at_once: Option<u32>,
    /// The people in one room.
    pub participants: Option<u32>,
    /// The people at its door.
    pub waiting: Option<u32>,
    /// The sessions of all rooms together.
    pub sessions: Option<u32>,
    /// The connections that load the page.
    pub connections: Option<u32>,
    /// The sessions of one address.
    pub sessions_per_address: Option<u32>,
    /// The connections of one address that load the page.
    pub connections_per_address: Option<u32>,
    /// The messages of one page in a second, for long; three times as many at once.
    pub messages_per_second: Option<u32>,
    /// What one participant may send, in kbit/s.
    pub kbits_up: Option<u32>,
    /// What one participant may be sent, in kbit/s.
    pub kbits_down: Option<u32>,
    /// What all may be sent together, in kbit/s.
    pub kbits_total: Option<u32>,
}

/// A key, what was said of it, from where to where it goes, and what it sets.
type Count<'l> = (&'static str, Option<u32>, (u32, u32), &'l mut usize);

impl LimitSettings {
    /// What holds where nothing is said.
    pub fn usual() -> Self {
        let ServerLimits { http, session, driver, room, media } = ServerLimits::default();
        let count = |count: usize| u32::try_from(count).ok();
        Self {
            rooms_at_once: count(driver.rooms),
            participants: count(room.seats),
            waiting: count(room.waiting),
            sessions: count(http.sessions),
            connections: count(http.connections),
            sessions_per_address: count(http.address.sessions),
            connections_per_address: count(http.address.connections),
            messages_per_second: Some(session.burst.div_euclid(BURST)),
            kbits_up: media.up.and_then(kbits),
            kbits_down: media.down.and_then(kbits),
            kbits_total: media.total.and_then(kbits),
        }
    }

    /// These settings, and where they say nothing, the others.
    #[must_use]
    pub fn or(self, others: Self) -> Self {
        Self {
            rooms_at_once: self.rooms_at_once.or(others.rooms_at_once),
            participants: self.participants.or(others.participants),
            waiting: self.waiting.or(others.waiting),
            sessions: self.sessions.or(others.sessions),
            connections: self.connections.or(others.connections),
            sessions_per_address: self.sessions_per_address.or(others.sessions_per_address),
            connections_per_address: self
                .connections_per_address
                .or(others.connections_per_address),
            messages_per_second: self.messages_per_second.or(others.messages_per_second),
            kbits_up: self.kbits_up.or(others.kbits_up),
            kbits_down: self.kbits_down.or(others.kbits_down),
            kbits_total: self.kbits_total.or(others.kbits_total),
        }
    }

    /// Puts what was said in the place of what is usual.
    pub fn set(&self, limits: &mut ServerLimits) -> Result<(), ConfigError> {
        let ServerLimits { http, session, driver, room, media } = limits;
        let address = &mut http.address;
        let counts: [Count<'_>; 7] = [
            ("rooms_at_once", self.rooms_at_once, (1, MANY), &mut driver.rooms),
            ("participants", self.participants, (2, CROWD), &mut room.seats),
            ("waiting", self.waiting, (1, 1_000), &mut room.waiting),
            ("sessions", self.sessions, (1, MANY), &mut http.sessions),
            ("connections", self.connections, (8, MANY), &mut http.connections),
            ("sessions_per_address", self.sessions_per_address, (1, MANY), &mut address.sessions),
            // A browser opens six to load a page.
            (
                "connections_per_address",
                self.connections_per_address,
                (8, MANY),
                &mut address.connections,
            ),
        ];
        for (key, said, range, limit) in counts {
            if let Some(said) = within(key, said, range)? {
                *limit = usize::try_from(said).unwrap_or(*limit);
            }
        }
        let range = (5, 1_000);
        if let Some(rate) = within("messages_per_second", self.messages_per_second, range)? {
            session.burst = rate.saturating_mul(BURST);
            session.refill = Duration::from_secs(1).checked_div(rate).unwrap_or(session.refill);
        }
        self.set_media(media)
    }

    fn set_media(&self, media: &mut MediaLimits) -> Result<(), ConfigError> {
        for (key, said, range, limit) in [
            ("kbits_up", self.kbits_up, (PICTURE, MANY), &mut media.up),
            ("kbits_down", self.kbits_down, (PICTURE, MANY), &mut media.down),
            ("kbits_total", self.kbits_total, (1_000, MUCH), &mut media.total),
        ] {
            if let Some(said) = within(key, said, range)? {
                *limit = Some(u64::from(said).saturating_mul(1_000));
            }
        }
        Ok(())
    }
}

fn kbits(bits: u64) -> Option<u32> {
    u32::try_from(bits.div_euclid(1_000)).ok()
}

fn within(
    key: &'static str,
    said: Option<u32>,
    (least, most): (u32, u32),
) -> Result<Option<u32>, ConfigError> {
    match said {
        Some(said) if !(least..=most).contains(&said) => {
            Err(ConfigError::Limit { key, said, least, most })
        }
        _ => Ok(said),
    }
}

/// At once a page can say what it can say for long in so many seconds. Fewer, entering a room is a flood.
const BURST: u32 = 3;
/// More than what a machine has memory and open files for.
const MANY: u32 = 1_000_000;
/// Sound and one small picture. Less, a camera is not seen at all.
const PICTURE: u32 = 250;
/// In kbit/s: what no single machine has a line for.
const MUCH: u32 = 400_000_000;
/// What is told to everybody grows with the square of a room; more was never measured.
const CROWD: u32 = 250;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_usual_changes_nothing() {
        let mut limits = ServerLimits::default();
        assert_eq!(LimitSettings::usual().set(&mut limits), Ok(()));
        let usual = ServerLimits::default();
        assert_eq!((limits.http, limits.session), (usual.http, usual.session));
        assert_eq!((limits.driver, limits.room), (usual.driver, usual.room));
        assert_eq!(limits.media, usual.media);
        assert!(LimitSettings::usual().rooms_at_once.is_some());
    }

    #[test]
    fn each_key_sets_its_own_limit_within_its_range() {
        let set = |text: &str| {
            let mut limits = ServerLimits::default();
            let settings = LimitSettings::parse(text).expect("settings");
            settings.set(&mut limits).map(|()| limits)
        };
        let limits = |text| set(text).expect("limits");
        assert_eq!(limits("rooms_at_once = 7").driver.rooms, 7);
        assert_eq!(limits("participants = 7").room.seats, 7);
        assert_eq!(limits("waiting = 7").room.waiting, 7);
        assert_eq!(limits("sessions = 7").http.sessions, 7);
        assert_eq!(limits("connections = 8").http.connections, 8);
        assert_eq!(limits("sessions_per_address = 7").http.address.sessions, 7);
        assert_eq!(limits("connections_per_address = 8").http.address.connections, 8);
        let session = limits("messages_per_second = 20").session;
        assert_eq!((session.burst, session.refill), (60, Duration::from_millis(50)));
        let media = limits("kbits_up = 3000\nkbits_down = 8000\nkbits_total = 900000").media;
        assert_eq!((media.up, media.down), (Some(3_000_000), Some(8_000_000)));
        assert_eq!(media.total, Some(900_000_000));
        for (text, key) in [
            ("rooms_at_once = 0", "rooms_at_once"),
            ("participants = 1", "participants"),
            ("participants = 251", "participants"),
            ("messages_per_second = 4", "messages_per_second"),
            ("connections_per_address = 7", "connections_per_address"),
            ("kbits_up = 249", "kbits_up"),
            ("kbits_down = 1000001", "kbits_down"),
            ("kbits_total = 999", "kbits_total"),
        ] {
            let refused = set(text).map(drop).expect_err(text);
            assert!(matches!(refused, ConfigError::Limit { key: found, .. } if found == key));
        }
    }
}

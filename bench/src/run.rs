// SPDX-License-Identifier: EUPL-1.2
//! A run: everybody sends what is due and takes what has come, again and again.

use std::{
    ops::Range,
    time::{Duration, SystemTime},
};

use server::media::Micros;

use crate::{
    Fault,
    picture::Stream,
    server::Conference,
    tally::Tally,
    transport::{Received, Transport},
};

/// Somebody who is connected, and what they send.
pub(crate) struct Participant {
    transport: Transport,
    pub(crate) streams: Vec<Stream>,
    /// The last transport-wide number that was given.
    wide: u16,
}

impl Participant {
    /// Somebody who sends nothing as yet.
    pub(crate) const fn new(transport: Transport) -> Self {
        Self { transport, streams: Vec::new(), wide: 0 }
    }
}

/// What is counted, and what was found.
pub(crate) struct Run {
    /// What is sent in this time counts.
    pub(crate) counted: Range<Duration>,
    pub(crate) tally: Tally,
    /// The longest time between two looks at the sockets, in the time that counts.
    pub(crate) sweep: Duration,
}

impl Run {
    /// Sends and receives without pause: who measures delays cannot sleep.
    pub(crate) fn until(
        &mut self,
        end: Duration,
        server: &mut dyn Conference,
        people: &mut [Participant],
    ) -> Result<(), Fault> {
        let mut buffer = vec![0; LARGEST];
        let (mut attended, mut fed_back, mut swept) = (clock(), clock(), clock());
        while clock() < end {
            let began = clock();
            if self.counted.contains(&began) {
                self.sweep = self.sweep.max(began.saturating_sub(swept));
            }
            swept = began;
            for Participant { transport, streams, wide } in people.iter_mut() {
                for stream in streams {
                    stream.advance(transport, wide, clock, &self.counted)?;
                }
            }
            for (who, Participant { transport, .. }) in people.iter_mut().enumerate() {
                self.take(who, transport, &mut buffer)?;
            }
            if began.saturating_sub(fed_back) >= FEEDBACK {
                fed_back = began;
                for Participant { transport, .. } in people.iter_mut() {
                    transport.feed_back(micros(began))?;
                }
            }
            if began.saturating_sub(attended) >= ATTENDANCE {
                attended = began;
                server.attend()?;
                people.iter().try_for_each(|participant| participant.transport.check())?;
            }
        }
        Ok(())
    }

    /// Takes what has come for one participant.
    fn take(
        &mut self,
        who: usize,
        transport: &mut Transport,
        buffer: &mut [u8],
    ) -> Result<(), Fault> {
        for _ in 0..LOOKS {
            let Some(Received { len, each, at }) = transport.receive(buffer) else { break };
            let at = at.unwrap_or_else(clock);
            let datagrams = buffer.get_mut(..len).unwrap_or_default();
            for datagram in datagrams.chunks_mut(each.max(1)) {
                let wire_len = datagram.len();
                if let Some(arrived) = transport.open_media(micros(at), datagram)? {
                    self.tally.record((who, wire_len), &arrived, at, &self.counted);
                }
            }
        }
        Ok(())
    }
}

pub(crate) fn micros(time: Duration) -> Micros {
    Micros(u64::try_from(time.as_micros()).unwrap_or(u64::MAX))
}

/// The time since the epoch of Unix: the kernel tells by it when something arrived.
pub(crate) fn clock() -> Duration {
    SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default()
}

/// A run is not longer than a packet of IP.
const LARGEST: usize = 65_536;
/// Datagrams or runs that one participant is read before the next has a turn.
const LOOKS: usize = 16;
/// As often as browsers ask for consent (RFC 7675 §5.1).
pub(crate) const ATTENDANCE: Duration = Duration::from_secs(5);
/// As often as browsers do over a path of more than 200 kbit/s.
const FEEDBACK: Duration = Duration::from_millis(50);

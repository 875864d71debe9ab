// SPDX-License-Identifier: EUPL-1.2
//! Gathers datagrams sent together, and tells how much later each group arrived than the one before.

use super::super::Micros;

/// The group that is being gathered and the one before it.
#[derive(Debug, Default)]
pub(super) struct Groups {
    current: Option<Group>,
    previous: Option<Group>,
}

/// How two neighbouring groups lie to each other.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Step {
    /// Microseconds between their sending.
    pub(super) sent: i64,
    /// Microseconds by which the delay of the second is larger.
    pub(super) gradient: i64,
    /// When the second had arrived, by the peer's clock in microseconds.
    pub(super) arrival: i64,
}

impl Groups {
    /// Takes note of a datagram; `Some` when it began a group, about the two before it.
    pub(super) fn record(&mut self, sent: Micros, arrival: i64) -> Option<Step> {
        let sent = i64::try_from(sent.0).ok()?;
        let Some(current) = self.current.as_mut() else {
            self.current = Some(Group::new(sent, arrival));
            return None;
        };
        if sent < current.first_sent {
            // Reported late; its group is closed.
            return None;
        }
        if (arrival - current.last_arrival).abs() > LEAP {
            *self = Self::default();
            self.current = Some(Group::new(sent, arrival));
            return None;
        }
        if current.takes(sent, arrival) {
            current.last_sent = sent;
            current.last_arrival = current.last_arrival.max(arrival);
            return None;
        }
        let closed = *current;
        let before = self.previous.replace(closed);
        self.current = Some(Group::new(sent, arrival));
        let before = before?;
        let sent = closed.last_sent - before.last_sent;
        let gradient = closed.last_arrival - before.last_arrival - sent;
        Some(Step { sent, gradient, arrival: closed.last_arrival })
    }

    /// Begins anew: what follows does not compare with what was.
    pub(super) fn restart(&mut self) {
        *self = Self::default();
    }
}

#[derive(Clone, Copy, Debug)]
struct Group {
    first_sent: i64,
    last_sent: i64,
    first_arrival: i64,
    last_arrival: i64,
}

impl Group {
    const fn new(sent: i64, arrival: i64) -> Self {
        Self { first_sent: sent, last_sent: sent, first_arrival: arrival, last_arrival: arrival }
    }

    /// Whether a datagram belongs to this group: sent with it, or held up and let go with it.
    const fn takes(&self, sent: i64, arrival: i64) -> bool {
        let waited = arrival - self.last_arrival;
        sent - self.first_sent <= SPAN
            || (waited <= SPAN
                && waited < sent - self.last_sent
                && arrival - self.first_arrival < LONGEST)
    }
}

/// Microseconds of sending that make a group. Larger hides the growth of a queue; smaller measures the
/// spacing inside a frame.
const SPAN: i64 = 5_000;
/// Microseconds of arrivals in one group at most, so that a path that lets go in bursts is measured too.
const LONGEST: i64 = 100_000;
/// Microseconds between two arrivals that say nothing of a queue any more.
const LEAP: i64 = 3_000_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_that_took_longer_has_a_gradient() {
        let mut groups = Groups::default();
        let mut record =
            |sent: u64, arrival: i64| groups.record(Micros::from_millis(sent), arrival * 1_000);
        assert_eq!(record(0, 50), None);
        assert_eq!(record(2, 53), None);
        assert_eq!(record(20, 80), None);
        let step = record(40, 100).unwrap();
        assert_eq!(step, Step { sent: 18_000, gradient: 9_000, arrival: 80_000 });
    }
}

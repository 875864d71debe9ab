// SPDX-License-Identifier: EUPL-1.2
//! Puts the parts together: what leaves, what the peer reports, what follows from it.

use super::super::Micros;
use super::super::bytes::low16;
use super::super::feedback::TransportFeedback;
use super::delivered::Delivered;
use super::groups::Groups;
use super::history::{History, Settled};
use super::loss::Loss;
use super::probe::Prober;
use super::queue::Queue;
use super::rate::{FLOOR, Observation, Rate};
use super::trend::{Trend, Usage};

/// What a datagram is sent for.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Purpose {
    /// Somebody sees or hears it, repetitions included.
    #[default]
    Media,
    /// Padding that measures the path.
    Probe,
}

/// How much the path to one subscriber carries.
#[derive(Debug, Default)]
pub struct Estimator {
    /// Nothing before the first datagram: many are never sent anything.
    active: Option<Box<Active>>,
    wish: u64,
}

impl Estimator {
    /// Nothing sent yet; takes no memory beyond itself.
    pub const fn new() -> Self {
        Self { active: None, wish: 0 }
    }

    /// The transport-wide number the next datagram must carry.
    pub fn number(&self) -> u16 {
        self.active.as_ref().map_or(0, |active| low16(active.history.next()))
    }

    /// Takes note that the datagram with [`Self::number`] left, `len` bytes long, and moves on to the next
    /// number.
    pub fn record(&mut self, now: Micros, len: usize, purpose: Purpose) {
        self.active.get_or_insert_with(|| Box::new(Active::new())).record(now, len, purpose);
    }

    /// Takes note of what the peer says of arrivals.
    pub fn handle_feedback(&mut self, now: Micros, feedback: TransportFeedback<'_>) {
        if let Some(active) = &mut self.active {
            active.handle_feedback(now, feedback);
        }
    }

    /// Bits per second the path carries, headers of the datagrams excluded; `None` before the first report.
    pub fn estimate(&self) -> Option<u64> {
        let active = self.active.as_ref().filter(|active| active.reported.is_some())?;
        Some(active.bits())
    }

    /// Says what would be sent if the path allowed it, sound included, in bits per second. Nothing beyond
    /// it is probed for.
    pub const fn set_wish(&mut self, bits: u64) {
        self.wish = bits;
    }

    /// Whether more is wished than the path is known to carry, or a probe is under way.
    pub fn wants_more(&self) -> bool {
        self.active.as_ref().is_some_and(|active| {
            active.reported.is_some() && (self.wish > active.rate.bits() || active.prober.is_busy())
        })
    }

    /// Bytes of padding due now, mostly 0. Wants to be asked every 10 ms while [`Self::wants_more`], and else
    /// several times per second, also when nothing is sent.
    pub fn padding(&mut self, now: Micros) -> usize {
        self.active.as_mut().map_or(0, |active| active.handle_tick(now, self.wish))
    }

    /// What a report is followed in, to be asked for from memory before it is looked at.
    pub fn memory(&self) -> Option<&(impl Sized + use<>)> {
        self.active.as_deref()
    }

    /// Where the next datagram will be taken note of.
    pub fn next_entry(&self) -> Option<&(impl Sized + use<>)> {
        self.active.as_ref()?.history.next_entry()
    }

    /// The time from sending to report, smoothed; `None` before the first report.
    pub fn round_trip(&self) -> Option<Micros> {
        self.active.as_ref()?.round_trip
    }

    /// Datagrams per thousand that lately did not arrive.
    pub fn loss(&self) -> u64 {
        self.active.as_ref().map_or(0, |active| active.loss.per_mille())
    }
}

#[derive(Debug)]
struct Active {
    history: History,
    groups: Groups,
    trend: Trend,
    queue: Queue,
    delivered: Delivered,
    loss: Loss,
    rate: Rate,
    prober: Prober,
    round_trip: Option<Micros>,
    /// The highest number the peer spoke of.
    reported: Option<u64>,
    /// When the first datagram since the last report left, or the rate was last halved for want of one.
    unanswered: Option<Micros>,
    /// Bits per second kept back until the queue is empty.
    drain: u64,
    /// When the last datagram left; nothing once that is long ago.
    last: Option<Micros>,
}

impl Active {
    fn new() -> Self {
        Self {
            history: History::new(),
            groups: Groups::default(),
            trend: Trend::new(),
            queue: Queue::default(),
            delivered: Delivered::new(),
            loss: Loss::default(),
            rate: Rate::new(),
            prober: Prober::default(),
            round_trip: None,
            reported: None,
            unanswered: None,
            drain: 0,
            last: None,
        }
    }

    fn bits(&self) -> u64 {
        self.rate.bits().saturating_sub(self.drain).max(FLOOR)
    }

    fn record(&mut self, now: Micros, len: usize, purpose: Purpose) {
        let cluster = self.prober.record(now, len, self.history.next());
        self.history.record(now, len, purpose, cluster);
        self.unanswered.get_or_insert(now);
        self.last = Some(now);
    }

    fn handle_feedback(&mut self, now: Micros, feedback: TransportFeedback<'_>) {
        let mut report = Report::default();
        for (number, arrival) in feedback.arrivals() {
            if let Some(settled) = self.history.settle(now, number, arrival.is_some()) {
                self.handle_settled(&settled, arrival, &mut report);
            }
        }
        let Some(sent) = report.last_sent else { return };
        self.unanswered = None;
        let round_trip = now.since(sent);
        self.round_trip = Some(self.round_trip.map_or(round_trip, |before| {
            Micros(before.0.saturating_mul(7).saturating_add(round_trip.0) / 8)
        }));
        if let Some(delay) = report.least_delay {
            self.queue.record(now, delay);
        }
        let overflow = self.queue.overflows().then_some(Usage::Over);
        if let Some(usage) = overflow.or(report.usage) {
            self.follow_delay(now, usage);
        }
        self.follow_loss(now);
        self.follow_probe(now);
        self.keep_back(now);
    }

    fn handle_settled(&mut self, settled: &Settled, arrival: Option<i64>, report: &mut Report) {
        self.reported = self.reported.max(Some(settled.number));
        let Some(arrival) = arrival else {
            // That a probe overflowed a queue says nothing of the media.
            if settled.purpose == Purpose::Media {
                self.loss.missing();
            }
            return;
        };
        if settled.purpose == Purpose::Media {
            self.loss.arrived(settled.was_lost);
        }
        report.last_sent = report.last_sent.max(Some(settled.sent));
        self.delivered.record(arrival, settled.len);
        if let Ok(sent) = i64::try_from(settled.sent.0) {
            let delay = arrival.saturating_sub(sent);
            report.least_delay = Some(report.least_delay.map_or(delay, |least| least.min(delay)));
        }
        if settled.cluster != 0 {
            // A probe is meant to fill the queue for a moment.
            self.prober.arrived(settled, arrival);
            self.groups.restart();
            return;
        }
        if let Some(step) = self.groups.record(settled.sent, arrival) {
            self.trend.record(step);
            if report.usage != Some(Usage::Over) {
                report.usage = Some(self.trend.usage());
            }
        }
    }

    fn follow_delay(&mut self, now: Micros, usage: Usage) {
        let before = self.rate.lowered();
        let delivered = self.delivered.rate();
        let is_full = self.queue.wait() >= CALM_WAIT;
        self.rate.update(
            now,
            &Observation {
                usage,
                delivered,
                recent: if is_full { self.delivered.recent_rate() } else { None },
                round_trip: self.round_trip.unwrap_or_default(),
                grows: self.loss.per_mille() <= GROWS_UP_TO && self.drain == 0,
            },
        );
        if self.rate.lowered() != before {
            self.prober.postpone(now);
        }
    }

    fn follow_loss(&mut self, now: Micros) {
        if !self.loss.update(now) {
            return;
        }
        let is_full = self.queue.wait() >= CALM_WAIT;
        let tolerated = if is_full { TOLERATED_WHEN_FULL } else { TOLERATED };
        let share = self.loss.per_mille();
        if share > tolerated
            && let Some(delivered) = self.delivered.rate()
        {
            // Half the loss. Where no queue stands never less than what arrives; where one does it must
            // become less, or the queue stays.
            let kept = self.rate.bits() * (2_000 - share.min(1_000)) / 2_000;
            // What came while the path stood still is no measure of it either.
            let stood = self.delivered.recent_rate().is_none();
            self.rate.fall(match (is_full, stood) {
                (true, false) => kept.min(delivered * 17 / 20),
                (true, true) => kept,
                (false, _) => kept.max(delivered),
            });
            self.prober.postpone(now);
        }
    }

    fn follow_probe(&mut self, now: Micros) {
        let Some(reported) = self.reported else { return };
        if let Some(found) = self.prober.finish(now, reported, self.rate.bits()) {
            self.rate.prove(found);
        }
    }

    /// After a fall the rate alone would take long to empty what was queued before it.
    fn keep_back(&mut self, now: Micros) {
        let wait = self.queue.wait();
        let fell = self.rate.lowered().is_some_and(|at| now.since(at) < DRAIN_FOR);
        self.drain = if fell && wait >= DRAIN_FROM {
            let rate = self.rate.bits();
            let queued = rate.saturating_mul(wait.0) / DRAIN_WITHIN.0;
            queued.min(rate * MOST_DRAIN / 100)
        } else {
            0
        };
    }

    fn handle_tick(&mut self, now: Micros, wish: u64) -> usize {
        // Who never reported may not speak this kind of feedback.
        let Some(reported) = self.reported else { return 0 };
        let silent = self.unanswered.map_or(Micros(0), |since| now.since(since));
        if silent >= SILENCE {
            self.rate.fall(self.rate.bits() / 2);
            // What left before has been answered with that; what leaves from here on is another question.
            self.unanswered = None;
        }
        if self.last.is_some_and(|last| now.since(last) >= IDLE) {
            self.rest();
        }
        if silent >= UNSURE {
            return 0;
        }
        if let Some(found) = self.prober.finish(now, reported, self.rate.bits()) {
            self.rate.prove(found);
        }
        if wish > self.rate.bits() && self.prober.is_ready(now) && self.is_calm(now) {
            self.prober.start(now, self.rate.bits(), wish);
        }
        self.prober.padding(now)
    }

    /// Nothing has left for long: whatever queue there was is empty, and nothing speaks against a probe.
    fn rest(&mut self) {
        self.last = None;
        self.drain = 0;
        self.groups = Groups::default();
        self.trend = Trend::new();
        self.queue = Queue::default();
        self.loss = Loss::default();
    }

    fn is_calm(&self, now: Micros) -> bool {
        self.trend.usage() != Usage::Over
            && self.queue.wait() < CALM_WAIT
            && self.loss.per_mille() <= TOLERATED
            && self.rate.lowered().is_none_or(|at| now.since(at) >= CALM_FOR)
    }
}

/// What one report says.
#[derive(Clone, Copy, Debug, Default)]
struct Report {
    last_sent: Option<Micros>,
    least_delay: Option<i64>,
    /// Nothing when no group was complete.
    usage: Option<Usage>,
}

/// Nothing sent for so long empties every queue. Longer, a picture that was left out comes back late; shorter,
/// a pause between two words forgets a queue that still stands.
const IDLE: Micros = Micros::from_millis(2_000);
/// A wait from here on is a queue. Larger probes into a queue, smaller takes jitter for one.
const CALM_WAIT: Micros = Micros::from_millis(50);
/// Time without a fall before a probe. Longer recovers late, shorter fills the queue once more.
const CALM_FOR: Micros = Micros::from_millis(1_000);
/// Losses per thousand up to which the rate grows by itself. More drives a short queue to overflow, less
/// never grows on a path that loses by nature; there probes still do.
const GROWS_UP_TO: u64 = 50;
/// Losses per thousand that lower nothing while no queue stands. More keeps a short queue overflowing,
/// less throttles a path that loses by nature.
const TOLERATED: u64 = 200;
/// The same while a queue stands.
const TOLERATED_WHEN_FULL: u64 = 100;
/// How long after a fall the queue is emptied. Longer starves a path that merely became longer.
const DRAIN_FOR: Micros = Micros::from_millis(3_000);
/// A wait that is worth it.
const DRAIN_FROM: Micros = Micros::from_millis(40);
/// The time in which the queue is to be empty. Longer is heard as delay, shorter is seen as a freeze.
const DRAIN_WITHIN: Micros = Micros::from_millis(1_000);
/// Per cent of the rate kept back at most.
const MOST_DRAIN: u64 = 60;
/// Sending without a report for this long halves the rate, and again each time. Shorter takes a break in
/// the network for a dead path, longer floods it.
const SILENCE: Micros = Micros::from_millis(1_000);
/// Shorter silence that already keeps a probe from being sent.
const UNSURE: Micros = Micros::from_millis(500);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subscriber_costs_at_most_24_kib() {
        let active = Active::new();
        let lists = active.history.memory() + active.trend.memory();
        assert!(size_of::<Active>() + lists <= 24 * 1_024);
    }
}

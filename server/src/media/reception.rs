// SPDX-License-Identifier: EUPL-1.2
//! How a publisher's stream arrives, for receiver reports (RFC 3550 §6.4.1, A.3, A.8).

use super::Micros;
use super::bytes::low32;
use super::rtcp::{ReportBlock, SenderReport};

/// The statistics of one stream since its first packet.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reception {
    first: Option<u64>,
    highest: u64,
    received: u64,
    expected_before: u64,
    received_before: u64,
    jitter: u64,
    transit: Option<u32>,
    report: Option<(SenderReport, Micros)>,
}

impl Reception {
    /// Takes note of a packet on the media source; `clock_rate` in ticks per second.
    pub fn record(&mut self, now: Micros, sequence: u64, timestamp: u32, clock_rate: u32) {
        if self.first.is_none() {
            self.first = Some(sequence);
            self.highest = sequence;
        }
        self.highest = self.highest.max(sequence);
        self.received += 1;
        let ticks = low32(now.0.saturating_mul(u64::from(clock_rate)) / 1_000_000);
        let transit = ticks.wrapping_sub(timestamp);
        if let Some(before) = self.transit {
            let step = u64::from(transit.wrapping_sub(before).cast_signed().unsigned_abs());
            // Sixteen times the jitter, so that the average needs no fractions.
            self.jitter = self.jitter + step - (self.jitter + 8) / 16;
        }
        self.transit = Some(transit);
    }

    /// Takes note of a sender report.
    pub const fn record_report(&mut self, now: Micros, report: &SenderReport) {
        self.report = Some((*report, now));
    }

    /// The last sender report.
    pub fn last_report(&self) -> Option<SenderReport> {
        self.report.map(|(report, _)| report)
    }

    /// The report block about the time since the last one; `None` before the first packet.
    pub fn report(&mut self, now: Micros, ssrc: u32) -> Option<ReportBlock> {
        let expected = self.highest - self.first? + 1;
        let expected_since = expected.saturating_sub(self.expected_before);
        let received_since = self.received.saturating_sub(self.received_before);
        self.expected_before = expected;
        self.received_before = self.received;
        let lost_since = expected_since.saturating_sub(received_since);
        let fraction = (lost_since * 256).checked_div(expected_since).unwrap_or(0);
        let (last_report, delay) = self.report.map_or((0, 0), |(report, at)| {
            (low32(report.ntp >> 16), low32(now.since(at).0.saturating_mul(65_536) / 1_000_000))
        });
        Some(ReportBlock {
            ssrc,
            fraction_lost: u8::try_from(fraction).unwrap_or(u8::MAX),
            lost: low32(expected.saturating_sub(self.received).min(0x007f_ffff)),
            highest: low32(self.highest),
            jitter: low32(self.jitter / 16),
            last_report,
            delay,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_lost_is_that_since_the_last_report() {
        let mut reception = Reception::default();
        assert_eq!(reception.report(Micros(0), 1), None);
        for sequence in [10, 11, 13, 14] {
            reception.record(Micros(sequence * 1_000), sequence, low32(sequence * 90), 90_000);
        }
        let report = reception.report(Micros(0), 1).unwrap();
        assert_eq!((report.lost, report.fraction_lost, report.jitter), (1, 51, 0));
        reception.record(Micros(15_000), 15, 15 * 90, 90_000);
        assert_eq!(reception.report(Micros(0), 1).unwrap().fraction_lost, 0);
    }
}

// SPDX-License-Identifier: EUPL-1.2
//! What a run showed, for people and for programs.

use std::{fmt::Write as _, time::Duration};

use crate::tally::{Delays, Tally};

/// What a run showed.
pub(crate) struct Figures {
    /// How many entered.
    pub(crate) people: u32,
    /// How long it took the middle one of them.
    pub(crate) joined: Duration,
    /// How long was counted.
    pub(crate) seconds: f64,
    /// How many packets of pictures and of sound should have arrived.
    pub(crate) expected: [u64; 2],
    /// The server's processor time.
    pub(crate) cpu: Duration,
    /// The server's memory in KiB: before anybody entered, before anything was sent, at the end.
    pub(crate) memory: [u64; 3],
    /// The longest time in which the participants did not look at their sockets.
    pub(crate) sweep: Duration,
    pub(crate) tally: Tally,
}

/// What is said of one kind of packets.
struct Kind {
    name: &'static str,
    expected: u64,
    /// The share that did not arrive.
    lost: String,
    /// Half, 99 % and 99.9 % of the packets are at most so late.
    delays: [String; 3],
}

impl Figures {
    /// One line of figures with tabs between them.
    pub(crate) fn row(&mut self, load: &str, name: &str) -> String {
        let [pictures, sound] = self.kinds();
        let [idle, active] = self.memory_each();
        let [rate, bits, each, share] = self.throughput();
        format!(
            "{load}\t{name}\t{rate:.0}\t{bits:.1}\t{each:.2}\t{share:.0}\t{}\t{}\t{}\t{}\t\
             {idle:.0}\t{active:.0}\t{:.1}\t{:.1}\n",
            pictures.lost,
            sound.lost,
            pictures.delays.join("\t"),
            sound.delays.join("\t"),
            millis(self.joined),
            millis(self.sweep),
        )
    }

    /// Lines for people.
    pub(crate) fn text(&mut self, title: &str) -> String {
        let kinds = self.kinds();
        let [idle, active] = self.memory_each();
        let [rate, bits, each, share] = self.throughput();
        let mut out = format!(
            "{title}, {:.1} s\n  delivered         {rate:.0} packets/s, {bits:.1} Mbit/s\n  \
             server            {each:.2} µs of CPU per packet, {share:.0} % of a core\n",
            self.seconds
        );
        for Kind { name, lost, delays: [half, most, nearly_all], .. } in
            kinds.into_iter().filter(|kind| kind.expected > 0)
        {
            let _always = write!(
                out,
                "  {name:<17} lost {lost} %\n  {:<17} late by {half} ms (half), {most} (99 %), \
                 {nearly_all} (99.9 %)\n",
                ""
            );
        }
        let [small, middle, large] = self.tally.sizes;
        if small + middle > 0 {
            let percent = |packets| as_f64(packets) * 100.0 / as_f64(small + middle + large);
            let _always = writeln!(
                out,
                "  packets of        large pictures {:.1} %, middle {:.1} %, small {:.1} %",
                percent(large),
                percent(middle),
                percent(small)
            );
        }
        let [empty, _, full] = self.memory;
        let _always = write!(
            out,
            "  memory            {empty} KiB without participants, {full} with them\n  {:<17} \
             {idle:.0} KiB for each before anything is sent, {active:.0} at the end\n  \
             joining           {:.1} ms (half)\n  this program      looked at every socket at least \
             every {:.1} ms\n",
            "",
            millis(self.joined),
            millis(self.sweep)
        );
        out
    }

    fn kinds(&mut self) -> [Kind; 2] {
        let Self { expected: [pictures, sound], tally, .. } = self;
        [
            Kind::new("pictures", *pictures, tally.pictures.packets, &mut tally.pictures.delays),
            Kind::new("sound", *sound, tally.sound.packets, &mut tally.sound.delays),
        ]
    }

    /// Packets and megabits per second; processor time, in microseconds per packet and in percent.
    fn throughput(&self) -> [f64; 4] {
        let Tally { pictures, sound, .. } = &self.tally;
        let packets = as_f64(pictures.packets + sound.packets);
        let megabits = as_f64(pictures.bytes + sound.bytes) * 8.0 / 1e6;
        let cpu = self.cpu.as_secs_f64();
        [
            packets / self.seconds,
            megabits / self.seconds,
            cpu * 1e6 / packets,
            cpu * 100.0 / self.seconds,
        ]
    }

    /// KiB for each participant, before anything was sent and at the end.
    fn memory_each(&self) -> [f64; 2] {
        let [empty, idle, full] = self.memory;
        [idle, full].map(|used| as_f64(used.saturating_sub(empty)) / f64::from(self.people))
    }
}

impl Kind {
    fn new(name: &'static str, expected: u64, arrived: u64, delays: &mut Delays) -> Self {
        let nothing = || "-".to_owned();
        let lost = match expected {
            0 => nothing(),
            _ => format!("{:.3}", 100.0 - as_f64(arrived) * 100.0 / as_f64(expected)),
        };
        let delays = [500, 990, 999].map(|share| {
            delays.of_thousand(share).map_or_else(nothing, |late| format!("{late:.2}"))
        });
        Self { name, expected, lost, delays }
    }
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

#[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "counts, to be divided")]
pub(crate) const fn as_f64(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_has_as_many_fields_as_a_table_reads() {
        let mut figures = Figures {
            people: 4,
            joined: Duration::from_millis(12),
            seconds: 2.0,
            expected: [0, 0],
            cpu: Duration::from_millis(100),
            memory: [1_000, 1_400, 1_800],
            sweep: Duration::from_micros(300),
            tally: Tally::default(),
        };
        let row = figures.row("1 × 3 sound", "zooo");
        let fields: Vec<_> = row.trim_end().split('\t').collect();
        assert_eq!(fields.len(), 2 + crate::table::FIELDS, "{row}");
        assert_eq!(fields[14..], ["100", "200", "12.0", "0.3"], "{row}");
    }
}

// SPDX-License-Identifier: EUPL-1.2
//! A run: participants enter, publishers send for a while, and it is counted what came out and what it cost.

use std::{
    io::{Write as _, stdout},
    net::{IpAddr, SocketAddr},
    time::{Duration, SystemTime},
};

use clap::{Args, ValueEnum};
use server::media::Micros;
use shared::MediaKind;

use crate::{
    Fault,
    janus::Janus,
    picture::Stream,
    process::Process,
    sdp::Line,
    server::Conference,
    tally::Tally,
    transport::{Identity, Received, Transport},
    zooo::Zooo,
};

/// Drives a running server and says what it cost.
#[derive(Args, Debug)]
pub(crate) struct Load {
    /// Which server it is.
    #[arg(long, value_enum)]
    server: Kind,
    /// What it is called in a row.
    #[arg(long, default_value = "-")]
    name: String,
    /// Where its signalling is.
    #[arg(long, value_name = "ADDRESS:PORT")]
    signalling: SocketAddr,
    /// Its process, for processor time and memory.
    #[arg(long, value_name = "PID")]
    pid: u32,
    /// From which address the participants send.
    #[arg(long, default_value = "127.0.0.1")]
    from: IpAddr,
    /// Who sends.
    #[arg(long, default_value_t = 1)]
    publishers: u32,
    /// Who receives everything.
    #[arg(long, default_value_t = 1)]
    subscribers: u32,
    /// What is sent.
    #[arg(long, value_enum, default_value_t = Media::Pictures)]
    media: Media,
    /// Bits per second of a picture.
    #[arg(long, default_value_t = 1_000_000)]
    bitrate: u64,
    /// Seconds that are counted.
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// Seconds before that.
    #[arg(long, default_value_t = 3)]
    warm_up: u64,
    /// Participants take packets one by one: the kernel cuts the server's runs on the server's account.
    ///
    /// Otherwise they take them as they were sent, as a network card does that cuts them itself.
    #[arg(long)]
    cut: bool,
    /// One line of figures with tabs between them, for other programs.
    #[arg(long)]
    row: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Kind {
    Zooo,
    Janus,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
enum Media {
    Pictures,
    Sound,
    Mixed,
}

/// What a run showed.
struct Figures {
    joined: Duration,
    seconds: f64,
    expected: u64,
    cpu: Duration,
    memory: [u64; 2],
    sweep: Duration,
    tally: Tally,
}

impl Load {
    pub(crate) fn run(self) -> Result<(), Fault> {
        let mut server: Box<dyn Conference> = match self.server {
            Kind::Zooo => Box::new(Zooo::new(self.signalling)?),
            Kind::Janus => Box::new(Janus::new(self.signalling)?),
        };
        let figures = self.measure(&mut *server)?;
        self.print(figures)
    }

    fn measure(&self, server: &mut dyn Conference) -> Result<Figures, Fault> {
        let process = Process(self.pid);
        let identity = Identity::generate()?;
        let empty = process.memory()?;
        let (mut publishers, mut subscribers, joined) = self.enter(server, &identity)?;
        let begin = clock() + Duration::from_millis(100);
        let counted = begin + Duration::from_secs(self.warm_up);
        let counted = counted..counted + Duration::from_secs(self.seconds);
        for (number, publisher) in (0..).zip(&mut publishers) {
            // Frames of several publishers do not come at one moment.
            let first = begin + Duration::from_millis(40) * number / self.publishers;
            publisher.streams = self.streams(number, first);
        }
        let mut run = Run { counted, tally: Tally::default(), sweep: Duration::ZERO };
        run.until(run.counted.start, server, &mut publishers, &mut subscribers)?;
        let (cpu, started) = (process.cpu_time()?, clock());
        run.until(run.counted.end, server, &mut publishers, &mut subscribers)?;
        let cpu = process.cpu_time()?.saturating_sub(cpu);
        let seconds = clock().saturating_sub(started).as_secs_f64();
        let full = process.memory()?;
        run.until(run.counted.end + LATE, server, &mut publishers, &mut subscribers)?;
        let streams = publishers.iter().flat_map(|publisher| &publisher.streams);
        let sent: u64 = streams.map(|stream| stream.counted).sum();
        Ok(Figures {
            joined,
            seconds,
            expected: sent * u64::from(self.subscribers),
            cpu,
            memory: [empty, full],
            sweep: run.sweep,
            tally: run.tally,
        })
    }

    /// Everybody enters, one after the other; the middle one of the times that took.
    fn enter(
        &self,
        server: &mut dyn Conference,
        identity: &Identity,
    ) -> Result<(Vec<Publisher>, Vec<Transport>, Duration), Fault> {
        let mut took = Vec::new();
        let mut publishers = Vec::new();
        for number in 0..self.publishers {
            let begin = clock();
            let mut transport = Transport::open(identity, self.from, number)?;
            let remote = server.publisher(&transport, &self.lines(number))?;
            transport.connect(identity, remote)?;
            took.push(clock().saturating_sub(begin));
            server.start(publishers.len())?;
            publishers.push(Publisher { transport, streams: Vec::new(), wide: 0 });
        }
        let everything: Vec<_> = (0..self.publishers)
            .flat_map(|number| self.lines(number))
            .map(|line| Line { ssrc: None, ..line })
            .collect();
        let mut subscribers = Vec::new();
        for number in 0..self.subscribers {
            let begin = clock();
            let mut transport = Transport::open(identity, self.from, self.publishers + number)?;
            let remote = server.subscriber(&mut transport, &everything)?;
            transport.connect(identity, remote)?;
            took.push(clock().saturating_sub(begin));
            if !self.cut {
                transport.take_runs()?;
            }
            subscribers.push(transport);
            server.attend()?;
        }
        took.sort();
        let middle = took.get(took.len() / 2).copied().unwrap_or_default();
        Ok((publishers, subscribers, middle))
    }

    /// What one publisher sends.
    fn lines(&self, publisher: u32) -> Vec<Line> {
        let kinds: &[MediaKind] = match self.media {
            Media::Pictures => &[MediaKind::Video],
            Media::Sound => &[MediaKind::Audio],
            Media::Mixed => &[MediaKind::Audio, MediaKind::Video],
        };
        let lines = (0..).zip(kinds);
        lines.map(|(at, &kind)| Line { kind, ssrc: Some(10_000 + publisher * 2 + at) }).collect()
    }

    fn streams(&self, publisher: u32, first: Duration) -> Vec<Stream> {
        let lines = self.lines(publisher);
        let lines = lines.iter().enumerate();
        lines.filter_map(|(mid, line)| Stream::new(line, mid, self.bitrate, first)).collect()
    }

    fn load(&self) -> String {
        let media = match self.media {
            Media::Pictures => "pictures",
            Media::Sound => "sound",
            Media::Mixed => "mixed",
        };
        let rate = match self.media {
            Media::Sound => String::new(),
            Media::Pictures | Media::Mixed => {
                format!(", {} Mbit/s", as_f64(self.bitrate) / 1e6)
            }
        };
        format!("{} × {} {media}{rate}", self.publishers, self.subscribers)
    }

    fn print(&self, mut figures: Figures) -> Result<(), Fault> {
        let Figures { joined, seconds, expected, cpu, memory: [empty, full], sweep, .. } = figures;
        let tally = &mut figures.tally;
        let packets = as_f64(tally.packets);
        let each = cpu.as_secs_f64() * 1e6 / packets;
        let loss = 100.0 - packets * 100.0 / as_f64(expected);
        let people = self.publishers + self.subscribers;
        let memory = as_f64(full.saturating_sub(empty)) / f64::from(people);
        let load = self.load();
        let (rate, bits) = (packets / seconds, as_f64(tally.bytes) * 8.0 / seconds);
        let share = cpu.as_secs_f64() * 100.0 / seconds;
        let (joined, sweep) = (joined.as_secs_f64() * 1e3, sweep.as_secs_f64() * 1e3);
        let delays = tally.delays().map(|delays| {
            [500, 990, 999].map(|share| {
                delays.of_thousand(share).map_or_else(|| "-".to_owned(), |ms| format!("{ms:.2}"))
            })
        });
        let [pictures, sound] = delays;
        let mut out = stdout().lock();
        if self.row {
            writeln!(
                out,
                "{load}\t{}\t{rate:.0}\t{:.1}\t{each:.2}\t{share:.0}\t{loss:.3}\t{}\t{}\t{memory:.0}\t{joined:.1}\t{sweep:.1}",
                self.name,
                bits / 1e6,
                pictures.join("\t"),
                sound.join("\t"),
            )?;
            return Ok(());
        }
        let [fifty, ninety_nine, nines] = pictures;
        writeln!(out, "{:?}, {load}, {seconds:.1} s", self.server)?;
        writeln!(out, "  delivered         {rate:.0} packets/s, {:.1} Mbit/s", bits / 1e6)?;
        writeln!(
            out,
            "  server            {each:.2} µs of CPU per packet, {share:.0} % of a core"
        )?;
        writeln!(out, "  lost              {loss:.3} %")?;
        writeln!(
            out,
            "  pictures late by  {fifty} ms (half), {ninety_nine} (99 %), {nines} (99.9 %)"
        )?;
        let [fifty, ninety_nine, nines] = sound;
        writeln!(
            out,
            "  sound late by     {fifty} ms (half), {ninety_nine} (99 %), {nines} (99.9 %)"
        )?;
        writeln!(out, "  memory            {full} KiB, {memory:.0} KiB for each participant")?;
        writeln!(out, "  joining           {joined:.1} ms (half)")?;
        writeln!(out, "  this program      looked at every socket at least every {sweep:.1} ms")?;
        Ok(())
    }
}

struct Publisher {
    transport: Transport,
    streams: Vec<Stream>,
    wide: u16,
}

struct Run {
    counted: core::ops::Range<Duration>,
    tally: Tally,
    /// The longest time between two looks at the sockets, in the time that counts.
    sweep: Duration,
}

impl Run {
    /// Sends and receives without pause: who measures delays cannot sleep.
    fn until(
        &mut self,
        end: Duration,
        server: &mut dyn Conference,
        publishers: &mut [Publisher],
        subscribers: &mut [Transport],
    ) -> Result<(), Fault> {
        let mut buffer = vec![0; LARGEST];
        let (mut attended, mut fed_back, mut swept) = (clock(), clock(), clock());
        while clock() < end {
            let began = clock();
            if self.counted.contains(&began) {
                self.sweep = self.sweep.max(began.saturating_sub(swept));
            }
            swept = began;
            for Publisher { transport, streams, wide } in publishers.iter_mut() {
                for stream in streams {
                    stream.advance(transport, wide, clock, &self.counted)?;
                }
            }
            for transport in subscribers.iter_mut() {
                for _ in 0..LOOKS {
                    let Some(Received { len, each, at }) = transport.receive(&mut buffer) else {
                        break;
                    };
                    let at = at.unwrap_or_else(clock);
                    let datagrams = buffer.get_mut(..len).unwrap_or_default();
                    for datagram in datagrams.chunks_mut(each.max(1)) {
                        let wire_len = datagram.len();
                        if let Some(payload) = transport.open_media(micros(at), datagram)? {
                            self.tally.record(payload, wire_len, at, &self.counted);
                        }
                    }
                }
            }
            if began.saturating_sub(fed_back) >= FEEDBACK {
                fed_back = began;
                for transport in subscribers.iter_mut() {
                    transport.feed_back(micros(began))?;
                }
                for Publisher { transport, .. } in publishers.iter_mut() {
                    while let Some(Received { len, .. }) = transport.receive(&mut buffer) {
                        let datagram = buffer.get_mut(..len).unwrap_or_default();
                        transport.open_media(micros(began), datagram)?;
                    }
                }
            }
            if began.saturating_sub(attended) >= ATTENDANCE {
                attended = began;
                server.attend()?;
                let publishers = publishers.iter().map(|publisher| &publisher.transport);
                publishers.chain(subscribers.iter()).try_for_each(Transport::check)?;
            }
        }
        Ok(())
    }
}

fn micros(time: Duration) -> Micros {
    Micros(u64::try_from(time.as_micros()).unwrap_or(u64::MAX))
}

#[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "counts, to be divided")]
const fn as_f64(count: u64) -> f64 {
    count as f64
}

/// The time since the epoch of Unix: the kernel tells by it when something arrived.
fn clock() -> Duration {
    SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default()
}

/// A run is not longer than a packet of IP.
const LARGEST: usize = 65_536;
/// Datagrams or runs that one subscriber is read before the next has a turn.
const LOOKS: usize = 16;
/// As often as browsers ask for consent (RFC 7675 §5.1).
const ATTENDANCE: Duration = Duration::from_secs(5);
const FEEDBACK: Duration = Duration::from_millis(20);
/// What arrives later counts as lost.
const LATE: Duration = Duration::from_millis(500);

// SPDX-License-Identifier: EUPL-1.2
//! What is asked for: who enters, what they send, for how long; and the course of the measurement.

use std::{
    io::{Write as _, stdout},
    net::{IpAddr, SocketAddr},
    time::Duration,
};

use clap::{Args, ValueEnum};
use shared::MediaKind;

use crate::{
    Fault,
    figures::{Figures, as_f64},
    janus::Janus,
    picture::Stream,
    process::Process,
    run::{Participant, Run, clock},
    sdp::{Form, Line},
    server::Conference,
    tally::Tally,
    transport::{Identity, Transport},
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
    /// Who receives everything and sends nothing.
    #[arg(long, default_value_t = 1)]
    subscribers: u32,
    /// Publishers receive each other, too, as in a meeting.
    #[arg(long)]
    meeting: bool,
    /// What is sent.
    #[arg(long, value_enum, default_value_t = Media::Pictures)]
    media: Media,
    /// Bits per second of a picture, with simulcast of the largest.
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
    /// How the figures are printed.
    #[arg(long, value_enum, default_value_t = Print::Text)]
    print: Print,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Kind {
    Zooo,
    Janus,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Print {
    /// For people.
    Text,
    /// One line with tabs between the figures, for `table`.
    Row,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
enum Media {
    /// A picture from each publisher, in one encoding.
    Pictures,
    /// A picture in three encodings.
    Simulcast,
    /// 50 packets per second.
    Sound,
    /// Sound and a picture.
    Mixed,
}

impl Load {
    pub(crate) fn run(self) -> Result<(), Fault> {
        let mut server: Box<dyn Conference> = match self.server {
            Kind::Zooo => Box::new(Zooo::new(self.signalling)?),
            Kind::Janus => Box::new(Janus::new(self.signalling)?),
        };
        let mut figures = self.measure(&mut *server)?;
        let text = match self.print {
            Print::Row => figures.row(&self.load(), &self.name),
            Print::Text => figures.text(&format!("{:?}, {}", self.server, self.load())),
        };
        Ok(stdout().lock().write_all(text.as_bytes())?)
    }

    fn measure(&self, server: &mut dyn Conference) -> Result<Figures, Fault> {
        let process = Process(self.pid);
        let identity = Identity::generate()?;
        let empty = process.memory()?;
        let (mut people, joined) = self.enter(server, &identity)?;
        let idle = process.memory()?;
        let begin = clock() + Duration::from_millis(100);
        let counted = begin + Duration::from_secs(self.warm_up);
        let counted = counted..counted + Duration::from_secs(self.seconds);
        for (number, publisher) in (0..self.publishers).zip(&mut people) {
            // Frames of several publishers do not come at one moment.
            let first = begin + Duration::from_millis(40) * number / self.publishers;
            publisher.streams = self.streams(number, first);
        }
        let mut run = Run { counted, tally: Tally::default(), sweep: Duration::ZERO };
        run.until(run.counted.start, server, &mut people)?;
        let (cpu, started) = (process.cpu_time()?, clock());
        run.until(run.counted.end, server, &mut people)?;
        let cpu = process.cpu_time()?.saturating_sub(cpu);
        let seconds = clock().saturating_sub(started).as_secs_f64();
        let full = process.memory()?;
        run.until(run.counted.end + LATE, server, &mut people)?;
        let [pictures, sound] = [MediaKind::Video, MediaKind::Audio].map(|kind| {
            let streams = people.iter().flat_map(|publisher| &publisher.streams);
            let sent: u64 =
                streams.filter(|stream| stream.kind() == kind).map(|stream| stream.counted).sum();
            sent * u64::from(self.receivers())
        });
        if run.tally.pictures.packets + run.tally.sound.packets == 0 {
            return Err("nothing arrived".into());
        }
        let pictures = match self.media {
            // Which encoding somebody should have had is the server's to decide.
            Media::Simulcast => run.tally.pictures.packets + run.tally.gaps(),
            Media::Pictures | Media::Sound | Media::Mixed => pictures,
        };
        Ok(Figures {
            people: self.publishers + self.subscribers,
            joined,
            seconds,
            expected: [pictures, sound],
            cpu,
            memory: [empty, idle, full],
            sweep: run.sweep,
            tally: run.tally,
        })
    }

    /// To how many each publisher is sent.
    const fn receivers(&self) -> u32 {
        let others = if self.meeting { self.publishers.saturating_sub(1) } else { 0 };
        self.subscribers + others
    }

    /// Everybody enters, publishers first, one after the other; the middle one of the times that took.
    fn enter(
        &self,
        server: &mut dyn Conference,
        identity: &Identity,
    ) -> Result<(Vec<Participant>, Duration), Fault> {
        let mut took = Vec::new();
        let mut people = Vec::new();
        for number in 0..self.publishers + self.subscribers {
            let begin = clock();
            let mut transport = Transport::open(identity, self.from, number)?;
            let publishes = number < self.publishers;
            let remote = if publishes {
                let mut lines = self.lines(number);
                if self.meeting {
                    lines.extend(self.received(self.publishers - 1));
                }
                server.publisher(&mut transport, &lines)?
            } else {
                let lines: Vec<_> = self.received(self.publishers).collect();
                server.subscriber(&mut transport, &lines)?
            };
            transport.connect(identity, remote)?;
            took.push(clock().saturating_sub(begin));
            if publishes {
                server.start(people.len())?;
            }
            if !self.cut {
                transport.take_runs()?;
            }
            people.push(Participant::new(transport));
            server.attend()?;
        }
        took.sort();
        let middle = took.get(took.len() / 2).copied().unwrap_or_default();
        Ok((people, middle))
    }

    /// What one publisher sends.
    fn lines(&self, publisher: u32) -> Vec<Line> {
        let kinds: &[MediaKind] = match self.media {
            Media::Pictures | Media::Simulcast => &[MediaKind::Video],
            Media::Sound => &[MediaKind::Audio],
            Media::Mixed => &[MediaKind::Audio, MediaKind::Video],
        };
        let form = if self.media == Media::Simulcast { Form::Layers } else { Form::Single };
        let lines = (0..).zip(kinds);
        let ssrc = |at: u32| 10_000 + publisher * 4 + at;
        lines.map(|(at, &kind)| Line { kind, ssrc: Some(ssrc(at)), form }).collect()
    }

    /// Lines on which that many publishers are received.
    fn received(&self, publishers: u32) -> impl Iterator<Item = Line> {
        let sent = (0..publishers).flat_map(|publisher| self.lines(publisher));
        sent.map(|line| Line { ssrc: None, form: Form::Single, ..line })
    }

    fn streams(&self, publisher: u32, first: Duration) -> Vec<Stream> {
        let lines = self.lines(publisher);
        let lines = lines.iter().enumerate();
        lines.flat_map(|(mid, line)| Stream::of_line(line, mid, self.bitrate, first)).collect()
    }

    fn load(&self) -> String {
        let media = match self.media {
            Media::Pictures => "pictures",
            Media::Simulcast => "simulcast",
            Media::Sound => "sound",
            Media::Mixed => "mixed",
        };
        let rate = match self.media {
            Media::Sound => String::new(),
            Media::Pictures | Media::Simulcast | Media::Mixed => {
                format!(", {} Mbit/s", as_f64(self.bitrate) / 1e6)
            }
        };
        let meeting = if self.meeting { " in a meeting" } else { "" };
        format!("{} × {} {media}{meeting}{rate}", self.publishers, self.subscribers)
    }
}

/// What arrives later counts as lost.
const LATE: Duration = Duration::from_millis(500);

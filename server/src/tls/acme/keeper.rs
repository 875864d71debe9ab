// SPDX-License-Identifier: EUPL-1.2
//! Orders when it is time, and tells the server, in the keeper's place.

use core::time::Duration;
use std::{
    io::{self, Write as _},
    os::{fd::AsFd as _, unix::net},
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::UnixStream,
    runtime,
    sync::Mutex,
    time::timeout,
};

use super::{
    super::{
        expiry::validity,
        frame::{Frame, LOOK, TAKEN},
        keeper::KeeperError,
        pair::Pair,
    },
    order::{OrderFault, order},
    settings::AcmeConfig,
    store::{Kept, Store},
    web::Web,
    when::{due, pause},
};
use crate::{clock::Clock, sandbox::Sandbox};

/// Keeps a certificate of an authority until the server is gone, which is at the other end of the standard input.
pub fn keep_by_order(config: &AcmeConfig) -> Result<(), KeeperError> {
    let stdin = io::stdin().as_fd().try_clone_to_owned().map_err(KeeperError::Alone)?;
    let mut line = net::UnixStream::from(stdin);
    let prepared = Store::open(&config.state, &config.host).map_err(OrderFault::Kept);
    let prepared =
        prepared.and_then(|store| Ok((store, Web::open(&config.directory, config.ca.as_deref())?)));
    let (store, web) = match prepared {
        Ok(prepared) => prepared,
        Err(fault) => {
            let failed = Frame::Failed { why: words(&fault), again: 0 };
            return line.write_all(&failed.to_bytes()).map_err(KeeperError::Alone);
        }
    };
    let runtime = runtime::Builder::new_current_thread().enable_io().enable_time().build();
    let runtime = runtime.map_err(KeeperError::Alone)?;
    // It lacks what the server lacks, which tells of it.
    let _sandbox = Sandbox::enter_to_order(&store.folder(), &web.ports());
    let kept = store.pair().filter(|kept| read(kept).is_ok());
    let first = kept.as_ref().map_or(Frame::Nothing, told);
    line.write_all(&first.to_bytes()).map_err(KeeperError::Alone)?;
    line.set_nonblocking(true).map_err(KeeperError::Alone)?;
    let keeper = Keeper { config, store, web, kept, failures: 0 };
    let done = runtime.block_on(async { keeper.run(Line::over(line)?).await });
    match done {
        Err(error) if !GONE.contains(&error.kind()) => Err(KeeperError::Alone(error)),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// What is said of a line whose other end is closed: the server is gone, and that is all.
const GONE: [io::ErrorKind; 3] =
    [io::ErrorKind::UnexpectedEof, io::ErrorKind::BrokenPipe, io::ErrorKind::ConnectionReset];

struct Keeper<'a> {
    config: &'a AcmeConfig,
    store: Store,
    web: Web,
    kept: Option<Kept>,
    /// How many orders in a row came to nothing.
    failures: u32,
}

impl Keeper<'_> {
    async fn run(mut self, mut line: Line) -> io::Result<()> {
        // Before the server listens, no authority finds it.
        line.taken().await?;
        loop {
            let (wait, is_due) = self.wait();
            let is_asked = match timeout(wait, line.asked()).await {
                Ok(asked) => asked.map(|()| true)?,
                Err(_time) if is_due => false,
                // The calendar can have been set meanwhile.
                Err(_time) => continue,
            };
            let frame = match &self.kept {
                // Somebody asks while all is well.
                Some(kept) if is_asked && self.failures == 0 => told(kept),
                _ => self.order(&mut line).await?,
            };
            line.tell(&frame).await?;
        }
    }

    /// For how long nothing is to be done, and whether there will be something then.
    fn wait(&self) -> (Duration, bool) {
        if self.failures > 0 {
            return (pause(self.failures, chance()), true);
        }
        let times = self.kept.as_ref().and_then(|kept| read(kept).ok()).flatten();
        let Some((from, until)) = times else { return (Duration::ZERO, true) };
        let now = Clock::start().calendar_start();
        let left = due(from, until, chance()).as_secs().saturating_sub(now.as_secs());
        let left = Duration::from_secs(left);
        (left.min(LOOK_AGAIN), left <= LOOK_AGAIN)
    }

    /// Orders, and says what came of it.
    async fn order(&mut self, line: &mut Line) -> io::Result<Frame> {
        let line = Mutex::new(line);
        let show = |Kept { certificate, key }| {
            let line = &line;
            async move {
                let mut line = line.lock().await;
                line.tell(&Frame::Challenge { certificate, key }).await?;
                line.taken().await
            }
        };
        let ordered = order(self.config, &self.store, &self.web, show);
        let ordered = timeout(WHOLE, ordered).await.unwrap_or(Err(OrderFault::Late));
        match ordered.and_then(|kept| Ok((read(&kept)?, kept))) {
            Ok((times, kept)) => {
                // It is good for as long as this runs, and another one would be stored no better.
                if let Err(error) = self.store.keep_pair(&kept) {
                    let why = words(&OrderFault::Kept(error));
                    line.lock().await.tell(&Frame::Failed { why, again: 0 }).await?;
                }
                let now = Clock::start().calendar_start();
                // One that has to be renewed at once is not: that would never end.
                let is_over = times.is_none_or(|(from, until)| due(from, until, u16::MAX) <= now);
                self.failures = if is_over { self.failures.saturating_add(1) } else { 0 };
                let frame = told(&kept);
                self.kept = Some(kept);
                Ok(frame)
            }
            Err(OrderFault::Server(error)) => Err(error),
            Err(fault) => {
                self.failures = self.failures.saturating_add(1);
                let again = pause(self.failures, 0).as_secs();
                let again = u32::try_from(again).unwrap_or(u32::MAX);
                Ok(Frame::Failed { why: words(&fault), again })
            }
        }
    }
}

/// The line to the server.
struct Line {
    stream: UnixStream,
    is_asked: bool,
}

impl Line {
    fn over(stream: net::UnixStream) -> io::Result<Self> {
        Ok(Self { stream: UnixStream::from_std(stream)?, is_asked: false })
    }

    async fn tell(&mut self, frame: &Frame) -> io::Result<()> {
        self.stream.write_all(&frame.to_bytes()).await
    }

    /// Ends when the server asks.
    async fn asked(&mut self) -> io::Result<()> {
        while !self.is_asked {
            self.is_asked = self.stream.read_u8().await? == LOOK;
        }
        self.is_asked = false;
        Ok(())
    }

    /// Ends when the server has taken what it was told.
    async fn taken(&mut self) -> io::Result<()> {
        loop {
            match self.stream.read_u8().await? {
                TAKEN => return Ok(()),
                said => self.is_asked |= said == LOOK,
            }
        }
    }
}

fn told(Kept { certificate, key }: &Kept) -> Frame {
    Frame::Read { certificate: certificate.clone(), key: key.clone(), is_exposed: false }
}

/// Whether it is a pair, and from when until when it holds.
fn read(
    kept: &Kept,
) -> Result<Option<(shared::UnixTime, shared::UnixTime)>, super::super::PairFault> {
    let pair = Pair::read(&kept.certificate, &kept.key)?;
    Ok(pair.key.cert.first().and_then(|first| validity(first)))
}

/// In one line, and not longer than somebody reads.
fn words(fault: &OrderFault) -> Vec<u8> {
    let plain = fault.to_string();
    let plain = plain.chars().map(|c| if c.is_control() { ' ' } else { c });
    plain.take(LONGEST).collect::<String>().into_bytes()
}

/// Anything.
fn chance() -> u16 {
    let mut bytes = [0; 2];
    // Without randomness there is no TLS either; then it is just in the middle.
    aws_lc_rs::rand::fill(&mut bytes).map_or(u16::MAX / 2, |()| u16::from_be_bytes(bytes))
}

/// Longer, a machine that was asleep renews late; shorter, one that could sleep does not.
const LOOK_AGAIN: Duration = Duration::from_hours(1);
/// For one order. Longer, an authority that hangs is waited for; shorter, a slow one is given up.
const WHOLE: Duration = Duration::from_mins(5);
/// Of what an authority says, in characters. Longer, a line fills the log; shorter, its reason is cut off.
const LONGEST: usize = 500;

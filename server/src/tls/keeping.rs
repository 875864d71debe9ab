// SPDX-License-Identifier: EUPL-1.2
//! The server's end: starts the keeper, and presents what it tells if that is a pair.

use core::time::Duration;
use std::{
    io::{self, Read as _},
    os::{fd::OwnedFd, unix::net, unix::process::CommandExt as _},
    process::{Command, Stdio},
};

use thiserror::Error;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{
        UnixStream,
        unix::{OwnedReadHalf, OwnedWriteHalf},
    },
    sync::mpsc,
    time::sleep,
};
use zeroize::Zeroizing;

use super::{
    frame::{Frame, HEAD_LEN, Head, LOOK, TAKEN},
    offer::{Presented, Renewal},
    pair::{Pair, PairFault},
};
use crate::{clock::Clock, office::Origin};

/// The line to a keeper that has told a first pair.
#[derive(Debug)]
pub struct Keeping {
    line: net::UnixStream,
    renewal: Renewal,
    host: Option<String>,
}

impl Keeping {
    /// Starts the keeper and waits for what it reads first. The command is this program, told to be one.
    ///
    /// To be called before anything is given up. `origin` is where people reach the server.
    pub fn start(
        mut command: Command,
        origin: Option<&Origin>,
    ) -> Result<(Self, Presented), KeepingError> {
        let (line, theirs) = net::UnixStream::pair().map_err(KeepingError::Start)?;
        command.stdin(OwnedFd::from(theirs)).stdout(Stdio::null());
        // It needs nothing of what was said to us; and who ends the server at a terminal does not end the
        // keeper first.
        command.env_clear().process_group(0);
        // It ends when this line does; nobody can wait for it in a sandbox.
        drop(command.spawn().map_err(KeepingError::Start)?);
        // The other end of the line is the keeper's alone.
        drop(command);
        line.set_read_timeout(Some(FIRST)).map_err(KeepingError::Start)?;
        let frame = first(&line).map_err(KeepingError::Start)?.ok_or(KeepingError::Nonsense)?;
        let host = origin.map(|origin| origin.host().to_owned());
        let begun = if frame == Frame::Nothing {
            Renewal::begin_without()
        } else {
            Renewal::begin(usable(frame, host.as_deref())?)
        };
        let (renewal, presented) = begun.map_err(KeepingError::Offer)?;
        Ok((Self { line, renewal, host }, presented))
    }

    /// Takes what the keeper tells, for ever. Each message on `asks` has the files read now; `answered` is
    /// called when something was told and looked at.
    ///
    /// # Errors
    ///
    /// When the runtime cannot wait for the line.
    pub async fn run(self, asks: mpsc::Receiver<()>, answered: impl Fn()) -> io::Result<()> {
        let Self { line, mut renewal, host } = self;
        line.set_nonblocking(true)?;
        let (listens, speaks) = UnixStream::from_std(line)?.into_split();
        // More at once mean the same as one.
        let (takes, taken) = mpsc::channel(1);
        // Where it is full, it says the same already.
        let say_taken = || takes.try_send(()).is_ok();
        // From now on, what is told is taken at once.
        say_taken();
        tokio::select! {
            () = ask(speaks, asks, taken) => {}
            () = async {
                listen(listens, |frame| {
                    if take(&mut renewal, frame, host.as_deref()) {
                        say_taken();
                    } else {
                        answered();
                    }
                })
                .await;
            } => {}
        }
        // A service manager ends both at once: that is nothing to tell.
        sleep(GRACE).await;
        tracing::error!("nobody reads the certificate any more: it stays as it is until a restart");
        Ok(())
    }
}

/// Passes on that the files are to be read now, and that something was taken.
async fn ask(
    mut speaks: OwnedWriteHalf,
    mut asks: mpsc::Receiver<()>,
    mut taken: mpsc::Receiver<()>,
) {
    loop {
        let said = tokio::select! {
            Some(()) = asks.recv() => LOOK,
            Some(()) = taken.recv() => TAKEN,
            // Nobody will ask any more; who listens goes on.
            else => core::future::pending().await,
        };
        if speaks.write_all(&[said]).await.is_err() {
            return;
        }
    }
}

/// Hands over each frame, until the keeper is gone or talks nonsense.
async fn listen(mut listens: OwnedReadHalf, mut take: impl FnMut(Frame)) {
    loop {
        let mut head = [0; HEAD_LEN];
        if listens.read_exact(&mut head).await.is_err() {
            return;
        }
        let Some(head) = Head::parse(head) else { return };
        let mut body = Zeroizing::new(vec![0; head.body_len()]);
        if listens.read_exact(&mut body).await.is_err() {
            return;
        }
        let Some(frame) = head.with(&body) else { return };
        take(frame);
    }
}

/// The first frame, without a runtime; nothing, if it is none.
fn first(mut line: &net::UnixStream) -> io::Result<Option<Frame>> {
    let mut head = [0; HEAD_LEN];
    line.read_exact(&mut head)?;
    let Some(head) = Head::parse(head) else { return Ok(None) };
    let mut body = Zeroizing::new(vec![0; head.body_len()]);
    line.read_exact(&mut body)?;
    Ok(head.with(&body))
}

/// Whether it was a challenge, which the keeper waits to be taken.
fn take(renewal: &mut Renewal, frame: Frame, host: Option<&str>) -> bool {
    match frame {
        Frame::Challenge { certificate, key } => {
            let shown = Pair::read_challenge(&certificate, &key).map_err(KeepingError::Pair);
            match shown.and_then(|pair| renewal.challenge(pair).map_err(KeepingError::Offer)) {
                Ok(()) => tracing::debug!("an authority can see that the host is ours"),
                Err(error) => tracing::error!(%error, "cannot show an authority who we are"),
            }
            return true;
        }
        Frame::Failed { why, again } => {
            if let Err(error) = renewal.withdraw() {
                tracing::error!(%error, "cannot withdraw what an authority could see");
            }
            let why = String::from_utf8_lossy(&why);
            tracing::error!(
                again_in_s = again,
                "no certificate could be ordered, what is there stays: {why}"
            );
        }
        // An order that nobody has made yet.
        Frame::Nothing => {}
        Frame::Read { .. } | Frame::Unreadable { .. } | Frame::TooLong { .. } => {
            let pair = usable(frame, host);
            match pair.and_then(|pair| renewal.present(pair).map_err(KeepingError::Offer)) {
                Ok(()) => {
                    tracing::info!("the certificate was read: new connections are protected by it");
                }
                Err(error) => {
                    tracing::error!(%error, "the certificate is not replaced: the one before stays");
                }
            }
        }
    }
    false
}

/// The pair that was read, if it is one; and a word on what an operator will want to mend.
fn usable(frame: Frame, host: Option<&str>) -> Result<Pair, KeepingError> {
    let (certificate, key, is_exposed) = match frame {
        Frame::Read { certificate, key, is_exposed } => (certificate, key, is_exposed),
        Frame::Unreadable { file, error } => {
            let error = io::Error::from_raw_os_error(error);
            return Err(KeepingError::Unreadable(file.setting(), error));
        }
        Frame::TooLong { file } => return Err(KeepingError::TooLong(file.setting())),
        Frame::Failed { why, .. } => {
            return Err(KeepingError::Order(String::from_utf8_lossy(&why).into_owned()));
        }
        Frame::Nothing | Frame::Challenge { .. } => return Err(KeepingError::Nonsense),
    };
    let pair = Pair::read(&certificate, &key)?;
    let now = Clock::start().calendar_start();
    if is_exposed {
        tracing::warn!("everybody on this machine can read the file of tls.key: `chmod o-rwx` it");
    }
    if pair.is_over(now) {
        tracing::warn!("the certificate has expired: browsers refuse it");
    } else if let Some(days) = pair.days_left(now).filter(|days| *days < SOON) {
        tracing::warn!(days, "the certificate expires soon");
    }
    if host.is_some_and(|host| !pair.is_for(host)) {
        tracing::warn!("the certificate is not for the host of origin: browsers refuse it");
    }
    Ok(pair)
}

/// Why there is no pair to present.
#[derive(Debug, Error)]
pub enum KeepingError {
    /// No process, or one that says nothing.
    #[error("cannot have the certificate read: {0}")]
    Start(#[source] io::Error),
    /// It says what no keeper says.
    #[error("cannot have the certificate read: what is told of it makes no sense")]
    Nonsense,
    /// One of the files, and why.
    #[error("cannot read {0}: {1}")]
    Unreadable(&'static str, #[source] io::Error),
    /// One of the files is no such file.
    #[error("cannot use {0}: it is longer than any certificate or key")]
    TooLong(&'static str),
    /// None can be ordered, in words.
    #[error("cannot order a certificate: {0}")]
    Order(String),
    /// They are no pair.
    #[error("cannot use the certificate: {0}")]
    Pair(#[from] PairFault),
    /// They are one, and cannot be presented.
    #[error("cannot present the certificate: {0}")]
    Offer(#[source] rustls::Error),
}

/// Longer, a server whose files are on a disk that hangs says so later. Shorter, a slow disk is no disk.
const FIRST: Duration = Duration::from_secs(20);
/// Longer, a keeper that failed is told of later. Shorter, every stop of the service tells of one.
const GRACE: Duration = Duration::from_secs(3);
/// In days. Longer, it is told while a renewal is not due yet; shorter, there is no time left to mend it.
const SOON: u64 = 10;

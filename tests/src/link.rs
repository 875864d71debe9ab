// SPDX-License-Identifier: EUPL-1.2
//! A bad network between one browser and the relay: slow, late, and losing datagrams.
//!
//! It needs nothing of the system, so it is the same on every machine. It runs on a thread of its own: a test that
//! compares pictures holds up no datagram by that.
#![expect(clippy::disallowed_methods, reason = "a link takes time, of the clock itself")]

use std::{
    collections::VecDeque,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::Duration,
};

use tokio::{
    net::UdpSocket,
    runtime::Builder,
    sync::{oneshot, watch},
    time::{Instant, sleep_until},
};

/// How the way towards the browser is. The way back is as late, and nothing else.
#[derive(Clone, Copy, Debug)]
pub struct Path {
    /// Bits per second.
    pub bits: u64,
    /// How long every datagram is underway, one way.
    pub delay: Duration,
    /// Of a hundred datagrams, so many are lost.
    pub loss: u64,
    /// A few times a second nothing arrives for that long, and then all of it at once.
    pub jitter: Duration,
}

impl Path {
    /// Fast enough for everything.
    pub const GOOD: Self = Self {
        bits: 50_000_000,
        delay: Duration::from_millis(10),
        loss: 0,
        jitter: Duration::ZERO,
    };
}

/// A link. It ends with the value.
#[derive(Debug)]
pub struct Link {
    here: SocketAddr,
    path: watch::Sender<Path>,
    carried: Arc<AtomicU64>,
    /// Tells the thread by being dropped.
    _end: oneshot::Sender<()>,
}

impl Link {
    /// A link to the relay at `there`.
    pub async fn to(there: SocketAddr, path: Path) -> Self {
        let (path, of_path) = watch::channel(path);
        let carried = Arc::default();
        let (end, ended) = oneshot::channel();
        let (tell, told) = oneshot::channel();
        let carries = carry(there, of_path, Arc::clone(&carried), tell);
        thread::spawn(move || {
            let runtime = Builder::new_current_thread().enable_all().build();
            let runtime = runtime.unwrap_or_else(|error| panic!("no runtime: {error}"));
            runtime.block_on(async {
                tokio::select! {
                    () = carries => {}
                    _ = ended => {}
                }
            });
        });
        let here = told.await.unwrap_or_else(|_| panic!("the link to {there} did not begin"));
        Self { here, path, carried, _end: end }
    }

    /// What the browser has to send to, as a candidate names it: `ADDRESS PORT`.
    pub fn candidate(&self) -> String {
        format!("{} {}", self.here.ip(), self.here.port())
    }

    /// Changes how the way is from here on.
    pub fn becomes(&self, path: Path) {
        self.path.send_replace(path);
    }

    /// The bytes that arrived at the browser so far.
    pub fn carried(&self) -> u64 {
        self.carried.load(Ordering::Relaxed)
    }
}

/// Carries both ways, and tells where the browser has to send to.
async fn carry(
    there: SocketAddr,
    path: watch::Receiver<Path>,
    carried: Arc<AtomicU64>,
    tell: oneshot::Sender<SocketAddr>,
) {
    let near = bound(there).await;
    let far = bound(there).await;
    let here = near.local_addr().unwrap_or(there);
    tell.send(here).unwrap_or_else(|_| panic!("nobody goes through the link to {there}"));
    let (browser, of_browser) = watch::channel(None);
    let up = up(Arc::clone(&near), Arc::clone(&far), there, browser, path.clone());
    let down = down(near, far, of_browser, path, carried);
    tokio::join!(up, down);
}

async fn up(
    near: Arc<UdpSocket>,
    far: Arc<UdpSocket>,
    there: SocketAddr,
    browser: watch::Sender<Option<SocketAddr>>,
    path: watch::Receiver<Path>,
) {
    let mut bytes = [0; 2_048];
    let mut queue = Queue::default();
    loop {
        tokio::select! {
            received = near.recv_from(&mut bytes) => {
                let Ok((len, from)) = received else { continue };
                browser.send_replace(Some(from));
                let delay = path.borrow().delay;
                queue.put(Instant::now() + delay, bytes.get(..len).unwrap_or_default());
            }
            datagram = queue.next() => drop(far.send_to(&datagram, there).await),
        }
    }
}

async fn down(
    near: Arc<UdpSocket>,
    far: Arc<UdpSocket>,
    browser: watch::Receiver<Option<SocketAddr>>,
    path: watch::Receiver<Path>,
    carried: Arc<AtomicU64>,
) {
    let mut bytes = [0; 2_048];
    let mut queue = Queue::default();
    // When the last bit that is queued has left.
    let mut free = Instant::now();
    let mut chance = 1_u64;
    // When the last stop ends, and when the next one begins.
    let (mut stopped, mut stops) = (free, free);
    loop {
        tokio::select! {
            received = far.recv_from(&mut bytes) => {
                let Ok((len, _)) = received else { continue };
                let Path { bits, delay, loss, jitter } = *path.borrow();
                let at = Instant::now();
                let waits = free.saturating_duration_since(at);
                chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                if waits > QUEUE || (chance >> 33) % 100 < loss {
                    continue;
                }
                let len_bits = u64::try_from(len).unwrap_or_default() * 8;
                free = at + waits + Duration::from_nanos(len_bits * 1_000_000_000 / bits.max(1));
                if at >= stops {
                    stopped = at + jitter;
                    stops = stopped + BETWEEN_STOPS + Duration::from_millis((chance >> 40) % 256);
                }
                queue.put(free.max(stopped) + delay, bytes.get(..len).unwrap_or_default());
            }
            datagram = queue.next() => {
                let to = *browser.borrow();
                if let Some(to) = to {
                    let len = u64::try_from(datagram.len()).unwrap_or_default();
                    carried.fetch_add(len, Ordering::Relaxed);
                    drop(near.send_to(&datagram, to).await);
                }
            }
        }
    }
}

/// What is underway, in order.
#[derive(Debug, Default)]
struct Queue(VecDeque<(Instant, Vec<u8>)>);

impl Queue {
    fn put(&mut self, at: Instant, datagram: &[u8]) {
        self.0.push_back((at, datagram.to_vec()));
    }

    /// The next one, when it is there; never while there is none.
    async fn next(&mut self) -> Vec<u8> {
        let Some((at, _)) = self.0.front() else { return std::future::pending().await };
        sleep_until(*at).await;
        self.0.pop_front().map(|(_, datagram)| datagram).unwrap_or_default()
    }
}

async fn bound(like: SocketAddr) -> Arc<UdpSocket> {
    let socket = UdpSocket::bind((like.ip(), 0)).await;
    Arc::new(socket.unwrap_or_else(|error| panic!("no socket at {}: {error}", like.ip())))
}

/// Larger, an uneven path is even for most of the time; smaller, it is a slow one.
const BETWEEN_STOPS: Duration = Duration::from_millis(200);

/// Longer, a full queue is seconds of delay, as in the worst of routers; shorter, a key frame does not fit.
const QUEUE: Duration = Duration::from_millis(300);

// SPDX-License-Identifier: EUPL-1.2
//! A network between one peer and the relay: it can lose packets and change the peer's address.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

use tokio::net::UdpSocket;
use tokio::sync::{RwLock, mpsc};

/// A path between a peer (`front`) and the relay.
#[derive(Clone)]
pub struct Network {
    front: Arc<UdpSocket>,
    back: Arc<RwLock<Arc<UdpSocket>>>,
    relay: SocketAddr,
    client: mpsc::Sender<Vec<u8>>,
    loss: Arc<AtomicU32>,
    random: Arc<AtomicU64>,
}

impl Network {
    pub async fn new(relay: SocketAddr, seed: u64) -> Self {
        let front = Arc::new(UdpSocket::bind("127.0.0.1:0").await.unwrap());
        let back = Arc::new(UdpSocket::bind("127.0.0.1:0").await.unwrap());
        let (client, mut inbound) = mpsc::channel::<Vec<u8>>(4_096);
        let network = Self {
            front,
            back: Arc::new(RwLock::new(Arc::clone(&back))),
            relay,
            client,
            loss: Arc::default(),
            random: Arc::new(AtomicU64::new(seed)),
        };
        let (peer_known, peer) = tokio::sync::watch::channel(None);
        let outbound = network.clone();
        tokio::spawn(async move {
            let mut buffer = [0; 2_048];
            while let Ok((len, from)) = outbound.front.recv_from(&mut buffer).await {
                peer_known.send_replace(Some(from));
                if !outbound.loses() {
                    let back = Arc::clone(&*outbound.back.read().await);
                    back.send_to(&buffer[..len], outbound.relay).await.ok();
                }
            }
        });
        let front = Arc::clone(&network.front);
        tokio::spawn(async move {
            while let Some(datagram) = inbound.recv().await {
                let to = *peer.borrow();
                if let Some(to) = to {
                    front.send_to(&datagram, to).await.ok();
                }
            }
        });
        network.listen(back);
        network
    }

    /// Where the peer sends to.
    pub fn address(&self) -> SocketAddr {
        self.front.local_addr().unwrap()
    }

    /// Loses that many of a thousand packets, in both directions.
    pub fn lose(&self, per_mille: u32) {
        self.loss.store(per_mille, Ordering::Relaxed);
    }

    /// Gives the peer another address; what is sent to the old one is lost.
    pub async fn change_address(&self) {
        let back = Arc::new(UdpSocket::bind("127.0.0.1:0").await.unwrap());
        *self.back.write().await = Arc::clone(&back);
        self.listen(back);
    }

    /// Sends a datagram to the relay as if the peer had.
    pub async fn inject(&self, datagram: &[u8]) {
        let back = Arc::clone(&*self.back.read().await);
        back.send_to(datagram, self.relay).await.unwrap();
    }

    fn listen(&self, socket: Arc<UdpSocket>) {
        let network = self.clone();
        tokio::spawn(async move {
            let mut buffer = [0; 2_048];
            while let Ok((len, _)) = socket.recv_from(&mut buffer).await {
                if !Arc::ptr_eq(&socket, &*network.back.read().await) {
                    return;
                }
                if !network.loses() {
                    network.client.send(buffer[..len].to_vec()).await.ok();
                }
            }
        });
    }

    fn loses(&self) -> bool {
        // A linear congruential generator: the same losses for the same seed and order.
        let step = |random: u64| {
            Some(
                random
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407),
            )
        };
        let random = self.random.fetch_update(Ordering::Relaxed, Ordering::Relaxed, step).unwrap();
        u32::try_from((random >> 33) % 1_000).unwrap() < self.loss.load(Ordering::Relaxed)
    }
}

// SPDX-License-Identifier: EUPL-1.2
//! A relay with peers, each behind its own network.

use std::time::Duration;

use rtc::rtp_transceiver::rtp_sender::RtpCodecKind;
use server::transport::{
    Feed, MediaCommand, MediaConfig, MediaHandle, MediaPlane, Negotiated, Publication, Route,
    SpreadLimits, TransportEvent, TransportId,
};
use shared::{MediaKind, Mid, Source};
use tokio::sync::mpsc;
use webrtc::peer_connection::SrtpProtectionProfile;

use super::network::Network;
use super::peer::{Arrived, Publishing, TestPeer};

/// The relay under test.
pub struct Stage {
    pub plane: MediaPlane,
    pub handle: MediaHandle,
    pub events: mpsc::Receiver<TransportEvent>,
}

/// One peer and its network.
pub struct Member {
    pub id: TransportId,
    pub peer: TestPeer,
    pub network: Network,
    pub offer: String,
    pub answer: String,
    pub slots: Vec<(Mid, MediaKind)>,
}

impl Stage {
    /// A relay of one thread.
    pub fn new() -> Self {
        Self::with_threads(1)
    }

    /// A relay of so many threads, and a room on one of them.
    pub fn with_threads(threads: usize) -> Self {
        Self::spreading(threads, SpreadLimits { crowd: u64::MAX, busy: 1_001 })
    }

    /// A relay of so many threads on which a room is spread as the limits say.
    pub fn spreading(threads: usize, spread: SpreadLimits) -> Self {
        Self::configured(|config| MediaConfig { threads, spread, ..config })
    }

    /// A relay that is set up so.
    pub fn configured(change: impl FnOnce(MediaConfig) -> MediaConfig) -> Self {
        let (sender, events) = mpsc::channel(64);
        let listen = "127.0.0.1:0".parse().unwrap();
        let config = change(MediaConfig::new(listen, Vec::new()));
        let (plane, handle) = MediaPlane::start(config, &sender).unwrap();
        let handle = handle.placed();
        Self { plane, handle, events }
    }

    /// Lets a peer offer and take the answer; it may not be connected yet.
    pub async fn enter(&self, tag: u8, profiles: Vec<SrtpProtectionProfile>) -> Member {
        self.enter_with(tag, profiles, |offer| offer).await
    }

    /// Like [`Self::enter`], with an offer that somebody changed on the way.
    pub async fn enter_with(
        &self,
        tag: u8,
        profiles: Vec<SrtpProtectionProfile>,
        change: impl FnOnce(String) -> String,
    ) -> Member {
        let (peer, offer) = TestPeer::offering(tag, profiles).await;
        self.accept(tag, peer, change(offer)).await
    }

    async fn accept(&self, tag: u8, peer: TestPeer, offer: String) -> Member {
        let negotiated = self.handle.negotiate(&offer, &TestPeer::senders()).unwrap();
        self.open(tag, (peer, offer), negotiated).await
    }

    pub async fn open(
        &self,
        tag: u8,
        (peer, offer): (TestPeer, String),
        negotiated: Negotiated,
    ) -> Member {
        let network = Network::new(self.plane.local_addr(), u64::from(tag)).await;
        let id = negotiated.transport.name(TransportId(u64::from(tag)));
        let params = Box::new(negotiated.transport);
        self.handle.send(MediaCommand::Open { id, params }).unwrap();
        peer.accept(&negotiated.answer, self.plane.local_addr(), network.address()).await;
        let (answer, slots) = (negotiated.answer, negotiated.slots);
        Member { id, peer, network, offer, answer, slots }
    }

    /// Lets a peer enter and waits until it is connected.
    pub async fn connect(&mut self, tag: u8) -> Member {
        let member = self.enter(tag, vec![SrtpProtectionProfile::Srtp_Aead_Aes_256_Gcm]).await;
        assert_eq!(self.event().await, TransportEvent::Connected(member.id));
        member
    }

    /// The same for one who can hear so many at once.
    pub async fn connect_listener(&mut self, tag: u8, sounds: usize) -> Member {
        let profiles = vec![SrtpProtectionProfile::Srtp_Aead_Aes_256_Gcm];
        let slots = [(RtpCodecKind::Audio, sounds), (RtpCodecKind::Video, 1)];
        let (peer, offer) = TestPeer::offering_slots(tag, profiles, slots).await;
        let member = self.accept(tag, peer, offer).await;
        assert_eq!(self.event().await, TransportEvent::Connected(member.id));
        member
    }

    /// The next event of the relay but those of pictures that others want or do not, and of who speaks.
    pub async fn event(&mut self) -> TransportEvent {
        loop {
            let event = tokio::time::timeout(Duration::from_secs(15), self.events.recv());
            let event = event.await.unwrap().unwrap();
            if !matches!(event, TransportEvent::Wanted(..) | TransportEvent::Speaking(..)) {
                return event;
            }
        }
    }

    /// Opens both gates of a member and lets it publish.
    pub fn publish(&self, member: &Member) -> Publishing {
        for source in Source::ALL {
            self.gate(member, source, true);
        }
        member.peer.publish()
    }

    pub fn gate(&self, member: &Member, source: Source, open: bool) {
        self.handle.send(MediaCommand::Gate { id: member.id, source, open }).unwrap();
    }

    /// Feeds the slots of pictures, in order, from the given members, and lets the given microphones be heard.
    pub fn route(&self, to: &Member, feeds: &[(&Member, Source)]) {
        let mut free = to.slots.clone();
        let (mut routes, mut sounds) = (Vec::new(), Vec::new());
        for (from, source) in feeds {
            if source.kind() == MediaKind::Audio {
                sounds.push(Feed { transport: from.id, source: *source, name: 0 });
                continue;
            }
            let at = free.iter().position(|(_, kind)| *kind == source.kind()).unwrap();
            let (mid, _) = free.remove(at);
            let feed = Publication { transport: from.id, source: *source };
            routes.push(Route { mid, feed, lines: u16::MAX });
        }
        self.handle.send(MediaCommand::Routes { id: to.id, routes }).unwrap();
        self.handle.send(MediaCommand::Sounds { id: to.id, feeds: sounds }).unwrap();
    }
}

impl Member {
    /// Waits until what arrived satisfies `enough`.
    pub async fn until(&self, enough: impl Fn(&[Arrived]) -> bool) -> Vec<Arrived> {
        for _ in 0..1_500 {
            let arrived = self.peer.arrived();
            if enough(&arrived) {
                return arrived;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("not enough arrived: {} packets", self.peer.arrived().len());
    }
}

/// The packets of one kind and publisher.
pub fn of(arrived: &[Arrived], kind: MediaKind, tag: u8) -> Vec<Arrived> {
    arrived.iter().filter(|packet| packet.kind == kind && packet.tag == tag).copied().collect()
}

// SPDX-License-Identifier: EUPL-1.2
//! From where a request comes: the other end of its connection or, behind the operator's proxy, whom that
//! names.
//!
//! A proxy stands on the same machine, so only a connection over the loopback is believed. What it names
//! is an address for no longer than it takes to hash it, and is never logged.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use axum::http::HeaderMap;
use shared::Timestamp;
use tokio::sync::{mpsc, oneshot};

use super::addresses::{AddressLimits, Addresses, Comes, Place, Share};
use crate::{room::SourceKey, signalling::Sources};

/// What a request brings: the share of its address, and what that is called at present.
#[derive(Clone, Debug)]
pub(super) struct Origin {
    pub(super) share: Arc<Share>,
    pub(super) source: SourceKey,
}

/// Tells origins apart; it has one owner, the listener.
#[derive(Debug)]
pub(super) struct Origins {
    addresses: Addresses,
    sources: Sources,
}

/// The question of a request that came by a proxy: whether it may be served.
pub(super) struct Ask {
    address: IpAddr,
    comes: Comes,
    reply: oneshot::Sender<Option<(Place, Origin)>>,
}

impl Origins {
    pub(super) fn new(limits: AddressLimits) -> Self {
        Self { addresses: Addresses::new(limits), sources: Sources::default() }
    }

    /// Whether something from this address may be served: its place, and its origin.
    pub(super) fn admit(
        &mut self,
        now: Timestamp,
        address: IpAddr,
        comes: Comes,
    ) -> Option<(Place, Origin)> {
        let (place, share) = self.addresses.admit(now, address, comes)?;
        let source = self.sources.name(now, address)?;
        Some((place, Origin { share, source }))
    }

    /// Answers a request that came by a proxy.
    pub(super) fn answer(&mut self, now: Timestamp, Ask { address, comes, reply }: Ask) {
        // Whoever asked may be gone.
        drop(reply.send(self.admit(now, address, comes)));
    }
}

/// Where the requests of a connection come from.
#[derive(Clone, Debug)]
pub(super) struct Line {
    origin: Origin,
    /// Where to ask for others; only a proxy on this machine is believed.
    asks: Option<mpsc::Sender<Ask>>,
}

impl Line {
    /// Of a connection from this peer.
    pub(super) fn new(peer: IpAddr, origin: Origin, asks: &mpsc::Sender<Ask>) -> Self {
        let asks = peer.to_canonical().is_loopback().then(|| asks.clone());
        Self { origin, asks }
    }

    /// The origin of one request, and the place that it takes while it is answered; nothing when its
    /// address has used up its share. One that opens a session counts as a connection does; a page is many
    /// requests, of which only so many can be open at once.
    pub(super) async fn origin_of(
        self,
        headers: &HeaderMap,
        opens_session: bool,
    ) -> Option<(Option<Place>, Origin)> {
        let named = self.asks.and_then(|asks| Some((asks, named_by_proxy(headers)?)));
        let Some((asks, address)) = named else { return Some((None, self.origin)) };
        let comes = if opens_session { Comes::Counted } else { Comes::Beside };
        let (reply, answer) = oneshot::channel();
        asks.send(Ask { address, comes, reply }).await.ok()?;
        let (place, origin) = answer.await.ok()??;
        Some((Some(place), origin))
    }
}

/// The last address of `X-Forwarded-For`: the one that the proxy saw itself. What stands before it is
/// what its client said.
fn named_by_proxy(headers: &HeaderMap) -> Option<IpAddr> {
    let header = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
    let last = header.rsplit(',').next()?.trim();
    let with_port = || last.parse::<SocketAddr>().map(|address| address.ip());
    last.trim_matches(['[', ']']).parse().or_else(|_not_alone| with_port()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::since_start(core::time::Duration::from_secs(1));

    fn forwarded(values: &[&'static str]) -> HeaderMap {
        let name = || axum::http::HeaderName::from_static("x-forwarded-for");
        let value = axum::http::HeaderValue::from_static;
        values.iter().map(|text| (name(), value(text))).collect()
    }

    fn address(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn the_proxys_own_word_is_the_last_one() {
        for (values, named) in [
            (&["192.0.2.1"][..], Some("192.0.2.1")),
            (&["192.0.2.9, 192.0.2.1"], Some("192.0.2.1")),
            (&["192.0.2.9", "192.0.2.8,192.0.2.1"], Some("192.0.2.1")),
            (&["192.0.2.1:50000"], Some("192.0.2.1")),
            (&["2001:db8::1"], Some("2001:db8::1")),
            (&["[2001:db8::1]"], Some("2001:db8::1")),
            (&["[2001:db8::1]:50000"], Some("2001:db8::1")),
            (&["192.0.2.1, unknown"], None),
            (&[""], None),
            (&[], None),
        ] {
            assert_eq!(named_by_proxy(&forwarded(values)), named.map(address), "{values:?}");
        }
    }

    #[tokio::test]
    async fn only_a_proxy_on_this_machine_is_believed() {
        let mut origins = Origins::new(AddressLimits::default());
        let (asks, mut asked) = mpsc::channel(1);
        let headers = forwarded(&["192.0.2.1"]);
        for (peer, believed) in [("127.0.0.1", true), ("::1", true), ("192.0.2.7", false)] {
            let peer = address(peer);
            let (_place, own) = origins.admit(NOW, peer, Comes::Counted).expect("random numbers");
            let line = Line::new(peer, own.clone(), &asks);
            let mut served = core::pin::pin!(line.origin_of(&headers, true));
            let served = loop {
                tokio::select! {
                    served = &mut served => break served,
                    Some(ask) = asked.recv() => origins.answer(NOW, ask),
                }
            };
            let (_, origin) = served.expect("admitted");
            let named = origins.sources.name(NOW, address("192.0.2.1")).expect("random numbers");
            assert_eq!(origin.source == named, believed, "{peer}");
            assert_eq!(origin.source == own.source, !believed, "{peer}");
        }
    }
}

// SPDX-License-Identifier: EUPL-1.2
//! What tests of relays in memory have in common: people who are connected, and what they are sent.

use std::net::SocketAddr;

use shared::Source;

use super::dtls::Identity;
use super::outlet::{Outlet, Urgency};
use super::params::TransportParams;
use super::plane::{Feed, MediaCommand, TransportEvent, TransportId};
use super::rehearsal::{check, keys};
use super::relay::Relay;
use crate::media::Micros;
use crate::media::bytes::{low16, low32};
use crate::media::packet::MAX_DATAGRAM;

/// What relays sent, and to whom.
#[derive(Default)]
pub(super) struct Sent(pub(super) Vec<(SocketAddr, Vec<u8>)>);

impl Outlet for Sent {
    fn send(
        &mut self,
        to: SocketAddr,
        _urgency: Urgency,
        write: impl FnOnce(&mut [u8]) -> Option<usize>,
    ) -> bool {
        let mut datagram = vec![0; MAX_DATAGRAM];
        let Some(len) = write(&mut datagram) else { return false };
        datagram.truncate(len);
        self.0.push((to, datagram));
        true
    }
}

/// Where somebody sends from.
pub(super) fn address(number: u64) -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], FIRST_PORT + low16(number)))
}

/// Opens somebody's transport, of the parameters of `rehearsal`, and connects it.
pub(super) fn connect(
    relay: &mut Relay,
    now: Micros,
    (id, number): (TransportId, u64),
    params: TransportParams,
    identity: &Identity,
) {
    relay.handle_command(now, MediaCommand::Open { id, params: Box::new(params) });
    let mut check = check(number, identity).unwrap();
    relay.handle_datagram(now, address(number), &mut check, &mut Sent::default());
    relay.peer_mut(id).unwrap().srtp = Some(Box::new(keys(number).unwrap()));
}

/// A microphone under a name.
pub(super) fn voice(transport: TransportId) -> Feed {
    let TransportId(number) = transport;
    Feed { transport, source: Source::Microphone, name: FIRST_NAME + low32(number) }
}

/// What a relay has to tell.
pub(super) fn heard(relay: &mut Relay) -> Vec<TransportEvent> {
    let mut heard = Vec::new();
    relay.tell_events(|event| {
        heard.push(event);
        true
    });
    heard
}

pub(super) const FIRST_PORT: u16 = 1_000;
/// How the first is called.
pub(super) const FIRST_NAME: u32 = 500;

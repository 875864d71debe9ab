// SPDX-License-Identifier: EUPL-1.2
//! Somebody's browser: does what the call decides, as far as the world lets it.

use app::call::{Access, Call, CaptureFailure, DeviceId, Effect, Event};
use server::room::SessionId;
use shared::{
    Mid, Offer, ResumeToken, RoomSecret, Sdp, SenderLine, Source, Ticket, TicketNumber, UnixTime,
};

use super::{Stage, line::Coming};

/// With what link somebody comes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Bearer {
    /// The room's bookmark.
    Bookmark,
    /// The room's one invitation.
    Invitation,
    /// The personal invitation of this number; whoever comes with the same one has a copy.
    Personal(u8),
}

impl Bearer {
    pub(super) fn access(self, secret: &RoomSecret) -> Access {
        let (room, key) = (secret.moderator_key().room_id(), Some(secret.invitation_key()));
        match self {
            Self::Bookmark => Access::Moderator { secret: secret.clone(), licence: None },
            Self::Invitation => Access::Invited { room, key, ticket: None },
            Self::Personal(number) => {
                let number = TicketNumber::from_random([number; 16]);
                let expires = UnixTime::from_secs(u64::MAX);
                let ticket = Ticket::issue(&secret.moderator_key(), number, expires);
                Access::Invited { room, key, ticket: Some(ticket) }
            }
        }
    }
}

/// A page, and what the browser holds for it.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) call: Call,
    access: Access,
    pub(super) is_online: bool,
    pub(super) line: Option<SessionId>,
    seat: Option<ResumeToken>,
    /// The last wish for each source: a device that answers to an earlier one is not reported.
    wishes: Vec<(Source, u64)>,
    pub(super) transmitted: Vec<Source>,
    /// The peer connection there is, by number.
    pub(super) peer: Option<u64>,
    /// Whether it has said what it can receive: before, it has no path that could fail.
    pub(super) has_offered: bool,
}

impl Page {
    pub(super) fn new(access: Access) -> Self {
        Self {
            call: Call::new(access.clone(), None),
            access,
            is_online: true,
            line: None,
            seat: None,
            wishes: Vec::new(),
            transmitted: Vec::new(),
            peer: None,
            has_offered: false,
        }
    }

    /// Whether the page has a personal invitation that is not used.
    pub(super) const fn holds_ticket(&self) -> bool {
        matches!(self.access, Access::Invited { ticket: Some(_), .. })
    }

    pub(super) const fn holds_bookmark(&self) -> bool {
        matches!(self.access, Access::Moderator { .. })
    }

    /// Only what the tab keeps is kept.
    pub(super) fn reload(&mut self) {
        self.call = Call::new(self.access.clone(), self.seat.clone());
        self.wishes.clear();
        self.transmitted.clear();
        self.peer = None;
    }
}

impl Stage {
    pub(super) fn tell(&mut self, page: usize, event: Event) {
        let now = self.now;
        self.willed(page, &event);
        let Some(it) = self.pages.get_mut(page) else { return };
        for effect in it.call.handle(now, event) {
            self.perform(page, effect);
        }
    }

    /// A device or a peer connection reports, if it is still the one that is meant.
    pub(super) fn report(&mut self, page: usize, wish: u64, event: Event) {
        let Some(it) = self.pages.get_mut(page) else { return };
        let is_meant = it.peer == Some(wish) || it.wishes.iter().any(|(_, known)| *known == wish);
        if is_meant {
            it.has_offered |= matches!(event, Event::Offered(_));
            self.tell(page, event);
        }
    }

    fn perform(&mut self, page: usize, effect: Effect) {
        let at = self.soon();
        self.counter += 1;
        let wish = self.counter;
        let fails = self.random.below(5) == 0;
        let Some(it) = self.pages.get_mut(page) else { return };
        match effect {
            Effect::OpenSocket(_) => self.dial(page),
            Effect::CloseSocket => self.hang_up(page),
            Effect::Send(message) => self.send(page, message),
            Effect::Capture(source, device) => self.capture(page, (source, wish), device, fails),
            Effect::Release(source) => {
                it.wishes.retain(|(known, _)| source.whole().all(|part| part != *known));
            }
            Effect::OpenPeer { pictures } => {
                (it.peer, it.has_offered) = (Some(wish), false);
                if let Some(offer) = offer(page, wish, pictures) {
                    self.later(at, Coming::Report(page, wish, Event::Offered(offer)));
                }
            }
            Effect::GrowPeer { pictures } => {
                if let Some(peer) = it.peer
                    && let Some(offer) = offer(page, peer, pictures)
                {
                    self.later(at, Coming::Report(page, peer, Event::Offered(offer)));
                }
            }
            Effect::AcceptAnswer(answer) => {
                let is_ours =
                    Some(answer.sdp.as_str()) == it.peer.map(|n| n.to_string()).as_deref();
                let event = if is_ours { Event::PeerConnected } else { Event::PeerFailed };
                if let Some(peer) = it.peer {
                    self.later(at, Coming::Report(page, peer, event));
                }
            }
            Effect::Transmit(source, transmit) => {
                it.transmitted.retain(|known| *known != source);
                if transmit {
                    it.transmitted.push(source);
                }
            }
            Effect::ClosePeer => it.peer = None,
            Effect::KeepSeat(seat) => it.seat = seat,
            Effect::ForgetTicket => it.access = common(&it.access),
            Effect::SendLayers(..)
            | Effect::Process(_)
            | Effect::Blur(_)
            | Effect::Compare(_)
            | Effect::Hold(..)
            | Effect::Examine
            | Effect::Chime
            | Effect::FetchRest => {}
        }
    }

    /// A device answers a little later, and behind a screen, half of the time, its sound.
    fn capture(
        &mut self,
        page: usize,
        (source, wish): (Source, u64),
        device: Option<DeviceId>,
        fails: bool,
    ) {
        let at = self.soon();
        let Some(it) = self.pages.get_mut(page) else { return };
        it.wishes.retain(|(known, _)| source.whole().all(|part| part != *known));
        it.wishes.push((source, wish));
        if fails {
            let event = Event::CaptureFailed { source, failure: CaptureFailure::Gone };
            return self.later(at, Coming::Report(page, wish, event));
        }
        let device = device.unwrap_or_else(|| DeviceId("default".to_owned()));
        self.later(at, Coming::Report(page, wish, Event::Captured { source, device }));
        if source == Source::Screen && wish.is_multiple_of(2) {
            let (source, device) = (Source::ScreenSound, DeviceId::default());
            self.later(at, Coming::Report(page, wish, Event::Captured { source, device }));
        }
    }
}

/// The room's one invitation.
fn common(access: &Access) -> Access {
    let (room, key) = (access.room_id(), access.invitation_key());
    Access::Invited { room, key, ticket: None }
}

/// The description names the page and the peer connection, so that both ends can be compared, and says how
/// many pictures it can receive.
fn offer(page: usize, peer: u64, pictures: usize) -> Option<Offer> {
    let line = |(mid, source)| Some(SenderLine { mid: Mid::parse(mid)?, source });
    let senders = ["0", "1", "2", "3"].into_iter().zip(Source::ALL);
    Some(Offer {
        sdp: Sdp::new(format!("{page} {peer} {pictures}"))?,
        senders: senders.filter_map(line).collect(),
    })
}

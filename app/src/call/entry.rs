// SPDX-License-Identifier: EUPL-1.2
//! The way in and the way out: the line, the door, the seat, the end.

use core::time::Duration;

use shared::{
    Challenge, ClientMessage, CloseReason, DisplayName, Entry, Knock, Refusal, Restrictions,
    ResumeToken, Source, Timestamp, WaitingFor,
};

use super::{
    Call, Effect, EndReason,
    conference::Conference,
    line::{Due, Line},
    phase::{Ended, Phase, Place, Underway},
    roster::Roster,
};

impl Call {
    /// Leaves the gate. What is not to be transmitted from the moment of entry goes off here.
    pub(super) fn join(&mut self, now: Timestamp, name: &DisplayName, nonce: [u8; 12]) {
        if !matches!(self.phase, Phase::Gate) {
            return;
        }
        for source in Source::ALL {
            if !self.sources.get(source).is_for_entry() {
                self.switch_off(source);
            }
        }
        // Who comes back does so to a server that may be another.
        self.closing.forget();
        let profile = self.names.seal(name, nonce);
        let line = Line::opening(now);
        self.phase = Phase::Underway(Underway { line, profile, place: Place::Entering });
        self.effects.push(Effect::OpenSocket(self.room));
    }

    pub(super) const fn opened(&mut self) {
        if let Some(underway) = self.underway_mut() {
            underway.line.opened();
        }
    }

    /// Asks to enter, with everything that may open the door.
    pub(super) fn greeted(&mut self, challenge: &Challenge) {
        let Phase::Underway(underway) = &mut self.phase else { return };
        if underway.line.greeted() {
            let (resume, profile) = (self.resume.clone(), underway.profile.clone());
            let entry = self.keys.entry(self.room, challenge, resume, profile);
            // What restricts a guest's page concerns that page alone.
            let restrictions =
                if self.keys.are_the_bookmark() { self.restrictions } else { Restrictions::NONE };
            let entry = Entry { restrictions, ..entry };
            self.effects.push(Effect::Send(ClientMessage::Enter(entry)));
        }
    }

    /// At the door. Whoever was inside has lost the seat: to come in again is another entry, to
    /// which nothing is transmitted that was not switched on for it.
    pub(super) fn waiting(&mut self, now: Timestamp, for_whom: WaitingFor, visit: ResumeToken) {
        let Phase::Underway(underway) = &mut self.phase else { return };
        if !underway.line.has_asked() {
            return;
        }
        if !underway.line.is_settled() {
            self.closing.forget();
        }
        underway.line.settle(now);
        let before = core::mem::replace(&mut underway.place, Place::Waiting(for_whom));
        if matches!(before, Place::Inside(_)) {
            self.effects.push(Effect::ClosePeer);
            self.release_all();
        }
        self.keep(visit);
    }

    /// Inside. The seat may be the one we had, then its peer connection is too.
    pub(super) fn welcomed(
        &mut self,
        now: Timestamp,
        roster: Roster,
        knocks: Vec<Knock>,
        transport: bool,
        resume: ResumeToken,
    ) {
        let Phase::Underway(underway) = &mut self.phase else { return };
        if !underway.line.has_asked() {
            return;
        }
        if !underway.line.is_settled() {
            self.closing.forget();
        }
        underway.line.settle(now);
        let before = core::mem::replace(&mut underway.place, Place::Entering);
        let is_same = |seat: &Conference| transport && seat.roster.you() == roster.you();
        if !matches!(&before, Place::Inside(seat) if is_same(seat)) {
            self.scene.forget_people();
        }
        let mut conference = match before {
            Place::Inside(conference) => conference.resumed(roster, transport),
            Place::Entering | Place::Waiting(_) => Conference::new(roster),
        };
        let is_news = conference.knocks.replace(knocks, &self.names);
        let needs_peer = conference.peer.is_needed();
        underway.place = Place::Inside(Box::new(conference));
        self.keep(resume);
        self.forget_ticket();
        if needs_peer {
            self.open_peer();
        }
        self.publish();
        self.transmit_live();
        self.say_unsaid(now);
        if is_news {
            self.chime(now);
        }
    }

    /// The connection is gone or of no use: another one, at once or after a pause.
    pub(super) fn lose_line(&mut self, now: Timestamp) {
        let Some(underway) = self.underway_mut() else { return };
        if !underway.line.is_up() {
            return;
        }
        underway.line_lost();
        let at_once = underway.line.lost(now);
        self.effects.push(if at_once {
            Effect::OpenSocket(self.room)
        } else {
            Effect::CloseSocket
        });
    }

    /// Opens another connection in place of what there is. A network that returned was away: what
    /// stood over it is dead, whether anybody has noticed or not.
    pub(super) fn reopen(&mut self, now: Timestamp) {
        let Some(underway) = self.underway_mut() else { return };
        underway.line_lost();
        underway.line.reopen(now);
        self.effects.push(Effect::OpenSocket(self.room));
    }

    pub(super) fn timeout(&mut self, now: Timestamp) {
        if let Phase::Ended(ended) = &mut self.phase {
            ended.shut_until = ended.shut_until.filter(|until| *until > now);
        }
        self.key_due(now);
        let Some(underway) = self.underway() else { return };
        match underway.line.due(now, underway.patience()) {
            Due::Nothing => {}
            Due::Attempt => self.reopen(now),
            Due::Stalled => self.lose_line(now),
            Due::Unreachable => self.end(EndReason::Unreachable),
        }
        let peer = self.conference().and_then(|conference| conference.peer.paused_until());
        if peer.is_some_and(|due| due <= now) {
            self.open_peer();
        }
        self.say_lines(now);
        self.pass_moment(now);
    }

    /// Not granted; for as long as the pause the gate stays shut.
    pub(super) fn refused(&mut self, now: Timestamp, reason: Refusal, pause: u32) {
        if reason == Refusal::TicketUsed {
            self.forget_ticket();
        }
        let reason = EndReason::Refused(reason);
        let shut_until = (pause > 0).then(|| now + Duration::from_secs(pause.into()));
        self.end_until(reason, shut_until);
    }

    /// The server ended the connection. Where it is about the connection and not about the person,
    /// the way back is open: a page that was slow, a server that failed or is replaced. At the door
    /// nothing ends by which the room knows this tab.
    pub(super) fn closed(&mut self, now: Timestamp, reason: CloseReason) {
        match reason {
            CloseReason::Slow | CloseReason::Internal | CloseReason::Stopping => {
                self.lose_line(now);
            }
            CloseReason::Removed => self.end(EndReason::Closed(reason)),
            CloseReason::Left
            | CloseReason::Ended
            | CloseReason::Abandoned
            | CloseReason::Replaced
            | CloseReason::Protocol
            | CloseReason::Flood
            | CloseReason::Unknown => {
                let gives_up_seat = self.shown().is_some();
                self.end(EndReason::Closed(reason));
                if gives_up_seat {
                    self.forget();
                }
            }
        }
    }

    /// Whoever gives up their seat is not known any more. At the door there is no seat to be given up,
    /// and whoever was turned away or removed does not shake that off by leaving.
    pub(super) fn leave(&mut self) {
        let Some(underway) = self.underway() else { return };
        let gives_up_seat = self.shown().is_some();
        if underway.line.has_asked() {
            self.effects.push(Effect::Send(ClientMessage::Leave {}));
        }
        self.end(EndReason::Left);
        if gives_up_seat {
            self.forget();
        }
    }

    pub(super) fn return_to_gate(&mut self) {
        if self.may_return() {
            self.phase = Phase::Gate;
        }
    }

    /// Whether the stay is over and the gate open.
    pub(super) const fn may_return(&self) -> bool {
        matches!(self.phase, Phase::Ended(Ended { shut_until: None, .. }))
    }

    fn end(&mut self, reason: EndReason) {
        self.end_until(reason, None);
    }

    /// Ends the stay. Unless it is forgotten, the room still knows this tab when it comes back.
    fn end_until(&mut self, reason: EndReason, shut_until: Option<Timestamp>) {
        self.phase = Phase::Ended(Ended { reason, shut_until });
        self.effects.push(Effect::CloseSocket);
        self.effects.push(Effect::ClosePeer);
        self.release_all();
    }

    /// Keeps what the room knows this tab by, which takes the place of what it was known by before.
    fn keep(&mut self, token: ResumeToken) {
        if self.resume.as_ref() != Some(&token) {
            self.resume = Some(token.clone());
            self.effects.push(Effect::KeepSeat(Some(token)));
        }
    }

    fn forget(&mut self) {
        self.resume = None;
        self.effects.push(Effect::KeepSeat(None));
    }

    /// A ticket that is used opens nothing any more: from here on this page knocks like everybody.
    fn forget_ticket(&mut self) {
        if self.keys.forget_ticket() {
            self.effects.push(Effect::ForgetTicket);
        }
    }
}

impl Underway {
    /// What is lost with a connection: the place at the door, and every answer that is due. The
    /// room is still shown.
    fn line_lost(&mut self) {
        match &mut self.place {
            Place::Entering | Place::Waiting(_) => self.place = Place::Entering,
            Place::Inside(conference) => {
                conference.peer.line_lost();
                conference.outbox.line_lost();
            }
        }
    }
}

// SPDX-License-Identifier: EUPL-1.2
//! What a call does on its way in, inside, and on its way out.

use shared::{
    ClientMessage, Knock, Moderation, Offer, ResumeToken, Revision, RosterChange, Source,
    Timestamp, WaitingFor,
};

use super::{
    Call, DeviceId, Effect, EndReason,
    call::{Inside, Phase},
    line::Line,
    own::Own,
    peer::Peer,
    roster::{Applied, Roster},
};

impl Call {
    /// Outside, and told what for. Somebody who was inside has lost the seat.
    pub(super) fn wait(&mut self, for_whom: WaitingFor) {
        match &mut self.phase {
            Phase::Outside { line, waiting, .. } => {
                line.mended();
                *waiting = Some(for_whom);
            }
            Phase::Inside(inside) => {
                let (mut line, profile) = (inside.line, inside.profile.clone());
                line.mended();
                self.phase = Phase::Outside { line, profile, waiting: Some(for_whom) };
                self.effects.push(Effect::ClosePeer);
                // Who is outside transmits nothing; going back in is a new entry.
                self.with_own(Source::Microphone, Own::switch_off);
                self.with_own(Source::Camera, Own::switch_off);
                self.keep_seat(None);
            }
            Phase::Gate | Phase::Ended(_) => {}
        }
    }

    pub(super) fn welcomed(&mut self, roster: Roster, resume: ResumeToken) {
        self.keep_seat(Some(resume));
        let (mut line, profile, mut peer, known) = match &mut self.phase {
            Phase::Outside { line, profile, .. } => {
                (*line, profile.clone(), Peer::default(), Vec::new())
            }
            Phase::Inside(inside) => {
                let mut peer = std::mem::take(&mut inside.peer);
                if inside.roster.you != roster.you {
                    peer.forget();
                }
                (inside.line, inside.profile.clone(), peer, inside.roster.knocking())
            }
            Phase::Gate | Phase::Ended(_) => return,
        };
        line.mended();
        if roster.has_knocks_beyond(&known) {
            self.effects.push(Effect::Chime);
        }
        let fresh = peer.is_none();
        if fresh {
            peer.opened();
        }
        self.phase = Phase::Inside(Box::new(Inside { line, profile, roster, peer }));
        if fresh {
            self.open_peer();
        }
        self.publish();
    }

    pub(super) fn roster_changed(
        &mut self,
        now: Timestamp,
        revision: Revision,
        change: RosterChange,
    ) {
        let Phase::Inside(inside) = &mut self.phase else { return };
        if !inside.line.holds() {
            return;
        }
        if inside.roster.apply(revision, change, &self.names) == Applied::Gap {
            // Only a snapshot tells what was missed.
            inside.line.reopen(now);
            inside.peer.line_cut();
            self.effects.push(Effect::OpenSocket(self.names.room));
        }
    }

    pub(super) fn knocked(&mut self, knock: Knock) {
        if let Phase::Inside(inside) = &mut self.phase
            && inside.roster.knock(knock, &self.names)
        {
            self.effects.push(Effect::Chime);
        }
    }

    pub(super) fn moderate(&mut self, act: Moderation) {
        if matches!(&self.phase, Phase::Inside(inside) if inside.line.holds()) {
            self.say(ClientMessage::Moderate(act));
        }
    }

    pub(super) fn captured(&mut self, source: Source, device: DeviceId) {
        let mut runs = false;
        self.with_own(source, |own, effects| runs = own.captured(device, effects));
        if runs && matches!(self.phase, Phase::Inside(_)) {
            self.effects.push(Effect::Transmit(source, true));
            self.publish();
        }
    }

    /// A source that may go off by this. The others learn of it before the device is released.
    pub(super) fn change_own(
        &mut self,
        source: Source,
        change: impl Fn(&mut Own, &mut Vec<Effect>),
    ) {
        let mut released = Vec::new();
        let own = self.own(source);
        let was_on = own.is_on();
        change(own, &mut released);
        let went_off = was_on && !own.is_on();
        if went_off && matches!(self.phase, Phase::Inside(_)) {
            self.publish();
            self.effects.push(Effect::Transmit(source, false));
        }
        self.effects.append(&mut released);
    }

    pub(super) fn offered(&mut self, offer: Offer) {
        let Phase::Inside(inside) = &mut self.phase else { return };
        if !inside.line.holds() {
            // The next welcome asks for another one.
            return inside.peer.line_cut();
        }
        if inside.peer.offered() {
            self.say(ClientMessage::Offer(offer));
        }
    }

    pub(super) fn peer_failed(&mut self, now: Timestamp) {
        if let Phase::Inside(inside) = &mut self.phase {
            inside.peer.failed(now);
        }
    }

    pub(super) fn line_broken(&mut self, now: Timestamp) {
        if let Phase::Inside(inside) = &mut self.phase {
            inside.peer.line_cut();
        }
        if let Some(line) = self.line() {
            line.broken(now);
        }
    }

    pub(super) fn do_what_is_due(&mut self, now: Timestamp) {
        let Some(line) = self.line() else { return };
        if line.is_hopeless(now) {
            return self.end(EndReason::Unreachable);
        }
        if line.try_again(now) {
            self.effects.push(Effect::OpenSocket(self.names.room));
        }
        if let Phase::Inside(inside) = &mut self.phase
            && inside.line.holds()
            && inside.peer.is_due(now)
        {
            inside.peer.opened();
            self.open_peer();
        }
    }

    pub(super) fn leave(&mut self) {
        if self.line().is_some_and(|line| line.is_open()) {
            self.say(ClientMessage::Leave {});
        }
        if !matches!(self.phase, Phase::Gate | Phase::Ended(_)) {
            self.end(EndReason::Left);
        }
    }

    /// Over: everything is given back.
    pub(super) fn end(&mut self, reason: EndReason) {
        self.phase = Phase::Ended(reason);
        self.effects.extend([Effect::CloseSocket, Effect::ClosePeer]);
        self.with_own(Source::Microphone, Own::switch_off);
        self.with_own(Source::Camera, Own::switch_off);
        self.keep_seat(None);
    }

    pub(super) fn line(&mut self) -> Option<&mut Line> {
        match &mut self.phase {
            Phase::Outside { line, .. } => Some(line),
            Phase::Inside(inside) => Some(&mut inside.line),
            Phase::Gate | Phase::Ended(_) => None,
        }
    }

    pub(super) const fn own(&mut self, source: Source) -> &mut Own {
        match source {
            Source::Microphone => &mut self.microphone,
            Source::Camera => &mut self.camera,
        }
    }

    pub(super) fn with_own(
        &mut self,
        source: Source,
        change: impl FnOnce(&mut Own, &mut Vec<Effect>),
    ) {
        let mut effects = std::mem::take(&mut self.effects);
        change(self.own(source), &mut effects);
        self.effects = effects;
    }

    pub(super) fn say(&mut self, message: ClientMessage) {
        self.effects.push(Effect::Send(message));
    }

    /// A fresh peer connection carries what is on from its first moment.
    fn open_peer(&mut self) {
        self.effects.push(Effect::OpenPeer);
        for source in Source::ALL {
            if self.own(source).is_on() {
                self.effects.push(Effect::Transmit(source, true));
            }
        }
    }

    /// States everything that is on, whole, if anybody can hear it.
    fn publish(&mut self) {
        if self.line().is_some_and(|line| line.holds()) {
            let live = Source::ALL.into_iter().filter(|source| self.own(*source).is_on()).collect();
            self.say(ClientMessage::Publish { live });
        }
    }

    fn keep_seat(&mut self, resume: Option<ResumeToken>) {
        self.resume.clone_from(&resume);
        self.effects.push(Effect::KeepSeat(resume));
    }
}

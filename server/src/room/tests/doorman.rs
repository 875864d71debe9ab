// SPDX-License-Identifier: EUPL-1.2
//! The door as the [`Model`] sees it: who comes in, who waits, who is sent away.

use std::collections::{BTreeMap, BTreeSet};

use shared::{
    CloseReason, Door, GuestMark, Invitations, ParticipantId, Refusal, Role, ServerMessage,
    Timestamp,
};

use super::super::{SessionId, SourceKey};
use super::fleeting::Paces;
use super::model::{Model, Person, Shown, Token, Waits, closed, refused};
use super::tab::Tab;

impl Model {
    pub(super) fn enter(
        &mut self,
        now: Timestamp,
        session: SessionId,
        source: SourceKey,
        shown: Shown,
    ) {
        if shown.proof == Some(false) {
            return self.end(session, refused(Refusal::WrongProof));
        }
        let proved = shown.proof == Some(true);
        if let Some((id, welcome)) = shown.token
            && let Some(person) = self.person_mut(id)
            && [person.welcomes, person.heard].contains(&welcome)
        {
            person.heard = welcome;
            let earlier = person.session;
            (person.session, person.away_until) = (Some(session), None);
            if proved {
                (person.holder, person.role) = (true, Role::Moderator);
            }
            person.guest = shown.guest.or(person.guest);
            person.welcomes += 1;
            person.wish = None;
            let tokens = [person.welcomes, person.heard].map(|count| (id, count));
            let lost = person.removed;
            self.follow(lost, tokens);
            self.silent.remove(&session);
            self.words.welcomed.insert((session, id));
            if let Some(earlier) = earlier {
                self.words.last.insert(earlier, closed(CloseReason::Replaced));
            }
            if proved {
                self.tighten(shown.restrictions);
            }
            return;
        }
        if proved {
            if self.people.len() >= self.limits.seats + self.limits.reserve {
                return self.end(session, refused(Refusal::Full));
            }
            self.minted += 1;
            self.tighten(shown.restrictions);
            let marks = (shown.guest, None);
            return self.sit(ParticipantId(self.minted), session, true, marks);
        }
        if let Some((id, 0)) = shown.token {
            if let Some(waits) = self.waiting.iter_mut().find(|waits| waits.id == id) {
                let earlier = core::mem::replace(&mut waits.session, session);
                self.silent.remove(&session);
                self.words.last.insert(earlier, closed(CloseReason::Replaced));
                return;
            }
            let mut refusals = self.refused.iter();
            if let Some((_, until)) = refusals.find(|(whose, until)| *whose == id && *until > now) {
                let rest = until.since(now).as_millis().div_ceil(1_000);
                let pause = u32::try_from(rest).unwrap();
                let last = ServerMessage::Refused { reason: Refusal::TooSoon, pause };
                return self.end(session, last);
            }
        }
        if let Err(reason) = self.come(session, source, shown) {
            self.end(session, refused(reason));
        }
    }

    /// Comes in, or waits.
    fn come(&mut self, session: SessionId, source: SourceKey, shown: Shown) -> Result<(), Refusal> {
        let ticket = shown.ticket.transpose()?;
        let held = |waits: &Waits| waits.ticket.is_some() && waits.ticket == ticket;
        if ticket.is_some_and(|number| self.used.contains(&number)) || self.waiting.iter().any(held)
        {
            return Err(Refusal::TicketUsed);
        }
        let held = self.waiting.iter().filter(|waits| waits.ticket.is_some()).count();
        if ticket.is_some() && self.used.len() + held >= self.limits.used_tickets {
            return Err(Refusal::Full);
        }
        let shows = |tab: &&Tab| tab.tokens().any(|token| shown.token == Some(*token));
        let removed = self.removed.iter().find(shows).map(|tab| tab.lost);
        let guest = shown.guest;
        let id = ParticipantId(self.minted + 1);
        let waits = Waits { id, session, source, guest, ticket, removed };
        if let Some(reason) = self.bars(&waits) {
            return Err(reason);
        }
        if self.is_attended() && self.passes(&waits) {
            self.minted += 1;
            return self.seat(&waits);
        }
        if self.waiting.len() >= self.limits.waiting {
            let crowd = |source| self.waiting.iter().filter(|w| w.source == source).count();
            let crowds = self.waiting.iter().map(|waits| (crowd(waits.source), waits.id));
            let (most, last) = crowds.max().ok_or(Refusal::Full)?;
            if crowd(source) + 1 >= most {
                return Err(Refusal::Full);
            }
            let last = self.waiting.iter().find(|waits| waits.id == last).unwrap().session;
            self.end(last, refused(Refusal::Full));
        }
        self.minted += 1;
        self.follow(removed, [(id, 0); 2]);
        self.silent.remove(&session);
        self.waiting.push(waits);
        Ok(())
    }

    fn follow(&mut self, lost: Option<ParticipantId>, tokens: [Token; 2]) {
        let mut tabs = self.removed.iter_mut();
        if let Some(tab) = tabs.find(|tab| Some(tab.lost) == lost) {
            tab.comes(tokens);
        }
    }

    fn bars(&self, waits: &Waits) -> Option<Refusal> {
        let personal = self.rules.invitations == Invitations::Personal;
        match self.rules.door {
            Door::Locked => Some(Refusal::Locked),
            Door::Lobby | Door::Open(_) if personal && waits.ticket.is_none() => {
                Some(Refusal::PersonalOnly)
            }
            Door::Lobby | Door::Open(_) => None,
        }
    }

    fn passes(&self, waits: &Waits) -> bool {
        let Door::Open(mark) = self.rules.door else { return false };
        waits.removed.is_none() && (waits.ticket.is_some() || waits.guest == Some(mark))
    }

    pub(super) fn apply_door(&mut self) {
        for waits in self.waiting.clone() {
            if let Some(reason) = self.bars(&waits) {
                self.end(waits.session, refused(reason));
            } else if self.is_attended() && self.passes(&waits) {
                self.admit(waits.id);
            }
        }
    }

    pub(super) fn admit(&mut self, id: ParticipantId) {
        let Some(place) = self.waiting.iter().position(|waits| waits.id == id) else { return };
        let waits = self.waiting.remove(place);
        let session = waits.session;
        if let Err(reason) = self.seat(&waits) {
            self.end(session, refused(reason));
        }
    }

    fn seat(&mut self, waits: &Waits) -> Result<(), Refusal> {
        if self.people.len() >= self.limits.seats {
            return Err(Refusal::Full);
        }
        self.used.extend(waits.ticket);
        self.sit(waits.id, waits.session, false, (waits.guest, waits.removed));
        self.follow(waits.removed, [(waits.id, 1), (waits.id, 0)]);
        Ok(())
    }

    fn sit(
        &mut self,
        id: ParticipantId,
        session: SessionId,
        holder: bool,
        (guest, removed): (Option<GuestMark>, Option<ParticipantId>),
    ) {
        self.silent.remove(&session);
        self.words.welcomed.insert((session, id));
        self.people.push(Person {
            id,
            role: if holder { Role::Moderator } else { Role::Participant },
            holder,
            guest,
            removed,
            live: BTreeSet::new(),
            silenced: BTreeMap::new(),
            silencings: 0,
            hand: None,
            paces: Paces::default(),
            session: Some(session),
            away_until: None,
            welcomes: 1,
            heard: 0,
            wish: None,
        });
    }
}

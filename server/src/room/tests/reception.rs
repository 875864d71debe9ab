// SPDX-License-Identifier: EUPL-1.2
//! What the oracle holds of who receives what, and of what is worth sending.

use std::collections::BTreeSet;

use shared::{LayerSet, MediaKind, ParticipantId, Revision, SlotEntry, Source, WantedPicture};

use super::super::{Effect, Input, Route, SessionId};
use super::oracle::Oracle;
use super::seen::{Seen, publication};

type Publication = (ParticipantId, Source);

impl Oracle {
    /// What each table may say while a turn is under way.
    pub(super) fn judge_routes(&self, receiver: ParticipantId, routes: &[Route]) {
        let lines = self.seats[&receiver].lines.as_ref().expect("only a transport receives");
        let mids: BTreeSet<_> = routes.iter().map(|route| &route.mid).collect();
        let sent: BTreeSet<_> = routes.iter().map(publication).collect();
        assert_eq!((mids.len(), sent.len()), (routes.len(), routes.len()), "each once");
        for Route { mid, publisher, source, .. } in routes {
            assert_ne!(*publisher, receiver, "nobody receives themselves");
            assert_eq!(lines[mid], source.kind());
            // Before the turn, while the room did what was due, or after it.
            let was = self.before.get(publisher).is_some_and(|live| live.contains(source));
            let is = self.model.person(*publisher).is_some_and(|p| p.live.contains(source));
            assert!(was || is, "only what is live is received");
        }
    }

    /// Whom somebody hears is said on change, and again when one of them has a fresh transport.
    pub(super) fn judge_sounds(
        &mut self,
        receiver: ParticipantId,
        publishers: &[Publication],
        input: &Input,
    ) {
        let seat = self.seats.get_mut(&receiver).expect("inside");
        assert!(seat.lines.is_some(), "only a transport receives");
        let again = match input {
            // What was due is done before: then it may be said of the transport before, and of the fresh one.
            Input::Negotiated { participant, .. } => {
                *participant == receiver || publishers.iter().any(|(it, _)| it == participant)
            }
            Input::Grown { participant, .. } => *participant == receiver,
            Input::Connected(..)
            | Input::Message(..)
            | Input::Violated(_)
            | Input::Disconnected(_)
            | Input::NotNegotiated { .. }
            | Input::Transport(..)
            | Input::Closing(_)
            | Input::Timeout => false,
        };
        assert!(again || seat.sounds != publishers, "said on change only");
        assert!(publishers.iter().all(|(it, _)| *it != receiver), "nobody hears themselves");
        seat.sounds = publishers.to_vec();
    }

    /// Whoever receives from somebody is connected to their fresh transport.
    pub(super) fn judge_rerouting(&self, publisher: ParticipantId, effects: &[Effect]) {
        if self.seats.get(&publisher).is_none_or(|seat| seat.lines.is_none()) {
            return;
        }
        for (receiver, seat) in self.seats.iter().filter(|(_, seat)| seat.lines.is_some()) {
            let said =
                |e: &Effect| matches!(e, Effect::Routes { participant: p, .. } if p == receiver);
            let receives = seat.routes.iter().any(|route| route.publisher == publisher);
            assert!(!receives || effects.iter().any(said), "connected to the fresh transport");
            let said =
                |e: &Effect| matches!(e, Effect::Sounds { participant: p, .. } if p == receiver);
            let hears = seat.sounds.iter().any(|(it, _)| *it == publisher);
            assert!(!hears || effects.iter().any(said), "hears the fresh transport");
        }
    }

    /// A table is said with each change of it, with each fresh transport and with each return.
    pub(super) fn read_slots(
        &mut self,
        session: SessionId,
        revision: Revision,
        slots: &[SlotEntry],
    ) {
        let page = self.pages.get_mut(&session).expect("open");
        page.slots = slots.to_vec();
        let you = page.you.expect("inside");
        let seat = self.seats.get_mut(&you).expect("inside");
        if let Some((before, table)) = &seat.slots {
            assert!(revision >= *before);
            assert!(revision > *before || slots == table, "one revision is one table");
            let changed = revision == before.next() && !seat.begun;
            assert!(!changed || slots != table, "a revision is a change");
        }
        seat.slots = Some((revision, slots.to_vec()));
        seat.said = true;
    }

    /// What the media plane says of a transport that is there.
    pub(super) fn expect_layers(
        &mut self,
        participant: ParticipantId,
        source: Source,
        wanted: LayerSet,
    ) {
        let Some(seat) = self.seats.get_mut(&participant) else { return };
        let known = seat.layers.get(&source).copied().unwrap_or(LayerSet::ALL);
        if seat.is_heard() && known != wanted {
            seat.layers.insert(source, wanted);
        }
    }

    /// What is on and wanted is received, gates are open exactly where something is live, and the page
    /// knows its table, and what of its own pictures is of use.
    pub(super) fn check_reception(&self, receiver: ParticipantId, seat: &Seen) {
        assert!(seat.gates.is_subset(self.live(receiver)));
        let Some(lines) = &seat.lines else { return };
        assert_eq!(seat.gates, *self.live(receiver), "what is live passes");
        let others = self.model.people.iter().filter(|person| person.id != receiver);
        let sound = others.flat_map(|person| person.live.iter().map(|source| (person.id, *source)));
        let sound = sound.filter(|(_, source)| source.kind() == MediaKind::Audio);
        assert!(sound.eq(seat.sounds.iter().copied()), "every sound can be heard");
        let wanted = self.wanted_by(receiver);
        let received: Vec<_> = seat.routes.iter().map(|r| (publication(r), r.lines)).collect();
        let among: Vec<_> = wanted.iter().filter(|each| received.contains(each)).collect();
        assert!(
            received.iter().eq(among),
            "what is received is live and wanted, as large and as important as it was wanted"
        );
        let used: BTreeSet<_> = seat.routes.iter().map(|route| &route.mid).collect();
        for each @ ((_, source), _) in &wanted {
            let free = lines.iter().any(|(m, kind)| *kind == source.kind() && !used.contains(m));
            assert!(received.contains(each) || !free, "nothing waits beside a free slot");
        }
        self.check_who_waits(receiver, seat, &wanted);
        let Some(page) = self.pages.values().find(|page| page.you == Some(receiver)) else {
            return;
        };
        let told: BTreeSet<_> =
            page.slots.iter().map(|s| (&s.mid, (s.participant, s.source))).collect();
        let routed = seat.routes.iter().map(|route| (&route.mid, publication(route))).collect();
        assert_eq!(told, routed, "the page knows what it receives");
        assert_eq!(page.layers, seat.layers, "the page knows what of its pictures is of use");
    }

    /// Who waits waits for something more important.
    fn check_who_waits(&self, receiver: ParticipantId, seat: &Seen, wanted: &[(Publication, u16)]) {
        let pictures = wanted.iter().map(|(picture, _)| *picture);
        let (screens, cameras): (Vec<_>, Vec<_>) =
            pictures.partition(|(_, source)| *source == Source::Screen);
        let received = seat.received();
        if self.wish_of(receiver).is_some() {
            let lines = seat.lines.iter().flatten();
            let slots = lines.filter(|(_, kind)| **kind == MediaKind::Video).count();
            let mut best = screens.iter().chain(&cameras).take(slots);
            assert!(best.all(|picture| received.contains(picture)), "the most important win");
        } else if screens.iter().any(|screen| !received.contains(screen)) {
            let before = self.received.get(&receiver).cloned().unwrap_or_default();
            let mut fresh = received.difference(&before);
            assert!(fresh.all(|(_, source)| *source != Source::Camera), "screens come first");
        }
    }

    /// What others publish and this page wants, the most important first.
    fn wanted_by(&self, receiver: ParticipantId) -> Vec<(Publication, u16)> {
        let others = self.model.people.iter().filter(|person| person.id != receiver);
        let live = |only: Source| {
            let others = others.clone().filter(move |person| person.live.contains(&only));
            others.map(move |person| ((person.id, only), u16::MAX))
        };
        let Some(wish) = self.wish_of(receiver) else {
            return live(Source::Screen).chain(live(Source::Camera)).collect();
        };
        let is_live = |p: &&WantedPicture| {
            others.clone().any(|o| o.id == p.participant && o.live.contains(&p.source))
        };
        let wish = wish.iter().filter(is_live);
        wish.map(|p| ((p.participant, p.source), p.lines)).collect()
    }

    fn wish_of(&self, receiver: ParticipantId) -> Option<&Vec<WantedPicture>> {
        self.model.person(receiver).expect("inside").wish.as_ref()
    }

    fn live(&self, whose: ParticipantId) -> &BTreeSet<Source> {
        &self.model.person(whose).expect("inside").live
    }
}

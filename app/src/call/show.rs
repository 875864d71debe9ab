// SPDX-License-Identifier: EUPL-1.2
//! What the screen may show of a call.

use shared::{Role, Source, WaitingFor};

use super::{
    Call, CallView, KnockView, PersonView, Picture, Screen, SourceView, TileKey, TileView,
    acts::acts,
    alike::Alike,
    conference::Conference,
    knocks::Knocker,
    phase::{Phase, Place},
    roster::Person,
};

impl Call {
    /// The call, in the words of the screen.
    #[must_use]
    pub fn view(&self) -> CallView {
        let outside = CallView {
            screen: self.screen(),
            holder: self.keys.are_the_bookmark(),
            invited: self.names.are_readable(),
            microphone: self.microphone(),
            push_to_talk: self.sources.talk.is_chosen(),
            processing: self.treatment.of_sound(self.sources.get(Source::Microphone).is_on()),
            camera: self.sources.get(Source::Camera).view(),
            blurred: self.treatment.blurred(self.sources.get(Source::Camera).is_on()),
            sharing: self.sources.get(Source::Screen).view(),
            screen_sound: self.sources.get(Source::ScreenSound).view(),
            speaker: self.speaker.view(),
            devices: self.devices.clone(),
            invitations: self.invitations.clone(),
            proofs: self.evidence.proofs().to_vec(),
            judged: self.evidence.judged().to_vec(),
            may_return: self.may_return(),
            closing: self.underway().and_then(|_| self.closing.unread()),
            ..CallView::default()
        };
        let Some(conference) = self.shown() else { return outside };
        let roster = &conference.roster;
        let named = roster.people().iter().map(|person| &person.named);
        let alike = named.chain(conference.knocks.iter().map(|it| &it.named)).collect();
        CallView {
            role: roster.role(),
            rules: *roster.rules(),
            hand: roster.find(roster.you()).is_some_and(|own| own.hand.is_some()),
            stage: self.scene.view(),
            tiles: self.tiles(conference),
            people: self.people(conference, &alike),
            knocks: knocks(conference, &alike),
            chat: conference.chat.view(),
            unsent: conference.outbox.waiting(),
            moment: conference.moment.view(),
            chat_is_full: conference.outbox.is_full(),
            ..outside
        }
    }

    fn microphone(&self) -> SourceView {
        let microphone = self.sources.get(Source::Microphone);
        let withheld = microphone.is_on() && self.sources.talk.withholds();
        let hint = self.ear.hint(withheld && self.shown().is_some());
        SourceView { withheld, hint: hint.filter(|_| microphone.is_on()), ..microphone.view() }
    }

    fn screen(&self) -> Screen {
        match &self.phase {
            Phase::Gate => Screen::Gate,
            Phase::Underway(underway) => match &underway.place {
                Place::Entering => Screen::Entering,
                Place::Waiting(WaitingFor::Moderator) => Screen::WaitingModerator,
                Place::Waiting(WaitingFor::Admission) => Screen::WaitingAdmission,
                Place::Inside(conference) => {
                    let reconnecting = !underway.line.is_settled();
                    if conference.roster.is_paused() {
                        Screen::Paused { reconnecting }
                    } else {
                        Screen::Conference { reconnecting }
                    }
                }
            },
            Phase::Ended(ended) => Screen::Ended(ended.reason),
        }
    }

    fn tiles(&self, conference: &Conference) -> Vec<TileView> {
        let cast = self.cast(conference);
        cast.map(|(person, source)| self.tile(conference, person, source)).collect()
    }

    /// What has a tile. Shared screens first, in the order in which their owners came; then everybody.
    pub(super) fn cast<'a>(
        &self,
        conference: &'a Conference,
    ) -> impl Iterator<Item = (&'a Person, Source)> {
        let people = conference.roster.people();
        let shares = |person: &&Person| self.is_live(conference, person, Source::Screen);
        let screens = people.iter().filter(shares).map(|person| (person, Source::Screen));
        screens.chain(conference.roster.own_first().map(|person| (person, Source::Camera)))
    }

    fn tile(&self, conference: &Conference, person: &Person, source: Source) -> TileView {
        let own = person.id == conference.roster.you();
        let picture = || {
            if own {
                let is_screen = source == Source::Screen;
                return Some(if is_screen { Picture::OwnScreen } else { Picture::Own });
            }
            conference.slots.find(person.id, source).cloned().map(Picture::Slot)
        };
        let key = TileKey { id: person.id, screen: source == Source::Screen };
        let place = self.scene.place(key);
        let weak = conference.quality.of(person.id);
        TileView {
            key,
            own,
            place: place.map(|place| place.rect),
            large: place.is_some_and(|place| place.large),
            pinned: self.scene.is_pinned(key),
            name: person.named.name(),
            moderator: person.role == Role::Moderator,
            muted: !self.is_live(conference, person, Source::Microphone),
            hand: conference.roster.place_of_hand(person),
            away: person.away,
            weak: weak.filter(|_| source != Source::Screen && !person.away),
            speaking: source != Source::Screen && self.is_speaking(conference, person),
            picture: self.is_live(conference, person, source).then(picture).flatten(),
        }
    }

    /// Raised hands first, as they were raised; then the person at this screen, then the others.
    fn people(&self, conference: &Conference, alike: &Alike) -> Vec<PersonView> {
        let everybody = conference.roster.own_first();
        let mut people: Vec<_> =
            everybody.map(|person| self.person(conference, person, alike)).collect();
        // A stable sort: whoever raised no hand stays where they are, behind those who did.
        people.sort_by_key(|person| person.hand.unwrap_or(usize::MAX));
        people
    }

    fn person(&self, conference: &Conference, person: &Person, alike: &Alike) -> PersonView {
        let roster = &conference.roster;
        let is_live = |source: &Source| self.is_live(conference, person, *source);
        PersonView {
            id: person.id,
            own: person.id == roster.you(),
            name: person.named.name(),
            duplicate: alike.has_another(&person.named),
            role: person.role,
            holder: person.holder,
            hand: roster.place_of_hand(person),
            live: Source::ALL.into_iter().filter(is_live).collect(),
            away: person.away,
            // Where nobody hears it, there is nothing that a moderator can do.
            acts: self.conference().map(|_| acts(roster, person)).unwrap_or_default(),
        }
    }

    /// Whether somebody is heard to speak, and nobody knows better: who is off does not speak.
    pub(super) fn is_speaking(&self, conference: &Conference, person: &Person) -> bool {
        conference.speaking.contains(&person.id)
            && self.is_live(conference, person, Source::Microphone)
    }

    /// Whether somebody transmits: of the person at this screen what is really sent, of the others
    /// what the room has understood.
    fn is_live(&self, conference: &Conference, person: &Person, source: Source) -> bool {
        if person.id == conference.roster.you() {
            self.sources.is_sent(source)
        } else {
            person.live.contains(&source)
        }
    }
}

fn knocks(conference: &Conference, alike: &Alike) -> Vec<KnockView> {
    let row = |knocker: &Knocker| KnockView {
        id: knocker.id,
        name: knocker.named.name(),
        duplicate: alike.has_another(&knocker.named),
        personal: knocker.personal,
        removed: knocker.removed,
    };
    conference.knocks.iter().map(row).collect()
}

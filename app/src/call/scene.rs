// SPDX-License-Identifier: EUPL-1.2
//! How the person at this screen looks at the conference: which layout, which page, what is pinned.
//!
//! ```text
//!   something pinned, or somebody else's screen ─▶ that is large, the others beside
//!   else, Layout::Speaker                       ─▶ who speaks is large, the others beside
//!   else                                        ─▶ everybody in one size
//! ```
//!
//! Nobody is told of it, and nothing of it is kept: the server hears only which pictures are wanted.

use shared::{ParticipantId, Source, Timestamp};

use super::{
    Call, Float, Layout, Look, Rect, StageView, TileKey,
    arrangement::Arrangement,
    conference::Conference,
    packing::{Area, Shape},
    roster::Person,
    spotlight::Spotlight,
    table::Table,
};

/// The choices of the person, and what follows from them.
#[derive(Debug, Default)]
pub(super) struct Scene {
    layout: Layout,
    /// In the order in which they were pinned.
    pins: Vec<TileKey>,
    page: usize,
    hides_self: bool,
    unmirrored: bool,
    /// What a small window shows beside the page.
    float: Float,
    /// The stage, once it is measured.
    area: Option<Area>,
    spotlight: Spotlight,
    /// Every tile, the most important first: those that are large, those beside them, those on other pages; each
    /// as they came.
    order: Vec<TileKey>,
    /// Where those stand that are on the stage.
    places: Table<TileKey, Place>,
    pager: Option<Rect>,
    pages: usize,
}

/// Where a tile stands.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Place {
    pub(super) rect: Rect,
    pub(super) large: bool,
}

/// Somebody's face or screen.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
struct Actor {
    key: TileKey,
    own: bool,
}

impl Scene {
    /// Takes what the person wants to see.
    fn look(&mut self, look: Look) {
        match look {
            Look::Layout(layout) => (self.layout, self.page) = (layout, 0),
            Look::Pin(key, pinned) => {
                self.pins.retain(|pin| *pin != key);
                if pinned {
                    self.pins.push(key);
                }
            }
            Look::NextPage => self.page = self.page.saturating_add(1),
            Look::PreviousPage => self.page = self.page.saturating_sub(1),
            Look::HideSelf(hides) => self.hides_self = hides,
            Look::Mirror(mirrors) => self.unmirrored = !mirrors,
        }
    }

    /// Decides where everything stands, given what there is and who speaks.
    fn set(&mut self, now: Timestamp, actors: &[Actor], speaking: &[ParticipantId]) {
        let others: Vec<_> = actors
            .iter()
            .filter(|actor| !actor.own && !actor.key.screen)
            .map(|actor| actor.key.id)
            .collect();
        self.spotlight.settle(now, &others, speaking);
        self.pins.retain(|pin| actors.iter().any(|actor| actor.key == *pin));
        // Whoever is alone sees at least themselves.
        let hides = self.hides_self && !others.is_empty();
        let (hidden, shown): (Vec<Actor>, Vec<Actor>) =
            actors.iter().partition(|actor| hides && actor.own && !actor.key.screen);
        let large = self.large(&shown);
        let is_small = |key: &TileKey| !large.contains(key);
        let small: Vec<_> = shown.iter().map(|actor| actor.key).filter(is_small).collect();
        let arrangement = match self.area {
            Some(area) => Arrangement::of(area, large.len(), small.len(), self.page),
            None => Arrangement::unmeasured(large.len(), small.len()),
        };
        let on_page = small.iter().skip(arrangement.before).zip(arrangement.small);
        self.places = on_page.map(|(key, rect)| (*key, Place { rect, large: false })).collect();
        for (key, cell) in large.iter().zip(arrangement.large) {
            // Whoever shares decides the shape of their screen; a face has one of its own.
            let rect = if key.screen { cell } else { cell.shaped(Shape::in_area(cell.area())) };
            self.places.insert(*key, Place { rect, large: true });
        }
        (self.page, self.pages) = (arrangement.page, arrangement.pages);
        self.pager = arrangement.pager;
        let (here, elsewhere): (Vec<TileKey>, Vec<TileKey>) =
            small.iter().partition(|key| self.places.contains_key(key));
        let hidden = hidden.iter().map(|actor| actor.key);
        self.order = large.into_iter().chain(here).chain(elsewhere).chain(hidden).collect();
    }

    /// What is large, the most important first. The own screen never is: it would be a hall of mirrors.
    fn large(&self, shown: &[Actor]) -> Vec<TileKey> {
        let is_shown = |key: &TileKey| shown.iter().any(|actor| actor.key == *key);
        let pins = self.pins.iter().copied().filter(is_shown);
        let screens = shown.iter().filter(|actor| actor.key.screen && !actor.own);
        let screens = screens.map(|actor| actor.key).filter(|key| !self.pins.contains(key));
        let mut large: Vec<_> = pins.chain(screens).collect();
        if large.is_empty() && self.layout == Layout::Speaker {
            large.extend(self.spotlight.on().map(|id| TileKey { id, screen: false }));
        }
        large
    }

    /// Every tile, the most important first.
    pub(super) fn order(&self) -> &[TileKey] {
        &self.order
    }

    /// Where a tile stands; nothing when it is on another page or left out.
    pub(super) fn place(&self, key: TileKey) -> Option<Place> {
        self.places.get(&key).copied()
    }

    pub(super) fn is_pinned(&self, key: TileKey) -> bool {
        self.pins.contains(&key)
    }

    /// A small window shows something else, or is closed.
    pub(super) const fn floats(&mut self, float: Float) {
        self.float = float;
    }

    /// What a small window shows.
    pub(super) fn afloat(&self) -> Option<TileKey> {
        match self.float {
            Float::Nothing => None,
            Float::Leading => self.leading(),
            Float::Tile(key) => Some(key),
        }
    }

    /// What matters most: what is large, else who speaks.
    fn leading(&self) -> Option<TileKey> {
        let large = self.order.first().filter(|key| self.place(**key).is_some_and(|it| it.large));
        let speaker = || self.spotlight.on().map(|id| TileKey { id, screen: false });
        large.copied().or_else(speaker)
    }

    pub(super) fn view(&self) -> StageView {
        StageView {
            layout: self.layout,
            page: self.page,
            pages: self.pages,
            pager: self.pager,
            leading: self.leading(),
            hides_self: self.hides_self,
            unmirrored: self.unmirrored,
        }
    }

    /// When it looks different by itself.
    pub(super) fn deadline(&self) -> Option<Timestamp> {
        self.spotlight.deadline()
    }

    /// Other people: what is pinned is not theirs, whatever the room calls them.
    pub(super) fn forget_people(&mut self) {
        self.pins.clear();
        self.spotlight = Spotlight::default();
    }
}

impl Call {
    /// The person wants to see something else.
    pub(super) fn look(&mut self, look: Look) {
        // There is nothing to pin that cannot be seen large.
        let own_screen =
            |key: &TileKey| key.screen && self.shown().is_some_and(|it| it.roster.you() == key.id);
        if !matches!(&look, Look::Pin(key, true) if own_screen(key)) {
            self.scene.look(look);
        }
    }

    /// The stage is that large.
    pub(super) fn staged(&mut self, area: Area) {
        let Area { width, height } = area;
        self.scene.area = Some(Area { width: width.min(LARGEST), height: height.min(LARGEST) });
    }

    /// Sets the scene with everybody who is there at this moment.
    pub(super) fn set_scene(&mut self, now: Timestamp) {
        let Some(conference) = self.shown() else { return };
        let you = conference.roster.you();
        let actors: Vec<_> = self
            .cast(conference)
            .map(|(person, source)| {
                let key = TileKey { id: person.id, screen: source == Source::Screen };
                Actor { key, own: person.id == you }
            })
            .collect();
        let speaks = |person: &&Person| person.id != you && self.is_speaking(conference, person);
        let speaking: Vec<_> =
            conference.roster.people().iter().filter(speaks).map(|person| person.id).collect();
        self.scene.set(now, &actors, &speaking);
    }

    /// What has a tile, the most important first.
    pub(super) fn sights<'a>(
        &self,
        conference: &'a Conference,
    ) -> impl Iterator<Item = (&'a Person, Source)> {
        self.scene.order().iter().filter_map(|key| {
            let source = if key.screen { Source::Screen } else { Source::Camera };
            Some((conference.roster.find(key.id)?, source))
        })
    }
}

/// No stage is larger. More, and lengths could not be multiplied; fewer, and a wall of displays is not used.
const LARGEST: u32 = 16_384;

// SPDX-License-Identifier: EUPL-1.2
//! What the person can see: which pictures are shown and how large, as the server is told of it.
//!
//! A picture that grows is wanted at once. One that shrinks or is hidden is wanted as it was for a while:
//! who scrolls back finds it as it was.

use core::time::Duration;

use shared::{ClientMessage, Source, Timestamp, WantedPicture};

use super::{Call, Effect, TileKey, table::Table};

/// How tall the pictures are, and what was said of it.
#[derive(Debug, Default)]
pub(super) struct Gaze {
    /// Whether the browser measures: it did so once. Otherwise nothing is said, and everything is sent.
    measures: bool,
    /// Whether the page is behind others: nobody looks at it.
    averted: bool,
    glances: Table<TileKey, Glance>,
    /// What was said on this line.
    stated: Option<Vec<WantedPicture>>,
    /// Until when nothing more is said on this line.
    quiet_until: Option<Timestamp>,
    /// Whether something else than what was said is wanted.
    unsaid: bool,
}

/// How somebody else's picture is looked at.
#[derive(Debug, Default)]
struct Glance {
    /// The lines it is shown with; 0 when it is hidden. Nothing before it was measured.
    shown: Option<u16>,
    /// The lines it is wanted with.
    wanted: u16,
    /// Since when it is shown with fewer.
    shrunk: Option<Timestamp>,
}

/// A picture of somebody else.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
struct Sight {
    tile: TileKey,
    live: bool,
    /// Whether it is on the stage: not on another page, nor left out.
    staged: bool,
    /// Whether a small window shows it, wherever the page is.
    afloat: bool,
}

/// How tall a picture is, in lines of the display, in steps: a window that is pulled a little larger says
/// nothing. `height` is in the pixels of the page, `ratio` says how many of the display's each of them has.
#[must_use]
pub fn lines(height: f64, ratio: f64) -> u16 {
    let lines = height * ratio.min(DENSEST);
    (0..TALLEST).step_by(STEP).find(|step| f64::from(*step) >= lines).unwrap_or(TALLEST)
}

impl Gaze {
    /// Takes how tall tiles are.
    fn measured(&mut self, tiles: Vec<(TileKey, u16)>) {
        self.measures = true;
        for (tile, lines) in tiles {
            self.glances.change(tile, Glance::default(), |glance| glance.shown = Some(lines));
        }
    }

    /// The line is lost: what is said counts for the next one no more.
    fn line_lost(&mut self) {
        self.stated = None;
        self.quiet_until = None;
        self.unsaid = false;
    }

    /// What is to be said at this moment, given whose pictures there are, the most important first.
    fn state(&mut self, now: Timestamp, sights: &[Sight]) -> Option<Vec<WantedPicture>> {
        if !self.measures {
            return None;
        }
        // Whoever is gone is forgotten.
        let mut before = core::mem::take(&mut self.glances);
        for sight in sights {
            let mut glance = before.remove(&sight.tile).unwrap_or_default();
            glance.look(now, self.is_seen(sight), if sight.afloat { AFLOAT } else { 0 });
            self.glances.insert(sight.tile, glance);
        }
        let wanted = self.wanted(sights.to_vec());
        self.unsaid = self.stated.as_ref() != Some(&wanted);
        if !self.unsaid || self.quiet_until.is_some_and(|until| until > now) {
            return None;
        }
        self.unsaid = false;
        self.quiet_until = Some(now + BETWEEN);
        self.stated = Some(wanted.clone());
        Some(wanted)
    }

    /// How many pictures there are to be received at once: what was shown a moment ago needs no place beside it.
    fn count(&self, sights: &[Sight]) -> usize {
        let wanted = |sight: &&Sight| {
            let shown = self.glances.get(&sight.tile).and_then(|glance| glance.shown);
            let seen = !self.measures || sight.staged && shown.is_some_and(|lines| lines > 0);
            sight.live && (sight.afloat || seen && !self.averted)
        };
        sights.iter().filter(wanted).count()
    }

    /// Whether somebody looks at the place where it is, as far as it is known here.
    const fn is_seen(&self, sight: &Sight) -> bool {
        sight.staged && !self.averted
    }

    /// When something more is to be said.
    pub(super) fn deadline(&self) -> Option<Timestamp> {
        let shrunk = self.glances.values().filter_map(|glance| glance.shrunk);
        let quiet = self.quiet_until.filter(|_| self.unsaid);
        shrunk.map(|since| since + PATIENCE).chain(quiet).min()
    }

    /// The pictures that are wanted. Where there are too many, those give way of which nothing is sent.
    fn wanted(&self, mut sights: Vec<Sight>) -> Vec<WantedPicture> {
        let lines = |sight: &Sight| self.glances.get(&sight.tile).map_or(0, |it| it.wanted);
        sights.retain(|sight| lines(sight) > 0);
        if sights.len() > MOST {
            sights.retain(|sight| sight.live);
        }
        let picture = |sight: &Sight| WantedPicture {
            participant: sight.tile.id,
            source: if sight.tile.screen { Source::Screen } else { Source::Camera },
            lines: lines(sight),
        };
        sights.iter().take(MOST).map(picture).collect()
    }
}

impl Glance {
    /// Decides how it is wanted at this moment, given whether it is seen on the page, and how many lines a small
    /// window shows of it.
    fn look(&mut self, now: Timestamp, seen: bool, afloat: u16) {
        let on_page = if seen { self.shown.unwrap_or(UNMEASURED) } else { 0 };
        let shown = on_page.max(afloat);
        let is_settled = shown >= self.wanted || *self.shrunk.get_or_insert(now) + PATIENCE <= now;
        if is_settled {
            self.wanted = shown;
            self.shrunk = None;
        }
    }
}

impl Call {
    /// The browser measured tiles.
    pub(super) fn measured(&mut self, tiles: Vec<(TileKey, u16)>) {
        self.gaze.measured(tiles);
    }

    /// The page came to the front, or went behind others.
    pub(super) const fn turned(&mut self, to_front: bool) {
        self.gaze.averted = !to_front;
    }

    /// Says which pictures are shown, if somebody hears it and it is something else than was said; and sees to
    /// it that they can be received.
    pub(super) fn say_wanted(&mut self, now: Timestamp) {
        let Some(conference) = self.conference() else { return self.gaze.line_lost() };
        let sights: Vec<Sight> = self
            .sights(conference)
            .filter(|(person, _)| person.id != conference.roster.you())
            .map(|(person, source)| {
                let tile = TileKey { id: person.id, screen: source == Source::Screen };
                let staged = self.scene.place(tile).is_some();
                let afloat = self.scene.afloat() == Some(tile);
                Sight { tile, live: person.live.contains(&source), staged, afloat }
            })
            .collect();
        let pictures = self.gaze.state(now, &sights);
        let pictures = pictures.map(|pictures| Effect::Send(ClientMessage::Want { pictures }));
        self.effects.extend(pictures);
        let wanted = self.gaze.count(&sights);
        let grown = self.conference_mut().and_then(|it| it.peer.wanted(now, wanted));
        self.effects.extend(grown.map(|pictures| Effect::GrowPeer { pictures }));
    }
}

/// How many pixels of the display count for one of the page, at most. More, a telephone in the hand asks
/// for pictures that no eye tells apart; fewer, letters blur on dense displays.
const DENSEST: f64 = 2.0;

/// The steps in which a picture grows. Larger, more is sent than is seen; smaller, each pull at the window
/// is told.
const STEP: usize = 60;

/// More lines than a picture has are not wanted of it.
const TALLEST: u16 = 2160;

/// The lines of a picture that is not measured yet. More, a room full of people that is entered is sent
/// more than fits the line; fewer, the first picture is coarse.
const UNMEASURED: u16 = 360;

/// The lines of the picture in a small window. More, more is sent than such a window has; fewer, it is coarse in
/// one that was pulled larger.
const AFLOAT: u16 = 360;

/// For how long what shrinks or is hidden is wanted as it was. Longer, more is sent than is seen; shorter,
/// who scrolls to and fro waits for each picture.
const PATIENCE: Duration = Duration::from_millis(500);

/// The pause between two statements. Longer, what grows is coarse for longer; shorter, a window that is
/// pulled takes the server's time.
const BETWEEN: Duration = Duration::from_millis(250);

/// The most pictures that are named: nobody sees more at once.
const MOST: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_rounded_up_to_steps() {
        assert_eq!([0.0, 1.0, 60.0, 60.5, 200.0].map(|it| lines(it, 1.0)), [0, 60, 60, 120, 240]);
    }

    #[test]
    fn a_dense_display_wants_more_lines_and_one_that_is_denser_still_no_more() {
        assert_eq!([1.0, 1.5, 2.0, 3.0].map(|ratio| lines(240.0, ratio)), [240, 360, 480, 480]);
    }

    #[test]
    fn no_size_is_beyond_bounds() {
        let odd = [(f64::INFINITY, 1.0), (1e9, 2.0), (f64::NAN, 1.0), (-5.0, 1.0)];
        assert_eq!(odd.map(|(height, ratio)| lines(height, ratio)), [2160, 2160, 2160, 0]);
    }
}

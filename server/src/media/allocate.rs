// SPDX-License-Identifier: EUPL-1.2
//! Decides how good each picture of one subscriber may be, so that all of them fit on its path.
//!
//! Who matters is the order of the wishes. Sound is set aside first. Then come the cameras that are named before
//! every screen, small: whoever is kept large beside a screen, hands that translate it, is not given up for it.
//! Then the screens, each as good as fits: text has to be legible. Then as many cameras as possible are shown in
//! their smallest encoding, and what is left makes them better: the first camera as far as it goes, the others in
//! turn by one step each. Worse comes at once, better comes late.

use shared::{Layer, Source};

use super::Micros;

/// A picture that a subscriber wants.
#[derive(Clone, Copy, Debug)]
pub struct Wish {
    /// What it shows.
    pub source: Source,
    /// How many lines of it are wanted.
    pub lines: u16,
    /// What each encoding costs in bits per second, by [`Layer::index`]; `None` for one that cannot be had.
    pub streams: [Option<u64>; 3],
    /// What is forwarded at this time.
    pub current: Option<Layer>,
}

/// How much there is for one subscriber, in bits per second.
#[derive(Clone, Copy, Debug)]
pub struct Room {
    /// What its path is known to carry, or what it may be sent, whichever is less; nothing, and there is room for
    /// everything.
    pub known: Option<u64>,
    /// How much more than that it may be sent, should its path carry more than is known.
    pub slack: u64,
    /// What sound takes of it.
    pub sound: u64,
}

/// What the decisions for one subscriber depend on besides its wishes and its path.
#[derive(Debug, Default)]
pub struct Allocator {
    fell: Option<Micros>,
    better_since: Option<Micros>,
    /// What was wanted when the last decision was made, and the decision.
    judged: Vec<(Source, u16, [bool; 3])>,
    granted: Vec<Option<Layer>>,
    /// What there was before, what would fill the path, and what would leave a margin. Kept for their memory.
    before: Vec<Option<Layer>>,
    full: Vec<Option<Layer>>,
    careful: Vec<Option<Layer>>,
}

impl Allocator {
    /// Writes one answer for each wish, in order: the encoding to forward, `None` for no picture.
    ///
    /// Where nothing is known of the room everybody gets what is wanted.
    pub fn allocate(
        &mut self,
        now: Micros,
        room: Room,
        wishes: &[Wish],
        layers: &mut Vec<Option<Layer>>,
    ) {
        let changed = !self.has_judged(wishes);
        layers.clear();
        let Room { known, slack, sound } = room;
        if let Some(known) = known {
            let budget = known.saturating_sub(sound);
            self.look_back(wishes, changed);
            fill(wishes, budget, (&self.before, slack), &mut self.full);
            self.keep(wishes, changed, layers);
            let tolerated = tolerance(wishes, layers).min(slack);
            if cost(wishes, layers) > budget.saturating_add(tolerated) {
                for (layer, full) in layers.iter_mut().zip(&self.full) {
                    *layer = (*layer).min(*full);
                }
                self.better_since = None;
                // Room made for a new wish says nothing of the path.
                if !changed {
                    self.fell = Some(now);
                }
            }
            let with_margin = known.saturating_mul(100) / self.margin(now);
            fill(wishes, with_margin.saturating_sub(sound), (&[], 0), &mut self.careful);
            self.rise(now, wishes, layers);
        } else {
            layers.extend(wishes.iter().map(best));
            (self.fell, self.better_since) = (None, None);
        }
        self.granted.clone_from(layers);
        self.judged.clear();
        self.judged.extend(wishes.iter().map(key));
    }

    fn has_judged(&self, wishes: &[Wish]) -> bool {
        self.judged.iter().copied().eq(wishes.iter().map(key))
    }

    /// What there is of each wish.
    fn look_back(&mut self, wishes: &[Wish], changed: bool) {
        self.before.clear();
        // What was granted may be waiting for its key frame still.
        let granted = self.granted.iter().copied().chain(core::iter::repeat(None));
        let before = wishes.iter().zip(granted);
        self.before
            .extend(before.map(|(wish, granted)| if changed { wish.current } else { granted }));
    }

    /// Goes on with what is there, as far as it can be had and is wanted. A picture that is wanted since this
    /// decision does not wait.
    fn keep(&self, wishes: &[Wish], changed: bool, layers: &mut Vec<Option<Layer>>) {
        for (at, (wish, before)) in wishes.iter().zip(&self.before).enumerate() {
            let before = *before;
            let kept = before.and_then(|before| {
                let below = ladder(wish).filter(|(layer, _)| *layer <= before).last();
                below.or_else(|| ladder(wish).next()).map(|(layer, _)| layer)
            });
            let fresh = changed && before.is_none();
            layers.push(if fresh { self.full.get(at).copied().flatten() } else { kept });
        }
    }

    /// Takes the better decision when it has been there for long enough.
    fn rise(&mut self, now: Micros, wishes: &[Wish], layers: &mut Vec<Option<Layer>>) {
        if !self.is_better(wishes, layers) {
            self.better_since = None;
            return;
        }
        let since = *self.better_since.get_or_insert(now);
        let calm = self.fell.is_none_or(|fell| now.since(fell) >= CALM_AFTER_FALL);
        if calm && now.since(since) >= BETTER_FOR {
            layers.clone_from(&self.careful);
            self.better_since = None;
        }
    }

    /// Whether more of the small pictures are there with the careful decision, or, with the same of them, the most
    /// important of those that differ is better. None is given up that has room without the margin.
    fn is_better(&self, wishes: &[Wish], layers: &[Option<Layer>]) -> bool {
        let each = || {
            let all = wishes.iter().zip(layers).zip(self.careful.iter().zip(&self.full));
            all.map(|((wish, kept), (careful, full))| (wish, *kept, *careful, *full))
        };
        let given_up = |(_, kept, careful, full): (_, Option<_>, Option<_>, Option<_>)| {
            kept.is_some() && careful.is_none() && full.is_some()
        };
        if each().any(given_up) {
            return false;
        }
        let leading = each().take(leading(wishes));
        let screens = || each().filter(|(wish, ..)| wish.source == Source::Screen);
        let cameras = || each().filter(|(wish, ..)| wish.source != Source::Screen);
        let order = leading
            .map(|(_, kept, careful, _)| careful.is_some().cmp(&kept.is_some()))
            .chain(screens().map(|(_, kept, careful, _)| careful.cmp(&kept)))
            .chain(
                cameras()
                    .filter(|(wish, ..)| is_small(wish))
                    .map(|(_, kept, careful, _)| careful.is_some().cmp(&kept.is_some())),
            )
            .chain(cameras().map(|(_, kept, careful, _)| careful.cmp(&kept)))
            .find(|order| order.is_ne());
        order.is_some_and(core::cmp::Ordering::is_gt)
    }

    fn margin(&self, now: Micros) -> u64 {
        let wary = self.fell.is_some_and(|fell| now.since(fell) < WARY_AFTER_FALL);
        if wary { WARY_MARGIN_PERCENT } else { MARGIN_PERCENT }
    }
}

/// What everything wanted would cost with the sound, in bits per second.
pub fn ideal(wishes: &[Wish], sound: u64) -> u64 {
    let pictures = wishes.iter().filter_map(|wish| ladder(wish).last());
    pictures.fold(sound, |sum, (_, cost)| sum.saturating_add(cost))
}

/// Whether a wish has got what it gets when there is room for everything.
pub fn is_fulfilled(wish: &Wish, layer: Option<Layer>) -> bool {
    layer == best(wish) && layer == wish.current
}

/// The best that fits, whatever was before, but for a screen that was shown in its smallest encoding: it may take a bit
/// more than fits, as much as is said at most. With more to fill the first screen, and without screens the first
/// camera, never gets worse; a camera that is named before it never vanishes.
fn fill(
    wishes: &[Wish],
    budget: u64,
    (before, slack): (&[Option<Layer>], u64),
    layers: &mut Vec<Option<Layer>>,
) {
    layers.clear();
    layers.resize(wishes.len(), None);
    let mut left = budget;
    let is_camera = |wish: &Wish| wish.source != Source::Screen;
    let each = |layers: &mut [Option<Layer>],
                take: &mut dyn FnMut(usize, &Wish, &mut Option<Layer>)| {
        let cameras_before = wishes.iter().scan(0, |cameras, wish| {
            let before = *cameras;
            *cameras += usize::from(is_camera(wish));
            Some(before)
        });
        for ((wish, layer), before) in wishes.iter().zip(layers).zip(cameras_before) {
            take(before, wish, layer);
        }
    };
    let leading = leading(wishes);
    each(layers, &mut |before, wish, layer| {
        if is_camera(wish) && before < leading {
            step(wish, layer, &mut left);
        }
    });
    let before = before.iter().copied().chain(core::iter::repeat(None));
    for ((wish, layer), before) in wishes.iter().zip(layers.iter_mut()).zip(before) {
        while !is_camera(wish) && step(wish, layer, &mut left) {}
        if layer.is_none() && !is_camera(wish) {
            *layer = stay(wish, before, slack, &mut left);
        }
    }
    let mut missing = false;
    each(layers, &mut |before, wish, layer| {
        if is_camera(wish) && layer.is_none() && (before == 0 || is_small(wish)) {
            let out = !step(wish, layer, &mut left);
            missing |= out && before > 0 && ladder(wish).next().is_some();
        }
    });
    // Better pictures only when nobody is missing who takes little: what such a picture needs would be taken from
    // the first camera again as soon as there is a bit more.
    each(layers, &mut |before, wish, layer| {
        while !missing && is_camera(wish) && before == 0 && step(wish, layer, &mut left) {}
    });
    each(layers, &mut |before, wish, layer| {
        if is_camera(wish) && before > 0 && layer.is_none() {
            step(wish, layer, &mut left);
        }
    });
    let mut rising = !missing;
    while rising {
        rising = false;
        each(layers, &mut |before, wish, layer| {
            if is_camera(wish) && before > 0 && layer.is_some() {
                rising |= step(wish, layer, &mut left);
            }
        });
    }
}

/// How many cameras are named before the first screen; none without a screen.
fn leading(wishes: &[Wish]) -> usize {
    wishes.iter().position(|wish| wish.source == Source::Screen).unwrap_or(0)
}

/// Makes a picture better by one step if what is left pays for it.
fn step(wish: &Wish, layer: &mut Option<Layer>, left: &mut u64) -> bool {
    let paid = price(wish, *layer);
    let Some((next, cost)) = ladder(wish).find(|(next, _)| Some(*next) > *layer) else {
        return false;
    };
    let Some(rest) = left.checked_sub(cost.saturating_sub(paid)) else { return false };
    (*layer, *left) = (Some(next), rest);
    true
}

/// The smallest encoding of a screen that was shown in it, if it is only a bit dearer than what is left.
fn stay(wish: &Wish, before: Option<Layer>, slack: u64, left: &mut u64) -> Option<Layer> {
    let (smallest, cost) = ladder(wish).next().filter(|(smallest, _)| Some(*smallest) == before)?;
    let over = cost.saturating_sub(*left);
    if over > slack.min(cost.saturating_mul(OVER_PERCENT) / 100) {
        return None;
    }
    *left = left.saturating_sub(cost);
    Some(smallest)
}

/// The encodings worth considering for a wish, from the smallest to the best, and what they cost.
///
/// A larger encoding counts as at least as dear as the smaller ones, even while it happens to be sent with less.
fn ladder(wish: &Wish) -> impl Iterator<Item = (Layer, u64)> {
    let best = best(wish);
    let mut dearest = 0;
    Layer::ALL.into_iter().zip(wish.streams).filter_map(move |(layer, cost)| {
        dearest = cost.filter(|_| Some(layer) <= best)?.max(dearest);
        Some((layer, dearest))
    })
}

/// What a wish gets when there is room for everything: of a camera the smallest encoding with nearly as many lines
/// as are wanted, of a screen the largest.
fn best(wish: &Wish) -> Option<Layer> {
    let had = || {
        let all = Layer::ALL.into_iter().zip(wish.streams);
        all.filter_map(|(layer, cost)| cost.map(|_| layer))
    };
    let enough = |layer: &Layer| u32::from(layer.lines()) * 4 >= u32::from(wish.lines) * 3;
    let camera = wish.source != Source::Screen;
    had().find(|layer| camera && enough(layer)).or_else(|| had().next_back())
}

fn price(wish: &Wish, layer: Option<Layer>) -> u64 {
    ladder(wish).find(|(known, _)| Some(*known) == layer).map_or(0, |(_, cost)| cost)
}

fn cost(wishes: &[Wish], layers: &[Option<Layer>]) -> u64 {
    let each = wishes.iter().zip(layers).map(|(wish, layer)| price(wish, *layer));
    each.fold(0, u64::saturating_add)
}

/// By how much the sum may be above what the path is known to carry before a screen is taken away that is shown in
/// its smallest encoding: what is known is less than what is there.
fn tolerance(wishes: &[Wish], layers: &[Option<Layer>]) -> u64 {
    let screens = wishes.iter().zip(layers).filter(|(wish, _)| wish.source == Source::Screen);
    let smallest = screens
        .filter_map(|(wish, layer)| ladder(wish).next().filter(|(it, _)| Some(*it) == *layer));
    let shown = smallest.map(|(_, cost)| cost).fold(0, u64::saturating_add);
    shown.saturating_mul(OVER_PERCENT) / 100
}

/// Whether a wish takes little in its smallest encoding.
fn is_small(wish: &Wish) -> bool {
    ladder(wish).next().is_none_or(|(_, cost)| cost <= SMALL)
}

fn key(wish: &Wish) -> (Source, u16, [bool; 3]) {
    (wish.source, wish.lines, wish.streams.map(|cost| cost.is_some()))
}

/// What is to be left free when something gets better, of the path's estimate. Larger: pictures stay worse than the
/// path allows. Smaller: the next dip of the estimate takes back what was given.
const MARGIN_PERCENT: u64 = 115;
/// The same after a fall: more than lies between the ends of an estimate that wobbles by a tenth.
const WARY_MARGIN_PERCENT: u64 = 125;
/// Per cent of what the screens cost. After a queue filled, 85 % of what came through is what is known. More, a screen
/// that is too large for the path stands in its own way; less, one that fits goes when a page is turned.
const OVER_PERCENT: u64 = 15;
/// How long the larger margin holds. Longer: a path that recovers is not used up. Shorter: pictures that are near
/// the limit come and go.
const WARY_AFTER_FALL: Micros = Micros::from_millis(30_000);
/// How long nothing gets better after a fall. Longer: a short dip is seen for long. Shorter: pictures change back
/// and forth while the estimate is still finding its level.
const CALM_AFTER_FALL: Micros = Micros::from_millis(2_000);
/// How long there must be room before it is used. Longer: a tile that grows stays blurred. Shorter: a single high
/// estimate costs a key frame.
const BETTER_FOR: Micros = Micros::from_millis(500);
/// Bits per second up to which a picture is shown before others get better. Larger: pictures that are sent in one
/// large encoding keep the speaker blurred, and up to so much of the path stays unused. Smaller: ordinary small
/// pictures are missing while the speaker is sharp.
const SMALL: u64 = 400_000;

#[cfg(test)]
#[path = "allocate_tests.rs"]
mod tests;

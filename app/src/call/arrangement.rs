// SPDX-License-Identifier: EUPL-1.2
//! Where tiles stand: all of one size, or some of them large and the others beside, and on which page.
//!
//! ```text
//!   nothing large      large, wide         large, tall
//!   ┌───┐┌───┐┌───┐    ┌──────────┐┌──┐    ┌──────────┐
//!   └───┘└───┘└───┘    │          │└──┘    │          │
//!   ┌───┐┌───┐┌───┐    │          │┌──┐    │          │
//!   └───┘└───┘└───┘    │          │└──┘    └──────────┘
//!      ‹ 1/2 ›         └──────────┘ ‹›     ┌──┐┌──┐┌──┐
//!                                           ‹ 1/2 ›
//! ```

use super::packing::{Area, GAP, Packing, Rect, Shape, fitting};

/// Where everything stands.
#[derive(Debug, Default)]
pub(super) struct Arrangement {
    /// The large tiles, in order, each with the whole of its place.
    pub(super) large: Vec<Rect>,
    /// How many of the small ones are on pages before this one.
    pub(super) before: usize,
    /// The small tiles of this page, in order.
    pub(super) small: Vec<Rect>,
    /// Which page, from 0.
    pub(super) page: usize,
    /// How many pages there are, at least one.
    pub(super) pages: usize,
    /// Where pages are turned, if there are several.
    pub(super) pager: Option<Rect>,
}

/// A row or column of tiles of one size, and how many of them are seen at once.
struct Strip {
    area: Area,
    tile: Area,
    most: u32,
}

impl Arrangement {
    /// Arranges so many large and small tiles, and turns to a page, or to the last one before it that there is.
    pub(super) fn of(area: Area, large: usize, small: usize, page: usize) -> Self {
        let (large, small) = (count(large), count(small));
        match (large, small) {
            (0, _) => Self::grid(area, small, page),
            (_, 0) => Self { large: cells(area, large), pages: 1, ..Self::default() },
            (_, _) if area.is_tall() => Self::above_strip(area, large, small, page),
            (_, _) => Self::beside_strip(area, large, small, page),
        }
    }

    /// All at once, however small, in a space that nobody has measured yet.
    pub(super) fn unmeasured(large: usize, small: usize) -> Self {
        let tiles = count(large.saturating_add(small));
        let packing = Packing::best(UNMEASURED, Shape::Wide, tiles);
        let mut places = packing.places(UNMEASURED, tiles);
        let large = places.by_ref().take(large).collect();
        Self { large, small: places.collect(), pages: 1, ..Self::default() }
    }

    fn grid(area: Area, tiles: u32, page: usize) -> Self {
        let shape = Shape::in_area(area);
        let capacity = |area| shape.capacity(area).min(MOST);
        let paged = tiles > capacity(area);
        let (above, beside) = (area.above(PAGER), area.beside(PAGER));
        // Where there is little height, pages are turned at the side.
        let at_side = capacity(beside) > capacity(above);
        let (inner, pager) = match (paged, at_side) {
            (false, _) => (area, None),
            (true, false) => (above, Some(at_bottom(area, 0, area.width))),
            (true, true) => (beside, Some(at_right(area))),
        };
        let pages = Pages::of(tiles, capacity(inner), page);
        // Every page has tiles of the same size.
        let packing = Packing::best(inner, shape, pages.each);
        let small = packing.places(inner, pages.there).collect();
        Self { small, pager, ..Self::turned(&pages) }
    }

    fn beside_strip(area: Area, large: u32, small: u32, page: usize) -> Self {
        let width = (area.width / 5).clamp(NARROWEST, WIDEST).min(area.width / 3);
        // However low the stage is, a tile has room above where pages are turned.
        let width = width.min(Shape::Wide.width(area.above(PAGER).height));
        let tile = Area { width, height: Shape::Wide.height(width) };
        let whole =
            Strip { area: Area { width, ..area }, tile, most: fitting(area.height, tile.height) };
        let paged = small > whole.most.max(1);
        let strip = if paged { whole.less_high(PAGER) } else { whole };
        let pages = Pages::of(small, strip.most, page);
        let left = area.width - width;
        let column = Packing::column(strip.tile);
        Self {
            large: cells(area.beside(width), large),
            small: column.places(strip.area, pages.there).map(|it| it.moved(left, 0)).collect(),
            pager: paged.then(|| at_bottom(area, left, width)),
            ..Self::turned(&pages)
        }
    }

    fn above_strip(area: Area, large: u32, small: u32, page: usize) -> Self {
        let third = area.width.saturating_sub(2 * GAP) / 3;
        let width = third.min(BROADEST).min(Shape::Tall.width(area.height / 3));
        let tile = Area { width, height: Shape::Tall.height(width) };
        let most = fitting(area.width, tile.width).max(1);
        let paged = small > most;
        let above = if paged { area.above(PAGER) } else { area };
        let pages = Pages::of(small, most, page);
        let top = above.height.saturating_sub(tile.height);
        let row = Packing::row(tile, pages.there);
        let strip = Area { width: area.width, height: tile.height };
        Self {
            large: cells(above.above(tile.height), large),
            small: row.places(strip, pages.there).map(|it| it.moved(0, top)).collect(),
            pager: paged.then(|| at_bottom(area, 0, area.width)),
            ..Self::turned(&pages)
        }
    }

    fn turned(pages: &Pages) -> Self {
        let index = |number| usize::try_from(number).unwrap_or_default();
        Self {
            before: index(pages.before),
            page: index(pages.page),
            pages: index(pages.count),
            ..Self::default()
        }
    }
}

impl Strip {
    fn less_high(self, height: u32) -> Self {
        let area = self.area.above(height);
        Self { area, most: fitting(area.height, self.tile.height), ..self }
    }
}

/// Tiles on pages of one size; the last one may have fewer.
struct Pages {
    count: u32,
    page: u32,
    /// How many are on each page.
    each: u32,
    /// How many are on pages before this one.
    before: u32,
    /// How many are on this one.
    there: u32,
}

impl Pages {
    /// As few pages as possible, and none that is nearly empty.
    fn of(tiles: u32, most: u32, page: usize) -> Self {
        let least = tiles.div_ceil(most.max(1)).max(1);
        let each = tiles.div_ceil(least);
        // With this many on each page the last ones may not be needed.
        let pages = tiles.div_ceil(each.max(1)).max(1);
        let page = count(page).min(pages - 1);
        let before = page * each;
        Self { count: pages, page, each, before, there: (tiles - before).min(each) }
    }
}

/// The whole space, shared by so many.
fn cells(area: Area, tiles: u32) -> Vec<Rect> {
    let packing = Packing::best(area, Shape::Wide, tiles).grown(area, tiles);
    packing.places(area, tiles).collect()
}

fn at_bottom(area: Area, x: u32, width: u32) -> Rect {
    let height = PAGER.min(area.height);
    Rect { x, y: area.height - height, width, height }
}

fn at_right(area: Area) -> Rect {
    let width = PAGER.min(area.width);
    Rect { x: area.width - width, y: 0, width, height: area.height }
}

/// More than anybody counts are as many as that.
fn count(tiles: usize) -> u32 {
    u32::try_from(tiles).unwrap_or(u32::MAX).min(10_000)
}

/// The space until it is measured: what matters is that everything is there.
const UNMEASURED: Area = Area { width: 1_280, height: 720 };

/// The most on one page: 49 others and oneself. More, and the browser decodes more pictures than it can; fewer,
/// and a large display is half empty.
const MOST: u32 = 50;

/// How high the row is in which pages are turned, or how wide the column: a finger has to hit it.
const PAGER: u32 = 44;

/// How wide the column beside large tiles is: a fifth of the stage within these bounds. Wider, it takes from what is
/// to be seen; narrower, faces are not recognised.
const NARROWEST: u32 = 128;
const WIDEST: u32 = 240;

/// How wide the tiles in the row below large ones are: three in a row, but not wider than that.
const BROADEST: u32 = 200;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn area() -> impl Strategy<Value = Area> {
        (0..4_000_u32, 0..3_000_u32).prop_map(|(width, height)| Area { width, height })
    }

    /// What of an arrangement can be seen at all.
    fn everything(arrangement: &Arrangement) -> Vec<Rect> {
        let Arrangement { large, small, pager, .. } = arrangement;
        let all = large.iter().chain(small).copied().chain(*pager);
        all.filter(|place| place.width > 0 && place.height > 0).collect()
    }

    fn overlap(one: &Rect, other: &Rect) -> bool {
        one.x < other.x + other.width
            && other.x < one.x + one.width
            && one.y < other.y + other.height
            && other.y < one.y + one.height
    }

    proptest! {
        #[test]
        fn nothing_is_outside_and_nothing_covers_anything(
            area in area(), large in 0..8_usize, small in 0..80_usize, page in 0..9_usize,
        ) {
            let places = everything(&Arrangement::of(area, large, small, page));
            for (index, place) in places.iter().enumerate() {
                prop_assert!(place.x + place.width <= area.width, "{place:?} is outside");
                prop_assert!(place.y + place.height <= area.height, "{place:?} is outside");
                // A stage on which nothing can be recognised has no room for buttons.
                let is_usable = area.width >= 160 && area.height >= 160;
                for later in places.iter().skip(index + 1).filter(|_| is_usable) {
                    prop_assert!(!overlap(place, later), "{later:?} covers {place:?}");
                }
            }
        }

        #[test]
        fn every_small_tile_is_on_exactly_one_page(area in area(), large in 0..8_usize, small in 0..80_usize) {
            let mut next = 0;
            let pages = Arrangement::of(area, large, small, 0).pages;
            for page in 0..pages {
                let turned = Arrangement::of(area, large, small, page);
                prop_assert_eq!((turned.page, turned.pages, turned.before), (page, pages, next));
                prop_assert!(small == 0 || !turned.small.is_empty(), "an empty page");
                prop_assert_eq!(turned.pager.is_some(), pages > 1);
                next += turned.small.len();
            }
            prop_assert_eq!(next, small);
            prop_assert_eq!(Arrangement::of(area, large, small, pages + 1).page, pages - 1);
        }

        #[test]
        fn every_page_has_tiles_of_one_size(area in area(), large in 0..8_usize, small in 1..80_usize) {
            let pages = Arrangement::of(area, large, small, 0).pages;
            let sizes = (0..pages).flat_map(|page| Arrangement::of(area, large, small, page).small);
            let mut sizes: Vec<_> = sizes.map(|place| (place.width, place.height)).collect();
            sizes.dedup();
            prop_assert_eq!(sizes.len(), 1);
        }

        #[test]
        fn what_is_large_has_more_than_half_of_the_stage(
            width in 300..4_000_u32, height in 240..3_000_u32, small in 0..80_usize,
        ) {
            let [large] = Arrangement::of(Area { width, height }, 1, small, 0).large[..] else { panic!() };
            prop_assert!(2 * large.width * large.height > width * height, "{large:?}");
        }
    }

    #[test]
    fn a_crowd_has_pages_on_a_phone_and_none_on_a_large_display() {
        let pages = |width, height| {
            let turned = Arrangement::of(Area { width, height }, 0, 50, 0);
            (turned.pages, turned.small.len())
        };
        assert_eq!(pages(1_576, 769), (1, 50));
        assert_eq!(pages(366, 640), (5, 10));
        assert_eq!(pages(820, 310), (5, 10));
    }
}

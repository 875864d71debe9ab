// SPDX-License-Identifier: EUPL-1.2
//! How tiles of one shape fill a space: which number of columns makes them largest, and where each stands.
//!
//! Lengths are in points: the pixels of a page whose letters have the usual size of 16. Where letters are larger,
//! so is what may not become too small.

use core::cmp::Reverse;

/// A space, in points.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Area {
    /// How wide.
    pub width: u32,
    /// How high.
    pub height: u32,
}

/// A part of the stage, in points from its left upper corner.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Rect {
    /// From the left.
    pub x: u32,
    /// From the top.
    pub y: u32,
    /// How wide.
    pub width: u32,
    /// How high.
    pub height: u32,
}

/// The shape of tiles.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Shape {
    /// 16 to 9, as cameras are.
    Wide,
    /// 4 to 3, where there is more height than width.
    Tall,
}

/// Tiles of one size in columns and rows.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Packing {
    columns: u32,
    tile: Area,
}

impl Area {
    /// Without so much at the bottom, and without the gap above that.
    pub(super) const fn above(self, height: u32) -> Self {
        Self { height: self.height.saturating_sub(height + GAP), ..self }
    }

    /// Without so much at the right, and without the gap beside that.
    pub(super) const fn beside(self, width: u32) -> Self {
        Self { width: self.width.saturating_sub(width + GAP), ..self }
    }

    pub(super) const fn is_tall(self) -> bool {
        self.height > self.width
    }
}

impl Shape {
    /// What looks best in this space.
    pub(super) const fn in_area(area: Area) -> Self {
        if area.is_tall() { Self::Tall } else { Self::Wide }
    }

    /// How high a tile is that is so wide.
    pub(super) const fn height(self, width: u32) -> u32 {
        let (across, down) = self.ratio();
        width.saturating_mul(down) / across
    }

    /// How wide a tile is that is so high, at most.
    pub(super) const fn width(self, height: u32) -> u32 {
        let (across, down) = self.ratio();
        height.saturating_mul(across) / down
    }

    /// The smallest tile on which a face and a name can be told apart. Larger, a meeting of the usual size has
    /// pages; smaller, nobody is recognised.
    pub(super) const fn least(self) -> Area {
        match self {
            Self::Wide => Area { width: 160, height: 90 },
            Self::Tall => Area { width: 136, height: 102 },
        }
    }

    /// How many tiles are not too small all at once; one always is not.
    pub(super) fn capacity(self, area: Area) -> u32 {
        let least = self.least();
        (fitting(area.width, least.width) * fitting(area.height, least.height)).max(1)
    }

    const fn ratio(self) -> (u32, u32) {
        match self {
            Self::Wide => (16, 9),
            Self::Tall => (4, 3),
        }
    }
}

impl Packing {
    /// The largest tiles of which so many fit. Among equals, those that leave the fewest places empty.
    pub(super) fn best(area: Area, shape: Shape, tiles: u32) -> Self {
        let all = (1..=tiles).map(|columns| Self::with(area, shape, tiles, columns));
        let best = all.max_by_key(|packing| {
            let places = tiles.div_ceil(packing.columns).saturating_mul(packing.columns);
            (packing.tile.width, Reverse(places))
        });
        best.unwrap_or_else(|| Self::with(area, shape, 1, 1))
    }

    fn with(area: Area, shape: Shape, tiles: u32, columns: u32) -> Self {
        let across = share(area.width, columns);
        let down = share(area.height, tiles.div_ceil(columns));
        let width = across.min(shape.width(down));
        Self { columns, tile: Area { width, height: shape.height(width) } }
    }

    /// Tiles of this size above each other.
    pub(super) const fn column(tile: Area) -> Self {
        Self { columns: 1, tile }
    }

    /// So many tiles of this size side by side.
    pub(super) fn row(tile: Area, tiles: u32) -> Self {
        Self { columns: tiles.max(1), tile }
    }

    /// Where the first so many tiles stand, row by row: the whole in the middle, and the last row, too.
    pub(super) fn places(self, area: Area, tiles: u32) -> impl Iterator<Item = Rect> {
        let Self { columns, tile: Area { width, height } } = self;
        let top = area.height.saturating_sub(extent(tiles.div_ceil(columns), height)) / 2;
        (0..tiles).map(move |index| {
            let (row, column) = (index / columns, index % columns);
            let in_row = tiles.saturating_sub(row * columns).min(columns);
            let left = area.width.saturating_sub(extent(in_row, width)) / 2;
            Rect { x: left + column * (width + GAP), y: top + row * (height + GAP), width, height }
        })
    }

    /// The same tiles, grown until they share the whole space: what has a shape of its own is seen larger.
    pub(super) fn grown(self, area: Area, tiles: u32) -> Self {
        let columns = self.columns.min(tiles).max(1);
        let height = share(area.height, tiles.div_ceil(columns).max(1));
        Self { columns, tile: Area { width: share(area.width, columns), height } }
    }
}

impl Rect {
    /// How large it is, wherever it is.
    pub(super) const fn area(self) -> Area {
        Area { width: self.width, height: self.height }
    }

    /// The largest of this shape inside of it, in the middle.
    pub(super) fn shaped(self, shape: Shape) -> Self {
        let width = self.width.min(shape.width(self.height));
        let height = shape.height(width);
        let (x, y) = (self.x + (self.width - width) / 2, self.y + (self.height - height) / 2);
        Self { x, y, width, height }
    }

    /// The same, further right and further down.
    pub(super) const fn moved(self, x: u32, y: u32) -> Self {
        Self { x: self.x + x, y: self.y + y, ..self }
    }
}

/// What each of so many has of a length, without the gaps between them.
fn share(length: u32, parts: u32) -> u32 {
    length.saturating_sub(GAP.saturating_mul(parts.saturating_sub(1))) / parts.max(1)
}

/// How long so many are with the gaps between them.
const fn extent(parts: u32, each: u32) -> u32 {
    (parts * (each + GAP)).saturating_sub(GAP)
}

/// How many of such a length fit.
pub(super) const fn fitting(length: u32, each: u32) -> u32 {
    (length + GAP) / (each + GAP)
}

/// What is between two tiles. Larger, pictures lose what nobody looks at; smaller, they run together.
pub(super) const GAP: u32 = 8;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn area() -> impl Strategy<Value = Area> {
        (0..4_000_u32, 0..3_000_u32).prop_map(|(width, height)| Area { width, height })
    }

    fn shape() -> impl Strategy<Value = Shape> {
        prop_oneof![Just(Shape::Wide), Just(Shape::Tall)]
    }

    proptest! {
        #[test]
        fn tiles_are_inside_and_apart_and_in_order(area in area(), shape in shape(), tiles in 1..65_u32, there in 1..65_u32) {
            let there = there.min(tiles);
            let places: Vec<_> = Packing::best(area, shape, tiles).places(area, there).collect();
            prop_assert_eq!(u32::try_from(places.len()), Ok(there));
            for (index, place) in places.iter().enumerate().filter(|(_, place)| place.width > 0) {
                prop_assert!(place.x + place.width <= area.width, "{place:?} is outside");
                prop_assert!(place.y + place.height <= area.height, "{place:?} is outside");
                for later in &places[index + 1..] {
                    let below = later.y >= place.y + place.height + GAP;
                    let right = later.y == place.y && later.x >= place.x + place.width + GAP;
                    prop_assert!(below || right, "{later:?} does not follow {place:?}");
                }
            }
        }

        #[test]
        fn no_other_number_of_columns_makes_them_larger(area in area(), shape in shape(), tiles in 1..65_u32, columns in 1..65_u32) {
            let other = Packing::with(area, shape, tiles, columns.min(tiles));
            prop_assert!(Packing::best(area, shape, tiles).tile.width >= other.tile.width);
        }

        #[test]
        fn more_space_makes_no_tile_smaller_and_more_tiles_make_none_larger(
            area in area(), shape in shape(), tiles in 1..65_u32, more in area(), others in 0..65_u32,
        ) {
            let width = |area, tiles| Packing::best(area, shape, tiles).tile.width;
            let larger = Area { width: area.width + more.width, height: area.height + more.height };
            prop_assert!(width(larger, tiles) >= width(area, tiles));
            prop_assert!(width(area, tiles + others) <= width(area, tiles));
        }

        #[test]
        fn exactly_as_many_fit_as_are_not_too_small(area in area(), shape in shape()) {
            let capacity = shape.capacity(area);
            let width = |tiles| Packing::best(area, shape, tiles).tile.width;
            prop_assert!(capacity == 1 || width(capacity) >= shape.least().width);
            prop_assert!(width(capacity + 1) < shape.least().width);
        }

        #[test]
        fn the_last_row_is_in_the_middle(area in area(), shape in shape(), tiles in 1..65_u32) {
            let places: Vec<_> = Packing::best(area, shape, tiles).places(area, tiles).collect();
            let last = places.last().unwrap();
            let first = places.iter().find(|place| place.y == last.y).unwrap();
            let right = area.width.saturating_sub(last.x + last.width);
            prop_assert!(last.width == 0 || first.x.abs_diff(right) <= 1, "{first:?} to {last:?}");
        }
    }

    #[test]
    fn tiles_fill_what_there_is() {
        let columns = |width, height, tiles| {
            let area = Area { width, height };
            Packing::best(area, Shape::in_area(area), tiles).columns
        };
        // A window on a desk, a phone upright, a phone on its side.
        let desk = [1, 2, 3, 5, 9, 16, 30].map(|tiles| columns(1_256, 628, tiles));
        assert_eq!(desk, [1, 2, 2, 3, 3, 4, 6]);
        let upright = [1, 2, 3, 5, 9, 16, 30].map(|tiles| columns(366, 640, tiles));
        assert_eq!(upright, [1, 1, 1, 2, 2, 3, 4]);
        let on_its_side = [1, 2, 3, 5, 9, 16, 30].map(|tiles| columns(820, 310, tiles));
        assert_eq!(on_its_side, [1, 2, 3, 3, 3, 6, 6]);
    }
}

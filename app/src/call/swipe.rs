// SPDX-License-Identifier: EUPL-1.2
//! What a finger says that is drawn over the stage: pages are turned as those of a book, or moved on as a list.
//!
//! ```text
//!   to the left, up      ─▶ the next page
//!   to the right, down   ─▶ the page before
//!   short, or aslant     ─▶ nothing
//! ```

use super::Look;

/// Which page a finger turns to that went so far to the right and so far down, in pixels of the page.
pub fn swiped(right: f64, down: f64) -> Option<Look> {
    let (long, short) = if right.abs() > down.abs() { (right, down) } else { (down, right) };
    let turns = long.abs() >= FAR && long.abs() >= short.abs() * STRAIGHT;
    turns.then_some(if long < 0.0 { Look::NextPage } else { Look::PreviousPage })
}

/// How far a finger goes at least. Farther, a short thumb turns no page; less far, a touch that trembles does.
const FAR: f64 = 40.0;

/// How many times as far as across. More, a thumb that goes round in a curve turns no page; less, it is a matter of
/// luck which way a page is turned.
const STRAIGHT: f64 = 2.0;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_finger_turns_pages_in_both_directions_and_both_ways() {
        for (right, down) in [(-40.0, 0.0), (-200.0, 90.0), (0.0, -40.0), (-90.0, -200.0)] {
            assert_eq!(swiped(right, down), Some(Look::NextPage), "{right}, {down}");
        }
        for (right, down) in [(40.0, 0.0), (200.0, -90.0), (0.0, 40.0), (-90.0, 200.0)] {
            assert_eq!(swiped(right, down), Some(Look::PreviousPage), "{right}, {down}");
        }
        assert_eq!(swiped(f64::NAN, 0.0), None);
    }

    proptest! {
        #[test]
        fn what_is_short_or_aslant_turns_no_page(
            short in -39.0..39.0_f64, other in -39.0..39.0_f64, long in -4_000.0..4_000.0_f64, aslant in 0.51..1.0_f64,
        ) {
            prop_assert_eq!(swiped(short, other), None);
            prop_assert_eq!(swiped(long, long * aslant), None);
            prop_assert_eq!(swiped(long * aslant, -long), None);
        }

        #[test]
        fn the_way_back_turns_back(right in -4_000.0..4_000.0_f64, down in -4_000.0..4_000.0_f64) {
            let other = |look| if look == Look::NextPage { Look::PreviousPage } else { Look::NextPage };
            prop_assert_eq!(swiped(-right, -down), swiped(right, down).map(other));
        }
    }
}

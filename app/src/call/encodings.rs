// SPDX-License-Identifier: EUPL-1.2
//! How a camera's picture is sent: in which encodings, and by how much each is smaller; or in how many layers.

use shared::{Layer, LayerSet};

/// One encoding of a picture.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Encoding {
    /// Whether it is sent.
    pub active: bool,
    /// By how much it is smaller than what is captured, in each direction.
    pub divisor: u8,
}

/// Every encoding of a picture, in the order of [`Layer::ALL`]. `lines` is the shorter side of what is
/// captured, if it is known.
///
/// A layer means about the same number of lines for everybody: of a small picture, the upper ones are
/// missing, and who wants one of them is given the largest there is.
///
/// The smallest is sent with every other: it is there when a path becomes narrow, and of two encodings browsers
/// keep the sizes, while they shrink one alone and let it grow again for ten seconds.
#[must_use]
pub fn encodings(lines: Option<u32>, wanted: LayerSet) -> [Encoding; 3] {
    let top = largest(lines);
    Layer::ALL.map(|layer| Encoding {
        active: wanted.iter().any(|wanted| wanted.min(top) == layer || layer == Layer::Low),
        divisor: match top.index().saturating_sub(layer.index()) {
            0 => 1,
            1 => 2,
            _ => 4,
        },
    })
}

/// A picture that is sent as one stream with layers.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Layered {
    /// How many layers there are, each twice as large as the one before.
    pub layers: u8,
    /// The largest that anybody can use; `None` when nobody looks. To the layers beyond it no bits are given.
    pub most: Option<Layer>,
}

/// One stream with layers. `lines` is the shorter side of what is captured, if it is known.
#[must_use]
pub fn layered(lines: Option<u32>, wanted: LayerSet) -> Layered {
    let top = largest(lines);
    Layered {
        layers: match top {
            Layer::Low => 1,
            Layer::Middle => 2,
            Layer::High => 3,
        },
        most: wanted.iter().last().map(|most| most.min(top)),
    }
}

/// The layer of a picture that is sent as large as it is: the one that its lines are nearer to, on a scale
/// on which each layer is twice the one before.
const fn largest(lines: Option<u32>) -> Layer {
    match lines {
        Some(0..=270) => Layer::Low,
        Some(271..=540) => Layer::Middle,
        Some(_) | None => Layer::High,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_picture_is_sent_in_three_encodings() {
        assert_eq!(sent(Some(720), LayerSet::ALL), [Some(4), Some(2), Some(1)]);
        assert_eq!(sent(Some(541), LayerSet::ALL), [Some(4), Some(2), Some(1)]);
        assert_eq!(sent(None, LayerSet::ALL), [Some(4), Some(2), Some(1)]);
    }

    #[test]
    fn of_a_small_picture_the_upper_encodings_are_missing() {
        assert_eq!(sent(Some(540), LayerSet::ALL), [Some(2), Some(1), None]);
        assert_eq!(sent(Some(271), LayerSet::ALL), [Some(2), Some(1), None]);
        assert_eq!(sent(Some(270), LayerSet::ALL), [Some(1), None, None]);
    }

    #[test]
    fn what_nobody_can_use_is_not_sent() {
        assert_eq!(sent(Some(720), set(&[Layer::Low, Layer::High])), [Some(4), None, Some(1)]);
        assert_eq!(sent(Some(720), LayerSet::NONE), [None, None, None]);
    }

    #[test]
    fn the_smallest_is_sent_with_every_other() {
        assert_eq!(sent(Some(720), set(&[Layer::High])), [Some(4), None, Some(1)]);
        assert_eq!(sent(Some(720), set(&[Layer::Middle])), [Some(4), Some(2), None]);
        assert_eq!(sent(Some(720), set(&[Layer::Low])), [Some(4), None, None]);
    }

    #[test]
    fn who_wants_more_than_there_is_gets_the_most_there_is() {
        assert_eq!(sent(Some(360), set(&[Layer::High])), [Some(2), Some(1), None]);
        assert_eq!(sent(Some(180), set(&[Layer::Middle])), [Some(1), None, None]);
    }

    #[test]
    fn a_stream_has_as_many_layers_as_its_picture_is_large_and_bits_for_those_that_are_wanted() {
        let sent = |lines, wanted: &[Layer]| {
            let Layered { layers, most } = layered(lines, set(wanted));
            (layers, most)
        };
        assert_eq!(sent(Some(720), &[Layer::Low, Layer::High]), (3, Some(Layer::High)));
        assert_eq!(sent(None, &[Layer::Middle]), (3, Some(Layer::Middle)));
        assert_eq!(sent(Some(360), &[Layer::High]), (2, Some(Layer::Middle)));
        assert_eq!(sent(Some(180), &[Layer::Low]), (1, Some(Layer::Low)));
        assert_eq!(sent(Some(720), &[]), (3, None));
    }

    fn set(layers: &[Layer]) -> LayerSet {
        layers.iter().copied().collect()
    }

    /// The divisors of the encodings that are sent.
    fn sent(lines: Option<u32>, wanted: LayerSet) -> [Option<u8>; 3] {
        encodings(lines, wanted).map(|it| it.active.then_some(it.divisor))
    }
}

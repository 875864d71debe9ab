// SPDX-License-Identifier: EUPL-1.2
//! The spatial layers of a stream that can be had in several sizes (SVC).

use shared::{Layer, LayerSet};

/// Where among the layers of its stream a packet belongs.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Scale {
    /// The smallest picture that it is needed for; all larger ones need it too.
    pub layer: Layer,
    /// All layers of the stream.
    pub layers: LayerSet,
    /// Those that can be begun with this packet, because nothing before it is needed to show them.
    pub begins: LayerSet,
    /// It is the last packet of its layer's frame.
    pub ends: bool,
}

/// What the layers of a stream with so many of them are called: what is largest is high, of two the other is
/// low. Beyond the third all are parts of high.
pub fn layers(count: u8) -> LayerSet {
    match count {
        0 | 1 => [Layer::High].into_iter().collect(),
        2 => [Layer::Low, Layer::High].into_iter().collect(),
        _ => LayerSet::ALL,
    }
}

/// What spatial layer number `spatial` counts as.
pub fn layer(spatial: u8, count: u8) -> Layer {
    match (spatial, count) {
        (_, 0 | 1) => Layer::High,
        (0, _) => Layer::Low,
        (1, 3..) => Layer::Middle,
        _ => Layer::High,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_largest_is_high() {
        let called = |count| (0..count).map(|spatial| layer(spatial, count)).collect::<Vec<_>>();
        assert_eq!(called(1), [Layer::High]);
        assert_eq!(called(2), [Layer::Low, Layer::High]);
        assert_eq!(called(3), Layer::ALL);
        assert_eq!(called(4), [Layer::Low, Layer::Middle, Layer::High, Layer::High]);
        for count in 1..8 {
            assert_eq!(called(count).into_iter().collect::<LayerSet>(), layers(count));
        }
    }
}

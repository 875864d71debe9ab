// SPDX-License-Identifier: EUPL-1.2
//! Descriptors on their way to a subscriber, and what is read of them there.

use proptest::prelude::*;

use super::super::dependency::{Dependencies, Described};
use super::super::dependency_writer::{Mode, Part, frame, part};
use super::*;

#[test]
fn the_number_is_changed_and_nothing_else_where_all_is_forwarded() {
    for key in [true, false] {
        let value = frame(Mode::Key, 3, 0, 7, key);
        let mut expected = value.clone();
        expected[1..3].copy_from_slice(&[0x12, 0x34]);
        assert_eq!(rewritten(&value, 0x1234, Layer::High), expected, "{key}");
    }
}

#[test]
fn a_structure_says_what_is_forwarded_where_that_is_not_all() {
    // A target for each layer, the first the lowest.
    for (most, available) in [(Layer::Low, 0b001), (Layer::Middle, 0b011)] {
        let value = frame(Mode::Full, 3, 0, 7, true);
        let out = rewritten(&value, 9, most);
        let told = Part { available: Some(available), ..KEY };
        // As the publisher would have written it, but for what is left of the last byte.
        let expected = told.write();
        assert_eq!(out[..expected.len()], expected, "{most:?}");
        assert!(out[expected.len()..].iter().all(|byte| *byte == 0));
    }
}

#[test]
fn what_the_publisher_says_stays_true() {
    // It gives its largest layer no bits.
    for (most, available) in [(Layer::Low, 0b001), (Layer::Middle, 0b011), (Layer::High, 0b011)] {
        let value = Part { number: 7, available: Some(0b011), ..KEY }.write();
        let out = rewritten(&value, 9, most);
        assert_eq!(out, Part { available: Some(available), ..KEY }.write());
        let later = Part { number: 7, key: false, available: Some(0b011), ..KEY }.write();
        let mut stream = Dependencies::default();
        stream.read(&frame(Mode::Full, 3, 0, 6, true));
        let out = through(&mut stream, &later, 9, most);
        assert_eq!(out, Part { key: false, available: Some(available), ..KEY }.write());
    }
}

#[test]
fn of_two_layers_the_lower_is_one_target() {
    let value = frame(Mode::Key, 2, 0, 7, true);
    let out = rewritten(&value, 7, Layer::Low);
    assert_eq!(said(&out), Some(0b01));
    assert_eq!(said(&rewritten(&value, 7, Layer::High)), None);
}

#[test]
fn of_one_layer_there_is_nothing_to_say() {
    let value = frame(Mode::Full, 1, 0, 7, true);
    assert_eq!(rewritten(&value, 7, Layer::Low), value);
}

#[test]
fn what_becomes_longer_than_an_extension_can_be_is_seen_to_be() {
    let mut value = frame(Mode::Full, 3, 0, 7, true);
    value.resize(255, 0);
    assert_eq!(rewritten(&value, 7, Layer::Low).len(), 256);
    let too_long = vec![0x80; ROOM + 1];
    assert_eq!(Dependency::default().rewrite(&too_long, 1, Layer::Low, &mut [0; ROOM]), None);
}

proptest! {
    #[test]
    fn what_is_read_of_it_is_what_the_publisher_said_but_for_number_and_targets(
        (full, count, spatial, key) in (any::<bool>(), 1_u8..=4, 0_u8..4, any::<bool>()),
        (number, out) in (any::<u16>(), any::<u16>()), ends: [bool; 2],
        available in prop::option::of(any::<u32>()), own in prop::option::of(any::<u32>()), most in 0_usize..3,
    ) {
        let mode = if full { Mode::Full } else { Mode::Key };
        let most = Layer::ALL[most];
        let all = u32::MAX >> (32 - u32::from(count));
        let (available, own) = (available.map(|it| it & all), own.map(|it| it & 0xff >> (8 - 2 * count)));
        let value =
            Part { mode, count, spatial: spatial % count, number, key, ends, available, own }.write();
        let [mut publisher, mut subscriber] =
            [(); 2].map(|()| Dependencies::default());
        for stream in [&mut publisher, &mut subscriber] {
            stream.read(&part(mode, count, 0, 0, true, [true, true]));
        }
        let before = publisher.read(&value).unwrap();
        let mut room = [0; ROOM];
        let written = before.dependency.rewrite(&value, out, most, &mut room).unwrap();
        let after = subscriber.read(written).unwrap();
        prop_assert_eq!(after.dependency.number, out);
        let told = |described: Described| (described.starts_frame, described.has_structure, described.scale);
        prop_assert_eq!(told(after), told(before));
        let told = after.dependency.targets.and_then(|targets| targets.said(written));
        if count == 1 {
            prop_assert_eq!(&written[3..], &value[3..]);
        } else if before.has_structure || available.is_some() {
            // One target for each layer, beyond the third all of the largest.
            let within = match most {
                Layer::Low => 0b1,
                Layer::Middle if count == 2 => 0b1,
                Layer::Middle => 0b11,
                Layer::High => all,
            };
            prop_assert_eq!(told.unwrap_or(all), available.unwrap_or(all) & within);
        } else {
            prop_assert_eq!(told, None);
        }
    }

    #[test]
    fn no_bytes_make_it_panic(
        values in prop::collection::vec(prop::collection::vec(any::<u8>(), 3..=255), 1..4),
        (at, with) in (0_usize..60, any::<u8>()), number: u16, most in 0_usize..3,
    ) {
        let mut stream = Dependencies::default();
        let mut known = frame(Mode::Key, 3, 0, 7, true);
        let at = at % known.len();
        known[at] ^= with;
        for value in std::iter::once(&known).chain(&values) {
            let found = stream.read(value).unwrap();
            let mut room = [0; ROOM];
            let out = found.dependency.rewrite(value, number, Layer::ALL[most], &mut room);
            let out = out.unwrap();
            prop_assert!(out.len() >= value.len() && out.len() <= value.len() + 4);
            prop_assert_eq!(out[0], value[0]);
            prop_assert_eq!(&out[1..3], &number.to_be_bytes());
        }
    }
}

const KEY: Part = Part {
    mode: Mode::Full,
    count: 3,
    spatial: 0,
    number: 9,
    key: true,
    ends: [true, true],
    available: None,
    own: None,
};

fn rewritten(value: &[u8], number: u16, most: Layer) -> Vec<u8> {
    through(&mut Dependencies::default(), value, number, most)
}

fn through(stream: &mut Dependencies, value: &[u8], number: u16, most: Layer) -> Vec<u8> {
    let dependency = stream.read(value).unwrap().dependency;
    dependency.rewrite(value, number, most, &mut [0; ROOM]).unwrap().to_vec()
}

fn said(value: &[u8]) -> Option<u32> {
    Dependencies::default().read(value).unwrap().dependency.targets?.said(value)
}

// SPDX-License-Identifier: EUPL-1.2
//! Who takes part: everybody has a colour and a tone, so that nobody can be taken for another.

/// Somebody with a browser.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Person {
    /// What they call themselves.
    pub name: &'static str,
    /// What they browse with.
    pub family: Family,
    /// What the left upper quarter of their picture shows: red, green, blue.
    pub colour: [u8; 3],
    /// The loudest frequency of their sound, in hertz.
    pub tone: u32,
}

/// Whose browser it is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Family {
    /// Debian's `chromium`, driven by `chromedriver`.
    Chromium,
    /// Debian's `firefox-esr`, driven by `geckodriver`.
    Firefox,
}

/// The moderator.
pub const ADA: Person =
    Person { name: "Ada", family: Family::Chromium, colour: [0xc0, 0x30, 0x30], tone: 500 };

/// A guest.
pub const BOB: Person =
    Person { name: "Bob", family: Family::Chromium, colour: [0x30, 0xa0, 0x40], tone: 900 };

/// A guest with another browser.
pub const CLEO: Person =
    Person { name: "Cleo", family: Family::Firefox, colour: [0x30, 0x50, 0xc0], tone: 1500 };

/// Everybody.
pub const CAST: [Person; 3] = [ADA, BOB, CLEO];

impl Person {
    /// Whose colour it is; `None` when it is nobody's.
    pub fn of_colour(colour: [u8; 3]) -> Option<Self> {
        CAST.into_iter().find(|person| is_like(person.colour, colour))
    }
}

/// The ground of the screen that Chromium shares when it is told to use fake devices.
const SCREEN: [u8; 3] = [0, 135, 0];

/// Whether this is the colour of a shared screen.
pub fn is_screen(colour: [u8; 3]) -> bool {
    is_like(SCREEN, colour)
}

fn is_like(painted: [u8; 3], seen: [u8; 3]) -> bool {
    let apart = painted.iter().zip(seen).map(|(painted, seen)| painted.abs_diff(seen));
    apart.max().is_some_and(|apart| apart <= COLOUR_TOLERANCE)
}

/// How far a coded colour may be from the painted one. Smaller, low bit rates look like strangers;
/// larger, people look like each other: their colours are at least 80 apart in one component.
const COLOUR_TOLERANCE: u8 = 36;

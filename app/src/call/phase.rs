// SPDX-License-Identifier: EUPL-1.2
//! Where the person is.

use core::time::Duration;

use shared::{SealedProfile, Timestamp, WaitingFor};

use super::{EndReason, conference::Conference, line::Line};

/// Where the person is.
#[derive(Debug)]
pub(super) enum Phase {
    /// Before the room.
    Gate,
    /// Asked to enter, waiting, or inside.
    Underway(Underway),
    /// Over.
    Ended(Ended),
}

/// The end of a stay.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ended {
    pub(super) reason: EndReason,
    /// Until then another knock is in vain; nothing once the gate is open again.
    pub(super) shut_until: Option<Timestamp>,
}

/// A stay, from the wish to enter until its end.
#[derive(Debug)]
pub(super) struct Underway {
    pub(super) line: Line,
    /// How the person is called, for each time the door is asked.
    pub(super) profile: SealedProfile,
    pub(super) place: Place,
}

/// How far the person has come.
#[derive(Debug)]
pub(super) enum Place {
    /// The server has not answered.
    Entering,
    /// At the door.
    Waiting(WaitingFor),
    /// In the room, even while the line is being mended.
    Inside(Box<Conference>),
}

impl Underway {
    /// How long the server is asked without an answer.
    pub(super) const fn patience(&self) -> Duration {
        match self.place {
            Place::Entering | Place::Waiting(_) => PATIENCE_OUTSIDE,
            Place::Inside(_) => PATIENCE_INSIDE,
        }
    }
}

/// Longer, somebody looks at a door that nobody will open. Shorter, a server that restarts turns away
/// who would have come in.
const PATIENCE_OUTSIDE: Duration = Duration::from_secs(30);

/// Longer, somebody speaks into a room that is not there. Shorter, a train in a tunnel ends the
/// meeting for its passengers. The seat itself is kept for less: then the door is asked again.
const PATIENCE_INSIDE: Duration = Duration::from_mins(1);

// SPDX-License-Identifier: EUPL-1.2
//! What a room wants done.

use shared::{Mid, Offer, ParticipantId, ServerMessage, Source};

use super::SessionId;

/// Everything that a room can ask for. Performed in order.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Effect {
    /// Say this to a page.
    Send(SessionId, ServerMessage),
    /// End a connection, after what was sent before. Nothing of it is heard any more.
    Close(SessionId),
    /// Answer an offer, by more slots for the participant's transport if it goes on with that, and otherwise
    /// with a fresh transport in its place: send the answer to this session and report `Input::Grown` or
    /// `Input::Negotiated`, or report `Input::NotNegotiated`.
    Negotiate {
        /// Where the answer goes.
        session: SessionId,
        /// Whose transport.
        participant: ParticipantId,
        /// What the page offers.
        offer: Offer,
    },
    /// Open or close the gate of a source. A fresh transport begins with every gate closed.
    Gate {
        /// Whose.
        participant: ParticipantId,
        /// Which.
        source: Source,
        /// Whether packets pass.
        open: bool,
    },
    /// Which pictures this participant receives from here on: the whole table. It is said again when only the
    /// order or the lines are others.
    Routes {
        /// Who receives.
        participant: ParticipantId,
        /// The slots that carry a picture, the most important first, as the page ranks them. What is not
        /// named is blank.
        routes: Vec<Route>,
    },
    /// What this participant can hear from here on: all microphones, and the sound of all screens. Which of them
    /// are heard at a time, and in which slots, the media plane decides: of voices, by how loud they are.
    Sounds {
        /// Who hears.
        participant: ParticipantId,
        /// Whom and what of theirs, in order of arrival.
        publishers: Vec<(ParticipantId, Source)>,
    },
    /// End a participant's transport, if there is one.
    CloseTransport(ParticipantId),
    /// Nobody is left and no seat is kept: the room can be forgotten.
    Stop,
}

/// Which picture a slot carries.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Route {
    /// The slot.
    pub mid: Mid,
    /// Whose publication.
    pub publisher: ParticipantId,
    /// Which of theirs.
    pub source: Source,
    /// How tall the picture is shown, in lines of the display; `u16::MAX` where the page has not said.
    pub lines: u16,
}

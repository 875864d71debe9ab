// SPDX-License-Identifier: EUPL-1.2
//! How much a room takes on, and how long it waits.

use core::time::Duration;

use shared::Restrictions;

use super::policy::Policy;

/// The bounds of one room. Together they bound its memory, whatever the pages do.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct RoomLimits {
    /// The seats that anybody can be admitted to.
    ///
    /// Larger, whatever one person does is told to more people, and looked at for each of them: a camera that is
    /// switched on in a room of 100 is 200 effects. Smaller, people stay outside who would have fitted in.
    pub seats: usize,
    /// The seats beyond these that only moderators can take, so that a full room locks none of them
    /// out.
    ///
    /// Larger, a bookmark in the wrong hands costs more memory. Smaller, a moderator whose page
    /// crashed a few times finds the room full of their own kept seats.
    pub reserve: usize,
    /// The people who can wait at the door at once.
    ///
    /// Larger, a flood of knocks is a larger flood of messages to every moderator. Smaller, a class
    /// that arrives before its teacher is turned away.
    pub waiting: usize,
    /// The connections that can be open before they asked to enter; beyond, the oldest of those from
    /// where most came gives way.
    ///
    /// Larger, silent connections cost more memory. Smaller, people who arrive in the same second
    /// push each other out.
    pub challenged: usize,
    /// How long a connection can be open before it asks to enter.
    ///
    /// Longer, silent connections last. Shorter, a slow phone is turned away.
    pub enter_within: Duration,
    /// What somebody inside can write at once.
    ///
    /// Larger, one person fills what waits for a slow phone, which is cut off then. Smaller, somebody
    /// who writes in short lines is not heard.
    pub chat_burst: u32,
    /// How long it takes until they can write once more.
    pub chat_refill: Duration,
    /// The reactions that somebody inside can show at once.
    ///
    /// Larger, one person flickers for everybody. Smaller, what a line held up for a moment is lost.
    pub reaction_burst: u32,
    /// How long it takes until they can show one more. A page shows none sooner than that.
    pub reaction_refill: Duration,
    /// How often the line that somebody writes can be said at once.
    ///
    /// Larger, a flooder gets further before it costs them anything. Smaller, what a line held up for some
    /// seconds and brings in one go is lost, and with it perhaps how the line ended.
    pub rtt_burst: u32,
    /// How long it takes until it can be said once more.
    ///
    /// Shorter, a flooder costs more: with a quarter of a second and a line of a quarter of a text it is as
    /// much as with `chat`. Longer than the 300 ms at which a page says it, whoever writes without a pause is
    /// not read any more.
    pub rtt_refill: Duration,
    /// How long a seat is kept for somebody whose connection is lost.
    ///
    /// Longer, the others look at somebody who will not return. Shorter, a walk through a tunnel
    /// ends at the door.
    pub seat_grace: Duration,
    /// How long somebody whom a moderator turned away cannot knock again.
    ///
    /// Longer, a mistaken click costs a late start. Shorter, a moderator is kept busy by one person.
    pub refusal_pause: Duration,
    /// How long a conference goes on without a moderator before it is paused.
    ///
    /// Longer, nobody runs the room for longer. Shorter, a moderator who restarts their computer
    /// silences everybody.
    pub pause_after: Duration,
    /// How long a conference is kept without a moderator before it ends for everybody, counted from
    /// the same moment.
    ///
    /// Longer, seats are kept for nothing. Shorter, a moderator who has to find another device comes
    /// back to an empty room.
    pub end_after: Duration,
    /// What no moderator can loosen in any room.
    pub restrictions: Restrictions,
    /// The tabs that were turned away and are remembered for the pause; beyond, the oldest is
    /// forgotten.
    pub refused: usize,
    /// The seats that were removed and are remembered; beyond, the oldest is forgotten.
    ///
    /// Larger, each newcomer costs a little more time. Smaller, who was removed among many comes back
    /// unmarked, to the door like everybody.
    pub removed: usize,
    /// The personal invitations that can be used up while the room lives. A used one is never
    /// forgotten: beyond, those who show one find the room full.
    pub used_tickets: usize,
    /// The slots of one transport that are used; what is offered beyond stays silent.
    ///
    /// Larger, an absurd offer costs memory and time with each change. Smaller, a page with a large
    /// grid has slots that nothing reaches: it has 6 for sounds and up to 53 for pictures.
    pub slots: usize,
    /// The pictures that a page can want at once; to name more breaks the protocol.
    ///
    /// Larger, an absurd wish costs memory and time with each change. Smaller, a page that shows as many
    /// as fit on a screen, and some that are still to come, cannot say so.
    pub wanted: usize,
    /// The pause between two words about who speaks.
    ///
    /// Longer, eyes look for the voice. Shorter, a lively meeting is a flood of messages.
    pub speaking: Duration,
}

impl RoomLimits {
    /// What the operator allows at most.
    pub const fn policy(&self) -> Policy {
        Policy {
            seats: self.seats,
            pause_after: self.pause_after,
            end_after: self.end_after,
            restrictions: self.restrictions,
        }
    }
}

impl Default for RoomLimits {
    fn default() -> Self {
        Self {
            seats: 100,
            reserve: 8,
            waiting: 100,
            challenged: 32,
            enter_within: Duration::from_secs(10),
            chat_burst: 5,
            chat_refill: Duration::from_secs(1),
            reaction_burst: 5,
            reaction_refill: Duration::from_secs(1),
            rtt_burst: 12,
            rtt_refill: Duration::from_millis(250),
            seat_grace: Duration::from_secs(30),
            refusal_pause: Duration::from_secs(30),
            pause_after: Duration::from_mins(2),
            end_after: Duration::from_mins(15),
            restrictions: Restrictions::NONE,
            refused: 128,
            removed: 64,
            used_tickets: 10_000,
            slots: 128,
            wanted: 64,
            speaking: Duration::from_millis(300),
        }
    }
}

// SPDX-License-Identifier: EUPL-1.2
//! Personal invitations: each is held by one knock, and used up by one admission.

use shared::{Refusal, Ticket, TicketFault, TicketNumber, Timestamp};

use super::room::Room;

impl Room {
    /// Which invitation this is, if it is good for a knock. It is held from then on by that knock, and
    /// free again when the knock ends without an admission: so a knock is where it is kept.
    pub(super) fn check_ticket(
        &self,
        now: Timestamp,
        ticket: &Ticket,
    ) -> Result<TicketNumber, Refusal> {
        let number = ticket.holds(self.id, self.calendar(now)).map_err(|fault| match fault {
            TicketFault::Wrong => Refusal::WrongTicket,
            TicketFault::Expired => Refusal::TicketExpired,
        })?;
        let held = self.waiting.values().filter_map(|waiter| waiter.ticket);
        if self.used.contains(&number) || held.clone().any(|held| held == number) {
            return Err(Refusal::TicketUsed);
        }
        // A place is kept for each that is held: what is admitted can always be remembered.
        let kept = self.used.len().saturating_add(held.count());
        if kept >= self.limits.used_tickets {
            return Err(Refusal::Full);
        }
        Ok(number)
    }
}

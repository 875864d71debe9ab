// SPDX-License-Identifier: EUPL-1.2
//! The line that this person is writing, as far as they want it to be seen: said whole, at its latest, and not
//! too often.

use core::time::Duration;

use shared::{LiveLine, SealedLine, Timestamp};

/// Off, until the person switches it on.
#[derive(Debug, Default)]
pub(super) struct OwnLine {
    on: bool,
    /// What stands in the field, and 12 random bytes for sealing it once.
    line: LiveLine,
    nonce: [u8; 12],
    /// What the others were told last.
    said: LiveLine,
    said_at: Option<Timestamp>,
    /// Whether the others do not have it yet, or may have missed it.
    is_due: bool,
}

impl OwnLine {
    /// Lets others read along, or lets them no longer: then the line goes.
    pub(super) fn switch(&mut self, on: bool, nonce: [u8; 12]) {
        self.on = on;
        if !on {
            self.take(LiveLine::default(), nonce);
        }
    }

    /// What stands in the field became different.
    pub(super) fn typed(&mut self, line: LiveLine, nonce: [u8; 12]) {
        if self.on {
            self.take(line, nonce);
        }
    }

    /// The line is written to everybody, which ends it for them, too.
    pub(super) fn finish(&mut self) {
        (self.line, self.said) = (LiveLine::default(), LiveLine::default());
        self.is_due = false;
    }

    /// What was said last may be lost, or ended by the line before it: it is said again.
    pub(super) fn restate(&mut self) {
        if self.line.is_empty() && self.said.is_empty() {
            return;
        }
        // As another statement, of which nobody can tell that it says the same: no nonce twice.
        for byte in &mut self.nonce {
            *byte = byte.wrapping_add(1);
            if *byte != 0 {
                break;
            }
        }
        self.is_due = true;
    }

    /// What is to be said at this moment, sealed.
    pub(super) fn say(
        &mut self,
        now: Timestamp,
        seal: impl Fn(&LiveLine, [u8; 12]) -> Option<SealedLine>,
    ) -> Option<SealedLine> {
        if self.deadline()? > now {
            return None;
        }
        if !self.is_due {
            self.restate();
        }
        self.is_due = false;
        self.said_at = Some(now);
        self.said = self.line.clone();
        seal(&self.line, self.nonce)
    }

    /// When the line is to be said: as soon as it can be, or again while it stands.
    pub(super) fn deadline(&self) -> Option<Timestamp> {
        let stands = !self.line.is_empty();
        let pause = if self.is_due { Some(EVERY) } else { stands.then_some(AGAIN) }?;
        Some(self.said_at.map_or_else(Timestamp::default, |said| said + pause))
    }

    /// Whether others may read along.
    pub(super) const fn is_on(&self) -> bool {
        self.on
    }

    /// The line as the others have it.
    pub(super) fn said(&self) -> LiveLine {
        self.said.clone()
    }

    fn take(&mut self, line: LiveLine, nonce: [u8; 12]) {
        self.is_due |= line != self.said;
        (self.line, self.nonce) = (line, nonce);
    }
}

/// Longer, and with the way to the others it would be more than the 500 ms within which they are to read each
/// key (EN 301 549, 6.2.4). Shorter, writing costs everybody more, and tells the server more of how somebody
/// types.
const EVERY: Duration = Duration::from_millis(300);

/// A line that stands is said again, for who came later and for who missed it. Longer, they wait longer. Shorter, a
/// line that nobody touches costs something.
const AGAIN: Duration = Duration::from_secs(20);

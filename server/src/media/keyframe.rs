// SPDX-License-Identifier: EUPL-1.2
//! When to ask a publisher for a key frame: once for all who wait, and not too often.

use super::Micros;

/// The wishes for a key frame of one publication.
#[derive(Clone, Copy, Debug, Default)]
pub struct KeyframeRequester {
    wanted: bool,
    asked: Option<Micros>,
    alive: bool,
}

impl KeyframeRequester {
    /// Somebody cannot show a picture without one.
    pub const fn request(&mut self) {
        self.wanted = true;
    }

    /// A packet of the publication arrived.
    pub const fn record(&mut self, keyframe: bool) {
        self.alive = true;
        if keyframe {
            self.wanted = false;
        }
    }

    /// The gate was closed: nobody waits.
    pub const fn cancel(&mut self) {
        self.wanted = false;
    }

    /// Whether to send a request at this moment; the answer "yes" counts as sent.
    ///
    /// A repeated request is sent only if packets came since the one before: a publisher that sends
    /// nothing has nothing to make a key frame of.
    pub fn take_due(&mut self, now: Micros) -> bool {
        let due = self.wanted
            && self.asked.is_none_or(|asked| self.alive && now.since(asked) >= MIN_INTERVAL);
        if due {
            self.asked = Some(now);
            self.alive = false;
        }
        due
    }
}

/// Larger keeps newcomers waiting; smaller lets them spoil the picture for everybody.
const MIN_INTERVAL: Micros = Micros::from_millis(500);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_wishes_make_one_request_and_a_lost_one_is_repeated() {
        let mut requester = KeyframeRequester::default();
        assert!(!requester.take_due(Micros(0)));
        requester.request();
        requester.request();
        assert!(requester.take_due(Micros(0)));
        requester.request();
        requester.record(false);
        assert!(!requester.take_due(Micros::from_millis(499)));
        assert!(requester.take_due(Micros::from_millis(500)));
        assert!(!requester.take_due(Micros::from_millis(5_000)), "nothing came since");
        requester.record(true);
        assert!(!requester.take_due(Micros::from_millis(10_000)));
    }
}

// SPDX-License-Identifier: EUPL-1.2
//! When to ask a publisher for a key frame: once for all who wait, and not too often.

use super::Micros;
use super::history::FramePart;

/// The wishes for a key frame of one publication.
#[derive(Clone, Copy, Debug, Default)]
pub struct KeyframeRequester {
    wish: Wish,
    asked: Option<Micros>,
    alive: bool,
}

impl KeyframeRequester {
    /// Somebody cannot show a picture without one.
    pub fn request(&mut self) {
        if self.wish == Wish::None {
            self.wish = Wish::Open;
        }
    }

    /// A packet of the publication arrived.
    ///
    /// A publisher that does not say which frames are key frames is believed to have heard: whoever still
    /// cannot show a picture asks again.
    pub const fn record(&mut self, part: FramePart) {
        self.alive = true;
        self.wish = match (part, self.wish) {
            (FramePart::Key, _) | (FramePart::Start, Wish::Sent) => Wish::None,
            (FramePart::Inside | FramePart::Start, wish) => wish,
        };
    }

    /// Whether a request may be due soon: somebody waits, and the publisher sends.
    pub fn may_be_due(&self) -> bool {
        self.wish != Wish::None && (self.alive || self.asked.is_none())
    }

    /// The gate was closed: nobody waits.
    pub const fn cancel(&mut self) {
        self.wish = Wish::None;
    }

    /// Whether to send a request at this moment; the answer "yes" counts as sent.
    ///
    /// A repeated request is sent only if packets came since the one before: a publisher that sends
    /// nothing has nothing to make a key frame of.
    pub fn take_due(&mut self, now: Micros) -> bool {
        let due = self.wish != Wish::None
            && self.asked.is_none_or(|asked| self.alive && now.since(asked) >= MIN_INTERVAL);
        if due {
            self.asked = Some(now);
            self.wish = Wish::Sent;
            self.alive = false;
        }
        due
    }
}

#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
enum Wish {
    #[default]
    None,
    Open,
    Sent,
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
        requester.record(FramePart::Inside);
        assert!(!requester.take_due(Micros::from_millis(499)));
        assert!(requester.take_due(Micros::from_millis(500)));
        assert!(!requester.take_due(Micros::from_millis(5_000)), "nothing came since");
        requester.record(FramePart::Key);
        assert!(!requester.take_due(Micros::from_millis(10_000)));
    }

    #[test]
    fn who_does_not_tell_key_frames_is_asked_once_for_each_wish() {
        let mut requester = KeyframeRequester::default();
        requester.request();
        requester.record(FramePart::Start);
        assert!(requester.take_due(Micros(0)), "that frame came before the request");
        requester.record(FramePart::Start);
        assert!(!requester.take_due(Micros::from_millis(1_000)));
        requester.request();
        assert!(requester.take_due(Micros::from_millis(1_000)));
    }
}

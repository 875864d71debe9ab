// SPDX-License-Identifier: EUPL-1.2
//! A path to a subscriber that exists only in time: a bottleneck with a queue, a delay, random loss, and a
//! browser behind it that reports what arrives.

use std::collections::VecDeque;

use super::super::Micros;
use super::super::bytes::{count, index};
use super::super::rtcp::{Message, parse};
use super::super::twcc::TwccRecorder;
use super::{Estimator, Purpose};

/// What the path is like.
#[derive(Clone, Copy)]
pub(super) struct Path {
    /// Bits per second.
    pub(super) bits: u64,
    /// Bytes that may wait.
    pub(super) queue: u64,
    /// One way, in milliseconds.
    pub(super) delay: u64,
    /// Of a thousand, reports included.
    pub(super) loss: u64,
    /// Further delay of up to as much, in microseconds, without overtaking.
    pub(super) jitter: u64,
}

/// A sender, the path and the browser.
pub(super) struct Link {
    pub(super) estimator: Estimator,
    pub(super) path: Path,
    pub(super) wish: u64,
    /// Whether somebody speaks.
    pub(super) speaks: bool,
    /// Bytes of padding so far.
    pub(super) padding: u64,
    /// What the path holds or held: until when it is busy.
    free: Micros,
    now: Micros,
    seed: u64,
    arriving: VecDeque<(Micros, u16)>,
    reports: VecDeque<(Micros, Vec<u8>)>,
    recorder: TwccRecorder,
    /// Whether the browser still reports.
    pub(super) answers: bool,
}

impl Link {
    pub(super) fn new(path: Path, wish: u64) -> Self {
        let mut estimator = Estimator::new();
        estimator.set_wish(wish);
        Self {
            estimator,
            path,
            wish,
            speaks: true,
            padding: 0,
            free: Micros(0),
            now: Micros::from_millis(5_000),
            seed: 0x9e37_79b9_7f4a_7c15,
            arriving: VecDeque::new(),
            reports: VecDeque::new(),
            recorder: TwccRecorder::new(),
            answers: true,
        }
    }

    /// Bits per second.
    pub(super) fn estimate(&self) -> u64 {
        self.estimator.estimate().unwrap_or(600_000)
    }

    /// How long what leaves next will wait, in milliseconds.
    pub(super) fn wait(&self) -> u64 {
        self.free.since(self.now).0 / 1_000
    }

    /// Lets time pass and returns the mean of the estimate over it.
    pub(super) fn run(&mut self, millis: u64) -> u64 {
        let mut sum = 0;
        for _ in 0..millis {
            self.now = self.now + Micros::from_millis(1);
            self.deliver();
            self.send();
            sum += self.estimate();
        }
        sum / millis.max(1)
    }

    /// For so many milliseconds nothing gets through; nothing is lost by it.
    pub(super) fn stands_still(&mut self, millis: u64) {
        self.free = self.free.max(self.now) + Micros::from_millis(millis);
    }

    fn send(&mut self) {
        let millis = self.now.0 / 1_000;
        if self.speaks && millis.is_multiple_of(20) {
            self.leave(SOUND, Purpose::Media);
        }
        if (millis * 3) % 100 < 3 {
            let sound = count(SOUND) * 50 * 8;
            let rate = self.estimate().min(self.wish).saturating_sub(sound);
            self.leave_picture(index(rate / 8 / 30));
        }
        if millis.is_multiple_of(10) {
            let packets = self.estimator.padding(self.now).div_ceil(PADDING);
            self.padding += count(packets * PADDING);
            for _ in 0..packets {
                self.leave(PADDING, Purpose::Probe);
            }
        }
    }

    fn leave_picture(&mut self, mut bytes: usize) {
        while bytes > 0 {
            let len = bytes.min(1_150);
            self.leave(len, Purpose::Media);
            bytes -= len;
        }
    }

    fn leave(&mut self, len: usize, purpose: Purpose) {
        let number = self.estimator.number();
        self.estimator.record(self.now, len, purpose);
        let waiting = self.free.since(self.now).0 * self.path.bits / 8_000_000;
        let is_lost = self.random() % 1_000 < self.path.loss;
        if waiting + count(len) > self.path.queue || is_lost {
            return;
        }
        self.free = self.free.max(self.now) + Micros(count(len) * 8_000_000 / self.path.bits);
        let jitter = Micros(self.random() % (self.path.jitter + 1));
        let arrival = self.free + Micros::from_millis(self.path.delay) + jitter;
        let before = self.arriving.back().map_or(arrival, |(before, _)| *before);
        self.arriving.push_back((arrival.max(before), number));
    }

    fn deliver(&mut self) {
        while let Some((at, number)) = self.arriving.pop_front_if(|(at, _)| *at <= self.now) {
            self.recorder.record(at, number);
        }
        let mut out = [0; 1_400];
        if self.recorder.is_due(self.now) && self.answers {
            while let Some(len) = self.recorder.write(self.now, &mut out, 1, 2) {
                let back = self.now + Micros::from_millis(self.path.delay);
                if self.random() % 1_000 >= self.path.loss {
                    self.reports.push_back((back, out[..len].to_vec()));
                }
            }
        }
        while let Some((_, report)) = self.reports.pop_front_if(|(at, _)| *at <= self.now) {
            for message in parse(&report) {
                if let Message::TransportFeedback(feedback) = message {
                    self.estimator.handle_feedback(self.now, feedback);
                }
            }
        }
    }

    fn random(&mut self) -> u64 {
        self.seed ^= self.seed << 13;
        self.seed ^= self.seed >> 7;
        self.seed ^= self.seed << 17;
        self.seed
    }
}

/// Bytes of one datagram of sound.
const SOUND: usize = 100;
/// Bytes of one datagram of padding: there are no smaller ones.
const PADDING: usize = 290;

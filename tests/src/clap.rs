// SPDX-License-Identifier: EUPL-1.2
//! Flashes and beeps: when each left its camera and microphone, and when it was seen and heard elsewhere.

use serde_json::{Value, json};

use crate::{distribution::Distribution, page::CallPage};

/// When flashes were seen and beeps were heard, in milliseconds of the machine's clock.
#[derive(Clone, Debug, Default)]
pub struct Claps {
    seen: Vec<f64>,
    heard: Vec<f64>,
}

/// How long flashes and beeps are underway.
#[derive(Clone, Debug)]
pub struct Underway {
    /// Pictures, in milliseconds.
    pub picture: Distribution,
    /// Sound, in milliseconds.
    pub sound: Distribution,
    /// By how much the sound is behind the picture.
    pub skew: Distribution,
}

impl CallPage {
    /// Attends from here on to what leaves the own camera and microphone.
    pub async fn attends_to_self(&self) {
        self.attends("return window.witness.attendsToSelf()").await;
    }

    /// Attends from here on to what is seen and heard of somebody else.
    pub async fn attends_to_others(&self) {
        self.attends("return window.witness.attendsToOthers()").await;
    }

    async fn attends(&self, script: &str) {
        self.browser().execute(include_str!("clap.js"), Vec::new()).await;
        let attends = self.browser().execute(script, Vec::new()).await;
        assert_eq!(attends, json!(true), "{} sees and hears somebody", self.name());
    }

    /// What was seen and heard since the last call.
    pub async fn claps(&self) -> Claps {
        let claps = self.browser().execute("return window.witness.claps()", Vec::new()).await;
        let times = |name: &str| {
            let all = claps.get(name).and_then(Value::as_array).into_iter().flatten();
            all.filter_map(Value::as_f64).collect()
        };
        Claps { seen: times("seen"), heard: times("heard") }
    }
}

impl Claps {
    /// How long these were underway until they were seen and heard as `there` says.
    pub fn until(&self, there: &Self) -> Underway {
        let picture = underway(&self.seen, &there.seen);
        let sound = underway(&self.heard, &there.heard);
        let skew = sound.iter().filter_map(|(at, sound)| {
            let apart = |(other, _): &&(f64, f64)| (other - at).abs();
            let (seen, picture) =
                picture.iter().min_by(|one, other| apart(one).total_cmp(&apart(other)))?;
            ((seen - at).abs() < PERIOD).then(|| whole(sound - picture))
        });
        Underway {
            skew: skew.collect(),
            picture: picture.iter().map(|(_, underway)| whole(*underway)).collect(),
            sound: sound.iter().map(|(_, underway)| whole(*underway)).collect(),
        }
    }
}

/// For everything that arrived: when, and how long it was underway, if it can be told.
fn underway(left: &[f64], arrived: &[f64]) -> Vec<(f64, f64)> {
    let each = arrived.iter().filter_map(|at| {
        let from = left.iter().rfind(|left| *left <= at)?;
        Some((*at, at - from)).filter(|(_, underway)| *underway < PERIOD)
    });
    each.collect()
}

#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    reason = "milliseconds of less than a second"
)]
fn whole(millis: f64) -> i64 {
    millis.round() as i64
}

/// There is one of each in a second.
const PERIOD: f64 = 1_000.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sound_that_is_late_is_told_from_a_picture_that_is_late() {
        let left = Claps { seen: vec![1_000.0, 2_000.0], heard: vec![1_350.0, 2_350.0] };
        let there = Claps { seen: vec![1_100.0, 2_100.0], heard: vec![1_400.0, 2_600.0] };
        let Underway { picture, sound, skew } = left.until(&there);
        assert_eq!([picture.median(), picture.part(100)], [100, 100]);
        assert_eq!([sound.part(0), sound.part(100)], [50, 250]);
        assert_eq!([skew.part(0), skew.part(100)], [-50, 150]);
    }

    #[test]
    fn what_was_not_seen_to_leave_is_left_out() {
        let left = Claps { seen: vec![1_000.0], heard: vec![1_000.0] };
        let there = Claps { seen: vec![900.0, 1_080.0], heard: vec![1_050.0, 2_050.0] };
        let Underway { picture, sound, skew } = left.until(&there);
        assert_eq!([picture.count(), sound.count(), skew.count()], [1, 1, 1]);
        assert_eq!(skew.median(), -30);
    }
}

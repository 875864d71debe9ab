// SPDX-License-Identifier: EUPL-1.2
//! How long something arrives: for each source of each person, when its last packet came and when
//! the last of it was decoded.

use std::time::Duration;

use serde_json::{Value, json};
use shared::Source;

use crate::{browser::SOON, cast::Person, page::CallPage};

/// What arrived of one source during a watch.
#[derive(Clone, Copy, Debug)]
pub struct Flow {
    /// Packets that the server let through.
    pub packets: Growth,
    /// Frames that were shown, or samples that were played and not made up for lost ones.
    pub decoded: Growth,
    /// For how many milliseconds the browser itself kept them before that, at most.
    pub held: u64,
}

/// A counter that was watched.
#[derive(Clone, Copy, Debug)]
pub struct Growth {
    /// By how much it grew.
    pub by: u64,
    /// When it was last seen to have grown, on the clock that all browsers share: milliseconds. It
    /// grew then, or up to a look before.
    pub at: u64,
}

impl CallPage {
    /// Starts to watch what arrives in each slot that carries something: pictures as the server says, sound of
    /// these people as it is heard. Nobody else is heard.
    pub async fn watches(&self, heard: &[Person]) {
        let sounds = self.hears(heard, SOON).await;
        let mut slots = Vec::new();
        for sound in sounds {
            if let Some(person) = sound.person() {
                let participant = self.number_of(person).await;
                let (mid, source) = (sound.mid, Source::Microphone);
                slots.push(json!({ "mid": mid, "participant": participant, "source": source }));
            }
        }
        self.browser().execute("window.witness.watch(arguments[0])", vec![json!(slots)]).await;
    }

    /// Ends the watch.
    pub async fn watched(&self) -> Watched {
        let slots = self.browser().execute("return window.witness.watched()", Vec::new()).await;
        Watched { by: self.name(), slots }
    }

    /// Which number a person has, by the tile with their name.
    pub async fn number_of(&self, person: Person) -> u64 {
        match self.tile(person).await {
            Ok(tile) => tile.participant,
            Err(seen) => panic!("{} sees no tile of {}: {seen}", self.name(), person.name),
        }
    }

    /// What a person transmits, by the last word of the server about them.
    pub async fn published_by(&self, person: Person) -> Vec<Source> {
        let number = self.number_of(person).await;
        let script = "const of = ({ participants = [], change }) => [...participants, change?.participant].findLast((it) => it?.id === arguments[0]); \
                      return of(window.witness.heard.findLast(of))?.live ?? []";
        let live = self.browser().execute(script, vec![json!(number)]).await;
        serde_json::from_value(live).unwrap_or_default()
    }

    /// Packets sent so far, on all lines that lead out of this page.
    pub async fn sent(&self) -> Vec<u64> {
        let lines = self.browser().execute("return window.witness.sent()", Vec::new()).await;
        let lines = lines.as_array().into_iter().flatten();
        lines.map(|line| line.get("packets").and_then(Value::as_u64).unwrap_or_default()).collect()
    }
}

/// Everything that arrived at somebody while they watched.
#[derive(Clone, Debug)]
pub struct Watched {
    by: &'static str,
    slots: Value,
}

impl Watched {
    /// What arrived of one source of the participant with this number.
    pub fn flow(&self, participant: u64, source: Source) -> Flow {
        let source = json!(source);
        let of = |slot: &&Value| {
            slot.get("participant") == Some(&json!(participant))
                && slot.get("source") == Some(&source)
        };
        let slots = self.slots.as_array().into_iter().flatten();
        let Some(slot) = slots.clone().find(of) else {
            panic!("{} received no {source} of {participant} in {}", self.by, self.slots)
        };
        let growth = |name: &str| {
            let number = |field: &str| {
                let place = format!("/counters/{name}/{field}");
                slot.pointer(&place).and_then(Value::as_u64).unwrap_or_default()
            };
            Growth { by: number("by"), at: number("at") }
        };
        let held = slot.get("held").and_then(Value::as_u64).unwrap_or_default();
        Flow { packets: growth("packets"), decoded: growth("decoded"), held }
    }

    /// Panics unless it flowed until a moment and was over soon after; what had come before is played
    /// to its end.
    pub fn ends(&self, participant: u64, source: Source, moment: u64, within: Duration) {
        let flow = self.flow(participant, source);
        let within = u64::try_from(within.as_millis()).unwrap_or(u64::MAX);
        let limits =
            [("arrived", flow.packets, within), ("was decoded", flow.decoded, within + flow.held)];
        for (what, growth, within) in limits {
            // Without this, nothing at all would pass for an end.
            assert!(
                growth.by > 0 && growth.at.saturating_add(LIVELY) >= moment,
                "nothing of {source:?} {what} at {} up to {moment}: {flow:?}",
                self.by
            );
            let after = growth.at.saturating_sub(moment);
            assert!(
                after <= within,
                "{source:?} still {what} at {} {after} ms after {moment}: {flow:?}",
                self.by
            );
        }
    }

    /// Panics unless it flowed beyond a moment.
    pub fn goes_on(&self, participant: u64, source: Source, moment: u64) {
        let flow = self.flow(participant, source);
        assert!(
            flow.packets.at > moment && flow.decoded.at > moment,
            "{source:?} of {participant} stopped at {} before {moment}: {flow:?}",
            self.by
        );
    }
}

/// The longest silence of something that flows, with three browsers on two cores.
const LIVELY: u64 = 700;

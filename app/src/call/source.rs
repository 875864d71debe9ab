// SPDX-License-Identifier: EUPL-1.2
//! One of the person's own sources: off, starting or on, by the person's wish alone.
//!
//! ```text
//!          switch_on              Captured
//!   Off ───────────────▶ Starting ────────▶ On ◀─┐ choose, Captured
//!   Failed ─────────────▶  │  ▲             │ └──┘
//!   Vanished ───────────▶  │  └─────────────┤ CaptureEnded while another device starts
//!   Silenced ───────────▶  │                │
//!    ▲                     │                │
//!    └──── switch_off, silence, CaptureFailed, CaptureEnded
//! ```

use shared::Source;

use super::{CaptureFailure, DeviceId, Effect, Silencer, SourceView, talk::Talk};

/// A source and the device chosen for it.
#[derive(Debug)]
pub(super) struct OwnSource {
    source: Source,
    state: State,
    /// What the person chose; the browser's choice otherwise.
    chosen: Option<DeviceId>,
    /// Only while it is on or starting: to be transmitted from the moment of entry.
    transmit_on_entry: bool,
    /// Only while it is on or starting: the device that was chosen is gone.
    gave_way: bool,
}

#[derive(Clone, Debug, Eq, PartialEq)]
enum State {
    Off,
    /// Off, because it did not start.
    Failed(CaptureFailure),
    /// Off, because it ended by itself.
    Vanished,
    /// Off, because somebody else switched it off.
    Silenced(Silencer),
    Starting,
    On {
        device: DeviceId,
        change: Change,
    },
}

/// Whether a running source is about to come from another device.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Change {
    None,
    Starting,
    /// The other one did not start: the one that runs goes on.
    Failed(CaptureFailure),
}

/// What became of a capture.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Outcome {
    /// Nothing that others would notice.
    Same,
    /// The source came on.
    On,
    /// The source went off.
    Off,
}

impl OwnSource {
    /// A source that is off.
    pub(super) const fn new(source: Source) -> Self {
        Self { source, state: State::Off, chosen: None, transmit_on_entry: false, gave_way: false }
    }

    /// Whether the device runs.
    pub(super) const fn is_on(&self) -> bool {
        matches!(self.state, State::On { .. })
    }

    /// Whether the device runs or is being started.
    pub(super) const fn is_wanted(&self) -> bool {
        matches!(self.state, State::On { .. } | State::Starting)
    }

    /// Whether it will be transmitted from the moment of entry.
    pub(super) const fn is_for_entry(&self) -> bool {
        self.transmit_on_entry
    }

    /// The person wants it on.
    pub(super) fn switch_on(&mut self) -> Option<Effect> {
        if self.is_wanted() {
            return None;
        }
        self.state = State::Starting;
        Some(self.capture())
    }

    /// It is not wanted any longer.
    pub(super) fn switch_off(&mut self) -> Option<Effect> {
        let wanted = self.is_wanted();
        self.end(State::Off);
        wanted.then_some(Effect::Release(self.source))
    }

    /// Somebody else switched it off. What was off anyway is as it was.
    pub(super) fn silence(&mut self, silencer: Silencer) -> Option<Effect> {
        let wanted = self.is_wanted();
        if wanted {
            self.end(State::Silenced(silencer));
        }
        wanted.then_some(Effect::Release(self.source))
    }

    /// Not switched on, because the room does not allow it.
    pub(super) fn deny(&mut self) {
        if !self.is_wanted() {
            self.end(State::Silenced(Silencer::Room));
        }
    }

    /// The person knows who switched it off, or that it comes from another device.
    pub(super) fn understood(&mut self) {
        if matches!(self.state, State::Silenced(_)) {
            self.end(State::Off);
        }
        self.gave_way = false;
    }

    /// The person decides about the moment of entry. What is off cannot be transmitted.
    pub(super) const fn set_for_entry(&mut self, transmit: bool) {
        self.transmit_on_entry = transmit && self.is_wanted();
    }

    /// The person wants this device, at once if the source is on.
    pub(super) fn choose(&mut self, device: DeviceId) -> Option<Effect> {
        self.chosen = Some(device);
        self.gave_way = false;
        match &mut self.state {
            State::Off | State::Failed(_) | State::Vanished | State::Silenced(_) => return None,
            State::Starting => {}
            State::On { change, .. } => *change = Change::Starting,
        }
        Some(self.capture())
    }

    /// It is to be captured in another way, at once if it is on, of the device it comes from.
    pub(super) fn capture_again(&mut self) -> Option<Effect> {
        let running = match &mut self.state {
            State::Off | State::Failed(_) | State::Vanished | State::Silenced(_) => return None,
            State::Starting => None,
            State::On { device, change } => {
                *change = Change::Starting;
                Some(device.clone()).filter(|device| !device.0.is_empty())
            }
        };
        Some(Effect::Capture(self.source, self.chosen.clone().or(running)))
    }

    /// It runs, because what it comes with was switched on.
    pub(super) fn came(&mut self) -> Outcome {
        let before = core::mem::replace(
            &mut self.state,
            State::On { device: DeviceId::default(), change: Change::None },
        );
        if matches!(before, State::On { .. }) { Outcome::Same } else { Outcome::On }
    }

    /// A device runs. One that nobody wants is released, however it came to run.
    pub(super) fn captured(&mut self, device: DeviceId) -> (Outcome, Option<Effect>) {
        let outcome = match self.state {
            State::Off | State::Failed(_) | State::Vanished | State::Silenced(_) => {
                return (Outcome::Same, Some(Effect::Release(self.source)));
            }
            State::Starting => Outcome::On,
            State::On { .. } => Outcome::Same,
        };
        self.state = State::On { device, change: Change::None };
        (outcome, None)
    }

    /// A device does not run. One that was chosen and is not there gives way to the browser's choice;
    /// since that is no choice of the person's, it is tried once.
    pub(super) fn capture_failed(&mut self, failure: CaptureFailure) -> (Outcome, Option<Effect>) {
        let is_change = match &self.state {
            State::Off | State::Failed(_) | State::Vanished | State::Silenced(_) => {
                return (Outcome::Same, None);
            }
            State::Starting => false,
            State::On { change, .. } => *change == Change::Starting,
        };
        let is_gone = matches!(failure, CaptureFailure::Gone | CaptureFailure::NotFound);
        let is_attempt = is_change || self.state == State::Starting;
        if is_gone && is_attempt && self.chosen.take().is_some() {
            self.gave_way = true;
            return (Outcome::Same, Some(self.capture()));
        }
        match &mut self.state {
            State::On { device, change } if is_change => {
                *change = Change::Failed(failure);
                self.chosen = Some(device.clone());
                (Outcome::Same, None)
            }
            State::On { .. } => {
                self.end(State::Failed(failure));
                (Outcome::Off, Some(Effect::Release(self.source)))
            }
            State::Off
            | State::Failed(_)
            | State::Vanished
            | State::Silenced(_)
            | State::Starting => {
                self.end(State::Failed(failure));
                (Outcome::Same, None)
            }
        }
    }

    /// A device that ran ended by itself. If another one is about to start, that one is awaited.
    pub(super) fn capture_ended(&mut self) -> (Outcome, Option<Effect>) {
        match self.state {
            State::On { change: Change::Starting, .. } => {
                self.state = State::Starting;
                (Outcome::Off, None)
            }
            State::On { .. } => {
                self.end(State::Vanished);
                (Outcome::Off, Some(Effect::Release(self.source)))
            }
            State::Off
            | State::Failed(_)
            | State::Vanished
            | State::Silenced(_)
            | State::Starting => (Outcome::Same, None),
        }
    }

    /// The source as the screen shows it.
    pub(super) fn view(&self) -> SourceView {
        let (running, failure) = match &self.state {
            State::Off | State::Vanished | State::Silenced(_) | State::Starting => (None, None),
            State::Failed(failure) => (None, Some(*failure)),
            State::On { device, change: Change::Failed(failure) } => (Some(device), Some(*failure)),
            State::On { device, .. } => (Some(device), None),
        };
        let silenced = match &self.state {
            State::Silenced(silencer) => Some(silencer.clone()),
            State::Off
            | State::Failed(_)
            | State::Vanished
            | State::Starting
            | State::On { .. } => None,
        };
        let starting =
            matches!(self.state, State::Starting | State::On { change: Change::Starting, .. });
        SourceView {
            on: self.is_on(),
            starting,
            transmit_on_entry: self.transmit_on_entry,
            device: self.chosen.as_ref().or(running).cloned(),
            failure,
            vanished: self.state == State::Vanished,
            replaced: self.gave_way && self.is_on(),
            silenced,
            ..SourceView::default()
        }
    }

    fn capture(&self) -> Effect {
        Effect::Capture(self.source, self.chosen.clone())
    }

    fn end(&mut self, state: State) {
        self.state = state;
        self.transmit_on_entry = false;
        self.gave_way = false;
    }
}

/// Every own source.
#[derive(Debug)]
pub(super) struct OwnSources {
    microphone: OwnSource,
    camera: OwnSource,
    screen: OwnSource,
    screen_sound: OwnSource,
    /// Whether the microphone waits for a key.
    pub(super) talk: Talk,
}

impl OwnSources {
    /// All of them off.
    pub(super) fn new() -> Self {
        Self {
            microphone: OwnSource::new(Source::Microphone),
            camera: OwnSource::new(Source::Camera),
            screen: OwnSource::new(Source::Screen),
            screen_sound: OwnSource::new(Source::ScreenSound),
            talk: Talk::default(),
        }
    }

    /// One of them.
    pub(super) const fn get(&self, source: Source) -> &OwnSource {
        match source {
            Source::Microphone => &self.microphone,
            Source::Camera => &self.camera,
            Source::Screen => &self.screen,
            Source::ScreenSound => &self.screen_sound,
        }
    }

    /// One of them, to be changed.
    pub(super) const fn get_mut(&mut self, source: Source) -> &mut OwnSource {
        match source {
            Source::Microphone => &mut self.microphone,
            Source::Camera => &mut self.camera,
            Source::Screen => &mut self.screen,
            Source::ScreenSound => &mut self.screen_sound,
        }
    }

    /// Whether what it captures is for the room.
    pub(super) const fn is_sent(&self, source: Source) -> bool {
        let withheld = matches!(source, Source::Microphone) && self.talk.withholds();
        self.get(source).is_on() && !withheld
    }

    /// Those that are for the room, in the order of [`Source::ALL`].
    pub(super) fn live(&self) -> Vec<Source> {
        Source::ALL.into_iter().filter(|source| self.is_sent(*source)).collect()
    }
}

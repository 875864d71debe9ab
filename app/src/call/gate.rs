// SPDX-License-Identifier: EUPL-1.2
//! The gate before the page is whole: the person's own devices, and the wish to enter.
//!
//! ```text
//!          Join                   Missing
//!   Here ───────▶ Entering ───────────────▶ Ended
//!    │ ◀───────────── │ ◀──── Leave, Return ─── │
//!    │                │                         │
//!    └──── the rest of the page is here ────────┴──▶ Call
//! ```
//!
//! It is a small part of a [`Call`], for itself: what it does not need need not be loaded.

use shared::{DisplayName, Restrictions, ResumeToken, Source, Timestamp};

use super::{
    Access, Call, CallView, Device, Effect, EndReason, Event, Intent, Rest, Screen, SourceView,
    ear::Ear,
    source::{OwnSource, OwnSources},
    speaker::Speaker,
    treatment::Treatment,
};

/// Somebody at the gate of a page that is not whole.
#[derive(Debug)]
pub struct Gate {
    access: Access,
    resume: Option<ResumeToken>,
    sources: OwnSources,
    ear: Ear,
    treatment: Treatment,
    speaker: Speaker,
    devices: Vec<Device>,
    stand: Stand,
    /// Whether the page is in front; nothing before it is said.
    to_front: Option<bool>,
    /// Whether the rest of the page is on its way.
    rest: Rest,
}

#[derive(Debug)]
enum Stand {
    Here,
    /// Enters as soon as the rest is there.
    Entering {
        name: DisplayName,
        nonce: [u8; 12],
    },
    /// In vain.
    Ended,
}

impl Gate {
    /// Nothing is on; the rest of the page is on its way. The token is what this tab kept of an earlier stay.
    pub fn new(access: Access, resume: Option<ResumeToken>) -> Self {
        Self {
            access,
            resume,
            sources: OwnSources::new(),
            ear: Ear::default(),
            treatment: Treatment::default(),
            speaker: Speaker::default(),
            devices: Vec::new(),
            stand: Stand::Here,
            to_front: None,
            rest: Rest::Coming,
        }
    }

    /// Advances by one event. What only a call has to do with is left alone.
    #[must_use = "a gate acts only through its effects"]
    pub fn handle(&mut self, now: Timestamp, event: Event) -> Vec<Effect> {
        let effect = match event {
            Event::Intent(intent) => return self.intend(intent),
            Event::Rest(Rest::Missing) => return self.missing(),
            Event::Devices(devices) => {
                self.speaker.exist(&devices);
                self.devices = devices;
                None
            }
            Event::Captured { source, device } => {
                if source == Source::Microphone {
                    self.ear.forget();
                }
                self.sources.get_mut(source).captured(device).1
            }
            Event::CaptureFailed { source, failure } => {
                self.sources.get_mut(source).capture_failed(failure).1
            }
            Event::CaptureEnded(source) => self.sources.get_mut(source).capture_ended().1,
            Event::Processed(found) => {
                self.treatment.processed(found);
                None
            }
            Event::Blurred(blurred) => {
                self.treatment.is_blurred(blurred);
                None
            }
            Event::Heard { peak } => {
                if self.sources.get(Source::Microphone).is_on() {
                    self.ear.hear(now, peak);
                }
                None
            }
            Event::Turned { to_front } => {
                self.to_front = Some(to_front);
                None
            }
            Event::Rest(Rest::Coming | Rest::Here)
            | Event::SocketOpened
            | Event::Message(_)
            | Event::SocketClosed
            | Event::NetworkReturned
            | Event::Offered(_)
            | Event::PeerConnected
            | Event::PeerFailed
            | Event::Measured(_)
            | Event::Staged(_)
            | Event::Floats(_)
            | Event::Late(_)
            | Event::Gauged(_)
            | Event::Found(_)
            | Event::Host(_)
            | Event::Timeout => None,
        };
        effect.into_iter().collect()
    }

    fn intend(&mut self, intent: Intent) -> Vec<Effect> {
        let is_here = matches!(self.stand, Stand::Here);
        let effect = match intent {
            Intent::Preview(source, true) if is_here && source.is_device() => {
                self.sources.get_mut(source).switch_on()
            }
            Intent::Preview(source, false) | Intent::Transmit(source, false) => {
                self.sources.get_mut(source).switch_off()
            }
            Intent::TransmitOnEntry(source, transmit) if is_here => {
                self.sources.get_mut(source).set_for_entry(transmit);
                None
            }
            Intent::ChooseDevice(source, device) if source.is_device() => {
                self.sources.get_mut(source).choose(device)
            }
            Intent::ChooseSpeaker(device) => {
                self.speaker.choose(device);
                None
            }
            Intent::Process(wanted) => {
                return self.treatment.process(wanted, self.sources.get_mut(Source::Microphone));
            }
            Intent::Blur(wanted) => self.treatment.blur(wanted, self.sources.get(Source::Camera)),
            Intent::Understood(source) => {
                self.understood(source);
                None
            }
            Intent::Join { name, nonce } if is_here => return self.join(name, nonce),
            Intent::Leave | Intent::Return => {
                self.stand = Stand::Here;
                None
            }
            // There is no room yet.
            Intent::Preview(..)
            | Intent::TransmitOnEntry(..)
            | Intent::ChooseDevice(..)
            | Intent::Join { .. }
            | Intent::Transmit(..)
            | Intent::PushToTalk(_)
            | Intent::HoldKey(_)
            | Intent::RaiseHand(_)
            | Intent::Chat { .. }
            | Intent::React { .. }
            | Intent::Rtt { .. }
            | Intent::Type { .. }
            | Intent::Moderate(_)
            | Intent::OpenDoor
            | Intent::Invite { .. }
            | Intent::ReadClosing
            | Intent::Examine
            | Intent::Look(_) => None,
        };
        effect.into_iter().collect()
    }

    fn understood(&mut self, source: Source) {
        self.sources.get_mut(source).understood();
        if source == Source::Microphone {
            self.ear.understood();
        }
    }

    fn join(&mut self, name: DisplayName, nonce: [u8; 12]) -> Vec<Effect> {
        self.stand = Stand::Entering { name, nonce };
        let mut effects = self.switch_off(|own| !own.is_for_entry());
        if self.rest == Rest::Missing {
            self.rest = Rest::Coming;
            effects.push(Effect::FetchRest);
        }
        effects
    }

    /// Nobody is disturbed who does not need it.
    fn missing(&mut self) -> Vec<Effect> {
        self.rest = Rest::Missing;
        match self.stand {
            Stand::Entering { .. } => {
                self.stand = Stand::Ended;
                self.switch_off(|_| true)
            }
            Stand::Here | Stand::Ended => Vec::new(),
        }
    }

    fn switch_off(&mut self, which: fn(&OwnSource) -> bool) -> Vec<Effect> {
        let mut effects = Vec::new();
        for source in Source::ALL {
            let own = self.sources.get_mut(source);
            if which(own) {
                effects.extend(own.switch_off());
            }
        }
        effects
    }

    /// The gate, in the words of the screen.
    #[must_use]
    pub fn view(&self) -> CallView {
        let screen = match self.stand {
            Stand::Here => Screen::Gate,
            Stand::Entering { .. } => Screen::Entering,
            Stand::Ended => Screen::Ended(EndReason::Incomplete),
        };
        CallView {
            screen,
            holder: matches!(self.access, Access::Moderator { .. }),
            invited: !matches!(self.access, Access::Invited { key: None, .. }),
            microphone: self.microphone(),
            processing: self.treatment.of_sound(self.sources.get(Source::Microphone).is_on()),
            camera: self.sources.get(Source::Camera).view(),
            blurred: self.treatment.blurred(self.sources.get(Source::Camera).is_on()),
            speaker: self.speaker.view(),
            sharing: self.sources.get(Source::Screen).view(),
            devices: self.devices.clone(),
            may_return: matches!(self.stand, Stand::Ended),
            ..CallView::default()
        }
    }

    fn microphone(&self) -> SourceView {
        let microphone = self.sources.get(Source::Microphone);
        let hint = self.ear.hint(false).filter(|_| microphone.is_on());
        SourceView { hint, ..microphone.view() }
    }

    /// The page is whole: a call goes on from here, restricted like this, and with what it does first.
    pub fn leads_to(self, now: Timestamp, restrictions: Restrictions) -> (Call, Vec<Effect>) {
        let mut call = Call::new(self.access, self.resume).restricted(restrictions);
        call.sources = self.sources;
        call.ear = self.ear;
        call.treatment = self.treatment;
        call.speaker = self.speaker;
        call.devices = self.devices;
        let front = self.to_front.map(|to_front| Event::Turned { to_front });
        let join = match self.stand {
            Stand::Here | Stand::Ended => None,
            Stand::Entering { name, nonce } => Some(Event::Intent(Intent::Join { name, nonce })),
        };
        let events = front.into_iter().chain(join);
        let effects = events.flat_map(|event| call.handle(now, event)).collect();
        (call, effects)
    }
}

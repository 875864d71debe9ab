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

use shared::{DisplayName, ResumeToken, Source, Timestamp};

use super::{
    Access, Call, CallView, Device, Effect, EndReason, Event, Intent, Rest, Screen,
    source::{OwnSource, OwnSources},
};

/// Somebody at the gate of a page that is not whole.
#[derive(Debug)]
pub struct Gate {
    access: Access,
    resume: Option<ResumeToken>,
    sources: OwnSources,
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
    pub const fn new(access: Access, resume: Option<ResumeToken>) -> Self {
        Self {
            access,
            resume,
            sources: OwnSources::new(),
            devices: Vec::new(),
            stand: Stand::Here,
            to_front: None,
            rest: Rest::Coming,
        }
    }

    /// Advances by one event. What only a call has to do with is left alone.
    #[must_use = "a gate acts only through its effects"]
    pub fn handle(&mut self, event: Event) -> Vec<Effect> {
        match event {
            Event::Intent(intent) => self.intend(intent),
            Event::Devices(devices) => {
                self.devices = devices;
                Vec::new()
            }
            Event::Captured { source, device } => {
                self.sources.get_mut(source).captured(device).1.into_iter().collect()
            }
            Event::CaptureFailed { source, failure } => {
                self.sources.get_mut(source).capture_failed(failure).1.into_iter().collect()
            }
            Event::CaptureEnded(source) => {
                self.sources.get_mut(source).capture_ended().1.into_iter().collect()
            }
            Event::Turned { to_front } => {
                self.to_front = Some(to_front);
                Vec::new()
            }
            Event::Rest(Rest::Missing) => self.missing(),
            Event::Rest(Rest::Coming | Rest::Here)
            | Event::SocketOpened
            | Event::Message(_)
            | Event::SocketClosed
            | Event::NetworkReturned
            | Event::Offered(_)
            | Event::PeerConnected
            | Event::PeerFailed
            | Event::Measured(_)
            | Event::Late(_)
            | Event::Found(_)
            | Event::Timeout => Vec::new(),
        }
    }

    fn intend(&mut self, intent: Intent) -> Vec<Effect> {
        let is_here = matches!(self.stand, Stand::Here);
        match intent {
            Intent::Preview(source, true) if is_here && source != Source::Screen => {
                self.sources.get_mut(source).switch_on().into_iter().collect()
            }
            Intent::Preview(source, false) | Intent::Transmit(source, false) => {
                self.sources.get_mut(source).switch_off().into_iter().collect()
            }
            Intent::TransmitOnEntry(source, transmit) if is_here => {
                self.sources.get_mut(source).set_for_entry(transmit);
                Vec::new()
            }
            Intent::ChooseDevice(source, device) if source != Source::Screen => {
                self.sources.get_mut(source).choose(device).into_iter().collect()
            }
            Intent::Join { name, nonce } if is_here => {
                self.stand = Stand::Entering { name, nonce };
                let mut effects = self.switch_off(|own| !own.is_for_entry());
                if self.rest == Rest::Missing {
                    self.rest = Rest::Coming;
                    effects.push(Effect::FetchRest);
                }
                effects
            }
            Intent::Leave | Intent::Return => {
                self.stand = Stand::Here;
                Vec::new()
            }
            // There is no room yet.
            Intent::Preview(..)
            | Intent::TransmitOnEntry(..)
            | Intent::ChooseDevice(..)
            | Intent::Join { .. }
            | Intent::Transmit(..)
            | Intent::RaiseHand(_)
            | Intent::Chat { .. }
            | Intent::Moderate(_)
            | Intent::OpenDoor
            | Intent::Invite { .. }
            | Intent::Understood(_)
            | Intent::Examine => Vec::new(),
        }
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
            microphone: self.sources.get(Source::Microphone).view(),
            camera: self.sources.get(Source::Camera).view(),
            sharing: self.sources.get(Source::Screen).view(),
            devices: self.devices.clone(),
            may_return: matches!(self.stand, Stand::Ended),
            ..CallView::default()
        }
    }

    /// The page is whole: a call goes on from here, and with what it does first.
    pub fn leads_to(self, now: Timestamp) -> (Call, Vec<Effect>) {
        let mut call = Call::new(self.access, self.resume);
        call.sources = self.sources;
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

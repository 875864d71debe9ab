// SPDX-License-Identifier: EUPL-1.2
//! In how many encodings a source is sent, and which of them at this moment (`RTCRtpSender.setParameters`).

use std::{cell::Cell, rc::Rc};

use js_sys::{Array, Object, Promise, Reflect};
use shared::{Layer, LayerSet, Source};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::{MediaStreamTrack, RtcRtpEncodingParameters, RtcRtpSender};

use super::{dictionary::set, error::warn, spawn};
use crate::call::{Encoding, encodings};

/// The encodings of one sender of pictures. Clones share them.
#[derive(Clone, Debug)]
pub(super) struct Encodings(Rc<Shared>);

#[derive(Debug)]
struct Shared {
    source: Source,
    sender: RtcRtpSender,
    /// What anybody can use.
    wanted: Cell<LayerSet>,
    /// The shorter side of what is captured.
    lines: Cell<Option<u32>>,
    progress: Cell<Progress>,
}

/// Browsers take one change at a time, and only of what they said last.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Progress {
    Idle,
    Changing,
    /// Changing, and there is something else to be changed.
    Outdated,
}

/// What a new sender of this source is to be made with (`sendEncodings`), where the browser's own measure
/// does not do. The smallest encoding comes first: so the relay hears of them.
pub(super) fn offered(source: Source) -> Option<Array> {
    match source {
        Source::Microphone => None,
        Source::Camera => {
            let all = Layer::ALL.into_iter().zip(encodings(None, LayerSet::ALL));
            Some(all.map(camera).collect())
        }
        Source::Screen => Some(Array::of1(&at_most(SCREEN_BITRATE))),
    }
}

impl Encodings {
    /// Takes charge of the sender of a source of pictures. Everything is sent.
    pub(super) fn of(source: Source, sender: RtcRtpSender) -> Self {
        let this = Self(Rc::new(Shared {
            source,
            sender,
            wanted: Cell::new(LayerSet::ALL),
            lines: Cell::new(None),
            progress: Cell::new(Progress::Idle),
        }));
        this.refresh();
        this
    }

    /// Fits the encodings to the size of what is about to be sent.
    pub(super) fn fit(&self, track: &MediaStreamTrack) {
        let settings = track.get_settings();
        let sides = settings.get_width().zip(settings.get_height());
        self.0.lines.set(sides.and_then(|(width, height)| u32::try_from(width.min(height)).ok()));
        self.refresh();
    }

    /// Sends only these, from here on.
    pub(super) fn narrow(&self, wanted: LayerSet) {
        self.0.wanted.set(wanted);
        self.refresh();
    }

    fn refresh(&self) {
        if self.0.progress.get() != Progress::Idle {
            self.0.progress.set(Progress::Outdated);
            return;
        }
        // Asked for at once: a track that is sent next is sent like this from its first picture.
        let mut changing = self.0.change();
        let this = self.clone();
        spawn(async move {
            loop {
                if JsFuture::from(changing).await.is_err() {
                    warn("cannot change how a picture is sent");
                }
                if this.0.progress.replace(Progress::Idle) != Progress::Outdated {
                    return;
                }
                changing = this.0.change();
            }
        });
    }
}

impl Shared {
    fn change(&self) -> Promise {
        self.progress.set(Progress::Changing);
        let parameters = self.sender.get_parameters();
        let gives_up = match self.source {
            Source::Screen => "maintain-resolution",
            Source::Microphone | Source::Camera => "maintain-framerate",
        };
        set(&parameters, "degradationPreference", &gives_up.into());
        let encodings = Reflect::get(&parameters, &"encodings".into()).unwrap_or_default();
        for encoding in Array::from(&encodings).iter() {
            self.adjust(encoding.unchecked_ref());
        }
        self.sender.set_parameters_with_parameters(&parameters)
    }

    fn adjust(&self, encoding: &RtcRtpEncodingParameters) {
        let name = Reflect::get(encoding, &"rid".into()).ok().and_then(|rid| rid.as_string());
        let mut all = Layer::ALL.into_iter().zip(encodings(self.lines.get(), self.wanted.get()));
        let named = name.and_then(|name| all.find(|(layer, _)| rid(*layer) == name));
        if let Some((_, fitting)) = named {
            encoding.set_active(fitting.active);
            encoding.set_scale_resolution_down_by(fitting.divisor.into());
        } else {
            // The only one.
            encoding.set_active(!self.wanted.get().is_empty());
        }
    }
}

/// An encoding of a camera that gives as many lines as there are layers for.
fn camera((layer, fitting): (Layer, Encoding)) -> Object {
    let encoding = at_most(match layer {
        Layer::Low => LOW_BITRATE,
        Layer::Middle => MIDDLE_BITRATE,
        Layer::High => HIGH_BITRATE,
    });
    set(&encoding, "rid", &rid(layer).into());
    set(&encoding, "scaleResolutionDownBy", &fitting.divisor.into());
    encoding
}

fn at_most(bitrate: u32) -> Object {
    let encoding = Object::new();
    set(&encoding, "maxBitrate", &bitrate.into());
    encoding
}

/// How an encoding is named (RFC 8851).
const fn rid(layer: Layer) -> &'static str {
    match layer {
        Layer::Low => "l",
        Layer::Middle => "m",
        Layer::High => "h",
    }
}

/// Bits per second at most for a camera's 180 lines. More is taken from those who see the others larger;
/// less, and a face in a small tile is blocks.
const LOW_BITRATE: u32 = 150_000;

/// Bits per second at most for 360 lines. More does not fit a slow line beside anything else; less blurs
/// movement.
const MIDDLE_BITRATE: u32 = 500_000;

/// Bits per second at most for 720 lines. More is hardly seen; less shows no more than 360 lines do.
const HIGH_BITRATE: u32 = 1_700_000;

/// Bits per second at most for the screen. More fills slow lines; less smears letters when a page is
/// turned.
const SCREEN_BITRATE: u32 = 2_500_000;

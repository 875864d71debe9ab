// SPDX-License-Identifier: EUPL-1.2
//! In how many encodings a source is sent, and which of them at this moment (`RTCRtpSender.setParameters`).
//!
//! A camera is offered in three. If the answer takes a codec that has layers, the first of them carries all
//! (W3C WebRTC-SVC): Chromium does that in the first only.

use std::{cell::Cell, rc::Rc};

use js_sys::{Array, Object, Promise, Reflect};
use shared::{Layer, LayerSet, Source};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::{MediaStreamTrack, RtcRtpEncodingParameters, RtcRtpParameters, RtcRtpSender};

use super::{codecs, dictionary::set, error::warn, spawn};
use crate::call::{Encoding, Layered, could_be_layered, encodings, is_layered, layered};

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
    /// Whether the browser can be told of layers, as far as is known: others pass them by.
    knows_layers: Cell<bool>,
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
        Source::Microphone | Source::ScreenSound => None,
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
            knows_layers: Cell::new(true),
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

    /// Says again how the source is to be sent.
    pub(super) fn refresh(&self) {
        if self.0.progress.get() != Progress::Idle {
            self.0.progress.set(Progress::Outdated);
            return;
        }
        // Asked for at once: a track that is sent next is sent like this from its first picture.
        let mut changing = self.0.change();
        let this = self.clone();
        spawn(async move {
            loop {
                let refused = JsFuture::from(changing).await.is_err();
                if this.0.gives_up_layers(refused) {
                    this.0.progress.set(Progress::Outdated);
                } else if refused {
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
            Source::Microphone | Source::Camera | Source::ScreenSound => "maintain-framerate",
        };
        set(&parameters, "degradationPreference", &gives_up.into());
        let layered = self.puts_layers(&parameters);
        let plain = could_be_layered(&codecs::taken(&parameters));
        for (at, encoding) in encodings_of(&parameters).iter().enumerate() {
            if layered {
                self.put_layers(encoding.unchecked_ref(), at == 0);
            } else {
                self.adjust(encoding.unchecked_ref());
                if plain && self.source == Source::Camera {
                    set(&encoding, "scalabilityMode", &"L1T1".into());
                }
            }
        }
        self.sender.set_parameters_with_parameters(&parameters)
    }

    fn puts_layers(&self, parameters: &RtcRtpParameters) -> bool {
        self.source == Source::Camera
            && self.knows_layers.get()
            && is_layered(&codecs::taken(parameters), codecs::is_described(parameters))
    }

    /// Whether layers were refused or passed by. From then on there are several encodings.
    fn gives_up_layers(&self, refused: bool) -> bool {
        let parameters = self.sender.get_parameters();
        let mode = Reflect::get(&encodings_of(&parameters).get(0), &"scalabilityMode".into());
        let missing = refused || mode.is_ok_and(|mode| mode.is_undefined());
        let gives_up = missing && self.puts_layers(&parameters);
        if gives_up {
            self.knows_layers.set(false);
        }
        gives_up
    }

    /// Puts all layers into the first encoding. Which of them are sent is a matter of the bits they are given: so
    /// they keep their sizes.
    fn put_layers(&self, encoding: &RtcRtpEncodingParameters, is_first: bool) {
        let Layered { layers, most } = layered(self.lines.get(), self.wanted.get());
        encoding.set_active(is_first && most.is_some());
        if is_first {
            let mode = match layers {
                1 => "L1T3",
                2 => "L2T3_KEY",
                _ => "L3T3_KEY",
            };
            set(encoding, "scalabilityMode", &mode.into());
            encoding.set_scale_resolution_down_by(1.0);
            encoding.set_max_bitrate(match most {
                Some(Layer::Low) => LOW_BITRATE,
                Some(Layer::Middle) => LOW_BITRATE + MIDDLE_BITRATE,
                Some(Layer::High) | None => LOW_BITRATE + MIDDLE_BITRATE + HIGH_BITRATE,
            });
        }
    }

    fn adjust(&self, encoding: &RtcRtpEncodingParameters) {
        let name = Reflect::get(encoding, &"rid".into()).ok().and_then(|rid| rid.as_string());
        let mut all = Layer::ALL.into_iter().zip(encodings(self.lines.get(), self.wanted.get()));
        let named = name.and_then(|name| all.find(|(layer, _)| rid(*layer) == name));
        if let Some((layer, fitting)) = named {
            encoding.set_active(fitting.active);
            encoding.set_max_bitrate(bitrate(layer));
            encoding.set_scale_resolution_down_by(fitting.divisor.into());
        } else {
            // The only one.
            encoding.set_active(!self.wanted.get().is_empty());
        }
    }
}

fn encodings_of(parameters: &RtcRtpParameters) -> Array {
    Array::from(&Reflect::get(parameters, &"encodings".into()).unwrap_or_default())
}

/// An encoding of a camera that gives as many lines as there are layers for.
fn camera((layer, fitting): (Layer, Encoding)) -> Object {
    let encoding = at_most(bitrate(layer));
    set(&encoding, "rid", &rid(layer).into());
    set(&encoding, "scaleResolutionDownBy", &fitting.divisor.into());
    encoding
}

const fn bitrate(layer: Layer) -> u32 {
    match layer {
        Layer::Low => LOW_BITRATE,
        Layer::Middle => MIDDLE_BITRATE,
        Layer::High => HIGH_BITRATE,
    }
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

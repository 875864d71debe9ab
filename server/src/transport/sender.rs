// SPDX-License-Identifier: EUPL-1.2
//! A media line the peer sends on: one publication in one encoding or several.

use shared::{Layer, LayerSet, MediaKind, Mid, Source};

use super::exports::Exports;
use super::params::{CodecParams, SenderParams};
use crate::media::Micros;
use crate::media::codec::Codec;
use crate::media::incoming::{ExtensionIds, Incoming};
use crate::media::packet::RtpHeader;

/// A media line the peer sends on.
#[derive(Clone, Debug)]
pub(super) struct Sender {
    mid: Mid,
    pub(super) source: Source,
    pub(super) codecs: Vec<CodecParams>,
    pub(super) streams: Vec<Stream>,
    demand: Demand,
    /// Of a thousand datagrams, so many are lost on the worst path to a listener: as counted so far, and in
    /// the last count.
    loss: [u64; 2],
    /// What each layer cost, and which came, when this was told last to those who are content with it.
    offered: ([Option<u64>; 3], LayerSet),
    /// The other threads that its packets are passed on to.
    pub(super) exports: Exports,
}

/// One encoding.
#[derive(Clone, Debug)]
pub(super) struct Stream {
    pub(super) layer: Layer,
    rid: String,
    pub(super) incoming: Incoming,
    /// What each of its layers cost when it came last.
    costs: [Option<u64>; 3],
}

/// Which stream of which media line an SSRC belongs to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Binding {
    pub(super) ssrc: u32,
    pub(super) sender: usize,
    pub(super) stream: usize,
    pub(super) repairs: bool,
}

impl Sender {
    pub(super) fn new(line: SenderParams) -> Self {
        let stream = |rid, layer| {
            let incoming = Incoming::new(line.source, layer);
            Stream { layer, rid, incoming, costs: [None; 3] }
        };
        let streams = if line.rids.is_empty() {
            vec![stream(String::new(), Layer::High)]
        } else {
            line.rids.into_iter().map(|(rid, layer)| stream(rid, layer)).collect()
        };
        let SenderParams { mid, source, codecs, .. } = line;
        let (demand, exports) = (Demand::default(), Exports::default());
        let offered = ([None; 3], LayerSet::NONE);
        Self { mid, source, codecs, streams, demand, loss: [0; 2], offered, exports }
    }

    /// The line as it was agreed; its sources are not, nobody else receives of them.
    pub(super) fn line(&self) -> SenderParams {
        let named = self.streams.iter().filter(|stream| !stream.rid.is_empty());
        SenderParams {
            mid: self.mid.clone(),
            source: self.source,
            codecs: self.codecs.clone(),
            ssrcs: Vec::new(),
            rids: named.map(|stream| (stream.rid.clone(), stream.layer)).collect(),
        }
    }

    /// What stays on a thread that it leaves and on which somebody is fed with it.
    pub(super) fn mirror(&self) -> Self {
        Self { exports: Exports::default(), ..self.clone() }
    }

    /// The stream that a packet says it belongs to, and whether it repeats one of it.
    pub(super) fn find(
        &self,
        header: &RtpHeader,
        packet: &[u8],
        ids: ExtensionIds,
    ) -> Option<(usize, bool)> {
        let mid = header.extension(packet, ids.mid)?;
        if mid != self.mid.as_str().as_bytes() {
            return None;
        }
        let repairs = self.codec(header.payload_type).is_some_and(|(_, repairs)| repairs);
        if let [_] = &self.streams[..] {
            return Some((0, repairs));
        }
        let rid = header.extension(packet, if repairs { ids.repaired_rid } else { ids.rid })?;
        let stream = self.streams.iter().position(|stream| stream.rid.as_bytes() == rid)?;
        Some((stream, repairs))
    }

    /// What a payload type stands for, and whether for a repetition of it.
    pub(super) fn codec(&self, payload_type: u8) -> Option<(Codec, bool)> {
        let each = self.codecs.iter().flat_map(|known| {
            let own = (Some(known.payload_type), false);
            [own, (known.rtx_payload_type, true)].map(|(of, repairs)| (of, known.codec, repairs))
        });
        let mut found = each.filter(|(of, ..)| *of == Some(payload_type));
        found.next().map(|(_, codec, repairs)| (codec, repairs))
    }

    /// Opens or closes the gate of every encoding.
    pub(super) fn set_gate(&mut self, now: Micros, open: bool) {
        if self.is_open() == open {
            return;
        }
        for stream in &mut self.streams {
            stream.incoming.set_gate(open);
        }
        self.demand = Demand { told: self.demand.told, opened: now, ..Demand::default() };
    }

    pub(super) fn is_open(&self) -> bool {
        self.streams.iter().any(|stream| stream.incoming.is_open())
    }

    /// The stream of that encoding.
    pub(super) fn encoding(&mut self, encoding: Layer) -> Option<&mut Incoming> {
        let stream = self.streams.iter_mut().find(|stream| stream.layer == encoding)?;
        Some(&mut stream.incoming)
    }

    /// The stream that layer can be had of.
    pub(super) fn stream(&mut self, layer: Layer) -> Option<&mut Incoming> {
        let serving = self.serving(layer)?;
        self.streams.get_mut(serving).map(|stream| &mut stream.incoming)
    }

    /// Of all streams that have the layer, the one that comes.
    fn serving(&self, layer: Layer) -> Option<usize> {
        let have = self.streams.iter().enumerate();
        have.filter(|(_, stream)| stream.incoming.layers().contains(layer))
            .max_by_key(|(_, stream)| (stream.incoming.arrived(), stream.layer == layer))
            .map(|(at, _)| at)
    }

    /// Whether there is something to choose from.
    fn has_layers(&self) -> bool {
        self.streams.len() > 1
            || self.streams.iter().any(|stream| stream.incoming.layers().contains(Layer::Low))
    }

    /// What each layer costs with those it needs, in bits per second, as measured last or as usual; nothing where
    /// it cannot be had.
    pub(super) fn costs(&mut self, now: Micros) -> [Option<u64>; 3] {
        let mut costs = [None; 3];
        for (layer, cost) in Layer::ALL.into_iter().zip(&mut costs) {
            let serving = self.serving(layer).and_then(|at| self.streams.get_mut(at));
            let Some(stream) = serving else { continue };
            let incoming = &stream.incoming;
            let Some(last) = stream.costs.get_mut(layer.index()) else { continue };
            if incoming.rate(layer).is_alive(now, ALIVE) {
                let needed = incoming.layers().iter().filter(|needed| *needed <= layer);
                let bits: u64 = needed.map(|needed| incoming.rate(needed).bits(now)).sum();
                *last = Some(bits).filter(|bits| *bits > 0).or(*last);
            }
            if !self.demand.is_missing(now, layer) {
                *cost = Some(last.unwrap_or_else(|| usual(self.source, layer)));
            }
        }
        costs
    }

    /// Whether something of a picture can be had that could not, or no more, or for more than an eighth more, since
    /// that was last so.
    pub(super) fn offers_other(&mut self, now: Micros) -> bool {
        if self.source.kind() == MediaKind::Audio || !self.is_open() {
            return false;
        }
        let (costs, alive) = (self.costs(now), self.alive(now));
        let (before, came) = &mut self.offered;
        let is_other = |(cost, before): (&Option<u64>, &Option<u64>)| match (cost, before) {
            (Some(cost), Some(before)) => *cost > before.saturating_mul(9) / 8,
            (cost, before) => cost != before,
        };
        if alive != *came || costs.iter().zip(before.iter()).any(is_other) {
            self.offered = (costs, alive);
            return true;
        }
        // What has become cheaper may become dearer again.
        for (before, cost) in before.iter_mut().zip(costs) {
            *before = (*before).min(cost);
        }
        false
    }

    /// The layer that is to be sent where one is wanted and another one may be shown: the wanted one or the
    /// next smaller one that comes. Where all that come are larger, what is shown goes on until there is better.
    pub(super) fn nearest(&self, now: Micros, wanted: Layer, shown: Option<Layer>) -> Layer {
        let below = self.alive(now).iter().filter(|layer| *layer <= wanted).last();
        below.or_else(|| shown.filter(|shown| self.alive(now).contains(*shown))).unwrap_or(wanted)
    }

    fn alive(&self, now: Micros) -> LayerSet {
        let is_alive = |layer: &Layer| {
            let mut streams = self.streams.iter();
            streams.any(|stream| {
                let incoming = &stream.incoming;
                incoming.layers().contains(*layer) && incoming.rate(*layer).is_alive(now, ALIVE)
            })
        };
        Layer::ALL.into_iter().filter(is_alive).collect()
    }

    /// Somebody can use that layer.
    pub(super) const fn want(&mut self, layer: Layer) {
        self.demand.want(layer);
    }

    /// Ends a count of what is wanted; the layers, if they are others than those told before.
    pub(super) fn count_wanted(&mut self, now: Micros) -> Option<LayerSet> {
        let alive = self.alive(now);
        if self.has_layers() {
            return self.demand.count(now, alive);
        }
        // What is sent once has no layers to choose from, but somebody who looks or nobody: and a screen
        // that stands still may send nothing for as long as it likes.
        if !self.demand.now.is_empty() {
            self.demand.now = LayerSet::NONE;
            self.demand.want(Layer::High);
        }
        self.demand.count(now, LayerSet::ALL)
    }

    /// Somebody listens over a path that loses so many of a thousand datagrams.
    pub(super) fn lose(&mut self, per_mille: u64) {
        let [counting, _] = &mut self.loss;
        *counting = per_mille.max(*counting);
    }

    /// Ends both counts where others count on: the layers that are wanted here, and the losses.
    pub(super) fn count_for_others(&mut self, now: Micros) -> (LayerSet, u64) {
        let wanted = self.demand.now;
        // What does not come is not asked for here either.
        self.count_wanted(now);
        self.count_losses();
        let [_, loss] = self.loss;
        (wanted, loss)
    }

    /// Ends a count of losses.
    pub(super) const fn count_losses(&mut self) {
        let [counting, _] = self.loss;
        self.loss = [0, counting];
    }

    /// The share of sound that its worst listener loses, in 1/256. It is told to the speaker's browser as if
    /// it were lost on the way to the relay: so that what is sent repairs what is lost (RFC 6716 §2.1.7).
    pub(super) fn onward_loss(&self) -> u8 {
        let [_, counted] = self.loss;
        let share = counted.min(MOST_LOSS) * 256 / 1_000;
        u8::try_from(share).unwrap_or(u8::MAX)
    }

    /// The count was told.
    pub(super) const fn told(&mut self, layers: LayerSet) {
        self.demand.told = layers;
        self.demand.is_lost = false;
    }

    /// What was told last did not arrive.
    pub(super) const fn forget_told(&mut self) {
        self.demand.is_lost = true;
    }
}

/// Which layers of a publication are wanted.
#[derive(Clone, Copy, Debug)]
struct Demand {
    /// As counted so far.
    now: LayerSet,
    told: LayerSet,
    /// Whether what was told did not arrive.
    is_lost: bool,
    opened: Micros,
    layers: [Asked; 3],
}

/// How one layer is asked for.
#[derive(Clone, Copy, Debug, Default)]
struct Asked {
    /// When it was wanted last.
    last: Option<Micros>,
    /// Since when it is wanted and does not come.
    in_vain: Option<Micros>,
    /// It did not come although it was asked for, while others did: the camera is too small for it, or the
    /// sender's own path. It is not asked for before then.
    missing_until: Option<Micros>,
}

impl Default for Demand {
    fn default() -> Self {
        Self {
            now: LayerSet::NONE,
            told: LayerSet::ALL,
            is_lost: false,
            opened: Micros(0),
            layers: [Asked::default(); 3],
        }
    }
}

impl Demand {
    const fn want(&mut self, layer: Layer) {
        self.now.insert(layer);
    }

    fn is_missing(&self, now: Micros, layer: Layer) -> bool {
        let asked = self.layers.get(layer.index());
        asked.and_then(|asked| asked.missing_until).is_some_and(|until| now < until)
    }

    fn count(&mut self, now: Micros, alive: LayerSet) -> Option<LayerSet> {
        let mut wanted = LayerSet::NONE;
        let counted = core::mem::replace(&mut self.now, LayerSet::NONE);
        let begins = now.since(self.opened) < LINGER;
        for (layer, asked) in Layer::ALL.into_iter().zip(&mut self.layers) {
            if counted.contains(layer) {
                asked.last = Some(now);
            }
            let lingers = asked.last.is_some_and(|last| now.since(last) < LINGER);
            if lingers || begins && self.told.contains(layer) {
                wanted.insert(layer);
            }
            let comes = alive.contains(layer);
            if comes || !lingers {
                asked.in_vain = None;
            } else if now.since(*asked.in_vain.get_or_insert(now)) >= MISSING && !alive.is_empty() {
                asked.in_vain = None;
                asked.missing_until = Some(now + FORGET);
            }
            if comes {
                asked.missing_until = None;
            }
        }
        (wanted != self.told || self.is_lost).then_some(wanted)
    }
}

/// Until it is measured, in bits per second.
const fn usual(source: Source, layer: Layer) -> u64 {
    match (source, layer) {
        (Source::Microphone, _) => 40_000,
        (Source::ScreenSound, _) => 100_000,
        (Source::Screen, _) => 1_000_000,
        (Source::Camera, Layer::Low) => 150_000,
        (Source::Camera, Layer::Middle) => 500_000,
        (Source::Camera, Layer::High) => 1_700_000,
    }
}

/// Per thousand. Larger, one broken path makes everybody's sound worse than it has to be; smaller, little of it
/// is repaired.
const MOST_LOSS: u64 = 200;
/// Longer, a picture waits for a layer that is not sent any more; shorter, a still screen counts as gone.
const ALIVE: Micros = Micros::from_millis(1_000);
/// Longer, what nobody sees is sent for longer; shorter, a sender stops and starts while a window is moved.
const LINGER: Micros = Micros::from_millis(2_000);
/// Longer, everybody is asked to wait for what a small camera cannot give; shorter, a slow sender counts as
/// one.
const MISSING: Micros = Micros::from_millis(5_000);
/// Longer, a sender whose path became better is found out late; shorter, others make room more often for what
/// does not come.
const FORGET: Micros = Micros::from_millis(10_000);

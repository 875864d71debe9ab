// SPDX-License-Identifier: EUPL-1.2
//! The other threads that a publication is passed on to.

use shared::LayerSet;

use crate::media::Micros;

/// The threads on which somebody is fed with a publication, besides the one where it lives.
///
/// A thread says again and again that it wants it, and is forgotten when it does not: what is said may be lost.
#[derive(Clone, Debug, Default)]
pub(super) struct Exports(Vec<Export>);

/// One of them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Export {
    pub(super) thread: usize,
    heard: Micros,
    layers: LayerSet,
    loss: u64,
    /// What it was told last of the gate; nothing before it was told of the publication at all.
    pub(super) told: Option<bool>,
}

/// What a word of a thread changed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Change {
    /// It does not have the publication yet.
    Begins,
    /// Other layers than before are wanted there.
    Layers,
    /// Nothing.
    None,
}

impl Exports {
    /// Whether there is any.
    pub(super) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them, in the order in which they came.
    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Export> {
        self.0.iter_mut()
    }

    /// A thread says that it wants those layers and loses so much of them; `is_known` is whether it has
    /// been told of the publication.
    pub(super) fn hear(
        &mut self,
        now: Micros,
        thread: usize,
        (layers, loss): (LayerSet, u64),
        is_known: bool,
    ) -> Change {
        let told = None;
        let found = self.0.iter_mut().find(|export| export.thread == thread);
        let Some(export) = found else {
            self.0.push(Export { thread, heard: now, layers, loss, told });
            return Change::Begins;
        };
        let changed = export.layers != layers;
        (export.heard, export.layers, export.loss) = (now, layers, loss);
        if !is_known {
            export.told = None;
            return Change::Begins;
        }
        if changed { Change::Layers } else { Change::None }
    }

    /// A thread wants it before it can say so.
    pub(super) fn begin(&mut self, now: Micros, thread: usize) {
        if self.0.iter().all(|export| export.thread != thread) {
            self.hear(now, thread, (LayerSet::NONE, 0), false);
        }
    }

    /// Forgets a thread.
    pub(super) fn forget(&mut self, thread: usize) {
        self.0.retain(|export| export.thread != thread);
    }

    /// Forgets those that have not been heard of for long.
    pub(super) fn expire(&mut self, now: Micros) {
        self.0.retain(|export| now.since(export.heard) < PATIENCE);
    }

    /// What the worst path to a listener on any of them loses of a thousand datagrams.
    pub(super) fn loss(&self) -> u64 {
        self.0.iter().map(|export| export.loss).max().unwrap_or(0)
    }
}

/// Longer, a thread is passed what nobody on it is fed with for longer; shorter, one that is busy for a moment,
/// and says nothing, is passed nothing.
const PATIENCE: Micros = Micros::from_millis(2_000);

#[cfg(test)]
mod tests {
    use shared::Layer;

    use super::*;

    fn low() -> LayerSet {
        [Layer::Low].into_iter().collect()
    }

    #[test]
    fn a_thread_is_passed_what_it_wants_until_it_says_so_no_longer() {
        let mut exports = Exports::default();
        assert_eq!(exports.hear(Micros(0), 1, (LayerSet::NONE, 0), false), Change::Begins);
        assert_eq!(exports.hear(Micros(1), 1, (low(), 0), true), Change::Layers);
        assert_eq!(exports.hear(Micros(2), 1, (low(), 30), true), Change::None);
        assert_eq!(exports.hear(PATIENCE, 2, (low(), 20), false), Change::Begins);
        assert_eq!(exports.loss(), 30);
        exports.expire(PATIENCE + Micros(1));
        assert_eq!(exports.iter_mut().map(|export| export.thread).collect::<Vec<_>>(), [1, 2]);
        exports.expire(PATIENCE + Micros(2));
        assert_eq!(exports.iter_mut().map(|export| export.thread).collect::<Vec<_>>(), [2]);
        assert_eq!(exports.loss(), 20);
    }

    #[test]
    fn who_was_not_told_is_told_again() {
        let mut exports = Exports::default();
        exports.hear(Micros(0), 1, (low(), 0), false);
        exports.iter_mut().for_each(|export| export.told = Some(true));
        assert_eq!(exports.hear(Micros(1), 1, (low(), 0), false), Change::Begins);
        assert!(exports.iter_mut().all(|export| export.told.is_none()));
    }
}

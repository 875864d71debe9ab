// SPDX-License-Identifier: EUPL-1.2
//! The system's allocator, which forgets.
#![expect(unsafe_code, reason = "an allocator")]

use std::alloc::{GlobalAlloc, Layout, System};

/// Zeroes memory before it gives it back.
///
/// It is for `#[global_allocator]`. A piece that grows moves, and what it leaves is zeroed like the rest:
/// `realloc` is the one that the trait provides. Nothing is asked of who allocates; the media threads, which
/// allocate nothing for a packet, do not notice.
#[derive(Clone, Copy, Debug, Default)]
pub struct Forgetful;

// SAFETY: everything is handed to the system's allocator as it comes, after a write to memory that the caller
// still owns.
unsafe impl GlobalAlloc for Forgetful {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: as the caller promises.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: as the caller promises.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the caller owns the piece, which is as long as its layout says, until this returns.
        unsafe { pointer.write_bytes(0, layout.size()) };
        // SAFETY: the piece has just been written.
        zeroize::optimization_barrier(unsafe { &*pointer });
        // SAFETY: as the caller promises.
        unsafe { System.dealloc(pointer, layout) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the system's allocator keeps in a free piece for itself, at its beginning.
    const ITS_OWN: usize = 64;

    /// A piece that was filled, as it is when the same place is handed out again.
    fn freed(free: impl Fn(*mut u8, Layout)) -> Vec<u8> {
        // Not so small that threads keep some of them apart, not so large that it is unmapped.
        let layout = Layout::from_size_align(40_000, 16).unwrap();
        // SAFETY: the layout is not empty; what is read lies in the piece.
        unsafe {
            let pointer = System.alloc(layout);
            pointer.write_bytes(0xa5, layout.size());
            free(pointer, layout);
            let again = System.alloc(layout);
            assert_eq!(again, pointer, "nobody else allocates here");
            let bytes = std::slice::from_raw_parts(again, layout.size()).to_vec();
            System.dealloc(again, layout);
            bytes
        }
    }

    #[test]
    fn a_freed_piece_holds_nothing() {
        // On a thread of its own, which has a heap of its own: nobody takes the place meanwhile.
        let looked = std::thread::spawn(|| {
            let kept = freed(|pointer, layout| {
                // SAFETY: allocated with this layout.
                unsafe { System.dealloc(pointer, layout) }
            });
            assert!(kept[ITS_OWN..].contains(&0xa5), "the system's alone forgets nothing");
            let forgotten = freed(|pointer, layout| {
                // SAFETY: allocated with this layout, by the same allocator.
                unsafe { Forgetful.dealloc(pointer, layout) }
            });
            assert!(forgotten[ITS_OWN..].iter().all(|byte| *byte == 0));
        });
        looked.join().unwrap();
    }

    #[test]
    fn what_grows_and_shrinks_keeps_its_contents() {
        let layout = Layout::from_size_align(1_000, 8).unwrap();
        // SAFETY: the layouts are those of the pieces; what is read was written.
        unsafe {
            let pointer = Forgetful.alloc(layout);
            pointer.write_bytes(7, 1_000);
            let larger = Forgetful.realloc(pointer, layout, 9_000);
            assert!(std::slice::from_raw_parts(larger, 1_000).iter().all(|byte| *byte == 7));
            let layout = Layout::from_size_align(9_000, 8).unwrap();
            let smaller = Forgetful.realloc(larger, layout, 10);
            assert_eq!(std::slice::from_raw_parts(smaller, 10), [7; 10]);
            Forgetful.dealloc(smaller, Layout::from_size_align(10, 8).unwrap());
        }
    }
}

// SPDX-License-Identifier: EUPL-1.2
//! Makes the packets of a frame equally long, so that they leave as one message.
//!
//! Browsers split a frame into packets about equally: the sizes differ by a byte, the smaller ones first.
//! The system cuts a message into equal parts only. So every packet of a frame but the last carries a byte
//! or a few of padding (RFC 3550 §5.1), up to one more than the first needs.

/// How long the packets of the frame that is being sent are.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct RunPadding {
    /// Of the frame.
    timestamp: u32,
    /// What each packet is filled up to, in bytes; nothing before a run begins.
    len: Option<usize>,
}

impl RunPadding {
    /// How many bytes of padding the next packet carries, of `len` bytes without it and of a frame with this
    /// timestamp; `last` says that it ends the frame.
    pub fn of(&mut self, timestamp: u32, last: bool, len: usize) -> u8 {
        let run = self.len.filter(|filled| self.timestamp == timestamp && len <= *filled);
        if last {
            // The last part of a message may be shorter than the others.
            self.len = None;
            return 0;
        }
        let Some(filled) = run else {
            self.timestamp = timestamp;
            self.len = Some(len.saturating_add(1));
            return 1;
        };
        let missing = u8::try_from(filled.saturating_sub(len)).ok();
        if let Some(missing) = missing.filter(|missing| *missing <= MOST) {
            return missing;
        }
        self.len = None;
        0
    }
}

/// Larger, a small packet in the middle of a frame costs more bytes than its own message would cost time.
const MOST: u8 = 32;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The lengths with which the packets of one frame leave.
    fn sent(run: &mut RunPadding, timestamp: u32, lens: &[usize]) -> Vec<usize> {
        let last = lens.len() - 1;
        let packets = lens.iter().enumerate();
        packets.map(|(at, len)| len + usize::from(run.of(timestamp, at == last, *len))).collect()
    }

    #[test]
    fn a_frame_of_one_packet_is_left_as_it_is() {
        assert_eq!(sent(&mut RunPadding::default(), 1, &[700]), [700]);
    }

    #[test]
    fn a_small_packet_in_the_middle_ends_a_run_instead_of_being_blown_up() {
        let mut run = RunPadding::default();
        assert_eq!(sent(&mut run, 1, &[900, 100, 900, 899]), [901, 100, 901, 899]);
    }

    #[test]
    fn every_frame_has_a_length_of_its_own() {
        let mut run = RunPadding::default();
        assert_eq!(sent(&mut run, 1, &[900, 900]), [901, 900]);
        assert_eq!(sent(&mut run, 2, &[500, 501, 501]), [501, 501, 501]);
    }

    #[test]
    fn a_frame_that_lost_its_end_does_not_lengthen_the_next() {
        let mut run = RunPadding::default();
        assert_eq!((run.of(1, false, 1_000), run.of(2, false, 600)), (1, 1));
    }

    proptest! {
        /// Sizes as browsers make them: about equal, the smaller ones first.
        #[test]
        fn what_is_split_about_equally_is_one_run(total in 1_200_usize..60_000, most in 900_usize..1_200) {
            let packets = total.div_ceil(most);
            let (each, larger) = (total / packets, total % packets);
            let lens: Vec<_> =
                (0..packets).map(|at| each + usize::from(at >= packets - larger)).collect();
            let sent = sent(&mut RunPadding::default(), 7, &lens);
            let (last, others) = sent.split_last().unwrap();
            prop_assert!(others.iter().all(|len| *len == others[0]), "{:?}", sent);
            prop_assert!(*last <= others.first().copied().unwrap_or(*last));
            prop_assert!(sent.iter().sum::<usize>() <= total + packets);
        }
    }
}

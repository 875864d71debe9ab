// SPDX-License-Identifier: EUPL-1.2
//! Sums of what each media thread did, published once per turn and read without stopping it.

use std::sync::atomic::{AtomicU64, Ordering};

macro_rules! counters {
    ($($(#[doc = $doc:literal])+ $name:ident,)+) => {
        /// Sums over all transports since the start; nothing about persons.
        #[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
        pub struct MediaCounters {
            $($(#[doc = $doc])+ pub $name: u64,)+
        }

        impl MediaCounters {
            /// Each with its name and what it counts.
            pub fn named(&self) -> impl Iterator<Item = (&'static str, &'static str, u64)> {
                [$((stringify!($name), concat!($($doc),+), self.$name),)+].into_iter()
            }

            pub(super) fn plus(self, other: Self) -> Self {
                Self { $($name: self.$name.wrapping_add(other.$name),)+ }
            }
        }

        /// The counters as other threads see them.
        #[derive(Debug, Default)]
        pub(super) struct SharedCounters {
            $($name: AtomicU64,)+
        }

        impl SharedCounters {
            pub(super) fn publish(&self, counters: &MediaCounters) {
                $(self.$name.store(counters.$name, Ordering::Relaxed);)+
            }

            pub(super) fn read(&self) -> MediaCounters {
                MediaCounters { $($name: self.$name.load(Ordering::Relaxed),)+ }
            }
        }
    };
}

counters! {
    /// Authentic RTP packets from publishers.
    packets_in,
    /// Their bytes, from the RTP header on.
    bytes_in,
    /// RTP packets sent to subscribers, retransmissions included.
    packets_out,
    /// Bytes of everything that was sent over UDP, without its headers and those of IP.
    bytes_out,
    /// Packets of sound not sent to a subscriber, because others are louder or they are silence.
    unheard,
    /// Packets not sent to a subscriber, because it has not agreed to their codec.
    other_codec,
    /// Packets of pictures that waited for the path to a subscriber.
    paced,
    /// Packets not sent to a subscriber, because too much waited for its path.
    pace_dropped,
    /// Limit met: packets of who sent more than one participant may.
    limit_up,
    /// Limit met: how often what one participant may be sent decided; for each it is asked up to ten times in a second.
    limit_down,
    /// Limit met: how often, counted alike, it decided that the server sends all it may.
    limit_all,
    /// Packets of a source that is not switched on.
    gate_dropped,
    /// Duplicates, probing padding and broken payloads.
    discarded,
    /// Checks without the right user name, integrity or fingerprint.
    unauthenticated_stun,
    /// Checks answered.
    stun_answered,
    /// Datagrams of no known kind or from no known address.
    unknown_datagrams,
    /// SRTP and SRTCP packets that were not authentic, replayed or of an unbound source.
    srtp_failures,
    /// Sequence numbers asked of publishers.
    nacks_sent,
    /// Sequence numbers asked for by subscribers.
    nacks_received,
    /// Lost packets a publisher sent again.
    rtx_in,
    /// Packets sent again to subscribers.
    rtx_out,
    /// Key frame requests sent to publishers.
    plis_sent,
    /// Key frame requests of subscribers.
    plis_received,
    /// Transport-wide feedback messages sent to publishers.
    feedback_sent,
    /// Datagrams the kernel did not take.
    send_dropped,
    /// Datagrams given to the thread their transport lives on.
    handed_over,
    /// Datagrams that thread had no room for.
    handover_dropped,
    /// Packets passed to other threads on which somebody is fed with them.
    mirrored,
    /// Packets those threads had no room for.
    mirror_dropped,
    /// Transports given to another thread, because their own had too much to do.
    moved,
    /// Events nobody fetched in time.
    events_dropped,
}

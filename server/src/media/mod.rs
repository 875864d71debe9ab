// SPDX-License-Identifier: EUPL-1.2
//! Moves packets: everything between an opened RTP packet and the next one to seal, without socket or clock.

pub mod allocate;
pub mod ascent;
pub mod bits;
pub mod bytes;
pub mod ceiling;
pub mod codec;
pub mod dependency;
#[cfg(test)]
pub(crate) mod dependency_writer;
pub mod described;
pub mod descriptor;
pub mod estimate;
pub mod feedback;
pub mod forwarder;
pub mod history;
pub mod incoming;
pub mod intake;
pub mod keyframe;
pub mod nack;
pub mod omitted;
pub mod pacer;
pub mod packet;
pub mod picture;
pub mod plain;
pub mod rate;
pub mod reception;
pub mod red;
pub mod rewriter;
pub mod rtcp;
pub mod rtx;
pub mod run;
pub mod scale;
pub mod sent;
pub mod sequence;
pub mod speakers;
pub mod srtp;
pub mod template;
pub mod time;
pub mod twcc;
pub mod voice;
pub mod vp8;
pub mod vp9;
pub mod window;

pub use time::Micros;

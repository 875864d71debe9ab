// SPDX-License-Identifier: EUPL-1.2
//! Moves packets: everything between an opened RTP packet and the next one to seal, without socket or clock.

pub mod allocate;
pub mod bytes;
pub mod dependency;
pub mod estimate;
pub mod feedback;
pub mod forwarder;
pub mod history;
pub mod incoming;
pub mod keyframe;
pub mod nack;
pub mod packet;
pub mod rate;
pub mod reception;
pub mod rewriter;
pub mod rtcp;
pub mod rtx;
pub mod run;
pub mod sent;
pub mod sequence;
pub mod speakers;
pub mod srtp;
pub mod time;
pub mod twcc;
pub mod voice;
pub mod vp8;
pub mod window;

pub use time::Micros;

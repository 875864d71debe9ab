// SPDX-License-Identifier: EUPL-1.2
//! Which language is spoken: the WebSocket sub-protocol and its outer limit.

/// The WebSocket sub-protocol (RFC 6455 §1.9). Its number grows when a message changes its meaning.
pub const SUB_PROTOCOL: &str = "zooo.v1";

/// The longest message in either direction, in bytes. Larger, a flood costs the server more memory
/// per connection; smaller, an offer with many slots no longer fits.
pub const MAX_MESSAGE_LEN: usize = 288 * 1024;

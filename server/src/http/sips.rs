// SPDX-License-Identifier: EUPL-1.2
//! Hands over what arrives after a pause in a sip first, and then the rest.
//!
//! A WebSocket makes room for a long message behind what it has read of it, and keeps all of that room
//! while there is place for short messages at its end. A first read no longer than a frame's header leaves
//! no such place: the room of an offer goes with the offer, instead of staying for hours.

use core::{
    pin::Pin,
    task::{Context, Poll},
};
use std::io;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// A stream that is read in sips.
#[derive(Debug)]
pub(super) struct Sips<S> {
    stream: S,
    /// Whether everything that was there has been read.
    is_drained: bool,
}

impl<S> Sips<S> {
    pub(super) const fn new(stream: S) -> Self {
        Self { stream, is_drained: true }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Sips<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if !self.is_drained {
            let read = Pin::new(&mut self.stream).poll_read(cx, buf);
            self.is_drained = read.is_pending();
            return read;
        }
        let mut sip = [0; SIP_LEN];
        let mut sip = ReadBuf::new(sip.get_mut(..buf.remaining().min(SIP_LEN)).unwrap_or_default());
        let read = Pin::new(&mut self.stream).poll_read(cx, &mut sip);
        buf.put_slice(sip.filled());
        self.is_drained = read.is_pending();
        read
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Sips<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(cx, parts)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

/// The longest header of a frame (RFC 6455 §5.2). Larger, a long message leaves place behind it; smaller,
/// every message takes one read more.
const SIP_LEN: usize = 14;

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, duplex};

    use super::*;

    #[tokio::test]
    async fn all_that_is_written_is_read_and_each_message_begins_with_a_sip() {
        let (mut page, server) = duplex(1_000);
        let mut server = Sips::new(server);
        let mut buffer = [0; 100];
        for _ in 0..2 {
            let read = async {
                let first = server.read(&mut buffer).await.unwrap();
                assert_eq!(buffer[..first], [7; SIP_LEN]);
                let rest = server.read(&mut buffer).await.unwrap();
                assert_eq!(buffer[..rest], [7; 50 - SIP_LEN]);
                // Nothing more is there: the next message comes after a pause.
                let more = server.read(&mut buffer);
                assert!(tokio::time::timeout(core::time::Duration::ZERO, more).await.is_err());
            };
            let ((), written) = tokio::join!(read, page.write_all(&[7; 50]));
            written.unwrap();
        }
        drop(page);
        assert_eq!(server.read(&mut buffer).await.unwrap(), 0);
    }
}

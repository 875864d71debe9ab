// SPDX-License-Identifier: EUPL-1.2
//! One address for two servers while the page is being worked on: sockets of rooms go to `zooo serve`,
//! everything else to `trunk serve`, byte for byte.
//!
//! Trunk's own proxy answers no WebSocket sub-protocol, and a browser does not accept that.
//!
//!     dev LISTEN ZOOO TRUNK

#![expect(clippy::print_stderr, reason = "a tool at a terminal")]

use core::time::Duration;
use std::{env, io, net::SocketAddr};

use tokio::net::{TcpListener, TcpStream};

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let mut addresses = env::args().skip(1).map(|argument| argument.parse::<SocketAddr>());
    let (Some(Ok(listen)), Some(Ok(zooo)), Some(Ok(trunk))) =
        (addresses.next(), addresses.next(), addresses.next())
    else {
        return Err(io::Error::other("three addresses are needed: LISTEN ZOOO TRUNK"));
    };
    let listener = TcpListener::bind(listen).await?;
    eprintln!("open http://{listen}");
    loop {
        let (browser, _) = listener.accept().await?;
        tokio::spawn(async move {
            if let Err(error) = pass_on(browser, zooo, trunk).await {
                eprintln!("dev: {error}");
            }
        });
    }
}

/// A browser opens a connection of its own for each socket: the first request says what it is for.
async fn pass_on(mut browser: TcpStream, zooo: SocketAddr, trunk: SocketAddr) -> io::Result<()> {
    let mut start = [0; SOCKET.len()];
    loop {
        browser.readable().await?;
        match browser.peek(&mut start).await? {
            0 => return Ok(()),
            read if read == start.len() => break,
            // What has been peeked at stays readable: there is nothing to wait on but time.
            _ => tokio::time::sleep(A_MOMENT).await,
        }
    }
    let to = if start == *SOCKET { zooo } else { trunk };
    let mut server = TcpStream::connect(to).await?;
    tokio::io::copy_bidirectional(&mut browser, &mut server).await?;
    Ok(())
}

/// How the request for a room's socket begins.
const SOCKET: &[u8; 8] = b"GET /ws/";
/// For the rest of a request's first line. Longer, a page opens late; shorter, waiting costs a core.
const A_MOMENT: Duration = Duration::from_millis(2);

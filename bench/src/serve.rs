// SPDX-License-Identifier: EUPL-1.2
//! The server as operators run it, in a room of which there is place for more people than they allow.

use std::{
    io::{Write as _, stdout},
    net::SocketAddr,
};

use clap::Args;
use server::{Server, config::ServerConfig};

use crate::Fault;

/// Serves like `zooo serve`, with as many seats in a room as asked for.
#[derive(Args, Debug)]
pub(crate) struct Serve {
    /// The TCP address of the signalling.
    #[arg(long, default_value = "127.0.0.1:8080")]
    http: SocketAddr,
    /// The UDP address of the media.
    #[arg(long, default_value = "127.0.0.1:3478")]
    media: SocketAddr,
    /// The seats of a room.
    #[arg(long, default_value_t = 1_100)]
    seats: usize,
}

impl Serve {
    pub(crate) fn run(self) -> Result<(), Fault> {
        let mut config = ServerConfig::new(self.http, self.media, Vec::new())?;
        config.limits.room.seats = self.seats;
        config.limits.room.challenged = self.seats;
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        runtime.block_on(async {
            let server = Server::bind(config).await?;
            writeln!(stdout(), "serves http://{}", server.http_addr())?;
            server.run(core::future::pending()).await;
            Ok(())
        })
    }
}

// SPDX-License-Identifier: EUPL-1.2
//! People without browsers, where somebody is to look at many.

use std::{fs, net::SocketAddr};

use bench::Crowd;
use shared::RoomSecret;
use tokio::task::spawn_blocking;

use crate::{setup::crowd_clip, world::World};

/// Lets people come in by the room's bookmark, each with a camera that shows a recorded picture.
pub async fn comes(world: &World, bookmark: &str, people: u32) -> Crowd {
    let secret = bookmark.split_once('#').and_then(|(_, secret)| RoomSecret::parse(secret));
    let secret = secret.unwrap_or_else(|| panic!("{bookmark} is no bookmark"));
    let port = world.origin().rsplit_once(':').and_then(|(_, port)| port.parse().ok());
    let http = SocketAddr::from(([127, 0, 0, 1], port.unwrap_or_default()));
    let file = crowd_clip();
    let picture = fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let entered = spawn_blocking(move || Crowd::enter(http, secret, people, &picture)).await;
    match entered {
        Ok(Ok(crowd)) => crowd,
        Ok(Err(fault)) => panic!("a crowd does not come in: {fault}"),
        Err(fault) => panic!("a crowd does not come in: {fault}"),
    }
}

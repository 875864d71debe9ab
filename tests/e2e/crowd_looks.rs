// SPDX-License-Identifier: EUPL-1.2
//! The screens of a room full of people, and of the last meeting of a server, for the tour through all screens.

use std::time::Duration;

use serde_json::json;
use tests::{
    crowd::comes,
    eventually::{Condition as _, eventually},
    page::CallPage,
    world::World,
};

use crate::looks::{Look, Tour};

/// So many that a phone has pages of them.
const PEOPLE: u32 = 11;

/// How long their decoders need to start on cores that others use, too.
const CROWDED: Duration = Duration::from_mins(1);

impl<L: Look> Tour<'_, L> {
    /// Everybody in one size, and one large beside the others.
    pub(crate) async fn in_a_crowd(&mut self, ada: &CallPage) {
        let world = World::start().await;
        let links = ada.opens_a_room(&world.home(self.language)).await;
        let crowd = comes(&world, &links.moderator, PEOPLE).await;
        eventually("Ada sees everybody", CROWDED, async || {
            let script = "return [...document.querySelectorAll('[data-testid=tile-video]')]
                .filter(({ videoWidth }) => videoWidth > 0).length";
            let pictures = ada.browser().execute(script, Vec::new()).await;
            (pictures == json!(PEOPLE)).or_seen(|| pictures.to_string())
        })
        .await;
        self.add(ada, "27-crowd").await;
        ada.looks_by("layout-speaker").await;
        self.add(ada, "28-filmstrip").await;
        ada.leaves().await;
        drop(crowd);
    }

    /// A server that goes out of service.
    pub(crate) async fn at_the_last_meeting(&mut self, ada: &CallPage) {
        let world = World::start().await;
        drop(ada.opens_a_room(&world.home(self.language)).await);
        world.goes_out_of_service();
        ada.browser().awaits("closing").await;
        self.add(ada, "29-closing").await;
        ada.leaves().await;
    }
}

// SPDX-License-Identifier: EUPL-1.2
//! The way from the gate to the first picture, step by step.

use std::time::Duration;

use crate::{eventually::eventually, page::CallPage};

impl CallPage {
    /// At the gate: enters, and waits for the first picture of somebody else. The steps on the way in
    /// milliseconds since the press: that entry is asked for, granted, the transport offered, answered and up,
    /// and the picture.
    pub async fn enters_and_sees(&self, within: Duration) -> [i64; 6] {
        self.is_watched().await;
        self.browser().execute(include_str!("entry.js"), Vec::new()).await;
        self.enters().await;
        let what = format!("{} sees somebody", self.name());
        eventually(&what, within, async || {
            let steps = self.browser().execute("return window.witness.steps()", Vec::new()).await;
            serde_json::from_value(steps.clone()).map_err(|_incomplete| steps.to_string())
        })
        .await
    }
}

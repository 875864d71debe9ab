// SPDX-License-Identifier: EUPL-1.2
//! Fingers on a screen (Chromium).

use serde_json::{Value, json};

use crate::page::CallPage;

/// Where a finger is put down and where it is lifted, in pixels of the page.
pub type Stroke = [(f64, f64); 2];

impl CallPage {
    /// Draws fingers over the screen, all at once.
    pub async fn draws(&self, strokes: &[Stroke]) {
        let points = |part: f64| -> Value {
            let at = |(id, [from, to]): (usize, &Stroke)| {
                let between = |from: f64, to: f64| from + (to - from) * part;
                json!({ "id": id, "x": between(from.0, to.0), "y": between(from.1, to.1) })
            };
            strokes.iter().enumerate().map(at).collect()
        };
        self.touch("touchStart", points(0.0)).await;
        for step in 1..=STEPS {
            self.touch("touchMove", points(f64::from(step) / f64::from(STEPS))).await;
        }
        self.touch("touchEnd", json!([])).await;
    }

    async fn touch(&self, kind: &str, points: Value) {
        let event = json!({ "type": kind, "touchPoints": points });
        self.browser().devtools("Input.dispatchTouchEvent", event).await;
    }
}

/// How often a finger is seen on its way.
const STEPS: u32 = 6;

// SPDX-License-Identifier: EUPL-1.2
//! What somebody looks at, and what they prefer, changed while they look (Chromium).

use serde_json::{Value, json};

use crate::page::CallPage;

/// A screen and the preferences of whoever sits in front of it.
#[derive(Clone, Copy, Debug)]
pub struct Display {
    /// Its width in CSS pixels.
    pub width: u32,
    /// Its height in CSS pixels.
    pub height: u32,
    /// Whether it is touched.
    pub touched: bool,
    /// What is preferred: media features and their values.
    pub prefers: &'static [(&'static str, &'static str)],
}

impl Display {
    /// A window on a desk.
    pub const DESKTOP: Self = Self { width: 1024, height: 680, touched: false, prefers: LIGHT };
    /// A phone held upright.
    pub const PHONE: Self = Self { width: 390, height: 780, touched: true, prefers: LIGHT };
    /// A phone held on its side.
    pub const SIDE: Self = Self { width: 844, height: 390, touched: true, prefers: LIGHT };
    /// A window of 1280 by 1024, at 200 %.
    pub const TWICE: Self = Self { width: 640, height: 512, touched: false, prefers: LIGHT };
    /// The same at 400 %: the least that has to do (WCAG 2.2, 1.4.10).
    pub const FOUR_TIMES: Self = Self { width: 320, height: 256, touched: false, prefers: LIGHT };

    /// The same for somebody with other preferences.
    #[must_use]
    pub const fn of_whom(self, prefers: &'static [(&'static str, &'static str)]) -> Self {
        Self { prefers, ..self }
    }
}

/// Who reads dark on light.
pub const LIGHT: &[(&str, &str)] = &[("prefers-color-scheme", "light")];
/// Who reads light on dark.
pub const DARK: &[(&str, &str)] = &[("prefers-color-scheme", "dark")];

impl CallPage {
    /// Looks through another display from here on.
    pub async fn looks_through(&self, display: Display) {
        let Display { width, height, touched, prefers } = display;
        let screen =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": touched });
        self.browser().devtools("Emulation.setDeviceMetricsOverride", screen).await;
        self.touches(touched).await;
        let features: Vec<Value> =
            prefers.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
        let media = json!({ "media": "", "features": features });
        self.browser().devtools("Emulation.setEmulatedMedia", media).await;
        self.browser().execute(DRAWN, Vec::new()).await;
    }

    /// Looks as before.
    pub async fn looks_as_before(&self) {
        self.browser().devtools("Emulation.clearDeviceMetricsOverride", json!({})).await;
        self.touches(false).await;
        let media = json!({ "media": "", "features": [] });
        self.browser().devtools("Emulation.setEmulatedMedia", media).await;
        self.browser().execute(DRAWN, Vec::new()).await;
    }

    async fn touches(&self, touched: bool) {
        let touch = json!({ "enabled": touched });
        self.browser().devtools("Emulation.setTouchEmulationEnabled", touch).await;
    }
}

// Two pictures later everything has its place, and what was to glide has arrived.
const DRAWN: &str = "
    const drawn = () => new Promise((done) => requestAnimationFrame(done));
    return drawn().then(drawn).then(() => document.getAnimations().forEach((it) => {
        if (it.effect?.getComputedTiming().endTime !== Infinity) it.finish();
    }));
";

// SPDX-License-Identifier: EUPL-1.2
//! How the browsers are set up: small, light, quiet, with the camera and microphone of their person.

use std::{env, path::PathBuf};

use serde_json::{Value, json};

use crate::{cast::Person, folder::Folder, world};

/// How a browser differs from the usual one: small, light, with camera and microphone.
#[derive(Clone, Copy, Debug, Default)]
pub struct Setup {
    /// Camera and microphone.
    pub devices: Devices,
    /// Which colours the person prefers.
    pub scheme: Scheme,
    /// What stands on the table.
    pub shape: Shape,
    /// Whether the browser keeps a log of its network (Chromium).
    pub net_log: bool,
    /// Whom it believes that a server is who it says.
    pub trust: Trust,
    /// Whether it tells what it loads, see [`crate::traffic`] (Chromium).
    pub traffic: bool,
}

impl Setup {
    /// The lightest: nothing to be seen or heard of this person.
    pub const WITHOUT_DEVICES: Self = Self {
        devices: Devices::Missing,
        scheme: Scheme::Light,
        shape: Shape::Desktop,
        net_log: false,
        trust: Trust::Usual,
        traffic: false,
    };
}

/// Camera and microphone.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Devices {
    /// They play the person's clips.
    #[default]
    Connected,
    /// The camera shows what the browser paints, in 720 lines.
    Sharp,
    /// The camera flashes and the microphone beeps, for a tenth of every second.
    Clapping,
    /// There are none.
    Missing,
    /// There are none, and the tab with the title [`SHARED_TAB`] is shared without a question.
    Tab,
}

/// How the tab is called that somebody with [`Devices::Tab`] shares.
pub const SHARED_TAB: &str = "Minutes of the year";

impl Devices {
    /// The name of the clips that are played.
    fn clip(self, person: Person) -> Option<String> {
        match self {
            Self::Connected | Self::Sharp => Some(person.name.to_lowercase()),
            Self::Clapping => Some("clap".to_owned()),
            Self::Missing | Self::Tab => None,
        }
    }
}

/// Whom a browser believes that a server is who it says.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Trust {
    /// The authorities that browsers know.
    #[default]
    Usual,
    /// Anybody, a test too.
    Anybody,
}

/// Which colours somebody prefers.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Scheme {
    /// Dark on light.
    #[default]
    Light,
    /// Light on dark.
    Dark,
}

/// What somebody looks at.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Shape {
    /// A window on a desk.
    #[default]
    Desktop,
    /// A phone held upright.
    Phone,
}

/// Width and height of every window: small, for all of them are drawn by two cores.
pub(crate) const WINDOW: (u32, u32) = (900, 640);

/// The capabilities of a Chromium whose profile is kept in a folder.
pub(crate) fn chromium(person: Person, setup: Setup, folder: &Folder) -> Value {
    let (width, height) = WINDOW;
    // A browser that is mute captures nothing of what a tab plays.
    let is_mute = setup.devices != Devices::Tab;
    let args = CHROMIUM.iter().filter(|&&arg| is_mute || arg != "--mute-audio");
    let mut args: Vec<String> = args.map(|&arg| arg.to_owned()).collect();
    args.push(match setup.devices {
        // What is shared is a tab, and not the screen that goes with fake devices.
        Devices::Tab => format!("--auto-select-tab-capture-source-by-title={SHARED_TAB}"),
        Devices::Connected | Devices::Sharp | Devices::Clapping | Devices::Missing => {
            "--use-fake-ui-for-media-stream".to_owned()
        }
    });
    args.push(format!("--user-data-dir={}", folder.path().join("profile").display()));
    args.push(format!("--window-size={width},{height}"));
    if setup.net_log {
        args.push(format!("--log-net-log={}", folder.path().join(NET_LOG).display()));
    }
    args.push(format!(
        "--blink-settings=preferredColorScheme={}",
        u8::from(setup.scheme == Scheme::Light)
    ));
    if let Some(name) = setup.devices.clip(person) {
        args.push("--use-fake-device-for-media-stream".to_owned());
        args.push(format!("--use-file-for-fake-audio-capture={}", made(&name, "wav").display()));
        if setup.devices != Devices::Sharp {
            let picture = made(&name, "mjpeg");
            args.push(format!("--use-file-for-fake-video-capture={}", picture.display()));
        }
    }
    let mut options = json!({ "binary": "/usr/bin/chromium", "args": args });
    if setup.shape == Shape::Phone
        && let Some(options) = options.as_object_mut()
    {
        let screen = json!({ "width": 390, "height": 844, "pixelRatio": 2, "touch": true });
        options.insert("mobileEmulation".to_owned(), json!({ "deviceMetrics": screen }));
    }
    let mut logs = json!({ "browser": "ALL" });
    if setup.traffic {
        logs = json!({ "browser": "ALL", "performance": "ALL" });
    }
    json!({
        "acceptInsecureCerts": setup.trust == Trust::Anybody,
        "browserName": "chrome",
        "goog:chromeOptions": options,
        "goog:loggingPrefs": logs,
    })
}

/// The file in a browser's folder in which it keeps the log of its network.
pub(crate) const NET_LOG: &str = "network.json";

/// What every Chromium is told: no window system, no questions, no traffic of its own.
const CHROMIUM: [&str; 12] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--no-proxy-server",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-sync",
    "--mute-audio",
    "--autoplay-policy=no-user-gesture-required",
];

/// The capabilities of a Firefox.
pub(crate) fn firefox(person: Person, setup: Setup) -> Value {
    let (width, height) = WINDOW;
    let args = ["-headless".to_owned(), format!("--width={width}"), format!("--height={height}")];
    json!({
        "acceptInsecureCerts": setup.trust == Trust::Anybody,
        "browserName": "firefox",
        "moz:firefoxOptions": {
            "binary": "/usr/bin/firefox-esr",
            "args": args,
            "prefs": {
                "media.autoplay.default": 0,
                "media.navigator.audio.fake_frequency": person.tone,
                "media.navigator.permission.disabled": true,
                "media.navigator.streams.fake": true,
                "network.captive-portal-service.enabled": false,
                "network.connectivity-service.enabled": false,
                "network.proxy.type": 0,
            },
        },
    })
}

/// What people without a browser show.
pub(crate) fn crowd_clip() -> PathBuf {
    made("crowd", "ivf")
}

/// What `scripts/fake-media` made.
fn made(name: &str, extension: &str) -> PathBuf {
    let folder =
        env::var_os("ZOOO_CLIPS").map_or_else(|| world::root().join(".tools/media"), PathBuf::from);
    let clip = folder.join(name).with_extension(extension);
    assert!(clip.is_file(), "{}: no such clip; `scripts/fake-media` makes it", clip.display());
    clip
}

// SPDX-License-Identifier: EUPL-1.2
//! Which browser it is, as far as it makes a difference to where somebody gives a permission.

/// Where a browser keeps what it permits.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Brand {
    /// Chromium and its kin on a computer.
    Chromium,
    /// Firefox on a computer.
    Firefox,
    /// Safari on a computer.
    Safari,
    /// Chromium and its kin on Android.
    ChromiumPhone,
    /// Firefox on Android.
    FirefoxPhone,
    /// Safari on an iPhone or iPad.
    SafariPhone,
    /// Another one on an iPhone or iPad, where the system permits it to a program.
    OtherIPhone,
    /// None of these.
    Unknown,
}

/// What keeps programs from devices.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum System {
    /// Windows.
    Windows,
    /// macOS.
    Mac,
    /// Android, iOS.
    Phone,
    /// Another one.
    Unknown,
}

impl Brand {
    /// By what a browser calls itself; an iPad calls itself a Mac, but it is `touched`.
    #[must_use]
    pub fn of(agent: &str, touched: bool) -> Self {
        let says = |word: &str| agent.contains(word);
        let is_apple = says("iPhone") || says("iPad") || (says("Macintosh") && touched);
        if is_apple && says("Safari/") && ["CriOS", "FxiOS", "EdgiOS"].iter().any(|it| says(it)) {
            Self::OtherIPhone
        } else if is_apple && says("Version/") {
            Self::SafariPhone
        } else if says("Firefox/") {
            if says("Android") { Self::FirefoxPhone } else { Self::Firefox }
        } else if says("Chrome/") {
            if says("Android") { Self::ChromiumPhone } else { Self::Chromium }
        } else if says("Safari/") && says("Macintosh") {
            Self::Safari
        } else {
            Self::Unknown
        }
    }
}

impl System {
    /// By the same.
    #[must_use]
    pub fn of(agent: &str, touched: bool) -> Self {
        let says = |word: &str| agent.contains(word);
        let is_mac = says("Macintosh");
        if says("Android") || says("iPhone") || says("iPad") || (is_mac && touched) {
            Self::Phone
        } else if says("Windows") {
            Self::Windows
        } else if is_mac {
            Self::Mac
        } else {
            Self::Unknown
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAC: &str = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15";

    #[test]
    fn browsers_are_told_apart_by_what_they_call_themselves() {
        for (agent, touched, brand, system) in [
            (
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
                false,
                Brand::Chromium,
                System::Unknown,
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
                true,
                Brand::Chromium,
                System::Windows,
            ),
            (
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
                true,
                Brand::ChromiumPhone,
                System::Phone,
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
                false,
                Brand::Firefox,
                System::Unknown,
            ),
            (
                "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0",
                true,
                Brand::FirefoxPhone,
                System::Phone,
            ),
            (MAC, false, Brand::Safari, System::Mac),
            (MAC, true, Brand::SafariPhone, System::Phone),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
                true,
                Brand::SafariPhone,
                System::Phone,
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/140.0.0.0 Mobile/15E148 Safari/604.1",
                true,
                Brand::OtherIPhone,
                System::Phone,
            ),
            ("", false, Brand::Unknown, System::Unknown),
        ] {
            assert_eq!(Brand::of(agent, touched), brand, "{agent}");
            assert_eq!(System::of(agent, touched), system, "{agent}");
        }
    }
}

// SPDX-License-Identifier: EUPL-1.2
//! Where this browser and this system keep what they permit, and what else keeps a device from running, in every
//! language.

use crate::call::{Brand, System};

/// What to do about a device that does not run.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ways {
    /// After a refusal that this browser remembers.
    pub(crate) permit: fn(Brand) -> &'static str,
    /// After the system's refusal.
    pub(crate) permit_in_system: fn(System) -> &'static str,
    pub(crate) camera: More,
    pub(crate) microphone: More,
    pub(crate) screen: More,
}

/// What else can be wrong with a source, each with its way out; of the system's refusal, only what it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct More {
    pub(crate) denied_by_system: &'static str,
    pub(crate) forbidden: &'static str,
    pub(crate) broken: &'static str,
    pub(crate) inactive: &'static str,
}

pub(super) const DE: Ways = Ways {
    permit: |brand| match brand {
        Brand::Chromium => {
            "Klicken Sie auf das Symbol links neben der Adresse, erlauben Sie dort Kamera und Mikrofon, und schalten Sie dann wieder ein."
        }
        Brand::Firefox => {
            "Klicken Sie links neben der Adresse auf das durchgestrichene Symbol, löschen Sie dort die Blockierung, und schalten Sie dann wieder ein."
        }
        Brand::Safari => {
            "Wählen Sie in der Menüleiste „Safari“ und „Einstellungen für diese Website“, erlauben Sie dort Kamera und Mikrofon, und schalten Sie dann wieder ein."
        }
        Brand::ChromiumPhone => {
            "Tippen Sie auf das Symbol links neben der Adresse und auf „Berechtigungen“, erlauben Sie dort Kamera und Mikrofon, und schalten Sie dann wieder ein. Fehlt der Eintrag, erlauben Sie es dem Browser in den Einstellungen des Telefons unter „Apps“."
        }
        Brand::FirefoxPhone => {
            "Tippen Sie auf das Symbol links neben der Adresse, erlauben Sie dort Kamera und Mikrofon, und schalten Sie dann wieder ein. Fehlt der Eintrag, erlauben Sie es dem Browser in den Einstellungen des Telefons unter „Apps“."
        }
        Brand::SafariPhone => {
            "Tippen Sie auf das Symbol in der Adresszeile und auf „Website-Einstellungen“, erlauben Sie dort Kamera und Mikrofon, und schalten Sie dann wieder ein."
        }
        Brand::OtherIPhone => {
            "Öffnen Sie die Einstellungen des Geräts und darin diesen Browser, erlauben Sie dort Kamera und Mikrofon, und laden Sie diese Seite neu."
        }
        Brand::Unknown => {
            "Erlauben Sie es über das Symbol neben der Adresse oder in den Einstellungen Ihres Geräts, und schalten Sie dann wieder ein."
        }
    },
    permit_in_system: |system| match system {
        System::Windows => {
            "Öffnen Sie die Windows-Einstellungen, „Datenschutz und Sicherheit“, erlauben Sie dort Desktop-Apps den Zugriff, und schalten Sie dann wieder ein."
        }
        System::Mac => {
            "Öffnen Sie die Systemeinstellungen, „Datenschutz & Sicherheit“, erlauben Sie es dort dem Browser, und starten Sie ihn neu."
        }
        System::Phone => {
            "Öffnen Sie die Einstellungen des Geräts und darin diesen Browser, erlauben Sie es dort, und schalten Sie dann wieder ein."
        }
        System::Unknown => {
            "Erlauben Sie es dem Browser in den Einstellungen Ihres Geräts, und schalten Sie dann wieder ein."
        }
    },
    camera: More {
        denied_by_system: "Das System gibt dem Browser keine Kamera.",
        forbidden: "Dieser Browser gibt dieser Seite keine Kamera: Seine Einstellungen oder die Verwaltung Ihres Geräts verbieten es. Nehmen Sie einen anderen Browser, oder fragen Sie, wer das Gerät verwaltet.",
        broken: "Die Kamera hat nicht geantwortet. Stecken Sie sie neu an, oder starten Sie das Gerät neu, und schalten Sie sie dann wieder ein.",
        inactive: "Diese Seite war gerade nicht im Vordergrund. Schalten Sie die Kamera noch einmal ein, oder laden Sie die Seite neu.",
    },
    microphone: More {
        denied_by_system: "Das System gibt dem Browser kein Mikrofon.",
        forbidden: "Dieser Browser gibt dieser Seite kein Mikrofon: Seine Einstellungen oder die Verwaltung Ihres Geräts verbieten es. Nehmen Sie einen anderen Browser, oder fragen Sie, wer das Gerät verwaltet.",
        broken: "Das Mikrofon hat nicht geantwortet. Stecken Sie es neu an, oder starten Sie das Gerät neu, und schalten Sie es dann wieder ein.",
        inactive: "Diese Seite war gerade nicht im Vordergrund. Schalten Sie das Mikrofon noch einmal ein, oder laden Sie die Seite neu.",
    },
    screen: More {
        denied_by_system: "Das System gibt dem Browser keinen Bildschirm.",
        forbidden: "Dieser Browser lässt diese Seite keinen Bildschirm teilen: Seine Einstellungen oder die Verwaltung Ihres Geräts verbieten es. Nehmen Sie einen anderen Browser.",
        broken: "Der Bildschirm ließ sich nicht aufnehmen. Wählen Sie ein anderes Fenster, und versuchen Sie es noch einmal.",
        inactive: "Diese Seite war gerade nicht im Vordergrund. Versuchen Sie es noch einmal, oder laden Sie die Seite neu.",
    },
};

pub(super) const EN: Ways = Ways {
    permit: |brand| match brand {
        Brand::Chromium => {
            "Click the symbol left of the address, allow camera and microphone there, then switch it on again."
        }
        Brand::Firefox => {
            "Click the crossed-out symbol left of the address, remove the block there, then switch it on again."
        }
        Brand::Safari => {
            "Choose “Safari” and “Settings for This Website” in the menu bar, allow camera and microphone there, then switch it on again."
        }
        Brand::ChromiumPhone => {
            "Tap the symbol left of the address and “Permissions”, allow camera and microphone there, then switch it on again. If there is no such entry, allow it to the browser in the phone’s settings under “Apps”."
        }
        Brand::FirefoxPhone => {
            "Tap the symbol left of the address, allow camera and microphone there, then switch it on again. If there is no such entry, allow it to the browser in the phone’s settings under “Apps”."
        }
        Brand::SafariPhone => {
            "Tap the symbol in the address bar and “Website Settings”, allow camera and microphone there, then switch it on again."
        }
        Brand::OtherIPhone => {
            "Open the settings of the device and this browser in it, allow camera and microphone there, then load this page again."
        }
        Brand::Unknown => {
            "Allow it with the symbol beside the address or in the settings of your device, then switch it on again."
        }
    },
    permit_in_system: |system| match system {
        System::Windows => {
            "Open the Windows settings, “Privacy & security”, let desktop apps have access there, then switch it on again."
        }
        System::Mac => {
            "Open the system settings, “Privacy & Security”, allow it to the browser there, then start the browser again."
        }
        System::Phone => {
            "Open the settings of the device and this browser in it, allow it there, then switch it on again."
        }
        System::Unknown => {
            "Allow it to the browser in the settings of your device, then switch it on again."
        }
    },
    camera: More {
        denied_by_system: "The system gives the browser no camera.",
        forbidden: "This browser gives this page no camera: its settings, or whoever administers your device, forbid it. Use another browser, or ask who administers the device.",
        broken: "The camera did not answer. Plug it in again, or restart the device, then switch it on again.",
        inactive: "This page was not in front. Switch the camera on once more, or load the page again.",
    },
    microphone: More {
        denied_by_system: "The system gives the browser no microphone.",
        forbidden: "This browser gives this page no microphone: its settings, or whoever administers your device, forbid it. Use another browser, or ask who administers the device.",
        broken: "The microphone did not answer. Plug it in again, or restart the device, then switch it on again.",
        inactive: "This page was not in front. Switch the microphone on once more, or load the page again.",
    },
    screen: More {
        denied_by_system: "The system gives the browser no screen.",
        forbidden: "This browser lets this page share no screen: its settings, or whoever administers your device, forbid it. Use another browser.",
        broken: "The screen could not be captured. Choose another window, and try once more.",
        inactive: "This page was not in front. Try once more, or load the page again.",
    },
};

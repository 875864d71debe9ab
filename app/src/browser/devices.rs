// SPDX-License-Identifier: EUPL-1.2
//! Which cameras, microphones and speakers there are.

use js_sys::Array;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{MediaDeviceInfo, MediaDeviceKind};

use super::{Inbox, Listener, Page, spawn};
use crate::call::{Device, DeviceId, DeviceKind, Event};

/// Reports the list of devices at every change.
#[derive(Debug)]
pub(super) struct Devices {
    _changes: Option<Listener>,
}

impl Devices {
    /// Reports the list, and again whenever a device comes or goes.
    pub(super) fn new(inbox: Inbox) -> Self {
        let told = inbox.clone();
        let changes = Page::media_devices()
            .map(|devices| Listener::new(&devices, "devicechange", move |_| report(told.clone())));
        report(inbox);
        Self { _changes: changes }
    }
}

/// Asks for the list and puts it into the inbox. A permission that was given adds names to it.
pub(super) fn report(inbox: Inbox) {
    let Some(list) = Page::media_devices().and_then(|all| all.enumerate_devices().ok()) else {
        return;
    };
    spawn(async move {
        let Ok(list) = JsFuture::from(list).await else { return };
        let devices = Array::from(&list).iter().filter_map(|entry| device(&entry)).collect();
        inbox.put(Event::Devices(devices));
    });
}

/// One device; `None` for what is nothing to choose: without permission, entries have no id.
fn device(entry: &JsValue) -> Option<Device> {
    let info: &MediaDeviceInfo = entry.dyn_ref()?;
    let kind = match info.kind() {
        MediaDeviceKind::Audioinput => DeviceKind::Microphone,
        MediaDeviceKind::Audiooutput => DeviceKind::Speaker,
        MediaDeviceKind::Videoinput => DeviceKind::Camera,
        _ => return None,
    };
    let id = info.device_id();
    (!id.is_empty()).then(|| Device { id: DeviceId(id), kind, label: info.label() })
}

// SPDX-License-Identifier: EUPL-1.2
//! Shows a call and says what the person wants: components read the view and never decide.
//!
//! One component per file, its style in the file of the same name in `style/`.
#![expect(unreachable_pub, reason = "the component macro makes what it generates public")]

mod app;
mod avatar;
mod bar;
mod bar_button;
mod broken;
mod conference;
mod context;
mod copy_button;
mod device_select;
mod device_trouble;
mod door;
mod ended;
mod frame;
mod gate;
mod gate_device;
mod gate_name;
mod gate_notice;
mod heading;
mod home;
mod home_picture;
mod icon;
mod invitation;
mod knock;
mod level;
mod lobby;
mod made;
mod people;
mod qr;
mod room;
mod settings;
mod speaker_select;
mod stage;
mod surface;
mod switch;
mod text;
mod tile;

pub(crate) use app::App;

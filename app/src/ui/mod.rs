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
mod chat;
mod chat_field;
mod chat_line;
mod chat_unsent;
mod conference;
mod confirm;
mod context;
mod copy_button;
mod device_select;
mod device_trouble;
mod dialog;
mod door;
mod door_choice;
mod ended;
mod ended_words;
mod everybody;
mod evidence;
mod evidence_words;
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
mod invite_links;
mod invite_personal;
mod knock;
mod knock_row;
mod level;
mod lobby;
mod made;
mod missing;
mod names;
mod own_screen;
mod panel;
mod panels;
mod paused;
mod people;
mod person;
mod person_menu;
mod qr;
mod role_told;
mod room;
mod rules;
mod settings;
mod shortcuts;
mod sign;
mod silenced;
mod source_button;
mod speaker_select;
mod stage;
mod surface;
mod switch;
mod text;
mod tile;
mod told;

pub(crate) use app::App;
pub(crate) use conference::conference;
pub(crate) use ended::ended;
pub(crate) use made::made;

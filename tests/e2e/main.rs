// SPDX-License-Identifier: EUPL-1.2
//! Meetings in real browsers, against the binary that is delivered.
//!
//! Each test has a server of its own. They run one after the other: three browsers are a load.

mod access;
mod album;
mod alone;
mod budget;
mod codecs;
mod connection;
mod conversation;
mod crowd;
mod devices;
mod devices_looks;
mod discretion;
mod drain;
mod embed;
mod embed_devices;
mod embed_events;
mod embed_examples;
mod embed_firefox;
mod embed_hostile;
mod embed_hosts;
mod embed_left;
mod embed_looks;
mod embed_options;
mod embed_refusals;
mod embed_sandbox;
mod embed_versions;
mod evidence;
mod first_picture;
mod floor;
mod gate;
mod invitation;
mod keyboard;
mod language;
mod layers;
mod layout;
mod legible;
mod limits;
mod lips;
mod load;
mod lobby;
mod looks;
mod meeting;
mod moderator;
mod moment;
mod network;
mod outdated;
mod pause;
mod presenter;
mod removal;
mod restrict;
mod screen_sound;
mod swipe;
mod talk;
mod tree;

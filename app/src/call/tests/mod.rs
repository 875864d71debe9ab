// SPDX-License-Identifier: EUPL-1.2
//! Stories about one page, and what must hold in every history of it.

mod chat;
mod closing;
mod desk;
mod door;
mod ear;
mod embed;
mod evidence;
mod gate;
mod gaze;
mod growth;
mod inside;
mod layers;
mod line;
mod lips;
mod people;
mod properties;
mod quality;
mod reactions;
mod rest;
mod restrict;
mod rtt;
mod scene;
mod screen_sound;
mod silence;
mod talk;
mod tickets;
mod transcript;
mod treatment;
mod world;

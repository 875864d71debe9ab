// SPDX-License-Identifier: EUPL-1.2
//! Stories about one page, and what must hold in every history of it.

mod chat;
mod desk;
mod door;
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
mod rest;
mod silence;
mod tickets;
mod transcript;
mod world;

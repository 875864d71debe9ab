// SPDX-License-Identifier: EUPL-1.2
//! Stories about a room, and what holds in every history.

mod door;
mod floor;
mod seats;
mod stage;
mod transcript;

// SPDX-License-Identifier: EUPL-1.2
//! Stories about a room, and what holds in every history.

mod door;
mod floor;
mod history;
mod oracle;
mod properties;
mod seats;
mod seen;
mod stage;
mod transcript;

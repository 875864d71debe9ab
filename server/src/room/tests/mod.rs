// SPDX-License-Identifier: EUPL-1.2
//! Stories about a room, and what holds in every history.

mod attendance;
mod chair;
mod closing;
mod door;
mod doorman;
mod fleeting;
mod growth;
mod history;
mod licences;
mod lobby;
mod marks;
mod model;
mod moderation;
mod oracle;
mod policies;
mod properties;
mod reception;
mod removal;
mod screen_sound;
mod seats;
mod seen;
mod silence;
mod speaking;
mod stage;
mod steps;
mod tab;
mod table;
mod tally;
mod tickets;
mod transcript;
mod transports;
mod wishes;

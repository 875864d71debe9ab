// SPDX-License-Identifier: EUPL-1.2
//! Writes what an operator owes: the information of those who take part, and the papers behind it. Pure.
//!
//! Every document is written from the same case as `zooo check`: it says what this server is set to, and
//! changes with it. German and English stand beside each other, sentence by sentence.

mod assessment;
mod document;
mod html;
mod kind;
mod markdown;
mod measures;
mod notice;
mod processing;
mod record;
mod statement;
mod words;

pub use document::{Block, Document};
pub use html::{STYLE, Style, html, html_of_all, plain_page};
pub use kind::{Kind, Subject, write};
pub use markdown::markdown;
pub use statement::{FORMAT, answers, statement, who_embeds, who_is_responsible};

// SPDX-License-Identifier: EUPL-1.2
//! What an operator declares about the service: who is responsible, where, with whom, and on what basis.
//! It is what no program can know, and what everybody who takes part is told. Pure.

mod country;
mod line;
mod operator;
mod processor;
mod words;

pub use country::Country;
pub use line::{Contact, Line, LineFault};
pub use operator::{Facts, MissingFacts, OperatorSettings};
pub use processor::Processor;
pub use words::{Language, Words};

// SPDX-License-Identifier: EUPL-1.2
//! `zooo key`.

use clap::Args;
use server::office::written_key;
use shared::OperatorKey;

use super::{
    Failure,
    typed::{answer, random},
};

/// Makes a key pair of an operator.
///
/// Prints the secret, which signs licences and stays in the office, and the public mark, by which
/// servers recognise them. Keep both in a file for --key: (umask 077; zooo key > operator.key)
#[derive(Args, Debug)]
pub(crate) struct Key {}

impl Key {
    pub(crate) fn run(&self) -> Result<(), Failure> {
        let Self {} = self;
        answer(&written_key(&OperatorKey::from_random(*random()?)))
    }
}

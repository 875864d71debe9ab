// SPDX-License-Identifier: EUPL-1.2
//! The evidence in the page names criteria: those of the one list by which the server is judged.

use app::call::{Carriage, Proof};
use server::criteria::all;

#[test]
fn every_proof_names_criteria_that_there_are() {
    let proofs = [
        Proof::OwnHost(Vec::new()),
        Proof::Carriage(Carriage::Encrypted),
        Proof::Cipher(None),
        Proof::Sealed,
        Proof::Devices { held: Vec::new(), wrongly: Vec::new() },
        Proof::Cookies(false),
        Proof::Kept(Vec::new()),
        Proof::Recording,
        Proof::Page { found: None, stated: None },
        Proof::Responsible(None),
        Proof::Enforced(None),
    ];
    for proof in proofs {
        assert!(!proof.criteria().is_empty(), "{proof:?}");
        for id in proof.criteria() {
            assert!(all().any(|criterion| criterion.id == *id), "{id} of {proof:?}");
        }
    }
}

// SPDX-License-Identifier: EUPL-1.2
//! The table `[operator]`: as it is written, and what it declares once it is whole.

use core::fmt;

use serde::{Deserialize, Serialize};

use super::{Contact, Country, Line, Processor, Words};

/// What an operator wrote. What is `None` was not said; docs/zooo.toml explains each key.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct OperatorSettings {
    /// The full name of who is responsible (Art. 4(7) GDPR).
    pub controller: Option<Line>,
    /// Its postal address.
    pub address: Option<Line>,
    /// Where it is reached.
    pub contact: Option<Contact>,
    /// Where its data-protection officer is reached.
    pub officer: Option<Contact>,
    /// The supervisory authority that is competent for it.
    pub authority: Option<Line>,
    /// In which countries the servers stand.
    pub places: Option<Vec<Country>>,
    /// Who processes on its behalf.
    pub processors: Option<Vec<Processor>>,
    /// Why data are processed.
    pub purpose: Option<Words>,
    /// What allows it.
    pub legal_basis: Option<Words>,
    /// Whether who lets conferences be held here can have a contract under Art. 28 GDPR.
    pub contract: Option<bool>,
    /// Whether the operator belongs to a company of a third country.
    pub third_country_parent: Option<bool>,
}

/// What an operator declares: enough for the information under Art. 13 GDPR.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Facts {
    /// The full name of who is responsible.
    pub controller: Line,
    /// Its postal address.
    pub address: Line,
    /// Where it is reached.
    pub contact: Contact,
    /// Where its data-protection officer is reached, if it has one.
    pub officer: Option<Contact>,
    /// The supervisory authority that is competent for it, where it is named.
    pub authority: Option<Line>,
    /// In which countries the servers stand; one at least.
    pub places: Vec<Country>,
    /// Who processes on its behalf.
    pub processors: Vec<Processor>,
    /// Why data are processed; nothing, where the operator left it at the usual.
    pub purpose: Option<Words>,
    /// What allows it; nothing, where the operator left it at the usual.
    pub legal_basis: Option<Words>,
    /// Whether a contract under Art. 28 GDPR can be had; nothing, where that is not said.
    pub contract: Option<bool>,
    /// Whether the operator belongs to a company of a third country; nothing, where that is not said.
    pub third_country_parent: Option<bool>,
}

impl OperatorSettings {
    /// These settings, and where they say nothing, the others.
    #[must_use]
    pub fn or(self, others: Self) -> Self {
        Self {
            controller: self.controller.or(others.controller),
            address: self.address.or(others.address),
            contact: self.contact.or(others.contact),
            officer: self.officer.or(others.officer),
            authority: self.authority.or(others.authority),
            places: self.places.or(others.places),
            processors: self.processors.or(others.processors),
            purpose: self.purpose.or(others.purpose),
            legal_basis: self.legal_basis.or(others.legal_basis),
            contract: self.contract.or(others.contract),
            third_country_parent: self.third_country_parent.or(others.third_country_parent),
        }
    }

    /// What is declared, if nothing is missing that people have to be told.
    pub fn declare(self) -> Result<Facts, MissingFacts> {
        let places = self.places.filter(|places| !places.is_empty());
        match (self.controller, self.address, self.contact, places) {
            (Some(controller), Some(address), Some(contact), Some(places)) => Ok(Facts {
                controller,
                address,
                contact,
                officer: self.officer,
                authority: self.authority,
                places,
                processors: self.processors.unwrap_or_default(),
                purpose: self.purpose,
                legal_basis: self.legal_basis,
                contract: self.contract,
                third_country_parent: self.third_country_parent,
            }),
            (controller, address, contact, places) => {
                let said = [
                    ("controller", controller.is_some()),
                    ("address", address.is_some()),
                    ("contact", contact.is_some()),
                    ("places", places.is_some()),
                ];
                let missing = said.into_iter().filter(|(_, said)| !said);
                Err(MissingFacts(missing.map(|(key, _)| key).collect()))
            }
        }
    }
}

/// The keys of `[operator]` without which people cannot be told what they have to be told.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct MissingFacts(Vec<&'static str>);

impl MissingFacts {
    /// All of them: nothing was said.
    pub fn all() -> Self {
        Self(vec!["controller", "address", "contact", "places"])
    }

    /// The names of the keys.
    pub fn keys(&self) -> &[&'static str] {
        &self.0
    }
}

impl fmt::Display for MissingFacts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole() -> OperatorSettings {
        OperatorSettings {
            controller: Line::parse("Ada School").ok(),
            address: Line::parse("1 Example Street, Hamburg").ok(),
            contact: Contact::parse("privacy@school.example").ok(),
            places: Country::parse("DE").map(|germany| vec![germany]),
            ..OperatorSettings::default()
        }
    }

    #[test]
    fn what_is_missing_is_named_and_nothing_else() {
        assert_eq!(OperatorSettings::default().declare(), Err(MissingFacts::all()));
        assert!(whole().declare().is_ok());
        let lacking = |key, settings: OperatorSettings| {
            let missing = settings.declare().expect_err(key);
            assert_eq!(missing.keys(), [key]);
        };
        lacking("controller", OperatorSettings { controller: None, ..whole() });
        lacking("address", OperatorSettings { address: None, ..whole() });
        lacking("contact", OperatorSettings { contact: None, ..whole() });
        lacking("places", OperatorSettings { places: None, ..whole() });
        lacking("places", OperatorSettings { places: Some(Vec::new()), ..whole() });
    }

    #[test]
    fn each_key_is_taken_from_whoever_says_it_first() {
        let first = OperatorSettings { contract: Some(true), ..OperatorSettings::default() };
        let file = OperatorSettings { contract: Some(false), ..whole() };
        let all = first.or(file);
        assert_eq!(all.contract, Some(true));
        assert_eq!(all.controller, whole().controller);
    }
}

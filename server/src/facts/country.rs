// SPDX-License-Identifier: EUPL-1.2
//! Countries, and whether the GDPR holds in them.

use core::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use super::words::Language;

/// A country by its two letters (ISO 3166-1 alpha-2).
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Country([u8; 2]);

impl Country {
    /// Reads a code.
    pub fn parse(text: &str) -> Option<Self> {
        let code: [u8; 2] = text.as_bytes().try_into().ok()?;
        code.iter().all(u8::is_ascii_uppercase).then_some(Self(code))
    }

    /// Whether it is in the European Union or in the European Economic Area.
    pub fn is_in_eea(self) -> bool {
        self.known().is_some()
    }

    /// Its name; of a country outside the EEA the code, and that it is outside.
    pub fn name(self, language: Language) -> String {
        self.known().map_or_else(
            || language.pick(format!("{self} (Drittland)"), format!("{self} (third country)")),
            |(_, de, en)| language.pick(*de, *en).to_owned(),
        )
    }

    fn known(self) -> Option<&'static (&'static str, &'static str, &'static str)> {
        EEA.iter().find(|(code, ..)| code.as_bytes() == self.0)
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|letter| write!(f, "{}", char::from(*letter)))
    }
}

impl Serialize for Country {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Country {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text)
            .ok_or_else(|| D::Error::custom("a country is two capital letters, such as \"DE\""))
    }
}

/// The members of the European Union, and Iceland, Liechtenstein and Norway.
const EEA: [(&str, &str, &str); 30] = [
    ("AT", "Österreich", "Austria"),
    ("BE", "Belgien", "Belgium"),
    ("BG", "Bulgarien", "Bulgaria"),
    ("CY", "Zypern", "Cyprus"),
    ("CZ", "Tschechien", "Czechia"),
    ("DE", "Deutschland", "Germany"),
    ("DK", "Dänemark", "Denmark"),
    ("EE", "Estland", "Estonia"),
    ("ES", "Spanien", "Spain"),
    ("FI", "Finnland", "Finland"),
    ("FR", "Frankreich", "France"),
    ("GR", "Griechenland", "Greece"),
    ("HR", "Kroatien", "Croatia"),
    ("HU", "Ungarn", "Hungary"),
    ("IE", "Irland", "Ireland"),
    ("IS", "Island", "Iceland"),
    ("IT", "Italien", "Italy"),
    ("LI", "Liechtenstein", "Liechtenstein"),
    ("LT", "Litauen", "Lithuania"),
    ("LU", "Luxemburg", "Luxembourg"),
    ("LV", "Lettland", "Latvia"),
    ("MT", "Malta", "Malta"),
    ("NL", "Niederlande", "Netherlands"),
    ("NO", "Norwegen", "Norway"),
    ("PL", "Polen", "Poland"),
    ("PT", "Portugal", "Portugal"),
    ("RO", "Rumänien", "Romania"),
    ("SE", "Schweden", "Sweden"),
    ("SI", "Slowenien", "Slovenia"),
    ("SK", "Slowakei", "Slovakia"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_is_two_capital_letters() {
        for text in ["", "D", "de", "DEU", "D1", "ÄÖ"] {
            assert_eq!(Country::parse(text), None, "{text}");
        }
        let germany = Country::parse("DE").expect("a code");
        assert_eq!(
            (germany.to_string(), germany.name(Language::En)),
            ("DE".into(), "Germany".into())
        );
    }

    #[test]
    fn what_is_outside_is_said_to_be() {
        for code in ["US", "CH", "GB", "XX"] {
            let country = Country::parse(code).expect("a code");
            assert!(!country.is_in_eea());
            assert_eq!(country.name(Language::De), format!("{code} (Drittland)"));
        }
        assert!(EEA.is_sorted() && EEA.iter().all(|(code, ..)| Country::parse(code).is_some()));
    }
}

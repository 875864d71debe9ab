// SPDX-License-Identifier: EUPL-1.2
//! What stands behind the `?` of an address: the language, and what the link or the embedding page restricts.
//! It is no secret: browsers send it to the server.

use shared::Restrictions;

/// What is asked for under this name, first things first. The query with its `?` or without.
pub fn asked<'a>(query: &'a str, name: &str) -> impl Iterator<Item = &'a str> {
    let each = query.strip_prefix('?').unwrap_or(query).split('&');
    each.filter_map(move |it| it.split_once('=').filter(|(key, _)| *key == name)).map(|(_, it)| it)
}

/// Whether the page means to be part of another one, and leaves out what that has itself.
pub fn embedded(query: &str) -> bool {
    asked(query, "embed").next() == Some("1")
}

/// Everything that is restricted. Said twice, both hold: nothing that is added to an address loosens it.
pub fn restrictions(query: &str) -> Restrictions {
    let all = asked(query, RESTRICT).map(Restrictions::from_text);
    all.fold(Restrictions::NONE, Restrictions::join)
}

/// A link that restricts this.
#[must_use]
pub fn restricted(link: &str, restrictions: Restrictions) -> String {
    if restrictions.is_empty() {
        return link.to_owned();
    }
    with(link, &format!("{RESTRICT}={}", restrictions.to_text()))
}

/// An address with a query, beside the one that it has.
#[must_use]
pub fn with(address: &str, query: &str) -> String {
    let query = query.strip_prefix('?').unwrap_or(query);
    if query.is_empty() {
        return address.to_owned();
    }
    let (before, fragment) = match address.split_once('#') {
        Some((before, fragment)) => (before, format!("#{fragment}")),
        None => (address, String::new()),
    };
    let joint = if before.contains('?') { '&' } else { '?' };
    format!("{before}{joint}{query}{fragment}")
}

/// The name under which a link restricts.
const RESTRICT: &str = "restrict";

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use shared::Restriction;

    use super::*;

    #[test]
    fn a_link_takes_what_the_address_asked_for_before() {
        assert_eq!(with("/m#secret", "?lang=de"), "/m?lang=de#secret");
        assert_eq!(with("/m?restrict=chat#secret", "lang=de"), "/m?restrict=chat&lang=de#secret");
        assert_eq!(with("/", "?lang=de"), "/?lang=de");
        assert_eq!(with("/m#secret", ""), "/m#secret");
    }

    #[test]
    fn a_language_is_asked_for_by_its_name() {
        assert_eq!(asked("?x=1&lang=de&lang=en", "lang").next(), Some("de"));
        assert_eq!(asked("?language=de", "lang").next(), None);
    }

    #[test]
    fn a_page_is_part_of_another_one_that_says_so() {
        assert!(embedded("?lang=de&embed=1"));
        assert!(!embedded("?embed=0") && !embedded("?embed") && !embedded(""));
    }

    #[test]
    fn a_link_restricts() {
        let all = Restrictions::NONE.with(Restriction::Lobby).with(Restriction::Chat);
        let link = restricted("/m#secret", all);
        assert_eq!(link, "/m?restrict=lobby.chat#secret");
        assert_eq!(restricted("/m#secret", Restrictions::NONE), "/m#secret");
        assert_eq!(restrictions("?restrict=lobby.chat"), all);
        assert_eq!(restrictions("?restrict=camera"), Restrictions::ALL);
        assert_eq!(restrictions("?lang=de"), Restrictions::NONE);
    }

    proptest! {
        #[test]
        fn nothing_that_is_added_loosens(before in "[a-z=&.]{0,30}", added in "[a-z=&.]{0,30}") {
            let (one, both) = (restrictions(&before), restrictions(&format!("{before}&{added}")));
            prop_assert_eq!(both.join(one), both);
        }
    }
}

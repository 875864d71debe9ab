// SPDX-License-Identifier: EUPL-1.2
//! What a page would load, read from its HTML.

use crate::criteria::{Said, Sight};

/// What in a page contradicts a criterion.
pub(super) fn page(html: &str) -> Vec<Sight> {
    let foreign = foreign(html).map(|address| Sight {
        criterion: "L3",
        what: Said::new(
            format!("Die Seite nennt einen anderen Rechner: {address}"),
            format!("The page names another host: {address}"),
        ),
    });
    let unanchored = tags(html).filter(|tag| loads_code(tag) && !tag.contains("integrity="));
    let unanchored = unanchored.map(|tag| Sight {
        criterion: "G21",
        what: Said::new(
            format!("Ohne Prüfsumme geladen: <{tag}>"),
            format!("Loaded without a hash: <{tag}>"),
        ),
    });
    foreign.chain(unanchored).collect()
}

/// Addresses of other hosts. What names an XML vocabulary is no address.
fn foreign(html: &str) -> impl Iterator<Item = &str> {
    let starts = ["http://", "https://", "\"//", "'//", "=//"];
    let attributes = html.split_whitespace().filter(|word| !word.starts_with("xmlns"));
    attributes.filter_map(move |word| {
        let at = starts.iter().filter_map(|start| word.find(start)).min()?;
        let rest = word.get(at..)?.trim_start_matches(['"', '\'', '=']);
        rest.split(['"', '\'', '>', '<', ')']).next()
    })
}

/// The inside of every tag.
fn tags(html: &str) -> impl Iterator<Item = &str> {
    html.split('<').skip(1).filter_map(|rest| rest.split_once('>')).map(|(tag, _)| tag)
}

/// Whether a tag brings code or style from a file.
fn loads_code(tag: &str) -> bool {
    let script = tag.starts_with("script") && tag.contains("src=");
    let kinds = ["stylesheet", "modulepreload", "preload"];
    script || (tag.starts_with("link") && kinds.iter().any(|kind| tag.contains(kind)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::assets;

    fn found(html: &str) -> Vec<(&'static str, String)> {
        page(html).into_iter().map(|sight| (sight.criterion, sight.what.en)).collect()
    }

    #[test]
    fn other_hosts_are_found() {
        for (html, host) in [
            ("<img src=\"https://cdn.example/x.png\">", "https://cdn.example/x.png"),
            ("<img src=//cdn.example/x>", "//cdn.example/x"),
            ("<a href='//cdn.example'>", "//cdn.example"),
            ("<style>a{background:url(http://cdn.example)}</style>", "http://cdn.example"),
        ] {
            let expected = ("L3", format!("The page names another host: {host}"));
            assert_eq!(found(html), [expected], "{html}");
        }
        let ours =
            "<svg xmlns=\"http://www.w3.org/2000/svg\"><a href=\"/privacy\">x</a></svg> // x";
        assert_eq!(found(ours), []);
    }

    #[test]
    fn code_and_style_without_a_hash_are_found() {
        let ours = "<link rel=\"stylesheet\" href=\"/a.css\" integrity=\"sha384-x\">\
                    <link rel=\"icon\" href=\"/icon.svg\"><script type=\"module\">x</script>";
        assert_eq!(found(ours), []);
        for html in [
            "<link rel=\"stylesheet\" href=\"/a.css\">",
            "<link rel=modulepreload href=/a.js>",
            "<script src=\"/a.js\"></script>",
        ] {
            assert_eq!(found(html).first().map(|(id, _)| *id), Some("G21"), "{html}");
        }
    }

    #[test]
    fn the_page_in_this_program_is_ours_alone() {
        let Some(index) = assets::find("index.html") else { return };
        let html = core::str::from_utf8(index.identity).expect("text");
        assert_eq!(found(html), []);
    }

    proptest! {
        #[test]
        fn any_text_is_looked_at(html in "[<>/:\"'= a-z]{0,60}|.{0,40}") {
            drop(page(&html));
        }
    }
}

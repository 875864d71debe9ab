// SPDX-License-Identifier: EUPL-1.2
//! Documents as HTML: no script, nothing from anywhere, and fit to be printed.

use super::document::{Block, Document};
use crate::facts::Language;

/// Where the style of a page is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Style {
    /// In the page itself: a file to be kept.
    Embedded,
    /// At this path of the same server, whose policy allows no inline style. There is the page in the other
    /// language, too.
    Linked {
        /// The style.
        style: &'static str,
        /// The page in the other language.
        other: &'static str,
    },
}

/// The style of every document.
pub const STYLE: &str = include_str!("style.css");

/// The document as a page.
pub fn html(document: &Document, style: Style) -> String {
    page(document.language, &document.title, &section(document), style)
}

/// Several documents as one page, to be kept.
pub fn html_of_all(documents: &[Document], language: Language) -> String {
    let title = language.pick("Datenschutzunterlagen", "Data-protection papers");
    let body: String = documents.iter().map(section).collect();
    page(language, title, &body, Style::Embedded)
}

fn section(document: &Document) -> String {
    let body: String = document.blocks.iter().map(block).collect();
    format!("<section>\n<h1>{}</h1>\n{body}</section>\n", escaped(&document.title))
}

/// A page that says one thing.
pub fn plain_page(language: Language, title: &str, text: &str, style: Style) -> String {
    let (title_text, text) = (escaped(title), escaped(text));
    page(language, title, &format!("<h1>{title_text}</h1>\n<p>{text}</p>\n"), style)
}

fn page(language: Language, title: &str, body: &str, style: Style) -> String {
    let (style, other) = match style {
        Style::Embedded => (format!("<style>\n{STYLE}</style>"), String::new()),
        Style::Linked { style, other } => {
            let (code, name) = language.pick(("en", "English"), ("de", "Deutsch"));
            let style = format!("<link rel=\"stylesheet\" href=\"{style}\">");
            (
                style,
                format!(
                    "<nav><a href=\"{other}\" hreflang=\"{code}\" lang=\"{code}\">{name}</a></nav>\n"
                ),
            )
        }
    };
    let (code, title) = (language.code(), escaped(title));
    format!(
        "<!doctype html>\n<html lang=\"{code}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{title}</title>\n{style}\n</head>\n<body>\n{other}<main>\n{body}</main>\n\
         </body>\n</html>\n"
    )
}

fn block(block: &Block) -> String {
    match block {
        Block::Heading(heading) => format!("<h2>{}</h2>\n", escaped(heading)),
        Block::Text(text) => format!("<p>{}</p>\n", escaped(text)),
        Block::List(entries) => {
            let entries = entries.iter().map(|entry| format!("<li>{}</li>\n", escaped(entry)));
            format!("<ul>\n{}</ul>\n", entries.collect::<Vec<_>>().concat())
        }
        Block::Table(head, rows) => {
            let head = cells(head, "<th scope=\"col\">", "</th>");
            let rows = rows.iter().map(|row| format!("<tr>{}</tr>\n", cells(row, "<td>", "</td>")));
            let rows = rows.collect::<Vec<_>>().concat();
            format!("<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n")
        }
    }
}

fn cells(texts: &[String], begin: &str, end: &str) -> String {
    let cells = texts.iter().map(|text| format!("{begin}{}{end}", escaped(text)));
    cells.collect::<Vec<_>>().concat()
}

/// What an operator wrote is text, whatever stands in it.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::report::markdown;

    fn document(text: &str) -> Document {
        let mut document = Document::new(Language::En, text, text);
        document.heading(text, text);
        document.text(text, text);
        document.list(vec![text.to_owned()]);
        document.rows(&[(text, text)], vec![vec![text.to_owned()]]);
        document
    }

    #[test]
    fn a_page_needs_nothing_from_anywhere_and_runs_nothing() {
        for style in [Style::Embedded, Style::Linked { style: "/notice.css", other: "/privacy" }] {
            let page = html(&document("Ada"), style);
            for wrong in ["<script", "http://", "https://", "@import", "url(", " style="] {
                assert!(!page.contains(wrong), "{wrong} in {page}");
            }
            assert_eq!(page.contains("<style>"), style == Style::Embedded);
        }
    }

    #[test]
    fn a_page_that_is_served_leads_to_the_other_language() {
        let style = Style::Linked { style: "/notice.css", other: "/datenschutz" };
        let link = "<nav><a href=\"/datenschutz\" hreflang=\"de\" lang=\"de\">Deutsch</a></nav>";
        assert!(html(&document("Ada"), style).contains(link));
        assert!(!html(&document("Ada"), Style::Embedded).contains("<nav>"));
    }

    proptest! {
        #[test]
        fn what_an_operator_wrote_stays_text(text in "[<>\"'&a|*#\\[\\]]{1,20}") {
            let plain = html(&document("x"), Style::Embedded);
            let page = html(&document(&text), Style::Embedded);
            prop_assert_eq!(page.matches('<').count(), plain.matches('<').count());
            let table = markdown(&document(&text));
            let last = table.lines().last().unwrap_or_default();
            prop_assert_eq!(last.replace("\\|", "").matches('|').count(), 2);
        }
    }
}

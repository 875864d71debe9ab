// SPDX-License-Identifier: EUPL-1.2
//! Documents as Markdown.

use super::document::{Block, Document};

/// The document as Markdown.
pub fn markdown(document: &Document) -> String {
    let blocks = document.blocks.iter().map(block);
    let mut text = format!("# {}\n", escaped(&document.title));
    blocks.for_each(|block| {
        text.push('\n');
        text.push_str(&block);
    });
    text
}

fn block(block: &Block) -> String {
    match block {
        Block::Heading(heading) => format!("## {}\n", escaped(heading)),
        Block::Text(text) => format!("{}\n", escaped(text)),
        Block::List(entries) => {
            let entries = entries.iter().map(|entry| format!("- {}\n", escaped(entry)));
            entries.collect::<Vec<_>>().concat()
        }
        Block::Table(head, rows) => {
            let rule = format!("|{}\n", "---|".repeat(head.len()));
            let rows = rows.iter().map(|cells| row(cells));
            core::iter::once(row(head)).chain(core::iter::once(rule)).chain(rows).collect()
        }
    }
}

fn row(cells: &[String]) -> String {
    let cells: Vec<_> = cells.iter().map(|cell| escaped(cell)).collect();
    format!("| {} |\n", cells.join(" | "))
}

/// What an operator wrote is text, whatever stands in it.
fn escaped(text: &str) -> String {
    let special = |c: char| "\\`*[]<>|#".contains(c);
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if special(c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

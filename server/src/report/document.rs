// SPDX-License-Identifier: EUPL-1.2
//! A document before it has a shape: headings, sentences, lists and tables.

use crate::facts::Language;

/// A text with a title, in one language.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Document {
    /// The language it is in.
    pub language: Language,
    /// What it is called.
    pub title: String,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A piece of a document.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Block {
    /// Begins a section.
    Heading(String),
    /// Some sentences.
    Text(String),
    /// One after the other.
    List(Vec<String>),
    /// A head, and rows that are as long.
    Table(Vec<String>, Vec<Vec<String>>),
}

impl Document {
    pub(super) fn new(language: Language, de: &str, en: &str) -> Self {
        Self { language, title: language.pick(de, en).to_owned(), blocks: Vec::new() }
    }

    pub(super) fn heading(&mut self, de: &str, en: &str) {
        self.blocks.push(Block::Heading(self.language.pick(de, en).to_owned()));
    }

    pub(super) fn text(&mut self, de: impl Into<String>, en: impl Into<String>) {
        self.blocks.push(Block::Text(self.language.pick(de.into(), en.into())));
    }

    /// A list; without entries there is none.
    pub(super) fn list(&mut self, entries: Vec<String>) {
        if !entries.is_empty() {
            self.blocks.push(Block::List(entries));
        }
    }

    /// A list of sentences of ours.
    pub(super) fn points(&mut self, points: &[(&str, &str)]) {
        let language = self.language;
        self.list(points.iter().map(|(de, en)| language.pick(*de, *en).to_owned()).collect());
    }

    /// A table of rows of our own texts.
    pub(super) fn table<const N: usize>(
        &mut self,
        head: [(&str, &str); N],
        rows: &[[(&str, &str); N]],
    ) {
        let language = self.language;
        let pick = |(de, en): (&str, &str)| language.pick(de, en).to_owned();
        let rows = rows.iter().map(|row| row.map(pick).to_vec()).collect();
        self.blocks.push(Block::Table(head.map(pick).to_vec(), rows));
    }

    /// A table of rows that were made.
    pub(super) fn rows(&mut self, head: &[(&str, &str)], rows: Vec<Vec<String>>) {
        let language = self.language;
        let head = head.iter().map(|(de, en)| language.pick(*de, *en).to_owned()).collect();
        self.blocks.push(Block::Table(head, rows));
    }

    /// Takes in the sections of another document.
    pub(super) fn append(&mut self, other: Self) {
        self.blocks.extend(other.blocks);
    }
}

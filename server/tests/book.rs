// SPDX-License-Identifier: EUPL-1.2
//! What the book tells an operator to type does what it says: every command, in the order in which it is read.
//!
//! What needs root or a service manager stands in blocks that say so; those are run where a package is installed.
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::{
    env, fs,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

#[test]
fn the_english_book_can_be_followed() {
    follow("en");
}

#[test]
fn the_german_book_can_be_followed() {
    follow("de");
}

/// Types everything in a folder of its own, chapter by chapter.
fn follow(language: &str) {
    let book =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/book").join(language).join("src");
    let desk = env::temp_dir().join(format!("zooo-book-{language}-{}", std::process::id()));
    fs::create_dir_all(&desk).unwrap();
    let mut typed = 0;
    for chapter in chapters(&fs::read_to_string(book.join("SUMMARY.md")).unwrap()) {
        let text = fs::read_to_string(book.join(&chapter)).unwrap();
        for block in blocks(&text) {
            carry_out(&desk, &chapter, block);
            typed += 1;
        }
    }
    fs::remove_dir_all(&desk).unwrap();
    assert!(typed > 4, "only {typed} blocks to type");
}

/// Carries out one block; a server that it starts is stopped once it serves.
fn carry_out(desk: &Path, chapter: &str, block: &str) {
    let serves = block.lines().any(|line| line.starts_with("zooo serve"));
    let mut shell = Command::new("bash");
    shell.arg("-euc").arg(block).current_dir(desk).env("PATH", path()).env_remove("ZOOO_CONFIG");
    if serves {
        // Not where somebody may be serving already.
        shell.env("ZOOO_HTTP", "127.0.0.1:0").env("ZOOO_MEDIA", "127.0.0.1:0");
        let mut server = shell.stdout(Stdio::piped()).spawn().unwrap();
        let first = BufReader::new(server.stdout.take().unwrap()).lines().next();
        server.kill().unwrap();
        server.wait().unwrap();
        let first = first.map(Result::unwrap).unwrap_or_default();
        assert!(first.starts_with("zooo serves http"), "{chapter}: {block}\n{first}");
        return;
    }
    let done = shell.output().unwrap();
    if !done.status.success() {
        let said = [done.stdout, done.stderr].concat();
        panic!("{chapter}: {block}\n{}", String::from_utf8_lossy(&said));
    }
}

/// With the program of this build before everything else.
fn path() -> String {
    let folder = PathBuf::from(env!("CARGO_BIN_EXE_zooo"));
    format!("{}:{}", folder.parent().unwrap().display(), env::var("PATH").unwrap())
}

/// The chapters, in the order of the contents.
fn chapters(contents: &str) -> Vec<String> {
    let links = contents.split("](").skip(1);
    links.map(|rest| rest.split(')').next().unwrap().to_owned()).collect()
}

/// The blocks for whoever reads, without those for root.
fn blocks(text: &str) -> impl Iterator<Item = &str> {
    text.split("```sh\n").skip(1).map(|rest| rest.split("```").next().unwrap())
}

// SPDX-License-Identifier: EUPL-1.2
//! What an operator is told of a file of settings that cannot be used.
//!
//! Each file of `golden/config` is broken, and ends with what is said of it, in lines that begin with `#= `.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

const EXPECTED: &str = "#= ";

#[test]
fn whatever_is_wrong_is_said_with_its_place_and_what_would_be_right() {
    let broken = broken();
    assert!(broken.len() >= 30, "{} files", broken.len());
    for (name, text) in &broken {
        let expected = text.lines().filter_map(|line| line.strip_prefix(EXPECTED));
        let expected: Vec<_> = expected.collect();
        let checked = zooo(&["config", "check", "--config", name]);
        assert_eq!(checked.status.code(), Some(2), "{name}");
        assert!(checked.stdout.is_empty(), "{name}");
        let told = text_of(&checked.stderr);
        let (first, told) = told.split_once('\n').unwrap();
        assert_eq!(first, format!("zooo: cannot use {name}:"));
        let told = told.lines().map(|line| line.strip_prefix(&format!("{name}:")).unwrap());
        assert_eq!(told.collect::<Vec<_>>(), expected, "{name}");
        let served = zooo(&["serve", "--config", name]);
        assert_eq!(served.status.code(), Some(2), "{name} is served");
    }
}

#[test]
fn the_example_can_be_used_as_it_is() {
    let example = zooo(&["config", "example"]);
    assert!(example.status.success());
    let path = std::env::temp_dir().join(format!("zooo-example-{}.toml", std::process::id()));
    fs::write(&path, &example.stdout).unwrap();
    let checked = zooo(&["config", "check", "--config", path.to_str().unwrap()]);
    fs::remove_file(&path).unwrap();
    assert!(checked.status.success(), "{}", text_of(&checked.stderr));
    assert!(text_of(&checked.stdout).ends_with(" can be used\n"));
    assert!(zooo(&["config", "check"]).status.success());
}

#[test]
fn a_flag_that_cannot_work_is_not_looked_for_in_the_file() {
    let checked = zooo(&["config", "check", "--media", "0.0.0.0:1"]);
    assert_eq!(checked.status.code(), Some(2));
    assert!(text_of(&checked.stderr).starts_with("zooo: cannot listen for media on 0.0.0.0:1"));
    let missing = zooo(&["config", "check", "--config", "not_there.toml"]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(text_of(&missing.stderr).starts_with("zooo: cannot read not_there.toml: "));
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/config")
}

/// The broken files by their names.
fn broken() -> BTreeMap<String, String> {
    let files = fs::read_dir(folder()).unwrap().map(|file| file.unwrap().path());
    let named = files.map(|path| {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        (name, fs::read_to_string(path).unwrap())
    });
    named.collect()
}

fn zooo(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zooo"));
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(|name| name.starts_with("ZOOO_")) {
            command.env_remove(name);
        }
    }
    command.current_dir(folder()).args(arguments).output().unwrap()
}

fn text_of(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

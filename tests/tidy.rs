// SPDX-License-Identifier: EUPL-1.2
//! Rules the compiler cannot check: who may name whom, and what may not be left lying around.
//!
//! A rule reads a tree of files and returns its complaints. Each is first shown a tree that breaks
//! it, so that it is known to bite, and then this repository.

use std::{
    collections::BTreeSet,
    env, fs, io,
    path::{Path, PathBuf},
};

/// Every text file by its path from the root, in order.
struct Tree(Vec<File>);

struct File {
    path: String,
    text: String,
}

type Rule = fn(&Tree) -> Vec<String>;

/// Folders that decide and never touch the world.
const PURE: [&str; 7] = [
    "app/src/call/",
    "server/src/criteria/",
    "server/src/facts/",
    "server/src/media/",
    "server/src/report/",
    "server/src/room/",
    "shared/src/",
];

/// Most lines of a source file before its tests.
const LONGEST: usize = 400;

/// What is built or downloaded.
const NOT_OURS: [&str; 5] = [".git", ".tools", "dist", "node_modules", "target"];

/// Quotes what other files may not say.
const THIS: &str = "tests/tidy.rs";

// -- who may name whom

/// Pure folders name nothing that waits, logs, reads time or touches the world.
fn purity(tree: &Tree) -> Vec<String> {
    let crates =
        ["axum", "futures", "js_sys", "leptos", "tokio", "tracing", "wasm_bindgen", "web_sys"];
    let words = ["Instant", "SystemTime", "async", "await", "eprintln", "println"];
    tree.code(
        |path| PURE.iter().any(|pure| path.starts_with(pure)),
        |line| {
            roots(line).any(|root| crates.contains(&root) || is_webrtc(root))
                || names(line).any(|name| words.contains(&name))
        },
    )
}

/// Only the doors of the server know the web framework.
fn axum_at_the_doors(tree: &Tree) -> Vec<String> {
    let doors = ["server/src/http", "server/src/signalling"];
    tree.code(
        |path| path.starts_with("server/src/") && !doors.iter().any(|door| path.starts_with(door)),
        |line| roots(line).any(|root| root == "axum"),
    )
}

/// Only `transport` knows the media libraries.
fn webrtc_in_transport(tree: &Tree) -> Vec<String> {
    tree.code(
        |path| path.starts_with("server/src/") && !path.starts_with("server/src/transport"),
        |line| roots(line).any(is_webrtc),
    )
}

/// Only `browser` knows the browser, and the one component that holds a `<video>`.
fn browser_in_browser(tree: &Tree) -> Vec<String> {
    let allowed = ["app/src/browser", "app/src/ui/surface.rs"];
    tree.code(
        |path| path.starts_with("app/src/") && !allowed.iter().any(|door| path.starts_with(door)),
        |line| roots(line).any(|root| root == "js_sys" || root == "web_sys"),
    )
}

fn is_webrtc(root: &str) -> bool {
    root == "webrtc" || root.starts_with("rtc_")
}

// -- how files look

/// A file is one thought.
fn short_files(tree: &Tree) -> Vec<String> {
    let sources = ["app/src/", "server/src/", "shared/src/"];
    let long = |file: &&File| before_tests(&file.text).count() > LONGEST;
    tree.of("rs")
        .filter(|file| sources.iter().any(|source| file.path.starts_with(source)))
        .filter(long)
        .map(|file| format!("{}: more than {LONGEST} lines before its tests", file.path))
        .collect()
}

/// `mod.rs` is the front page of its folder, without logic.
fn front_pages(tree: &Tree) -> Vec<String> {
    tree.of("rs")
        .filter(|file| file.path.ends_with("/mod.rs"))
        .filter(|file| before_tests(&file.text).flat_map(names).any(|name| name == "fn"))
        .map(|file| format!("{}: holds a function", file.path))
        .collect()
}

/// What is not done is not in the code.
fn nothing_left_to_do(tree: &Tree) -> Vec<String> {
    let words = ["TODO", "FIXME"];
    tree.lines(
        |path| path != THIS,
        |line| line.contains("todo!") || names(line).any(|name| words.contains(&name)),
    )
}

/// Every file that can say its licence does.
fn licensed(tree: &Tree) -> Vec<String> {
    let kinds = ["css", "html", "js", "rs", "toml"];
    let speaks = |file: &&File| {
        kinds.iter().any(|kind| file.is(kind))
            || file.text.starts_with("#!")
            || file.path == "Makefile"
    };
    let says = |file: &File| file.text.lines().take(2).any(|line| line.contains("SPDX-License-"));
    let silent = tree.0.iter().filter(speaks).filter(|file| !says(file));
    silent.map(|file| format!("{}: no SPDX line at its top", file.path)).collect()
}

/// Nobody else has the author's folders.
fn no_private_paths(tree: &Tree) -> Vec<String> {
    let private = ["/home/", "/root/", "/work/"];
    let begins_path = |before: &str| {
        !before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '}' | '/'))
    };
    tree.lines(
        |path| path != THIS,
        |line| {
            private.iter().any(|path| {
                line.match_indices(path).any(|(at, _)| line.get(..at).is_some_and(begins_path))
            })
        },
    )
}

// -- what belongs together

/// Trunk does not follow `@import`: a style file that is not linked is not there.
fn styles_linked(tree: &Tree) -> Vec<String> {
    let page = tree.text("app/index.html");
    tree.of("css")
        .filter(|file| file.path.starts_with("style/") && !page.contains(&file.path))
        .map(|file| format!("{}: not linked in app/index.html", file.path))
        .collect()
}

/// A colour has one home.
fn colours_at_home(tree: &Tree) -> Vec<String> {
    let mut found = tree.lines(
        |path| has_extension(path, "css") && path != "style/tokens.css",
        |line| has_colour(line, ""),
    );
    found.extend(tree.code(|path| path.starts_with("app/src/"), |line| has_colour(line, "\"")));
    found
}

/// Whether a colour is written out right after `before`.
fn has_colour(line: &str, before: &str) -> bool {
    let hash = format!("{before}#");
    let hex = line.split(&hash).skip(1).any(|rest| {
        let end = rest.find(|c: char| !is_name(c) && c != '-').unwrap_or(rest.len());
        [3, 4, 6, 8].contains(&end) && rest.chars().take(end).all(|c| c.is_ascii_hexdigit())
    });
    let functions = ["rgb(", "rgba(", "hsl(", "hsla(", "oklch(", "oklab("];
    hex || functions.iter().any(|function| line.contains(&format!("{before}{function}")))
}

/// The map shows only what is there.
fn map_is_true(tree: &Tree) -> Vec<String> {
    let folders = [".ci/", "app/", "docs/", "scripts/", "server/", "shared/", "style/", "tests/"];
    let is_path = |span: &&str| {
        folders.iter().any(|folder| span.starts_with(folder))
            && span.chars().all(|c| is_name(c) || matches!(c, '/' | '.' | '-'))
    };
    let exists = |path: &str| {
        let folder = format!("{}/", path.trim_end_matches('/'));
        tree.0.iter().any(|file| file.path == path || file.path.starts_with(&folder))
    };
    tree.text("ARCHITECTURE.md")
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(is_path)
        .filter(|path| !exists(path))
        .map(|path| format!("ARCHITECTURE.md: there is no {path}"))
        .collect()
}

/// What is said on the wire is explained.
fn messages_documented(tree: &Tree) -> Vec<String> {
    let Some(protocol) = tree.get("docs/protocol.md") else { return Vec::new() };
    let explained = |tag: &str| {
        protocol.contains(&format!("`{tag}`"))
            || protocol.lines().any(|line| line.starts_with('#') && names(line).any(|n| n == tag))
    };
    let golden = tree.of("rs").filter(|file| file.path.starts_with("shared/tests/wire/"));
    let wire: String = golden.map(|file| file.text.replace(['\\', ' '], "")).collect();
    let tags: BTreeSet<&str> =
        wire.split("\"type\":\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    // What the golden texts only invent, to see it refused, is nobody's message.
    let spoken = ["client", "server"].map(|side| tree.text(&format!("shared/src/{side}.rs")));
    let is_spoken = |tag: &str| {
        if tag.contains(char::is_uppercase) {
            return false;
        }
        let variant: String = tag.split('_').map(capitalised).collect();
        let ends = [" {", "(", ","].map(|end| format!("\n    {variant}{end}"));
        ends.iter().any(|declared| spoken.iter().any(|side| side.contains(declared)))
    };
    tags.into_iter()
        .filter(|tag| is_spoken(tag) && !explained(tag))
        .map(|tag| format!("docs/protocol.md: nothing about {tag}"))
        .collect()
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

/// What a test can find by a name is found by one, so that it is known to be there and to do something.
fn names_tried(tree: &Tree) -> Vec<String> {
    let is_test = |file: &&File| file.path.starts_with("tests/") && file.path != THIS;
    let tests: Vec<&str> = tree.0.iter().filter(is_test).map(|file| file.text.as_str()).collect();
    let is_tried = |name: &str| {
        let ways = [format!("\"{name}\""), format!("'{name}'"), format!("={name}]")];
        tests.iter().any(|text| ways.iter().any(|way| text.contains(way)))
    };
    tree.code(
        |path| path.starts_with("app/src/ui/") && !path.starts_with("app/src/ui/text/"),
        |line| test_names(line).any(|name| !is_tried(name)),
    )
}

/// The names that tests find something by, as they stand in a component: given to it, or chosen among several. Nothing
/// else there that is quoted has hyphens, but what an attribute or a constant is given.
fn test_names(line: &str) -> impl Iterator<Item = &str> {
    let mut parts = line.split('"');
    let has_hyphens = |name: &str| {
        name.contains('-')
            && name.split('-').all(|word| {
                !word.is_empty() && word.chars().all(|letter| letter.is_ascii_lowercase())
            })
    };
    core::iter::from_fn(move || Some((parts.next()?, parts.next()?)))
        .filter(move |(before, name)| {
            before.ends_with("testid=") || (has_hyphens(name) && !before.trim_end().ends_with('='))
        })
        .map(|(_, name)| name)
}

/// No package escapes the lints.
fn lints_everywhere(tree: &Tree) -> Vec<String> {
    let members = tree.text("Cargo.toml").lines().find(|line| line.starts_with("members"));
    let members = members.unwrap_or("members = []").split('"').skip(1).step_by(2);
    members
        .map(|member| format!("{member}/Cargo.toml"))
        .filter(|manifest| !tree.text(manifest).contains("[lints]\nworkspace = true\n"))
        .map(|manifest| format!("{manifest}: does not take the lints of the workspace"))
        .collect()
}

/// Clippy reads one file only, so the page's repeats the root's common block.
fn clippy_agrees(tree: &Tree) -> Vec<String> {
    let common = |path| {
        let after = tree.text(path).split_once("# -- common\n")?.1;
        Some(after.split_once("# -- end of common\n")?.0)
    };
    match (common("clippy.toml"), common("app/clippy.toml")) {
        (Some(root), Some(page)) if root == page => Vec::new(),
        _ => vec!["clippy.toml and app/clippy.toml: the common blocks differ".to_owned()],
    }
}

// -- reading

impl Tree {
    fn of(&self, extension: &str) -> impl Iterator<Item = &File> {
        self.0.iter().filter(move |file| file.is(extension))
    }

    fn get(&self, path: &str) -> Option<&str> {
        self.0.iter().find(|file| file.path == path).map(|file| file.text.as_str())
    }

    /// The text of a file, empty when there is none.
    fn text(&self, path: &str) -> &str {
        self.get(path).unwrap_or_default()
    }

    /// Complains of every line that is `bad`, in files that `are` meant.
    fn lines(&self, are: impl Fn(&str) -> bool, bad: impl Fn(&str) -> bool) -> Vec<String> {
        let files = self.0.iter().filter(|file| are(&file.path));
        files.flat_map(|file| complaints(file, file.text.lines(), &bad)).collect()
    }

    /// The same, of Rust without its comments and tests: these may ask whom they like.
    fn code(&self, are: impl Fn(&str) -> bool, bad: impl Fn(&str) -> bool) -> Vec<String> {
        let is_comment = |line: &str| line.trim_start().starts_with("//");
        let is_test = |path: &str| path.ends_with("tests.rs");
        let files = self.of("rs").filter(|file| are(&file.path) && !is_test(&file.path));
        let complain = |file: &File| {
            complaints(file, before_tests(&file.text), |line| !is_comment(line) && bad(line))
        };
        files.flat_map(complain).collect()
    }
}

impl File {
    fn is(&self, extension: &str) -> bool {
        has_extension(&self.path, extension)
    }
}

/// What is bad, with its place.
fn complaints<'a>(
    file: &File,
    lines: impl Iterator<Item = &'a str>,
    bad: impl Fn(&'a str) -> bool,
) -> Vec<String> {
    let bad = lines.zip(1..).filter(|(line, _)| bad(line));
    bad.map(|(line, n)| format!("{}:{n}: {}", file.path, line.trim())).collect()
}

fn has_extension(path: &str, extension: &str) -> bool {
    Path::new(path).extension().is_some_and(|its| its == extension)
}

/// The lines of a source file that come before its tests.
fn before_tests(text: &str) -> impl Iterator<Item = &str> {
    text.lines().take_while(|line| !line.starts_with("#[cfg(test)]"))
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The identifiers of a line.
fn names(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c| !is_name(c)).filter(|name| !name.is_empty())
}

/// The identifiers that begin a path, such as `tokio` in `tokio::sync::mpsc` or `use tokio;`.
fn roots(line: &str) -> impl Iterator<Item = &str> {
    let path = |part: &&str| part.contains("::");
    let paths = line.split(|c| !is_name(c) && c != ':').filter(path);
    let root = |path: &'_ str| path.trim_start_matches(':').split(':').next().map(str::len);
    let imported =
        line.trim().strip_prefix("use ").into_iter().flat_map(|rest| names(rest).take(1));
    paths.filter_map(move |path| path.trim_start_matches(':').get(..root(path)?)).chain(imported)
}

/// Adds what is under a folder, as far as it is ours and text.
fn read(root: &Path, folder: &Path, into: &mut Vec<File>) -> io::Result<()> {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| entry.map(|e| e.path())).collect::<io::Result<_>>()?;
    entries.sort();
    for path in entries {
        let ours = path.file_name().is_some_and(|name| NOT_OURS.iter().all(|other| name != *other));
        if ours && path.is_dir() {
            read(root, &path, into)?;
        } else if ours && let Ok(text) = String::from_utf8(fs::read(&path)?) {
            let path = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().into_owned();
            into.push(File { path, text });
        }
    }
    Ok(())
}

fn repository() -> io::Result<Tree> {
    let manifest = env::var_os("CARGO_MANIFEST_DIR").ok_or(io::ErrorKind::NotFound)?;
    let root = Path::new(&manifest).parent().ok_or(io::ErrorKind::NotFound)?;
    let mut files = Vec::new();
    read(root, root, &mut files)?;
    Ok(Tree(files))
}

fn tree<const N: usize>(files: [(&str, &str); N]) -> Tree {
    let file = |(path, text): (&str, &str)| File { path: path.to_owned(), text: text.to_owned() };
    Tree(files.into_iter().map(file).collect())
}

/// Every one of the bad lines is found where it stands, and the repository is clean.
fn enforce<const N: usize>(rule: Rule, bad: [(&str, &str); N]) -> io::Result<()> {
    for (path, text) in bad {
        assert!(!rule(&tree([(path, text)])).is_empty(), "not found in {path}: {text}");
    }
    hold(rule)
}

fn hold(rule: Rule) -> io::Result<()> {
    let found = rule(&repository()?);
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
    Ok(())
}

// -- the tests

#[test]
fn what_decides_knows_nothing_of_the_world() -> io::Result<()> {
    let fine = "//! Unlike `tokio::time`, this is pure.\nlet instantly = Timestamp::default();\n";
    assert!(purity(&tree([("shared/src/time.rs", fine)])).is_empty());
    assert!(purity(&tree([("server/src/driver/perform.rs", "tokio::spawn(x);")])).is_empty());
    enforce(
        purity,
        [
            ("server/src/room/room.rs", "use tokio::sync::mpsc;"),
            ("server/src/room/room.rs", "use std::time::{Duration, Instant};"),
            ("server/src/media/srtp.rs", "let at = std::time::SystemTime::now();"),
            ("server/src/media/srtp.rs", "use rtc_srtp::context::Context;"),
            ("app/src/call/call.rs", "    pub async fn handle(&mut self) {"),
            ("app/src/call/call.rs", "fn track() -> web_sys::MediaStreamTrack {"),
            ("shared/src/id.rs", "println!(\"{id}\");"),
        ],
    )
}

#[test]
fn the_web_framework_stays_at_the_doors() -> io::Result<()> {
    assert!(axum_at_the_doors(&tree([("server/src/http.rs", "use axum::Router;")])).is_empty());
    enforce(
        axum_at_the_doors,
        [
            ("server/src/driver/rooms.rs", "use axum::extract::ws::Message;"),
            ("server/src/lib.rs", "use axum;"),
        ],
    )
}

#[test]
fn media_libraries_stay_in_transport() -> io::Result<()> {
    let transport = ("server/src/transport/dtls.rs", "use rtc_dtls::endpoint::Endpoint;");
    let compared = ("server/src/media/rtp.rs", "#[cfg(test)]\nuse rtc_rtp::Packet;");
    assert!(webrtc_in_transport(&tree([transport, compared])).is_empty());
    enforce(
        webrtc_in_transport,
        [
            ("server/src/driver/perform.rs", "use rtc_stun::message::Message;"),
            ("server/src/lib.rs", "fn peer() -> webrtc::Peer {"),
        ],
    )
}

#[test]
fn browser_interfaces_stay_in_browser() -> io::Result<()> {
    let surface = ("app/src/ui/surface.rs", "use web_sys::HtmlVideoElement;");
    assert!(browser_in_browser(&tree([surface])).is_empty());
    enforce(
        browser_in_browser,
        [
            ("app/src/ui/tile.rs", "use web_sys::HtmlElement;"),
            ("app/src/driver.rs", "let now = js_sys::Date::now();"),
        ],
    )
}

#[test]
fn files_are_short() -> io::Result<()> {
    let tests = format!("#[cfg(test)]\n{}", "fn f() {}\n".repeat(LONGEST));
    assert!(short_files(&tree([("shared/src/id.rs", &tests)])).is_empty());
    enforce(short_files, [("shared/src/id.rs", &"fn f() {}\n".repeat(LONGEST + 1))])
}

#[test]
fn front_pages_hold_no_logic() -> io::Result<()> {
    let tests = "mod room;\n#[cfg(test)]\nmod tests { fn helper() {} }\n";
    assert!(front_pages(&tree([("server/src/room/mod.rs", tests)])).is_empty());
    enforce(front_pages, [("server/src/room/mod.rs", "pub(crate) fn open() -> Room {\n")])
}

#[test]
fn nothing_is_left_to_do() -> io::Result<()> {
    enforce(
        nothing_left_to_do,
        [
            ("server/src/main.rs", "    todo!()"),
            ("README.md", "TODO: say more"),
            ("style/tile.css", "/* FIXME */"),
        ],
    )
}

#[test]
fn every_file_says_its_licence() -> io::Result<()> {
    let late = "\n\n// SPDX-License-Identifier: EUPL-1.2\n";
    enforce(
        licensed,
        [
            ("shared/src/id.rs", late),
            ("style/tile.css", ".tile {}\n"),
            ("scripts/setup", "#!/usr/bin/env bash\n\n"),
            ("Makefile", "help:\n"),
        ],
    )
}

#[test]
fn no_path_of_one_machine() -> io::Result<()> {
    assert!(no_private_paths(&tree([("a.md", "see server/work/ and $HOME/root/x")])).is_empty());
    enforce(
        no_private_paths,
        [
            ("a.md", "see /home/ada/zooo"),
            ("Makefile", "TARGET = /work/target"),
            ("a", "\"/root/x\""),
        ],
    )
}

#[test]
fn every_style_is_linked() -> io::Result<()> {
    let link = "<link data-trunk rel=\"css\" href=\"../style/tile.css\" />";
    assert!(styles_linked(&tree([("style/tile.css", ""), ("app/index.html", link)])).is_empty());
    enforce(styles_linked, [("style/tile.css", "")])
}

#[test]
fn a_colour_has_one_home() -> io::Result<()> {
    let fine = ".a { color: var(--ink); } #people-list, #face-to-face { fill: url(#i); }";
    assert!(colours_at_home(&tree([("style/tile.css", fine)])).is_empty());
    assert!(colours_at_home(&tree([("style/tokens.css", "--ink: #123;")])).is_empty());
    enforce(
        colours_at_home,
        [
            ("style/tile.css", "color: #c03030;"),
            ("style/tile.css", "color: oklch(50% 0.1 20);"),
            ("style/tile.css", "border: 1px solid rgb(0 0 0 / 10%);"),
            ("app/src/ui/tile.rs", "style:color=\"#fff\""),
        ],
    )
}

#[test]
fn the_map_shows_what_is_there() -> io::Result<()> {
    let map = "`server/src/room` and `server/src/room/room.rs`, not `use server::x` or `app/*.rs`";
    let there = tree([("ARCHITECTURE.md", map), ("server/src/room/room.rs", "")]);
    assert!(map_is_true(&there).is_empty());
    enforce(map_is_true, [("ARCHITECTURE.md", "Rooms live in `server/src/room`.")])
}

#[test]
fn every_message_is_documented() -> io::Result<()> {
    let wire = r##"json(r#"{"type":"enter"}"#); json("{\"type\": \"leave\"}"); json(r#"{"type":"dance"}"#)"##;
    let complete = "## enter\n\nThe end is `leave`.\n";
    let client = "enum ClientMessage {\n    Enter {\n    },\n    Leave {},\n}";
    let judge = |protocol| {
        let files = [("shared/tests/wire/main.rs", wire), ("shared/src/client.rs", client)];
        tree([("docs/protocol.md", protocol), files[0], files[1]])
    };
    assert!(messages_documented(&judge(complete)).is_empty());
    assert_eq!(
        messages_documented(&judge("## enter\n")),
        ["docs/protocol.md: nothing about leave"]
    );
    hold(messages_documented)
}

#[test]
fn whatever_a_test_can_find_is_found_by_one() -> io::Result<()> {
    let given = "<p data-testid=\"closing\" class=\"soft-word\">";
    for test in ["awaits(\"closing\")", "query('closing')", "[data-testid=closing]"] {
        assert!(
            names_tried(&tree([("app/src/ui/a.rs", given), ("tests/e2e/a.rs", test)])).is_empty()
        );
    }
    assert_eq!(
        names_tried(&tree([("app/src/ui/a.rs", given), ("tests/a.rs", "closing")])).len(),
        1
    );
    enforce(
        names_tried,
        [
            ("app/src/ui/a.rs", given),
            ("app/src/ui/a.rs", "    Source::Camera => \"camera-dance\","),
        ],
    )
}

#[test]
fn every_package_takes_the_lints() -> io::Result<()> {
    enforce(lints_everywhere, [("Cargo.toml", "members = [\"app\"]\n")])
}

#[test]
fn both_clippy_files_agree() -> io::Result<()> {
    let block = |limit: &str| format!("# -- common\nlimit = {limit}\n# -- end of common\n");
    let differ = tree([("clippy.toml", &block("1")), ("app/clippy.toml", &block("2"))]);
    assert!(!clippy_agrees(&differ).is_empty());
    hold(clippy_agrees)
}

// SPDX-License-Identifier: EUPL-1.2
//! What `zooo` does when it is asked for something on a terminal.
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::{
    env, fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::SocketAddr,
    path::PathBuf,
    process::{Command, Output, Stdio},
    time::Duration,
};

use futures::{SinkExt as _, StreamExt as _};
use server::{Server, settings::Settings};
use shared::{
    ClientMessage, DisplayName, Entry, InvitationKey, Licence, LicenceTerms, OperatorKey,
    OperatorMark, Refusal, RoomId, RoomSecret, SealedProfile, ServerMessage, UnixTime,
};
use tokio::{net::TcpStream, sync::oneshot, time::timeout};
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{Message, client::IntoClientRequest as _},
};

const START: UnixTime = UnixTime::from_secs(0);

// -- keys

#[test]
fn a_key_is_fresh_and_says_which_half_is_secret() {
    let (key, other) = (key("fresh"), key("fresher"));
    assert_ne!(key.mark.to_text(), other.mark.to_text());
    let lines: Vec<_> = key.text.lines().collect();
    assert_eq!(lines.len(), 4, "{lines:?}");
    assert!(lines[0].starts_with("# The operator's secret"), "{}", lines[0]);
    assert!(lines[2].starts_with("# The operator's public mark"), "{}", lines[2]);
    let secret = value(&key.text, "secret");
    assert_eq!(OperatorKey::parse(&secret).unwrap().mark(), key.mark);
}

#[test]
fn what_cannot_be_written_was_not_done() {
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let failed = zooo().arg("key").stdout(full).stderr(Stdio::piped()).output().unwrap();
    assert_eq!(failed.status.code(), Some(1));
    assert!(text(&failed.stderr).starts_with("zooo: cannot write what was asked for"));
}

// -- rooms

#[test]
fn a_room_is_two_lines_that_belong_together() {
    let lines = answer(&["room", "--origin", "https://zooo.example"]);
    let [bookmark, invitation] = two(&lines);
    let secret = RoomSecret::parse(after(bookmark, "https://zooo.example/m#")).unwrap();
    let (room, key) = after(invitation, "https://zooo.example/r/").split_once('#').unwrap();
    assert_eq!(RoomId::parse(room), Some(secret.moderator_key().room_id()));
    let key = InvitationKey::parse(key).unwrap();
    assert_eq!(key.to_text(), secret.invitation_key().to_text());
    assert_ne!(answer(&["room", "--origin", "https://zooo.example"]), lines, "each one is fresh");
    let lines = answer(&["room"]);
    let [bookmark, invitation] = two(&lines);
    assert!(bookmark.starts_with("/m#") && invitation.starts_with("/r/"), "{lines}");
}

#[test]
fn a_room_can_be_made_with_its_licence() {
    let key = key("with_licence");
    let asked = ["room", "--max-participants", "30", "--until", "2199-12-31", "--number", "4711"];
    let lines = answer(&[&asked[..], &["--key", key.file()]].concat());
    let (secret, licence) = two(&lines)[0].split_once('.').unwrap();
    let room = RoomSecret::parse(after(secret, "/m#")).unwrap().moderator_key().room_id();
    let terms = Licence::parse(licence).unwrap().holds(key.mark, room, START).unwrap();
    let until = UnixTime::from_secs(7_258_118_400);
    assert_eq!(terms, LicenceTerms { max_participants: 30, until, number: 4711 });
}

#[test]
fn half_a_licence_is_none() {
    let key = key("half");
    for asked in [
        &["room", "--until", "2199-01-31"][..],
        &["room", "--max-participants", "3"],
        &["room", "--number", "3"],
        &["room", "--key", key.file()],
        &["room", "--key", key.file(), "--until", "2199-01-31"],
    ] {
        assert!(refused(asked).contains("required arguments were not provided"), "{asked:?}");
    }
    let said = refused(&["room", "--origin", "zooo.example"]);
    assert!(said.contains("it is not scheme, host and port alone"), "{said}");
}

// -- licences

#[test]
fn a_licence_holds_for_its_room_until_the_last_day_is_over() {
    let key = key("holds");
    let secret = RoomSecret::from_random([7; 32]);
    let room = secret.moderator_key().room_id();
    let invitation = format!("https://zooo.example/r/{}#x", room.to_text());
    for asked in [room.to_text(), invitation] {
        let licence = answer(&licence(&key, &["--room", &asked]));
        let licence = Licence::parse(licence.trim_end()).unwrap();
        let last = UnixTime::from_secs(7_258_118_399);
        let terms = licence.holds(key.mark, room, last).unwrap();
        assert_eq!((terms.max_participants, terms.number), (30, 0));
        let over = UnixTime::from_secs(7_258_118_400);
        assert!(licence.holds(key.mark, room, over).is_err());
    }
}

#[test]
fn a_bookmark_takes_a_licence_and_the_next_one_replaces_it() {
    let key = key("bookmark");
    let secret = RoomSecret::from_random([7; 32]);
    let plain = format!("https://zooo.example/m#{}", secret.to_text());
    let licensed = answer(&licence(&key, &["--bookmark", &plain]));
    let end = licensed.trim_end().strip_prefix(&format!("{plain}.")).unwrap();
    let room = secret.moderator_key().room_id();
    assert!(Licence::parse(end).unwrap().holds(key.mark, room, START).is_ok());
    let again = answer(&licence(&key, &["--bookmark", licensed.trim_end()]));
    assert_eq!(again, licensed, "the same terms, signed again");
}

#[test]
fn a_bookmark_can_be_handed_over_unseen() {
    let key = key("unseen");
    let plain = format!("/m#{}", RoomSecret::from_random([7; 32]).to_text());
    let mut command = zooo();
    command.args(licence(&key, &["--bookmark", "-"])).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut running = command.spawn().unwrap();
    running.stdin.take().unwrap().write_all(format!("{plain}\n").as_bytes()).unwrap();
    let done = running.wait_with_output().unwrap();
    assert!(done.status.success());
    assert!(text(&done.stdout).starts_with(&format!("{plain}.")));
}

#[test]
fn what_is_wrong_with_a_licence_is_said_without_saying_a_secret() {
    let key = key("wrong");
    let secret = RoomSecret::from_random([7; 32]).to_text();
    let (bookmark, short) = (format!("/m#{secret}"), format!("https://zooo.example/m#{secret}x"));
    let invitation = format!("/r/short#{secret}");
    for (which, said) in [
        (["--room", &bookmark], "cannot use --room: it is a bookmark"),
        (["--room", &invitation], "cannot use --room: it is neither a room's id"),
        (["--bookmark", &short], "cannot use --bookmark: it is not a whole bookmark"),
        (["--bookmark", &invitation], "cannot use --bookmark: it is not a whole bookmark"),
    ] {
        let told = refused(&licence(&key, &which));
        assert!(told.starts_with(&format!("zooo: {said}")), "{told}");
        assert!(!told.contains(&secret[..8]), "{told}");
    }
    let both = refused(&licence(&key, &["--room", "x", "--bookmark", &bookmark]));
    assert!(both.contains("cannot be used with") && !both.contains(&secret[..8]), "{both}");
    let neither = refused(&licence(&key, &[]));
    assert!(neither.contains("required arguments were not provided"), "{neither}");
}

#[test]
fn a_secret_in_the_wrong_place_is_not_repeated() {
    let key = key("misplaced");
    let secret = value(&key.text, "secret");
    let link = format!("https://zooo.example/m#{secret}");
    let terms = ["--max-participants", "30", "--until", "2199-12-31"];
    let room = ["licence", "--room", "tyxzxvlcg7n3lvx6rtdgezbt54"];
    let given = format!("--key={secret}");
    let typo = format!("--kye={secret}");
    for wrong in [
        &["licence", &link][..],
        &["licence", &secret],
        &["room", &link],
        &["room", "--origin", &link],
        &["room", "--until", &link],
        &["serve", "--http", &link],
        &["serve", "--licence-key", &link],
        &["serve", &typo],
        &[&link],
        &[&secret],
        &[&room[..], &terms, &["--key", &secret]].concat(),
        &[&room[..], &terms, &["--key", &key.text]].concat(),
        &[&room[..], &terms, &[&given]].concat(),
    ] {
        let told = refused(wrong);
        assert!(!told.contains(&secret[56..]), "{told}");
        assert!(told.contains("error: ") || told.starts_with("zooo: cannot "), "{told}");
    }
}

#[test]
fn help_is_an_answer() {
    for asked in [&["--help"][..], &["help"], &["licence", "--help"], &["--version"]] {
        assert!(answer(asked).contains("zooo"), "{asked:?}");
    }
}

#[test]
fn a_package_finds_its_pages_and_completions() {
    let page = answer(&["manual", "man", "serve"]);
    assert!(page.starts_with(".ie") || page.contains(".TH zooo-serve 1"), "{page}");
    assert!(page.contains("drain"), "{page}");
    for (shell, word) in
        [("bash", "complete -F"), ("zsh", "#compdef zooo"), ("fish", "complete -c zooo")]
    {
        let completions = answer(&["manual", shell]);
        assert!(completions.contains(word), "{shell}: {completions}");
    }
    assert!(refused(&["manual", "man", "fly"]).contains("there is no command fly"));
    assert!(!answer(&["--help"]).contains("manual"), "it is for who makes a package");
}

#[test]
fn terms_that_cannot_be_meant_are_refused() {
    let key = key("terms");
    let room = "tyxzxvlcg7n3lvx6rtdgezbt54";
    for (people, until, number, said) in [
        ("0", "2199-12-31", "1", "0 is not in 1..=65535"),
        ("65536", "2199-12-31", "1", "65536 is not in 1..=65535"),
        ("many", "2199-12-31", "1", "invalid digit"),
        ("1", "2026-02-29", "1", "it is not a day of the calendar"),
        ("1", "2020-01-01", "1", "the day of --until is over"),
        ("1", "31.12.2026", "1", "it is not a day of the calendar"),
        ("1", "2199-12-31", "Ada", "invalid digit"),
    ] {
        let told = refused(&[
            "licence",
            "--room",
            room,
            "--max-participants",
            people,
            "--until",
            until,
            "--number",
            number,
            "--key",
            key.file(),
        ]);
        assert!(told.contains(said), "{told}");
    }
}

#[test]
fn a_file_that_is_no_key_signs_nothing_and_is_not_quoted() {
    let key = key("damaged");
    let secret = value(&key.text, "secret");
    let other = self::key("other").mark.to_text();
    for (content, said) in [
        (secret[1..].to_owned(), "it does not hold an operator's secret"),
        (format!("secret = {secret}"), "it does not hold an operator's secret"),
        (format!("licence_key = \"{other}\""), "it does not hold an operator's secret"),
        (other.clone(), "it holds the operator's public mark; what signs is the secret"),
        (
            format!("secret = \"{secret}\"\nlicence_key = \"{other}\""),
            "its secret and its licence_key do not belong together",
        ),
    ] {
        fs::write(&key.path, content).unwrap();
        let told = refused(&licence(&key, &["--room", "tyxzxvlcg7n3lvx6rtdgezbt54"]));
        assert!(told.starts_with("zooo: cannot sign with ") && told.contains(said), "{told}");
        assert!(!told.contains(&secret[56..]), "{told}");
    }
    fs::write(&key.path, format!("{secret}\n")).unwrap();
    answer(&licence(&key, &["--room", "tyxzxvlcg7n3lvx6rtdgezbt54"]));
    fs::remove_file(&key.path).unwrap();
    let told = refused(&licence(&key, &["--room", "tyxzxvlcg7n3lvx6rtdgezbt54"]));
    assert!(told.starts_with("zooo: cannot read "), "{told}");
}

// -- a licensed server

#[tokio::test]
async fn a_licence_opens_a_licensed_server_and_that_of_another_key_does_not() {
    let (key, other) = (key("ours"), key("theirs"));
    let site = Site::licensed_by(&key).await;
    for (by, opens) in [(&key, true), (&other, false)] {
        let asked = ["room", "--max-participants", "30", "--until", "2199-12-31", "--key"];
        let lines = answer(&[&asked[..], &[by.file()]].concat());
        let said = site.enter(two(&lines)[0]).await;
        let inside = matches!(said, ServerMessage::Welcome { .. });
        let outside = matches!(said, ServerMessage::Refused { reason: Refusal::Unlicensed, .. });
        assert_eq!((inside, outside), (opens, !opens), "{said:?}");
    }
    let unlicensed = site.enter(two(&answer(&["room"]))[0]).await;
    assert!(matches!(unlicensed, ServerMessage::Refused { reason: Refusal::Unlicensed, .. }));
    let secret = RoomSecret::from_random([7; 32]);
    let until = UnixTime::from_secs(1_000_000_000);
    let terms = LicenceTerms { max_participants: 30, until, number: 0 };
    let signer = OperatorKey::parse(&value(&key.text, "secret")).unwrap();
    let over = Licence::issue(&signer, secret.moderator_key().room_id(), terms).to_text();
    let expired = site.enter(&format!("/m#{}.{over}", secret.to_text())).await;
    assert!(matches!(expired, ServerMessage::Refused { reason: Refusal::LicenceExpired, .. }));
}

/// A server that serves licensed rooms only.
struct Site {
    http: SocketAddr,
    _stop: oneshot::Sender<()>,
}

impl Site {
    /// With the very line that the key's file has for it.
    async fn licensed_by(key: &Key) -> Self {
        let mark = key.text.lines().find(|line| line.starts_with("licence_key")).unwrap();
        let loopback = "http = \"127.0.0.1:0\"\nmedia = \"127.0.0.1:0\"\nrooms = \"licensed\"";
        let settings = Settings::parse(&format!("{loopback}\n{mark}")).unwrap();
        let server = Server::bind(settings.into_config().unwrap()).await.unwrap();
        let (http, (stop, stopped)) = (server.http_addr(), oneshot::channel::<()>());
        tokio::spawn(server.run(async { drop(stopped.await) }));
        Self { http, _stop: stop }
    }

    /// What the server says to somebody who comes with this bookmark.
    async fn enter(&self, bookmark: &str) -> ServerMessage {
        let secrets = after(bookmark, "/m#");
        let (secret, licence) = match secrets.split_once('.') {
            Some((secret, licence)) => (secret, Some(Licence::parse(licence).unwrap())),
            None => (secrets, None),
        };
        let secret = RoomSecret::parse(secret).unwrap();
        let (key, room) = (secret.moderator_key(), secret.moderator_key().room_id());
        let url = format!("ws://{}/ws/{}", self.http, room.to_text());
        let mut request = url.into_client_request().unwrap();
        let headers = request.headers_mut();
        headers.insert("sec-websocket-protocol", shared::SUB_PROTOCOL.parse().unwrap());
        headers.insert("origin", format!("http://{}", self.http).parse().unwrap());
        let stream = TcpStream::connect(self.http).await.unwrap();
        let (mut socket, _) = client_async(request, stream).await.unwrap();
        let ServerMessage::Challenge { challenge } = hear(&mut socket).await else { panic!() };
        let name = DisplayName::from_typed("Ada");
        let profile = SealedProfile::seal(&name, &secret.invitation_key(), room, [7; 12]);
        let proof = Some(key.prove(&challenge));
        let entry = Entry { proof, licence, ..Entry::named(profile) };
        let said = serde_json::to_string(&ClientMessage::Enter(entry)).unwrap();
        socket.send(Message::text(said)).await.unwrap();
        hear(&mut socket).await
    }
}

async fn hear(socket: &mut WebSocketStream<TcpStream>) -> ServerMessage {
    let heard = timeout(Duration::from_secs(20), async {
        loop {
            if let Message::Text(text) = socket.next().await.unwrap().unwrap() {
                return serde_json::from_str(&text).unwrap();
            }
        }
    });
    heard.await.unwrap()
}

// -- settings

#[test]
fn a_flag_counts_before_the_environment_before_the_file_before_the_usual() {
    let file = Settled::file("order", "http = \"127.0.0.1:0\"\nmedia = \"127.0.0.2:0\"\n");
    assert_eq!(file.media_of(&[], &[]), "127.0.0.2");
    assert_eq!(file.media_of(&[], &[("ZOOO_MEDIA", "127.0.0.3:0")]), "127.0.0.3");
    let flag = ["--media", "127.0.0.4:0"];
    assert_eq!(file.media_of(&flag, &[("ZOOO_MEDIA", "127.0.0.3:0")]), "127.0.0.4");
    let other = Settled::file("usual", "http = \"127.0.0.1:0\"\n");
    assert_eq!(other.media_of(&flag, &[]), "127.0.0.4");
}

#[test]
fn what_cannot_be_set_is_an_error_that_says_where() {
    for (name, content, said) in [
        (
            "unknown",
            "http = \"127.0.0.1:0\"\nlicense_key = \"x\"",
            "2:1: there is no key `license_key`; did you mean `licence_key`?",
        ),
        ("type", "\n\nhttp = 80", ":3:8: http takes "),
        ("no_mark", "licence_key = \"x\"", "is not an operator's public mark"),
        ("no_operator", "rooms = \"licensed\"", "`zooo key` makes one"),
        (
            "no_pause",
            "pause_after = 60\nend_after = 30",
            "cannot end a conference before it pauses",
        ),
        ("nowhere", "media = \"0.0.0.0:3478\"", "--announce"),
    ] {
        let file = Settled::file(name, content);
        let told = refused(&["serve", "--config", file.path.to_str().unwrap()]);
        assert!(told.starts_with("zooo: cannot ") && told.contains(said), "{name}: {told}");
    }
    let told = refused(&["serve", "--config", "not_there.toml"]);
    assert!(told.starts_with("zooo: cannot read not_there.toml: "), "{told}");
    let told = refused(&["serve", "--rooms", "licensed"]);
    assert!(told.contains("`zooo key` makes one"), "{told}");
    let secret = value(&key("not_a_mark").text, "secret");
    let told = refused(&["serve", "--rooms", "licensed", "--licence-key", &secret]);
    assert!(told.contains("the operator's secret, which belongs on no server"), "{told}");
    let told = refused(&["serve", "--licence-key", "-short"]);
    assert!(told.starts_with("zooo: cannot use --licence-key: "), "{told}");
    assert!(!told.contains("-short"), "it may be the secret: {told}");
}

#[test]
fn a_licence_key_that_nobody_asks_for_is_mentioned() {
    let mark = key("unasked").mark.to_text();
    let file = Settled::file("unasked", "http = \"127.0.0.1:0\"\nmedia = \"127.0.0.1:0\"\n");
    let said = file.log_of(&["--licence-key", &mark], &[]);
    assert!(said.contains("no licence is asked for"), "{said}");
    assert!(!said.contains(&mark), "{said}");
    let said = file.log_of(&["--licence-key", &mark, "--rooms", "licensed"], &[]);
    assert!(!said.contains("no licence is asked for"), "{said}");
}

/// A file of settings.
struct Settled {
    path: PathBuf,
}

impl Settled {
    fn file(name: &str, content: &str) -> Self {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.toml"));
        fs::write(&path, content).unwrap();
        Self { path }
    }

    /// The address at which the server takes media.
    fn media_of(&self, flags: &[&str], environment: &[(&str, &str)]) -> String {
        let log = self.log_of(flags, environment);
        let (_, media) = log.split_once("media=").unwrap_or_else(|| panic!("no media: {log}"));
        media.split(':').next().unwrap().to_owned()
    }

    /// What a server says until it serves.
    fn log_of(&self, flags: &[&str], environment: &[(&str, &str)]) -> String {
        let mut command = zooo();
        command.arg("serve").args(flags).envs(environment.iter().copied());
        command.env("ZOOO_CONFIG", &self.path).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut running = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(running.stdout.take().unwrap()).read_line(&mut line).unwrap();
        running.kill().unwrap();
        let mut log = String::new();
        running.stderr.take().unwrap().read_to_string(&mut log).unwrap();
        running.wait().unwrap();
        assert!(line.starts_with("zooo serves http://"), "{line}{log}");
        log
    }
}

// -- a program beside this one

#[test]
fn bench_is_the_program_beside_zooo_with_all_its_arguments_and_its_exit_code() {
    let folder = Folder::with_zooo("beside");
    // A shell in its place says what it was given.
    folder.link("/bin/sh", "zooo-bench");
    let asked =
        ["-c", "printf '%s|' \"$@\"; cat; exit 7", "x", "load", "--help", "--", "-v", "a b", ""];
    let mut running = folder.bench().args(asked).spawn().unwrap();
    running.stdin.take().unwrap().write_all(b"typed").unwrap();
    let done = running.wait_with_output().unwrap();
    assert_eq!(text(&done.stdout), "load|--help|--|-v|a b||typed");
    assert_eq!((done.status.code(), text(&done.stderr)), (Some(7), String::new()));
}

#[test]
fn bench_is_looked_for_nowhere_else() {
    let folder = Folder::with_zooo("alone");
    let other = Folder::with_zooo("elsewhere");
    other.link("/bin/true", "zooo-bench");
    let mut bench = folder.bench();
    let done = bench.arg("load").env("PATH", &other.0).current_dir(&other.0).output().unwrap();
    let told = text(&done.stderr);
    assert_eq!(done.status.code(), Some(2), "{told}");
    assert!(told.starts_with("zooo: there is no ") && told.contains("alone/zooo-bench"), "{told}");
    assert!(told.contains("`cargo build --release -p bench`"), "{told}");
}

#[test]
fn a_bench_that_cannot_be_run_is_not_said_to_be_missing() {
    let folder = Folder::with_zooo("unusable");
    fs::write(folder.0.join("zooo-bench"), "").unwrap();
    let done = folder.bench().output().unwrap();
    let told = text(&done.stderr);
    assert_eq!(done.status.code(), Some(1), "{told}");
    assert!(told.starts_with("zooo: cannot run ") && told.contains("zooo-bench: "), "{told}");
}

/// A folder in which the binary stands, and nothing else.
struct Folder(PathBuf);

impl Folder {
    fn with_zooo(name: &str) -> Self {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        drop(fs::remove_dir_all(&path));
        fs::create_dir_all(&path).unwrap();
        fs::hard_link(env!("CARGO_BIN_EXE_zooo"), path.join("zooo")).unwrap();
        Self(path)
    }

    fn link(&self, to: &str, name: &str) {
        std::os::unix::fs::symlink(to, self.0.join(name)).unwrap();
    }

    fn bench(&self) -> Command {
        let mut command = Command::new(self.0.join("zooo"));
        command.arg("bench").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }
}

// -- asking

/// An operator's key in its file.
struct Key {
    path: PathBuf,
    text: String,
    mark: OperatorMark,
}

impl Key {
    fn file(&self) -> &str {
        self.path.to_str().unwrap()
    }
}

/// A fresh key, in a file that no other test uses.
fn key(name: &str) -> Key {
    let text = answer(&["key"]);
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.key"));
    fs::write(&path, &text).unwrap();
    let mark = OperatorMark::parse(&value(&text, "licence_key")).unwrap();
    Key { path, text, mark }
}

/// A licence for 30 people for long.
fn licence<'a>(key: &'a Key, which: &[&'a str]) -> Vec<&'a str> {
    let terms = ["--max-participants", "30", "--until", "2199-12-31", "--key", key.file()];
    [&["licence"], which, &terms[..]].concat()
}

/// What stands between the quotes behind this name.
fn value(text: &str, name: &str) -> String {
    let line = text.lines().find(|line| line.starts_with(&format!("{name} = "))).unwrap();
    line.split('"').nth(1).unwrap().to_owned()
}

fn two(lines: &str) -> [&str; 2] {
    lines.lines().collect::<Vec<_>>().try_into().unwrap()
}

#[track_caller]
fn after<'a>(text: &'a str, start: &str) -> &'a str {
    text.strip_prefix(start).unwrap_or_else(|| panic!("{text} does not begin with {start}"))
}

/// The binary, in an environment that sets nothing.
fn zooo() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zooo"));
    for (name, _) in env::vars_os() {
        if name.to_str().is_some_and(|name| name.starts_with("ZOOO_") || name == "RUST_LOG") {
            command.env_remove(name);
        }
    }
    command.stdin(Stdio::null());
    command
}

/// What it answers; nothing is said beside it.
#[track_caller]
fn answer(arguments: &[&str]) -> String {
    let Output { status, stdout, stderr } = zooo().args(arguments).output().unwrap();
    assert!(status.success(), "{arguments:?}: {}", text(&stderr));
    assert!(stderr.is_empty(), "{arguments:?}: {}", text(&stderr));
    text(&stdout)
}

/// What it says when it refuses; nothing is answered.
#[track_caller]
fn refused(arguments: &[&str]) -> String {
    let Output { status, stdout, stderr } = zooo().args(arguments).output().unwrap();
    assert_eq!(status.code(), Some(2), "{arguments:?}: {}", text(&stderr));
    assert!(stdout.is_empty(), "{arguments:?}: {}", text(&stdout));
    text(&stderr)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

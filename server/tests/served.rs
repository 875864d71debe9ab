// SPDX-License-Identifier: EUPL-1.2
//! The binary as it serves: what it cannot do any more, what it says of a meeting, what it remembers of one.
#![expect(
    dead_code,
    clippy::disallowed_types,
    clippy::indexing_slicing,
    clippy::large_futures,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::too_many_arguments,
    clippy::unwrap_used,
    unreachable_pub,
    reason = "a test fails by panicking; its helpers are shared with other tests"
)]

#[path = "support/memory.rs"]
mod memory;
#[path = "support/page.rs"]
mod page;
#[path = "support/peer.rs"]
mod peer;
#[path = "support/secrets.rs"]
mod secrets;
#[path = "support/served.rs"]
mod served;

use std::{
    fs,
    net::SocketAddr,
    os::unix::process::ExitStatusExt as _,
    process::Command,
    sync::Arc,
    time::{Duration, Instant},
};

use page::{Page, Site, entry, soon};
use peer::{Own, Publishing, SLOTS, TestPeer};
use rtc_crypto::RTCCryptoProvider;
use secrets::{Listening, Secrets, elsewhere};
use served::Served;
use shared::{
    ChatText, ClientMessage, LiveLine, Offer, ParticipantId, Reaction, RoomSecret, Sdp, SealedLine,
    SealedReaction, SealedText, SenderLine, ServerMessage, Source,
};
use tokio::{net::TcpSocket, time::sleep};
use webrtc::peer_connection::SrtpProtectionProfile;

#[tokio::test(flavor = "multi_thread")]
async fn every_thread_of_a_server_is_sandboxed_and_people_meet() {
    let served = Served::start("sandboxed");
    let site = site_of(&served);
    let page = site.ask("GET", "/").await;
    // Without a page where it was not built; who asks is answered all the same.
    assert!(page.starts_with("HTTP/1.1 200") || page.contains("The page was not built"), "{page}");
    assert!(page.contains("content-security-policy"), "{page}");
    let mut meeting = Meeting::begin(&served, &site).await;
    meeting.is_heard_and_seen().await;

    let tasks = fs::read_dir(format!("/proc/{}/task", served.id())).unwrap();
    let tasks: Vec<_> = tasks.map(|task| task.unwrap().path()).collect();
    assert!(tasks.len() > 3, "main, workers, media");
    for task in tasks {
        let status = fs::read_to_string(task.join("status")).unwrap();
        let said = |name: &str| {
            let line = status.lines().find(|line| line.starts_with(name)).unwrap();
            line.split_whitespace().nth(1).unwrap().to_owned()
        };
        assert_eq!((said("NoNewPrivs:"), said("Seccomp:")), ("1".to_owned(), "2".to_owned()));
        let limits = fs::read_to_string(task.join("limits")).unwrap();
        let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
        assert_eq!(core.split_whitespace().skip(4).take(2).collect::<Vec<_>>(), ["0", "0"]);
    }
    let log = served.log();
    let entered = log.lines().find(|line| line.contains("sandbox=Sandbox")).unwrap();
    assert!(entered.contains("seccomp: Enforced"), "{entered}");
    assert!(entered.contains("no_core_dumps: true"), "{entered}");
    let status = served.told("status");
    let locked = status.lines().find_map(|line| line.strip_prefix("VmLck:")).unwrap();
    assert_eq!(entered.contains("memory: Locked"), locked.trim() != "0 kB", "{entered}{locked}");
    meeting.end().await;
}

#[test]
fn a_server_that_fails_leaves_no_image_of_itself() {
    let image_of = |name: &str, what: &str| {
        // Whatever the limit is here, they begin without one.
        let begin = format!("ulimit -S -c unlimited 2>/dev/null; cd {}; exec {what}", folder());
        let mut command = Command::new("/bin/sh");
        command.args(["-c", &begin]);
        let mut served = Served::run(name, command);
        let kill = format!("kill -s ABRT {}", served.id());
        let killed = Command::new("/bin/sh").args(["-c", &kill]).status();
        assert!(killed.unwrap().success());
        let status = served.process().wait().unwrap();
        assert_eq!(status.signal(), Some(libc::SIGABRT));
        status.core_dumped()
    };
    let other = "sh -c 'echo media=127.0.0.1:1 >&2; echo http://localhost:1; exec sleep 60'";
    if !image_of("other", other) {
        eprintln!("this system makes no images of failed processes: nothing is shown by this");
    }
    let zooo = env!("CARGO_BIN_EXE_zooo");
    let serves = format!("{zooo} serve --http 127.0.0.1:0 --media 127.0.0.1:0");
    assert!(!image_of("failing", &serves));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_server_says_at_its_most_verbose_tells_nothing_of_a_meeting() {
    let served = Served::start("verbose");
    let site = site_of(&served);
    let mut meeting = Meeting::begin(&served, &site).await;
    meeting.is_heard_and_seen().await;
    let secrets = meeting.end().await;
    forgotten(&served).await;

    let log = served.log();
    assert!(log.contains("TRACE server::driver"), "it is as verbose as it gets");
    let lower = log.to_lowercase();
    for secret in &secrets.0 {
        if let Ok(text) = std::str::from_utf8(&secret.bytes) {
            assert!(!log.contains(text), "{}: {text}", secret.what);
        }
        let hex = secret.bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        let hex: String = hex.filter_map(|digit| char::from_digit(digit.into(), 16)).collect();
        assert!(!lower.contains(&hex), "{}: {hex}", secret.what);
        assert!(!log.contains(&format!("{:?}", secret.bytes)), "{}, as a list", secret.what);
    }
    for part in ["v=0", "a=mid", "m=audio", "ice-", "sha-256", "Ada", "Ben"] {
        assert!(!log.contains(part), "{part}");
    }
    // Where it listens itself, it says.
    let others = log.replace(&served.media.to_string(), "").replace(&served.http.to_string(), "");
    assert_eq!(others.split(|c: char| !c.is_ascii_digit() && c != '.').find(is_address), None);
    assert!(!log.contains("ERROR") && !log.contains("panicked"), "something failed");
}

fn is_address(text: &&str) -> bool {
    let parts: Vec<_> = text.split('.').collect();
    parts.len() == 4 && parts.iter().all(|part| part.parse::<u8>().is_ok())
}

#[tokio::test(flavor = "multi_thread")]
#[expect(clippy::disallowed_methods, reason = "a test that waits for a condition")]
async fn of_a_meeting_that_is_over_nothing_is_in_the_memory() {
    let served = Served::start("forgetful");
    let site = site_of(&served);
    let mut meeting = Meeting::begin(&served, &site).await;
    meeting.is_heard_and_seen().await;
    let during = meeting.secrets();
    let found = match memory::find(served.id(), &during.0) {
        // Others of the same user may not look: that is what was given up.
        Err(error) if !is_root() => return eprintln!("only root can look: {error}"),
        found => found.unwrap(),
    };
    // What is looked for can be found.
    for what in ["room id, bytes", "a=ice-pwd:", "session key", "profile, bytes", "address"] {
        assert!(found.iter().any(|found| found.starts_with(what)), "no {what}: {found:#?}");
    }

    let secrets = meeting.end().await;
    forgotten(&served).await;
    let begin = Instant::now();
    loop {
        let found = memory::find(served.id(), &secrets.0).unwrap();
        if found.is_empty() {
            break;
        }
        assert!(begin.elapsed() < Duration::from_secs(10), "{found:#?}");
        sleep(Duration::from_millis(100)).await;
    }
}

fn is_root() -> bool {
    fs::read_to_string("/proc/self/status").unwrap().contains("\nUid:\t0\t0\t")
}

fn folder() -> &'static str {
    env!("CARGO_TARGET_TMPDIR")
}

/// The other process, for pages to come to.
fn site_of(served: &Served) -> Site {
    Site { http: served.http, stop: None, running: tokio::spawn(async {}) }
}

/// Waits until the room is gone.
async fn forgotten(served: &Served) {
    soon(async {
        while !served.log().contains("room is forgotten") {
            sleep(Duration::from_millis(20)).await;
        }
    })
    .await;
}

/// Two people who see and hear each other, and write.
struct Meeting {
    people: Vec<Person>,
    secrets: Secrets,
}

struct Person {
    page: Page,
    peer: TestPeer,
    crypto: Arc<Listening>,
    publishing: Publishing,
}

impl Meeting {
    async fn begin(served: &Served, site: &Site) -> Self {
        let secret = RoomSecret::from_random([served.id().to_be_bytes()[3]; 32]);
        let mut secrets = Secrets::default();
        secrets.add_room(&secret.moderator_key().room_id().to_text());
        let mut people = Vec::new();
        for (name, number) in [("Ada", 1), ("Ben", 2)] {
            people.push(Person::enter(site, &secret, (name, number), &mut secrets).await);
        }
        let text = ChatText::from_typed("Nobody else reads this.").unwrap();
        let by = (secret.moderator_key().room_id(), ParticipantId(1));
        let text = SealedText::seal(&text, &secret.invitation_key(), by, [9; 12]);
        let line = LiveLine::from_typed("Nobody else reads");
        let line = SealedLine::seal(&line, &secret.invitation_key(), by, [8; 12]);
        let reaction = SealedReaction::seal(Reaction::Heart, &secret.invitation_key(), by, [7; 12]);
        let said = [
            ClientMessage::Rtt { line },
            ClientMessage::Reaction { reaction },
            ClientMessage::Chat { text },
        ];
        for message in said {
            secrets.add_message(&message);
            people[0].page.say(message).await;
        }
        for heard in [
            |heard: &ServerMessage| matches!(heard, ServerMessage::Rtt { .. }),
            |heard: &ServerMessage| matches!(heard, ServerMessage::Reaction { .. }),
            |heard: &ServerMessage| matches!(heard, ServerMessage::Chat { .. }),
        ] {
            people[1].page.hear_until(heard).await;
        }
        Self { people, secrets }
    }

    async fn is_heard_and_seen(&mut self) {
        for person in &mut self.people {
            person.page.publish(&[Source::Microphone, Source::Camera], 0).await;
        }
        for person in &self.people {
            soon(async {
                while person.peer.arrived().len() < 100 {
                    sleep(Duration::from_millis(20)).await;
                }
            })
            .await;
        }
    }

    /// All that is known of the meeting so far.
    fn secrets(&self) -> Secrets {
        let mut secrets = Secrets(self.secrets.0.clone());
        for person in &self.people {
            for (what, key) in person.crypto.keys() {
                secrets.add(what, key);
            }
        }
        secrets
    }

    /// Everybody leaves.
    async fn end(mut self) -> Secrets {
        let secrets = self.secrets();
        for person in &mut self.people {
            person.page.say(ClientMessage::Leave {}).await;
            person.page.last_words().await;
            person.peer.close().await;
        }
        secrets
    }
}

impl Person {
    async fn enter(
        site: &Site,
        secret: &RoomSecret,
        (name, number): (&str, u8),
        secrets: &mut Secrets,
    ) -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind(elsewhere(number)).unwrap();
        let stream = socket.connect(site.http).await.unwrap();
        secrets.add_address(stream.local_addr().unwrap());
        let mut page = Page::over(site, secret, stream).await;
        secrets.add_message(&page.challenge);
        let mut entry = entry(name, secret);
        entry.proof = Some(secret.moderator_key().prove(&page.challenge));
        let entry = ClientMessage::Enter(entry);
        secrets.add_message(&entry);
        page.say(entry).await;
        let welcome = page.hear().await;
        assert!(matches!(welcome, ServerMessage::Welcome { .. }), "{welcome:?}");
        secrets.add_message(&welcome);

        let crypto = Arc::new(Listening::default());
        let heard: Arc<dyn RTCCryptoProvider> = Arc::<Listening>::clone(&crypto);
        let own = Own { address: elsewhere(number).to_string(), crypto: Some(heard) };
        let strong = vec![SrtpProtectionProfile::Srtp_Aead_Aes_256_Gcm];
        let (peer, sdp) = TestPeer::offering_from(number, strong, SLOTS, own).await;
        secrets.add_offer(&sdp);
        let line = |(mid, source)| SenderLine { mid, source };
        let senders = TestPeer::senders().into_iter().map(line).collect();
        page.say(ClientMessage::Offer(Offer { sdp: Sdp::new(sdp).unwrap(), senders })).await;
        let heard = page.hear_until(|heard| matches!(heard, ServerMessage::Answer(_))).await;
        secrets.add_message(&heard);
        let ServerMessage::Answer(answer) = heard else { panic!("an answer") };
        secrets.add_answer(answer.sdp.as_str());
        let nowhere = SocketAddr::from(([127, 0, 0, 1], 1));
        peer.accept(answer.sdp.as_str(), nowhere, nowhere).await;
        let publishing = peer.publish();
        Self { page, peer, crypto, publishing }
    }
}

// SPDX-License-Identifier: EUPL-1.2
//! Somebody who wants to do harm, over real sockets and with real media, in the middle of a meeting:
//! whatever Mallory tries beyond her rights is refused, and Ada and Bob go on as if nothing were.
#![expect(
    dead_code,
    clippy::disallowed_types,
    clippy::expect_used,
    clippy::large_futures,
    clippy::panic,
    clippy::too_many_arguments,
    clippy::unwrap_used,
    unreachable_pub,
    reason = "a test fails by panicking; its helpers are shared with other tests"
)]

#[path = "support/agree.rs"]
mod agree;
#[path = "support/page.rs"]
mod page;
#[path = "support/peer.rs"]
mod peer;

use std::{
    fs,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use agree::agree_on;
use page::{Page, Site, entry, log_path, soon};
use peer::{Arrived, Publishing, SCREEN_TAG, TestPeer};
use rtc::rtp_transceiver::rtp_sender::RtpCodecKind;
use server::room::Licensing;
use shared::{
    Audience, ChatText, ClientMessage, CloseReason, Door, Entry, Invitations, Knock, Licence,
    LicenceTerms, MediaKind, Moderation, OperatorKey, ParticipantId, Refusal, ResumeToken, Role,
    RoomSecret, RosterChange, SealedText, ServerMessage, Source, Ticket, TicketNumber, UnixTime,
    WaitingFor,
};
use tokio::{net::TcpSocket, time::sleep};
use tokio_tungstenite::tungstenite::Message;
use webrtc::peer_connection::SrtpProtectionProfile;

const STRONG: SrtpProtectionProfile = SrtpProtectionProfile::Srtp_Aead_Aes_256_Gcm;
/// Room for everybody.
const SLOTS: [(RtpCodecKind, usize); 2] = [(RtpCodecKind::Audio, 3), (RtpCodecKind::Video, 5)];
const ADA: u8 = 1;
const BOB: u8 = 2;
const MALLORY: u8 = 3;
const BOTH: [Source; 2] = [Source::Microphone, Source::Camera];

/// Ada, who moderates, and Bob, who hear and see each other.
struct Meeting {
    secret: RoomSecret,
    ada: Page,
    bob: Page,
    left: TestPeer,
    right: TestPeer,
    sent: (Publishing, Publishing),
    ids: [ParticipantId; 2],
    marked: bool,
}

/// Somebody inside who means no good.
struct Mallory {
    page: Page,
    id: ParticipantId,
    token: ResumeToken,
}

impl Meeting {
    async fn begin(site: &Site, byte: u8) -> Self {
        let secret = RoomSecret::from_random([byte; 32]);
        let (mut ada, welcome) = Page::moderator(site, &secret).await;
        let ServerMessage::Welcome { you, .. } = welcome else { panic!() };
        let mut bob = Page::knock(site, &secret, "Bob").await;
        let bob_id = admit(&mut ada).await;
        bob.hear_until(|heard| matches!(heard, ServerMessage::Welcome { .. })).await;
        let left = agree_on(&mut ada, ADA, STRONG, SLOTS).await;
        let right = agree_on(&mut bob, BOB, STRONG, SLOTS).await;
        ada.publish(&BOTH, 0).await;
        bob.publish(&BOTH, 0).await;
        let sent = (left.publish(), right.publish());
        let ids = [you, bob_id];
        let mut meeting = Self { secret, ada, bob, left, right, sent, ids, marked: false };
        meeting.goes_on().await;
        meeting
    }

    /// Both hear and see the other, from this moment on.
    async fn goes_on(&mut self) {
        for (peer, other) in [(&self.left, BOB), (&self.right, ADA)] {
            peer.forget();
            until(peer, |arrived| {
                count(arrived, MediaKind::Audio, other) > 10
                    && count(arrived, MediaKind::Video, other) > 40
            })
            .await;
        }
    }

    /// Nothing of this tag reaches anybody for half a second.
    async fn nothing_comes_of(&self, tag: u8) {
        for peer in [&self.left, &self.right] {
            peer.forget();
        }
        sleep(Duration::from_millis(500)).await;
        for peer in [&self.left, &self.right] {
            let arrived = peer.arrived();
            assert!(!arrived.is_empty(), "the others go on");
            assert!(arrived.iter().all(|packet| packet.tag != tag), "{tag} is heard");
        }
    }

    /// Mallory, let in by Ada.
    async fn let_in_mallory(&mut self, site: &Site) -> Mallory {
        let mut page = Page::knock(site, &self.secret, "Mallory").await;
        let id = admit(&mut self.ada).await;
        let heard = page.hear_until(|heard| matches!(heard, ServerMessage::Welcome { .. })).await;
        let ServerMessage::Welcome { resume, .. } = heard else { panic!() };
        self.bob.hear_until(|heard| is_present(heard, id)).await;
        Mallory { page, id, token: resume }
    }

    async fn moderate(&mut self, act: Moderation) {
        self.ada.say(ClientMessage::Moderate(act)).await;
    }

    /// What Ada and Bob have heard since the last time, but for what this participant did with their
    /// own hand. Ada's hand marks the end.
    async fn heard(&mut self, but: ParticipantId) -> Vec<ServerMessage> {
        self.marked = !self.marked;
        self.ada.say(ClientMessage::Hand { raised: self.marked }).await;
        let (ada, marked) = (self.ids[0], self.marked);
        let mut all = Vec::new();
        for page in [&mut self.ada, &mut self.bob] {
            loop {
                let heard = page.hear().await;
                if let Some(who) = present(&heard)
                    && who.id == ada
                    && who.hand.is_some() == marked
                {
                    break;
                }
                if !is_present(&heard, but) {
                    all.push(heard);
                }
            }
        }
        all
    }

    /// Nobody has noticed anything.
    async fn is_undisturbed(&mut self, mallory: &mut Mallory) {
        mallory.is_through().await;
        let heard = self.heard(mallory.id).await;
        assert!(heard.is_empty(), "{heard:?}");
        self.goes_on().await;
        nothing_failed();
    }
}

impl Mallory {
    async fn moderate(&mut self, act: Moderation) {
        self.page.say(ClientMessage::Moderate(act)).await;
    }

    /// Waits until the room has dealt with everything that she said. What she hears meanwhile.
    async fn is_through(&mut self) -> Vec<ServerMessage> {
        let mut all = Vec::new();
        for raised in [true, false] {
            self.page.say(ClientMessage::Hand { raised }).await;
            loop {
                let heard = self.page.hear().await;
                let own = present(&heard)
                    .is_some_and(|who| who.id == self.id && who.hand.is_some() == raised);
                if own {
                    break;
                }
                all.push(heard);
            }
        }
        all
    }
}

/// Lets in who knocks next.
async fn admit(ada: &mut Page) -> ParticipantId {
    let Knock { participant, .. } = knock(ada).await;
    ada.say(ClientMessage::Moderate(Moderation::Admit { participant })).await;
    ada.hear_until(|heard| matches!(heard, ServerMessage::KnockGone { .. })).await;
    participant
}

async fn knock(ada: &mut Page) -> Knock {
    let heard = ada.hear_until(|heard| matches!(heard, ServerMessage::Knock(_))).await;
    let ServerMessage::Knock(knock) = heard else { panic!() };
    knock
}

fn present(heard: &ServerMessage) -> Option<&shared::ParticipantInfo> {
    if let ServerMessage::Roster { change: RosterChange::Present { participant }, .. } = heard {
        Some(participant)
    } else {
        None
    }
}

fn is_present(heard: &ServerMessage, who: ParticipantId) -> bool {
    present(heard).is_some_and(|participant| participant.id == who)
}

fn count(arrived: &[Arrived], kind: MediaKind, tag: u8) -> usize {
    arrived.iter().filter(|packet| packet.kind == kind && packet.tag == tag).count()
}

async fn until(peer: &TestPeer, enough: impl Fn(&[Arrived]) -> bool) {
    soon(async {
        while !enough(&peer.arrived()) {
            sleep(Duration::from_millis(10)).await;
        }
    })
    .await;
}

/// No task of the server panicked, and nothing went wrong that it would have told its operator.
fn nothing_failed() {
    let log = fs::read_to_string(log_path()).unwrap();
    let ours = |line: &&str| line.contains("ERROR") && line.contains("server::");
    assert_eq!(log.lines().find(ours), None);
}

/// What the calendar says, moved by so many seconds.
#[expect(clippy::disallowed_methods, reason = "a ticket expires by the calendar")]
fn in_seconds(seconds: i64) -> UnixTime {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    UnixTime::from_secs(now.checked_add_signed(seconds).unwrap())
}

fn ticket(secret: &RoomSecret, number: u8, seconds: i64) -> Ticket {
    let number = TicketNumber::from_random([number; 16]);
    Ticket::issue(&secret.moderator_key(), number, in_seconds(seconds))
}

const fn refused(reason: Refusal) -> ServerMessage {
    ServerMessage::Refused { reason, pause: 0 }
}

/// Everything that a moderator can say, about each of these people.
fn every_act(people: &[ParticipantId], secret: &RoomSecret) -> Vec<Moderation> {
    let about = |participant| {
        [
            Moderation::Admit { participant },
            Moderation::Refuse { participant },
            Moderation::Silence { participant },
            Moderation::StopCamera { participant },
            Moderation::StopScreen { participant },
            Moderation::LowerHand { participant },
            Moderation::MakeParticipant { participant },
            Moderation::MakePresenter { participant },
            Moderation::MakeModerator { participant },
            Moderation::Remove { participant },
        ]
    };
    let mark = secret.invitation_key().guest_key().mark();
    let mut all: Vec<_> = people.iter().copied().flat_map(about).collect();
    all.extend([Door::Open(mark), Door::Locked].map(|door| Moderation::Door { door }));
    all.extend([
        Moderation::AdmitAll { up_to: ParticipantId(u32::MAX) },
        Moderation::Invitations { invitations: Invitations::Personal },
        Moderation::Share { audience: Audience::Everybody },
        Moderation::Chat { audience: Audience::Presenters },
        Moderation::SilenceAll {},
        Moderation::LowerHands {},
        Moderation::End {},
    ]);
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn no_act_above_the_own_role_does_anything() {
    let site = Site::with(|limits| limits.session.burst = 1_000).await;
    let mut meeting = Meeting::begin(&site, 1).await;
    let mut mallory = meeting.let_in_mallory(&site).await;
    let _cleo = Page::knock(&site, &meeting.secret, "Cleo").await;
    let cleo = knock(&mut meeting.ada).await.participant;
    let people = [meeting.ids[0], meeting.ids[1], mallory.id, cleo];
    for role in [Role::Participant, Role::Presenter] {
        if role == Role::Presenter {
            meeting.moderate(Moderation::MakePresenter { participant: mallory.id }).await;
            mallory.page.hear_until(|heard| is_present(heard, mallory.id)).await;
        }
        meeting.heard(mallory.id).await;
        mallory.is_through().await;
        for act in every_act(&people, &meeting.secret) {
            mallory.moderate(act).await;
        }
        let heard = mallory.is_through().await;
        assert!(heard.iter().all(|heard| is_present(heard, meeting.ids[0])), "{heard:?}");
        meeting.is_undisturbed(&mut mallory).await;
    }
    // Who still knocks does, and is let in by who may.
    meeting.moderate(Moderation::Admit { participant: cleo }).await;
    meeting.ada.hear_until(|heard| is_present(heard, cleo)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_can_say_is_a_violation_and_harms_who_says_it() {
    let site = Site::start().await;
    let mut meeting = Meeting::begin(&site, 2).await;
    for said in [
        r#"{"type":"moderate","act":"switch_on","participant":1}"#,
        r#"{"type":"moderate","act":"silence","participant":1,"live":["camera"]}"#,
        r#"{"type":"moderate","act":"silence","participant":-1}"#,
        r#"{"type":"moderate","act":"make_operator","participant":1}"#,
        r#"{"type":"publish","live":["camera"],"heard":0,"participant":1}"#,
        r#"{"type":"publish","live":["camera"]}"#,
        r#"{"type":"hand","raised":true,"participant":1}"#,
        r#"{"type":"chat","text":"Hello"}"#,
        r#"{"type":"rtt","line":"Hello"}"#,
        r#"{"type":"reaction","reaction":"heart"}"#,
    ] {
        let mut mallory = meeting.let_in_mallory(&site).await;
        mallory.page.send(Message::text(said)).await.unwrap();
        let (last, code) = mallory.page.last_words().await;
        let reason = CloseReason::Protocol;
        assert_eq!((last, code), (Some(ServerMessage::Closed { reason }), Some(1008)), "{said}");
    }
    meeting.goes_on().await;
    nothing_failed();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_silenced_and_sends_on_is_not_heard_until_their_own_word() {
    let site = Site::start().await;
    let mut meeting = Meeting::begin(&site, 3).await;
    let mut mallory = meeting.let_in_mallory(&site).await;
    let peer = agree_on(&mut mallory.page, MALLORY, STRONG, SLOTS).await;
    let _sent = peer.publish();
    meeting.nothing_comes_of(MALLORY).await;
    mallory.page.publish(&BOTH, 0).await;
    for peer in [&meeting.left, &meeting.right] {
        until(peer, |arrived| {
            BOTH.iter().all(|source| count(arrived, source.kind(), MALLORY) > 20)
        })
        .await;
    }

    let participant = mallory.id;
    meeting.moderate(Moderation::Silence { participant }).await;
    meeting.moderate(Moderation::StopCamera { participant }).await;
    let mut told = Vec::new();
    while told.len() < 2 {
        if let ServerMessage::Silenced { source, by, count } = mallory.page.hear().await {
            assert_eq!(by, Some(meeting.ids[0]));
            told.push((source, count));
        }
    }
    assert_eq!(told, [(Source::Microphone, 1), (Source::Camera, 2)]);
    sleep(Duration::from_millis(200)).await;
    meeting.nothing_comes_of(MALLORY).await;

    // Whatever she says without having heard of it, and whatever she claims to have heard.
    for heard in [0, 0, 3, u32::MAX] {
        mallory.page.publish(&BOTH, heard).await;
    }
    mallory.is_through().await;
    meeting.nothing_comes_of(MALLORY).await;
    // A fresh transport raises nothing either.
    let fresh = agree_on(&mut mallory.page, MALLORY, STRONG, SLOTS).await;
    let _sent_again = fresh.publish();
    sleep(Duration::from_millis(500)).await;
    meeting.nothing_comes_of(MALLORY).await;
    // Nor does a fresh connection, which is told again what is silenced.
    let mut again = Page::connect(&site, &meeting.secret).await;
    again.enter("Mallory", &meeting.secret, Some(mallory.token)).await;
    for source in BOTH {
        let heard = again.hear_until(|heard| matches!(heard, ServerMessage::Silenced { .. })).await;
        let ServerMessage::Silenced { source: silenced, .. } = heard else { panic!() };
        assert_eq!(silenced, source);
    }
    again.publish(&BOTH, 0).await;
    sleep(Duration::from_millis(200)).await;
    meeting.nothing_comes_of(MALLORY).await;

    again.publish(&[Source::Microphone], 2).await;
    until(&meeting.left, |arrived| count(arrived, MediaKind::Audio, MALLORY) > 10).await;
    assert_eq!(count(&meeting.left.arrived(), MediaKind::Video, MALLORY), 0, "not the camera");
    meeting.goes_on().await;
    nothing_failed();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_screen_without_the_right_reaches_nobody_however_often_it_is_stated() {
    let site = Site::start().await;
    let mut meeting = Meeting::begin(&site, 4).await;
    let mut mallory = meeting.let_in_mallory(&site).await;
    let peer = agree_on(&mut mallory.page, MALLORY, STRONG, SLOTS).await;
    let _shared = peer.share();
    meeting.heard(mallory.id).await;
    for count in 1..4 {
        mallory.page.publish(&[Source::Screen], count - 1).await;
        let silenced = ServerMessage::Silenced { source: Source::Screen, by: None, count };
        mallory.page.hear_until(|heard| *heard == silenced).await;
    }
    meeting.is_undisturbed(&mut mallory).await;
    meeting.nothing_comes_of(MALLORY | SCREEN_TAG).await;

    // With the right it passes, and with the right it ends.
    let participant = mallory.id;
    meeting.moderate(Moderation::MakePresenter { participant }).await;
    mallory.page.hear_until(|heard| is_present(heard, participant)).await;
    mallory.page.publish(&[Source::Screen], 3).await;
    let tag = MALLORY | SCREEN_TAG;
    until(&meeting.right, |arrived| count(arrived, MediaKind::Video, tag) > 40).await;
    meeting.moderate(Moderation::MakeParticipant { participant }).await;
    mallory.page.hear_until(|heard| matches!(heard, ServerMessage::Silenced { .. })).await;
    sleep(Duration::from_millis(200)).await;
    meeting.nothing_comes_of(tag).await;
    meeting.goes_on().await;
    nothing_failed();
}

#[tokio::test(flavor = "multi_thread")]
async fn chat_without_the_right_reaches_nobody_and_a_flood_of_it_ends_the_stay() {
    let site = Site::start().await;
    let mut meeting = Meeting::begin(&site, 5).await;
    meeting.moderate(Moderation::Chat { audience: Audience::Presenters }).await;
    let mut mallory = meeting.let_in_mallory(&site).await;
    meeting.heard(mallory.id).await;
    let room = meeting.secret.moderator_key().room_id();
    let text = ChatText::from_typed("x".repeat(4_000).as_str()).unwrap();
    let key = meeting.secret.invitation_key();
    let text = SealedText::seal(&text, &key, (room, mallory.id), [1; 12]);
    for _ in 0..10 {
        mallory.page.say(ClientMessage::Chat { text: text.clone() }).await;
    }
    meeting.is_undisturbed(&mut mallory).await;

    let chat = serde_json::to_string(&ClientMessage::Chat { text }).unwrap();
    for _ in 0..100 {
        // The server may have had enough before the end.
        if mallory.page.send(Message::text(chat.clone())).await.is_err() {
            break;
        }
    }
    let gone = |heard: &ServerMessage| {
        matches!(heard, ServerMessage::Roster { change: RosterChange::Gone { .. }, .. })
    };
    let heard = meeting.bob.hear_until(gone).await;
    let ServerMessage::Roster { change, .. } = heard else { panic!() };
    assert_eq!(change, RosterChange::Gone { participant: mallory.id });
    meeting.goes_on().await;
    nothing_failed();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_removed_is_silent_at_once_and_no_token_brings_them_back() {
    let site = Site::start().await;
    let mut meeting = Meeting::begin(&site, 6).await;
    let mut mallory = meeting.let_in_mallory(&site).await;
    let peer = agree_on(&mut mallory.page, MALLORY, STRONG, SLOTS).await;
    let _sent = peer.publish();
    mallory.page.publish(&BOTH, 0).await;
    until(&meeting.right, |arrived| count(arrived, MediaKind::Video, MALLORY) > 40).await;
    let participant = mallory.id;
    meeting.moderate(Moderation::Remove { participant }).await;
    let (last, code) = mallory.page.last_words().await;
    let removed = ServerMessage::Closed { reason: CloseReason::Removed };
    assert_eq!((last, code), (Some(removed), Some(4003)));
    sleep(Duration::from_millis(200)).await;
    meeting.nothing_comes_of(MALLORY).await;

    for _ in 0..3 {
        let mut again = Page::connect(&site, &meeting.secret).await;
        again.enter("Mallory", &meeting.secret, Some(mallory.token.clone())).await;
        assert!(matches!(again.hear().await, ServerMessage::Waiting { .. }));
        assert!(knock(&mut meeting.ada).await.removed, "she is recognised");
    }
    meeting.goes_on().await;
    nothing_failed();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_was_used_up_or_is_of_another_room_or_invented_opens_nothing() {
    let site = Site::start().await;
    let mut meeting = Meeting::begin(&site, 7).await;
    let mut elsewhere = Meeting::begin(&site, 8).await;
    let mut mallory = meeting.let_in_mallory(&site).await;
    let strange = elsewhere.let_in_mallory(&site).await.token;
    let first = mallory.token.clone();
    let mut second = Page::connect(&site, &meeting.secret).await;
    second.enter("Mallory", &meeting.secret, Some(first.clone())).await;
    assert!(matches!(second.hear().await, ServerMessage::Welcome { .. }));
    mallory.page = second;
    mallory.is_through().await;
    let invented = ResumeToken::from_bytes([0; 32]);
    for token in [first, strange, invented] {
        let mut again = Page::connect(&site, &meeting.secret).await;
        again.enter("Mallory", &meeting.secret, Some(token)).await;
        assert!(matches!(again.hear().await, ServerMessage::Waiting { .. }));
        let knock = knock(&mut meeting.ada).await;
        assert!(!knock.removed && !knock.personal);
    }
    meeting.goes_on().await;
    elsewhere.goes_on().await;
    nothing_failed();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ticket_opens_once_and_a_false_one_never() {
    let site = Site::start().await;
    let mut meeting = Meeting::begin(&site, 9).await;
    let secret = meeting.secret.clone();
    let door = Door::Open(secret.invitation_key().guest_key().mark());
    meeting.moderate(Moderation::Door { door }).await;
    let enter = async |ticket: Ticket| {
        let mut page = Page::connect(&site, &secret).await;
        let mut entry = entry("Mallory", &secret);
        entry.ticket = Some(ticket);
        page.say(ClientMessage::Enter(entry)).await;
        page
    };
    let good = ticket(&secret, 1, 60);
    let mut first = enter(good.clone()).await;
    assert!(matches!(first.hear().await, ServerMessage::Welcome { .. }));
    let other = RoomSecret::from_random([99; 32]);
    let text = good.to_text();
    let flipped = if text.as_bytes()[50] == b'A' { "B" } else { "A" };
    let flipped = Ticket::parse(&format!("{}{flipped}{}", &text[..50], &text[51..])).unwrap();
    for (ticket, reason, code) in [
        (good.clone(), Refusal::TicketUsed, 4111),
        (ticket(&secret, 2, -1), Refusal::TicketExpired, 4110),
        (ticket(&other, 3, 60), Refusal::WrongTicket, 4109),
        (flipped, Refusal::WrongTicket, 4109),
    ] {
        let words = enter(ticket).await.last_words().await;
        assert_eq!(words, (Some(refused(reason)), Some(code)));
    }
    // Two at once with one ticket: one of them is inside.
    let (mut one, mut two) =
        tokio::join!(enter(ticket(&secret, 4, 60)), enter(ticket(&secret, 4, 60)),);
    let heard = [one.hear().await, two.hear().await];
    let inside = heard.iter().filter(|heard| matches!(heard, ServerMessage::Welcome { .. }));
    assert_eq!(inside.count(), 1, "{heard:?}");
    let mut page = Page::connect(&site, &secret).await;
    let short = serde_json::to_string(&ClientMessage::Enter(Entry {
        ticket: Some(good),
        ..entry("Mallory", &secret)
    }));
    page.send(Message::text(short.unwrap().replace(&text, &text[4..]))).await.unwrap();
    assert_eq!(page.last_words().await.1, Some(1008));
    meeting.goes_on().await;
    nothing_failed();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forged_signature_opens_neither_a_door_nor_a_role() {
    let site = Site::start().await;
    let mut meeting = Meeting::begin(&site, 10).await;
    let (secret, other) = (meeting.secret.clone(), RoomSecret::from_random([99; 32]));
    let room = secret.moderator_key().room_id();
    let mark = secret.invitation_key().guest_key().mark();
    meeting.moderate(Moderation::Door { door: Door::Open(mark) }).await;
    let mark = serde_json::to_string(&mark).unwrap();

    let victim = Page::connect(&site, &secret).await;
    let own = secret.moderator_key();
    let forged = other.moderator_key();
    for round in 0..3 {
        let mut page = Page::connect(&site, &secret).await;
        let proof = match round {
            0 => forged.prove(&page.challenge),
            1 => own.prove(&victim.challenge),
            _ => own.prove(&shared::Challenge::from_bytes([0; 32])),
        };
        let entry = Entry { proof: Some(proof), ..entry("Mallory", &secret) };
        page.say(ClientMessage::Enter(entry)).await;
        assert_eq!(page.last_words().await, (Some(refused(Refusal::WrongProof)), Some(4103)));
    }
    // The mark is known to everybody inside; what signs for it is not.
    for round in 0..3 {
        let mut page = Page::connect(&site, &secret).await;
        let own = secret.invitation_key().guest_key();
        let forged = other.invitation_key().guest_key();
        let guest = match round {
            0 => forged.prove(room, &page.challenge),
            1 => own.prove(room, &victim.challenge),
            _ => own.prove(other.moderator_key().room_id(), &page.challenge),
        };
        let theirs = serde_json::to_string(&forged.mark()).unwrap();
        let entry = Entry { guest: Some(guest), ..entry("Mallory", &secret) };
        let said = serde_json::to_string(&ClientMessage::Enter(entry)).unwrap();
        page.send(Message::text(said.replace(&theirs, &mark))).await.unwrap();
        let heard = page.hear().await;
        let waits =
            ServerMessage::Waiting { for_whom: WaitingFor::Admission, visit: visit(&heard) };
        assert_eq!(heard, waits);
        knock(&mut meeting.ada).await;
    }
    meeting.goes_on().await;
    nothing_failed();
}

fn visit(heard: &ServerMessage) -> ResumeToken {
    let ServerMessage::Waiting { visit, .. } = heard else { panic!("{heard:?}") };
    visit.clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forged_licence_opens_no_room() {
    let operator = OperatorKey::from_random([5; 32]);
    let site =
        Site::configured(|config| config.licensing = Licensing::Licensed(operator.mark())).await;
    let secret = RoomSecret::from_random([11; 32]);
    let room = secret.moderator_key().room_id();
    let issue = |key: &OperatorKey, room, seconds| {
        let until = in_seconds(seconds);
        Licence::issue(key, room, LicenceTerms { max_participants: 5, until, number: 1 })
    };
    let enter = async |licence: Option<Licence>| {
        let mut page = Page::connect(&site, &secret).await;
        let mut entry = entry("Mallory", &secret);
        entry.proof = Some(secret.moderator_key().prove(&page.challenge));
        entry.licence = licence;
        page.say(ClientMessage::Enter(entry)).await;
        page
    };
    let good = issue(&operator, room, 60);
    let text = good.to_text();
    let flipped = if text.starts_with('A') { "B" } else { "A" };
    let elsewhere = RoomSecret::from_random([99; 32]).moderator_key().room_id();
    for (licence, reason, code) in [
        (None, Refusal::Unlicensed, 4112),
        (Some(issue(&OperatorKey::from_random([6; 32]), room, 60)), Refusal::Unlicensed, 4112),
        (Some(issue(&operator, elsewhere, 60)), Refusal::Unlicensed, 4112),
        (Licence::parse(&format!("{flipped}{}", &text[1..])), Refusal::Unlicensed, 4112),
        (Some(issue(&operator, room, -1)), Refusal::LicenceExpired, 4113),
    ] {
        let words = enter(licence).await.last_words().await;
        assert_eq!(words, (Some(refused(reason)), Some(code)));
    }
    assert!(matches!(enter(Some(good)).await.hear().await, ServerMessage::Welcome { .. }));
    nothing_failed();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_of_knocks_crowds_out_itself() {
    let site = Site::with(|limits| limits.room.waiting = 20).await;
    let mut meeting = Meeting::begin(&site, 12).await;
    let mut flood = Vec::new();
    for _ in 0..300 {
        let mut page = from(&site, &meeting.secret, [127, 0, 0, 2]).await;
        page.enter("Mallory", &meeting.secret, None).await;
        flood.push(page);
    }
    let mut cleo = from(&site, &meeting.secret, [127, 0, 0, 3]).await;
    cleo.enter("Cleo", &meeting.secret, None).await;
    assert!(matches!(cleo.hear().await, ServerMessage::Waiting { .. }), "Cleo finds a place");
    let mut full = 0;
    for page in &mut flood {
        if let ServerMessage::Refused { reason: Refusal::Full, .. } = page.hear().await {
            full += 1;
        }
    }
    assert_eq!(full, 280, "all but those for whom there is a place");
    for _ in 0..50 {
        let mut page = from(&site, &meeting.secret, [127, 0, 0, 2]).await;
        page.enter("Mallory", &meeting.secret, None).await;
        assert_eq!(page.last_words().await, (Some(refused(Refusal::Full)), Some(4102)));
    }
    let (room, key) = (meeting.secret.moderator_key().room_id(), meeting.secret.invitation_key());
    let participant = loop {
        let knock = knock(&mut meeting.ada).await;
        if knock.profile.open(&key, room).unwrap().as_str() == "Cleo" {
            break knock.participant;
        }
    };
    meeting.moderate(Moderation::Admit { participant }).await;
    assert!(matches!(cleo.hear().await, ServerMessage::Welcome { .. }), "and is let in");
    meeting.goes_on().await;
    nothing_failed();
}

/// From another address of this machine.
async fn from(site: &Site, secret: &RoomSecret, address: [u8; 4]) -> Page {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind((address, 0).into()).unwrap();
    Page::over(site, secret, socket.connect(site.http).await.unwrap()).await
}

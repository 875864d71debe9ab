// SPDX-License-Identifier: EUPL-1.2
//! What holds in every history. The [`Oracle`](super::oracle::Oracle) judges each turn.

use proptest::{collection::vec, prelude::*, sample::select};
use shared::{ClientMessage, ParticipantId, ParticipantInfo, SlotEntry, Source};

use super::super::{Input, RoomLimits, SessionId};
use super::history::{Proof, Step, Token, World, histories};
use super::stage::{CAMERA, MICROPHONE};

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    /// Who is inside may be there; what is received is live, somebody else's, and received once; a
    /// gate is open where its owner wants it; all pages agree; nothing is said to a closed
    /// connection; the room stops exactly when it is empty, and stays within its limits.
    #[test]
    fn a_room_is_true_to_its_rules_in_every_history(steps in histories()) {
        World::small().play(&steps);
    }

    #[test]
    fn a_room_is_the_same_every_time(steps in histories()) {
        let (mut one, mut two) = (World::small(), World::small());
        one.play(&steps);
        two.play(&steps);
        prop_assert_eq!(format!("{:?}", one.room), format!("{:?}", two.room));
    }

    /// Whoever returns knows what somebody knows who was there all the time.
    #[test]
    fn a_resumed_seat_equals_one_that_never_left(
        before in vec(others(), 0..6),
        meanwhile in vec(others(), 0..6),
        after in vec(others(), 0..6),
        taken_over: bool,
    ) {
        let resumed = stay(&before, &meanwhile, &after, Some(taken_over));
        let stayed = stay(&before, &meanwhile, &after, None);
        prop_assert_eq!(resumed, stayed);
    }
}

#[test]
fn two_thousand_knocks_and_two_thousand_silent_connections_stay_within_bounds() {
    let mut world = World::new(RoomLimits::default());
    for _ in 0..2_000 {
        world.perform(&Step::Arrive(Proof::No, Token::No));
        world.perform(&Step::Connect);
    }
    assert_eq!(world.room.waiting.len(), 100);
    assert_eq!(world.room.sessions.len(), 132);
    world.perform(&Step::Arrive(Proof::Holds, Token::No));
    assert_eq!(world.room.seats.len(), 1, "a moderator comes through the crowd");
}

/// What the others do: somebody publishes, comes, or goes.
#[derive(Clone, Debug)]
enum Other {
    Publish(usize, Vec<Source>),
    Comes,
    Goes,
}

fn others() -> impl Strategy<Value = Other> {
    let whole = vec![vec![], vec![MICROPHONE], vec![CAMERA], vec![CAMERA, MICROPHONE]];
    prop_oneof![
        4 => (0_usize..4, select(whole)).prop_map(|(who, live)| Other::Publish(who, live)),
        2 => Just(Other::Comes),
        1 => Just(Other::Goes),
    ]
}

/// The third person's knowledge at the end, when they are cut off (`Some(false)`), taken over by
/// another tab (`Some(true)`) or undisturbed in the middle.
fn stay(
    before: &[Other],
    meanwhile: &[Other],
    after: &[Other],
    disturbed: Option<bool>,
) -> (Vec<ParticipantInfo>, Vec<SlotEntry>) {
    let mut world = World::new(RoomLimits::default());
    let arrive = Step::Arrive(Proof::Holds, Token::No);
    let mut people = Vec::new();
    for _ in 0..3 {
        world.perform(&arrive);
        people.push(world.session(0));
    }
    let third = ParticipantId(3);
    world.perform(&Step::Offer(0, vec![CAMERA]));
    world.perform(&Step::Negotiated(3, vec!["a1", "a2", "v1", "v2"]));
    world.perform(&Step::Publish(0, vec![CAMERA]));
    let mut own = people.pop().unwrap();
    act(&mut world, &mut people, before);
    if disturbed == Some(false) {
        world.handle(&Input::Disconnected(own), false);
    }
    act(&mut world, &mut people, meanwhile);
    if disturbed.is_some() {
        own = resume(&mut world, third);
    }
    act(&mut world, &mut people, after);
    let page = &world.oracle.pages[&own];
    (page.roster.clone(), page.slots.clone())
}

fn resume(world: &mut World, participant: ParticipantId) -> SessionId {
    let seat = world.room.seat(participant).expect("kept");
    let token = world.room.key.resume_token(participant, seat.welcomes);
    world.perform(&Step::Connect);
    let session = world.session(0);
    let profile = world.room.seat(participant).expect("kept").profile.clone();
    world.say_from(session, ClientMessage::Enter { resume: Some(token), proof: None, profile });
    session
}

fn act(world: &mut World, people: &mut Vec<SessionId>, acts: &[Other]) {
    for other in acts {
        match other {
            Other::Publish(who, live) => {
                if let Some(session) = people.get(*who) {
                    world.say_from(*session, ClientMessage::Publish { live: live.clone() });
                }
            }
            Other::Comes => {
                world.perform(&Step::Arrive(Proof::Holds, Token::No));
                people.push(world.session(0));
            }
            Other::Goes => {
                if let Some(session) = people.pop() {
                    world.say_from(session, ClientMessage::Leave {});
                }
            }
        }
    }
}

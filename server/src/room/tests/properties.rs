// SPDX-License-Identifier: EUPL-1.2
//! What holds in every history. The [`Oracle`](super::oracle::Oracle) judges each turn.

use std::collections::BTreeMap;

use proptest::{collection::vec, prelude::*};
use shared::{
    ClientMessage, Moderation, ParticipantId, ParticipantInfo, Restrictions, RoomRules, SlotEntry,
    Source,
};

use super::super::{Input, RoomLimits, SessionId};
use super::history::World;
use super::model::Shown;
use super::seen::Marks;
use super::stage::{CAMERA, MICROPHONE, enter};
use super::steps::{Guest, Hand, Proof, Step, Token, histories, moderation, restrictions, sources};

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    /// Who is inside may be there, and nobody comes in without a moderator; what is received is live,
    /// somebody else's, and received once; no source is raised but by its owner's own word, spoken
    /// after the last word by which it was switched off was heard; gates are open exactly where
    /// something is live; all pages agree with each other and with what the rules say; nothing is said
    /// to a closed connection; the room stops exactly when it is empty, and stays within its limits.
    #[test]
    fn a_room_is_true_to_its_rules_in_every_history(steps in histories()) {
        World::small().play(&steps);
    }

    /// The same, of an operator who restricts something; and what is restricted once, nobody loosens as long as
    /// the conference lasts.
    #[test]
    fn what_is_restricted_stays_so_in_every_history(steps in histories(), fixed in restrictions()) {
        let mut world = World::restricted(fixed);
        let mut before = fixed;
        for step in &steps {
            world.perform(step);
            let rules = world.room.rules;
            prop_assert_eq!(rules.restricted(rules.fixed), rules);
            prop_assert_eq!(rules.fixed.join(fixed), rules.fixed);
            if !world.room.seats.is_empty() {
                // Where one conference ended and another began within a step, nothing is left of the first.
                let fresh = rules.fixed.join(before) != rules.fixed;
                prop_assert!(!fresh || world.room.seats.len() == 1);
            }
            before = rules.fixed;
        }
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
        world.perform(&Step::Arrive(Hand::default()));
        world.perform(&Step::Connect(0));
    }
    assert_eq!(world.room.waiting.len(), 100);
    assert_eq!(world.room.sessions.len(), 132);
    world.perform(&Step::Arrive(BOOKMARK));
    assert_eq!(world.room.seats.len(), 1, "a moderator comes through the crowd");
}

const BOOKMARK: Hand = Hand {
    proof: Proof::Holds,
    token: Token::No,
    guest: Guest::No,
    ticket: None,
    restrictions: Restrictions::NONE,
    source: 0,
};

/// What the others do: somebody publishes, moderates, comes, or goes.
#[derive(Clone, Debug)]
enum Other {
    Publish(usize, Vec<Source>),
    Moderates(usize, Moderation),
    Comes,
    Goes,
}

fn others() -> impl Strategy<Value = Other> {
    // Who is removed returns to no seat; that is another story.
    let stays = |act: &Moderation| !matches!(act, Moderation::Remove { .. } | Moderation::End {});
    let act = moderation().prop_filter("ends the stay", stays);
    prop_oneof![
        4 => (0_usize..4, sources()).prop_map(|(who, live)| Other::Publish(who, live)),
        6 => (0_usize..4, act).prop_map(|(who, act)| Other::Moderates(who, act)),
        2 => Just(Other::Comes),
        1 => Just(Other::Goes),
    ]
}

/// What somebody knows of a room.
#[derive(Debug, PartialEq)]
struct Knowledge {
    rules: RoomRules,
    roster: Vec<ParticipantInfo>,
    slots: Vec<SlotEntry>,
    silenced: BTreeMap<Source, (Option<ParticipantId>, u32)>,
    knocks: BTreeMap<ParticipantId, Marks>,
}

/// What somebody who was admitted knows at the end, when they are cut off (`Some(false)`), taken over
/// by another tab (`Some(true)`) or undisturbed in the middle.
fn stay(
    before: &[Other],
    meanwhile: &[Other],
    after: &[Other],
    disturbed: Option<bool>,
) -> Knowledge {
    let mut world = World::new(RoomLimits::default());
    let mut people = Vec::new();
    for _ in 0..2 {
        world.perform(&Step::Arrive(BOOKMARK));
        people.push(world.session(0));
    }
    let third = ParticipantId(3);
    world.perform(&Step::Arrive(Hand::default()));
    let mut own = world.session(0);
    world.say_from(people[0], ClientMessage::Moderate(Moderation::AdmitAll { up_to: third }));
    world.perform(&Step::Offer(0, vec![CAMERA]));
    world.perform(&Step::Negotiated(3, vec!["a1", "a2", "v1", "v2"]));
    let live = vec![MICROPHONE, CAMERA];
    world.say_from(own, ClientMessage::Publish { live, heard: 0 });
    world.say_from(own, ClientMessage::Hand { raised: true });
    act(&mut world, &mut people, before);
    if disturbed == Some(false) {
        world.handle(&Input::Disconnected(own), Shown::default());
    }
    act(&mut world, &mut people, meanwhile);
    if disturbed.is_some() {
        own = resume(&mut world, third);
    }
    act(&mut world, &mut people, after);
    let page = &world.oracle.pages[&own];
    Knowledge {
        rules: page.rules,
        roster: page.roster.clone(),
        slots: page.slots.clone(),
        silenced: page.silenced.clone(),
        knocks: page.knocks.clone(),
    }
}

fn resume(world: &mut World, participant: ParticipantId) -> SessionId {
    let seat = world.room.seat(participant).expect("kept");
    let (welcomes, profile) = (seat.welcomes, seat.profile.clone());
    let mut entry = enter(profile);
    entry.resume = Some(world.room.key.resume_token(participant, welcomes));
    world.perform(&Step::Connect(0));
    let session = world.session(0);
    let shown = Shown { token: Some((participant, welcomes)), ..Shown::default() };
    world.handle(&Input::Message(session, ClientMessage::Enter(entry)), shown);
    session
}

fn act(world: &mut World, people: &mut Vec<SessionId>, acts: &[Other]) {
    for other in acts {
        match other {
            Other::Publish(who, live) => {
                if let Some(session) = people.get(*who) {
                    let live = live.clone();
                    world.say_from(*session, ClientMessage::Publish { live, heard: 0 });
                }
            }
            Other::Moderates(who, act) => {
                if let Some(session) = people.get(*who) {
                    world.say_from(*session, ClientMessage::Moderate(*act));
                }
            }
            Other::Comes => {
                world.perform(&Step::Arrive(BOOKMARK));
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

// SPDX-License-Identifier: EUPL-1.2
//! The capability table, cell by cell, against the running machine: who does something about it, under
//! every rule of the room.

use shared::{Act, Audience, ClientMessage, Door, Invitations, Moderation, Role, RoomRules};

use super::fleeting::Said;
use super::stage::{ADA, BOB, CAMERA, CLEO, MICROPHONE, SCREEN, Stage};

const AUDIENCES: [Audience; 2] = [Audience::Everybody, Audience::Presenters];
/// Takes part.
const EVE: &str = "eve";
/// Knocks.
const DORA: &str = "dora";

/// Bob inside in this role and under these rules; Cleo, who presents and does everything; Eve, who does
/// nothing; Dora at the door.
fn stage(role: Role, rules: &RoomRules) -> Stage {
    let mut stage = Stage::with_inside(&[BOB, CLEO, EVE]);
    for (name, role) in [(BOB, role), (CLEO, Role::Presenter)] {
        let participant = stage.participant(name);
        let act = match role {
            Role::Participant => Moderation::MakeParticipant { participant },
            Role::Presenter => Moderation::MakePresenter { participant },
            Role::Moderator => Moderation::MakeModerator { participant },
        };
        stage.moderate(ADA, act);
    }
    stage.moderate(ADA, Moderation::Share { audience: rules.share });
    stage.moderate(ADA, Moderation::Chat { audience: rules.chat });
    stage.publish(CLEO, &[MICROPHONE, CAMERA, SCREEN]);
    stage.hand(CLEO, true);
    stage.arrive(DORA);
    assert_eq!(stage.room.rules, *rules);
    stage.skip();
    stage
}

/// Every way to do this, each of which would change something.
fn attempts(act: Act, stage: &Stage) -> Vec<ClientMessage> {
    let publish = |source| vec![ClientMessage::Publish { live: vec![source], heard: 0 }];
    let [cleo, eve, dora] = [CLEO, EVE, DORA].map(|name| stage.participant(name));
    let other = |audience| {
        if audience == Audience::Everybody { Audience::Presenters } else { Audience::Everybody }
    };
    let rules = stage.room.rules;
    let moderations = match act {
        Act::Speak => return publish(MICROPHONE),
        Act::ShowCamera => return publish(CAMERA),
        Act::ShareScreen => return publish(SCREEN),
        Act::RaiseHand => return vec![ClientMessage::Hand { raised: true }],
        Act::React => return vec![Said::Reaction.message(&stage.secret)],
        Act::Chat => {
            return [Said::Text, Said::Line].map(|said| said.message(&stage.secret)).to_vec();
        }
        Act::RunDoor => vec![
            Moderation::Admit { participant: dora },
            Moderation::AdmitAll { up_to: dora },
            Moderation::Refuse { participant: dora },
            Moderation::Door { door: Door::Locked },
        ],
        Act::Silence => vec![Moderation::Silence { participant: cleo }, Moderation::SilenceAll {}],
        Act::StopCamera => vec![Moderation::StopCamera { participant: cleo }],
        Act::StopScreen => vec![Moderation::StopScreen { participant: cleo }],
        Act::LowerHand => {
            vec![Moderation::LowerHand { participant: cleo }, Moderation::LowerHands {}]
        }
        Act::SetRules => vec![
            Moderation::Invitations { invitations: Invitations::Personal },
            Moderation::Share { audience: other(rules.share) },
            Moderation::Chat { audience: other(rules.chat) },
        ],
        Act::GiveRole => vec![
            Moderation::MakeParticipant { participant: cleo },
            Moderation::MakePresenter { participant: eve },
            Moderation::MakeModerator { participant: eve },
        ],
        Act::Remove => vec![Moderation::Remove { participant: cleo }],
        Act::End => vec![Moderation::End {}],
    };
    for moderation in &moderations {
        assert_eq!(moderation.needs(), act, "{moderation:?}");
    }
    moderations.into_iter().map(ClientMessage::Moderate).collect()
}

#[test]
fn every_cell_of_the_table_holds_in_a_running_room() {
    let mut cells = 0;
    for share in AUDIENCES {
        for chat in AUDIENCES {
            let rules = RoomRules { share, chat, ..RoomRules::default() };
            for role in Role::ALL {
                for act in Act::ALL {
                    for attempt in attempts(act, &stage(role, &rules)) {
                        let mut stage = stage(role, &rules);
                        let denied = stage.room.counts().denied;
                        let what = format!("{role:?}, {attempt:?}, {rules:?}");
                        stage.say(BOB, attempt);
                        let may = role.may(act, &rules);
                        assert_eq!(done(&mut stage, act), may, "{what}");
                        if !matches!(act, Act::ShareScreen) {
                            assert_eq!(stage.room.counts().denied > denied, !may, "{what}");
                        }
                        cells += 1;
                    }
                }
            }
        }
    }
    assert_eq!(cells, 4 * 3 * 25, "an act was left out");
}

/// Whether anything has come of it.
fn done(stage: &mut Stage, act: Act) -> bool {
    if act == Act::ShareScreen {
        let bob = stage.participant(BOB);
        return stage.room.seat(bob).unwrap().live == [SCREEN];
    }
    stage.has_done() > 0
}

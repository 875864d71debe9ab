// SPDX-License-Identifier: EUPL-1.2
//! What a moderator can do about somebody right now.

use shared::{Moderation, Role, Source};

use super::roster::{Person, Roster};

/// What the person at this screen can do about somebody: each is allowed, and each changes something.
/// About oneself there is only one's role to be given up: everything else has a switch of its own.
pub(super) fn acts(roster: &Roster, person: &Person) -> Vec<Moderation> {
    let participant = person.id;
    let is_other = participant != roster.you();
    let is_live = |source| is_other && person.live.contains(&source);
    let can_become = |role| !person.holder && person.role != role;
    [
        (is_live(Source::Microphone), Moderation::Silence { participant }),
        (is_live(Source::Camera), Moderation::StopCamera { participant }),
        (is_live(Source::Screen), Moderation::StopScreen { participant }),
        (is_other && person.hand.is_some(), Moderation::LowerHand { participant }),
        (can_become(Role::Participant), Moderation::MakeParticipant { participant }),
        (can_become(Role::Presenter), Moderation::MakePresenter { participant }),
        (can_become(Role::Moderator), Moderation::MakeModerator { participant }),
        (is_other && !person.holder, Moderation::Remove { participant }),
    ]
    .into_iter()
    .filter(|(is_good, moderation)| *is_good && roster.may(moderation.needs()))
    .map(|(_, moderation)| moderation)
    .collect()
}

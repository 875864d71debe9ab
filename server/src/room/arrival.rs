// SPDX-License-Identifier: EUPL-1.2
//! Arrival: connections that have not said who they are, and which of them gives way. Bounded and fair.

use core::cmp::Reverse;
use std::collections::BTreeMap;

use shared::{Refusal, ServerMessage, Timestamp};

use super::{
    SessionId, SourceKey,
    room::{Room, Standing},
};

impl Room {
    /// Greets a connection.
    pub(super) fn connected(&mut self, now: Timestamp, session: SessionId, source: SourceKey) {
        if self.sessions.contains_key(&session) {
            return;
        }
        if self.silent().count() >= self.limits.challenged
            && let Some(oldest) = self.oldest_of_the_crowd(source)
        {
            self.refuse(oldest, Refusal::Full);
        }
        let until = now + self.limits.enter_within;
        self.sessions.insert(session, Standing::Challenged { until, source });
        let challenge = self.key.challenge(session);
        self.send(session, ServerMessage::Challenge { challenge });
    }

    /// Every connection that has not asked to enter: by when it has to, and from where it came.
    pub(super) fn silent(&self) -> impl Iterator<Item = (SessionId, Timestamp, SourceKey)> {
        self.sessions.iter().filter_map(|(session, standing)| match standing {
            Standing::Challenged { until, source } => Some((*session, *until, *source)),
            Standing::Waiting(_) | Standing::Inside(_) => None,
        })
    }

    /// Who gives way to somebody from there: of those who came from where most came, the newcomer
    /// counted, whoever came first. A flood from one network crowds out itself; and whoever keeps the
    /// places busy has to be quicker than everybody from there who wants to enter.
    fn oldest_of_the_crowd(&self, newcomer: SourceKey) -> Option<SessionId> {
        let mut crowds: BTreeMap<SourceKey, (usize, Reverse<(Timestamp, SessionId)>)> =
            BTreeMap::new();
        for (session, until, source) in self.silent() {
            let first = Reverse((until, session));
            let own = usize::from(source == newcomer);
            let (count, oldest) = crowds.entry(source).or_insert((own, first));
            *count = count.saturating_add(1);
            *oldest = first.max(*oldest);
        }
        let (_, Reverse((_, oldest))) = crowds.into_values().max()?;
        Some(oldest)
    }
}

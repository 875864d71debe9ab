// SPDX-License-Identifier: EUPL-1.2
//! Settings that are looser than the default.

use super::state::Said;
use crate::{
    config::ServerConfig,
    embedder::frame_ancestors,
    facts::{Country, Facts, Language},
    room::RoomLimits,
    tls::TlsConfig,
};

/// A setting by which people have less than they have by default.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Looser {
    /// The key in the file of settings.
    pub key: &'static str,
    /// The criterion that suffers.
    pub criterion: &'static str,
    /// What they have instead.
    pub why: Said,
}

/// Every setting that is looser than the default.
pub fn looser(config: &ServerConfig) -> Vec<Looser> {
    let facts = config.facts.iter().flat_map(declared);
    let embedded = embedded(config);
    lines(config).into_iter().chain(waits(config)).chain(embedded).chain(facts).collect()
}

/// How the page is reached.
fn lines(config: &ServerConfig) -> Vec<Looser> {
    let mut all = Vec::new();
    if config.tls.is_none() && !config.http.ip().to_canonical().is_loopback() {
        let at = config.http;
        all.push(Looser {
            key: "http",
            criterion: "T1",
            why: Said::new(
                format!("http: Seite und Signale sind unter {at} auch ohne TLS erreichbar"),
                format!("http: page and signalling can be reached without TLS, too, at {at}"),
            ),
        });
    }
    if let Some(origin) = config.origin.as_ref().filter(|origin| !origin.is_secure()) {
        let origin = origin.as_str();
        all.push(Looser {
            key: "origin",
            criterion: "T1",
            why: Said::new(
                format!("origin: Die Seite kommt ohne TLS von {origin}"),
                format!("origin: the page comes from {origin} without TLS"),
            ),
        });
    }
    if let Some(order) = config.tls.as_ref().and_then(TlsConfig::acme) {
        let host = order.directory.host();
        all.push(Looser {
            key: "tls.acme",
            criterion: "L1",
            why: Said::new(
                format!(
                    "tls.acme: Ein Prozess neben dem Server holt von {host} das Zertifikat; von Teilnehmenden weiß er \
                     nichts"
                ),
                format!(
                    "tls.acme: a process beside the server fetches the certificate from {host}; it knows nothing of \
                     those who take part"
                ),
            ),
        });
    }
    if let Some(at) = config.metrics {
        all.push(Looser {
            key: "metrics",
            criterion: "T7",
            why: Said::new(
                format!("metrics: Wer auf dieser Maschine ist, liest unter {at}, wie viel los ist"),
                format!("metrics: whoever is on this machine reads at {at} how busy it is"),
            ),
        });
    }
    all
}

/// How long a conference goes on without a moderator.
fn waits(config: &ServerConfig) -> Vec<Looser> {
    let (usual, limits) = (RoomLimits::default().policy(), config.limits.room.policy());
    let mut all = Vec::new();
    if limits.is_as_strict_as(usual) {
        return all;
    }
    if limits.pause_after > usual.pause_after {
        let (set, usual) = (limits.pause_after.as_secs(), usual.pause_after.as_secs());
        all.push(Looser {
            key: "pause_after",
            criterion: "T4",
            why: Said::new(
                format!("pause_after: Ohne Moderation geht es {set} statt {usual} Sekunden weiter"),
                format!(
                    "pause_after: without a moderator it goes on for {set} seconds, not {usual}"
                ),
            ),
        });
    }
    if limits.end_after > usual.end_after {
        let (set, usual) = (limits.end_after.as_secs(), usual.end_after.as_secs());
        all.push(Looser {
            key: "end_after",
            criterion: "T4",
            why: Said::new(
                format!("end_after: Ohne Moderation endet es nach {set} statt {usual} Sekunden"),
                format!("end_after: without a moderator it ends after {set} seconds, not {usual}"),
            ),
        });
    }
    all
}

/// Who learns from the page around this one what happens in it.
fn embedded(config: &ServerConfig) -> Option<Looser> {
    if config.embedders.is_empty() {
        return None;
    }
    let origins = frame_ancestors(&config.embedders);
    Some(Looser {
        key: "embed",
        criterion: "L4",
        why: Said::new(
            format!(
                "embed: Seiten von {origins} dürfen diese einbetten; sie erfahren, wann und mit wie vielen jemand teilnimmt"
            ),
            format!(
                "embed: pages of {origins} may embed this one; they learn when somebody takes part, and with how many"
            ),
        ),
    })
}

/// What the operator declares of itself.
fn declared(facts: &Facts) -> Vec<Looser> {
    let mut all = Vec::new();
    let outside = facts.places.iter().copied().filter(|place| !place.is_in_eea());
    if let Some((de, en)) = named(outside) {
        all.push(Looser {
            key: "operator.places",
            criterion: "L1",
            why: Said::new(
                format!("operator.places: Server stehen außerhalb des EWR: {de}"),
                format!("operator.places: servers stand outside the EEA: {en}"),
            ),
        });
    }
    let outside = facts.processors.iter().filter(|processor| !processor.place.is_in_eea());
    let names: Vec<_> = outside.map(|processor| processor.name.as_str()).collect();
    if !names.is_empty() {
        let names = names.join(", ");
        all.push(Looser {
            key: "operator.processors",
            criterion: "L1",
            why: Said::new(
                format!("operator.processors: Auftragsverarbeiter außerhalb des EWR: {names}"),
                format!("operator.processors: processors outside the EEA: {names}"),
            ),
        });
    }
    if facts.third_country_parent == Some(true) {
        all.push(Looser {
            key: "operator.third_country_parent",
            criterion: "G6",
            why: Said::new(
                "operator.third_country_parent: Der Betreiber gehört zu einem Unternehmen aus einem Drittland",
                "operator.third_country_parent: the operator belongs to a company of a third country",
            ),
        });
    }
    if facts.contract == Some(false) {
        all.push(Looser {
            key: "operator.contract",
            criterion: "L2",
            why: Said::new(
                "operator.contract: Ein Vertrag nach Art. 28 DS-GVO wird nicht angeboten",
                "operator.contract: no contract under Art. 28 GDPR is offered",
            ),
        });
    }
    all
}

/// The names of countries in both languages, if there are any.
fn named(places: impl Iterator<Item = Country>) -> Option<(String, String)> {
    let places: Vec<_> = places.collect();
    let names = |language| {
        let names: Vec<_> = places.iter().map(|place| place.name(language)).collect();
        names.join(", ")
    };
    (!places.is_empty()).then(|| (names(Language::De), names(Language::En)))
}

// SPDX-License-Identifier: EUPL-1.2
//! Effects in the words of a story.

use shared::{
    Audience, ClientMessage, Door, Entry, Invitations, LayerSet, Mid, Moderation, ParticipantId,
    Source, WantedPicture,
};

use super::{
    super::{Effect, Processing},
    desk::{ADA, BOB, CLEO, Person},
};

/// One line per effect.
pub(super) fn line(effect: &Effect) -> String {
    match effect {
        Effect::OpenSocket(_) => "open socket".to_owned(),
        Effect::Send(message) => format!("say {}", said(message)),
        Effect::CloseSocket => "close socket".to_owned(),
        Effect::Capture(source, None) => format!("capture {}", name(*source)),
        Effect::Capture(source, Some(device)) => {
            format!("capture {} of {}", name(*source), device.0)
        }
        Effect::Process(Processing { echo, noise }) => {
            let taken =
                [("echo", echo), ("noise", noise)].map(|(what, is)| if *is { what } else { "no" });
            format!("take out {}", taken.join(" and "))
        }
        Effect::Blur(true) => "blur".to_owned(),
        Effect::Blur(false) => "sharpen".to_owned(),
        Effect::Release(source) => format!("release {}", name(*source)),
        Effect::OpenPeer { pictures: 12 } => "open peer".to_owned(),
        Effect::OpenPeer { pictures } => format!("open peer for {pictures}"),
        Effect::GrowPeer { pictures } => format!("grow peer to {pictures}"),
        Effect::AcceptAnswer(answer) => format!("accept {}", answer.sdp.as_str()),
        Effect::Transmit(source, true) => format!("transmit {}", name(*source)),
        Effect::Transmit(source, false) => format!("withhold {}", name(*source)),
        Effect::SendLayers(source, layers) => {
            format!("send {} of {}", some(*layers), name(*source))
        }
        Effect::Compare(mids) => {
            let mids: Vec<_> = mids.iter().map(Mid::as_str).collect();
            format!("compare {}", mids.join(", "))
        }
        Effect::Examine => "examine".into(),
        Effect::Hold(mid, wait) => format!("hold {mid} for {} ms", wait.as_millis()),
        Effect::ClosePeer => "close peer".to_owned(),
        Effect::KeepSeat(Some(_)) => "keep seat".to_owned(),
        Effect::KeepSeat(None) => "forget seat".to_owned(),
        Effect::ForgetTicket => "forget ticket".to_owned(),
        Effect::Chime => "chime".to_owned(),
        Effect::FetchRest => "fetch rest".to_owned(),
    }
}

fn said(message: &ClientMessage) -> String {
    match message {
        ClientMessage::Enter(entry) => entered(entry),
        ClientMessage::Offer(offer) => format!("offer {}", offer.sdp.as_str()),
        ClientMessage::Publish { live, heard } => {
            let live: Vec<_> = live.iter().map(|source| name(*source)).collect();
            let live = if live.is_empty() { "nothing".to_owned() } else { live.join(", ") };
            let heard = if *heard > 0 { format!(", heard {heard}") } else { String::new() };
            format!("publish {live}{heard}")
        }
        ClientMessage::Want { pictures } => wanted(pictures),
        ClientMessage::Hand { raised: true } => "hand up".to_owned(),
        ClientMessage::Hand { raised: false } => "hand down".to_owned(),
        ClientMessage::Chat { .. } => "something sealed".to_owned(),
        ClientMessage::Rtt { .. } => "the line".to_owned(),
        ClientMessage::Reaction { .. } => "a reaction".to_owned(),
        ClientMessage::Moderate(moderation) => moderated(moderation),
        ClientMessage::Leave {} => "leave".to_owned(),
    }
}

fn wanted(pictures: &[WantedPicture]) -> String {
    let picture = |WantedPicture { participant, source, lines }: &WantedPicture| {
        let cast = [ADA, BOB, CLEO].into_iter().find(|person| person.id() == *participant);
        let whose = cast.map_or_else(|| participant.to_string(), |it| it.name().to_owned());
        format!("{} of {whose} at {lines}", name(*source))
    };
    let pictures: Vec<_> = pictures.iter().map(picture).collect();
    format!("want {}", if pictures.is_empty() { "nothing".to_owned() } else { pictures.join(", ") })
}

fn some(layers: LayerSet) -> String {
    let names: Vec<_> = layers.iter().map(|layer| format!("{layer:?}").to_lowercase()).collect();
    if names.is_empty() { "nothing".to_owned() } else { names.join(", ") }
}

fn entered(entry: &Entry) -> String {
    let shown = [
        ("proof", entry.proof.is_some()),
        ("licence", entry.licence.is_some()),
        ("invitation", entry.guest.is_some()),
        ("ticket", entry.ticket.is_some()),
        ("token", entry.resume.is_some()),
    ];
    let shown: Vec<_> = shown.into_iter().filter(|(_, is)| *is).map(|(what, _)| what).collect();
    let restricts = entry.restrictions.to_text();
    let restricts = (!restricts.is_empty()).then(|| format!("restrictions {restricts}"));
    let shown: Vec<_> = shown.into_iter().map(str::to_owned).chain(restricts).collect();
    if shown.is_empty() { "enter".to_owned() } else { format!("enter with {}", shown.join(", ")) }
}

pub(super) fn moderated(moderation: &Moderation) -> String {
    let of = |verb: &str, id: &ParticipantId| format!("{verb} {}", Person::of(*id).name());
    let audience = |audience: &Audience| match audience {
        Audience::Everybody => "everybody",
        Audience::Presenters => "presenters",
    };
    match moderation {
        Moderation::Admit { participant } => of("admit", participant),
        Moderation::AdmitAll { up_to } => of("admit all up to", up_to),
        Moderation::Refuse { participant } => of("refuse", participant),
        Moderation::Door { door: Door::Lobby } => "door to the lobby".to_owned(),
        Moderation::Door { door: Door::Open(_) } => "door open".to_owned(),
        Moderation::Door { door: Door::Locked } => "door locked".to_owned(),
        Moderation::Invitations { invitations: Invitations::All } => "all invitations".to_owned(),
        Moderation::Invitations { invitations: Invitations::Personal } => {
            "personal invitations".to_owned()
        }
        Moderation::Share { audience: who } => format!("screens by {}", audience(who)),
        Moderation::Chat { audience: who } => format!("chat by {}", audience(who)),
        Moderation::Silence { participant } => of("silence", participant),
        Moderation::SilenceAll {} => "silence all".to_owned(),
        Moderation::StopCamera { participant } => of("stop camera of", participant),
        Moderation::StopScreen { participant } => of("stop screen of", participant),
        Moderation::LowerHand { participant } => of("lower hand of", participant),
        Moderation::LowerHands {} => "lower hands".to_owned(),
        Moderation::MakeParticipant { participant } => of("make participant", participant),
        Moderation::MakePresenter { participant } => of("make presenter", participant),
        Moderation::MakeModerator { participant } => of("make moderator", participant),
        Moderation::Remove { participant } => of("remove", participant),
        Moderation::End {} => "end".to_owned(),
    }
}

const fn name(source: Source) -> &'static str {
    match source {
        Source::Microphone => "microphone",
        Source::Camera => "camera",
        Source::Screen => "screen",
        Source::ScreenSound => "screen sound",
    }
}

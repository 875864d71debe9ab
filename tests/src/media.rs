// SPDX-License-Identifier: EUPL-1.2
//! What really arrives: pictures by their colour, sound by its tone, ciphers by the browser's word.

use std::{collections::BTreeSet, time::Duration};

use serde_json::{Value, json};

use crate::{
    cast::{CAST, Person, is_screen},
    eventually::{Condition as _, eventually},
    page::CallPage,
};

/// One tile as it is shown.
#[derive(Clone, Debug)]
pub struct Tile {
    /// Everything that is written on it.
    pub text: String,
    /// Whose it is.
    pub participant: u64,
    /// Whether it is the one of the person at this screen.
    pub own: bool,
    /// What of them it shows.
    pub shows: Shows,
    /// Whether it says that the connection is lost.
    pub away: bool,
    /// The picture, if there is one.
    pub picture: Option<Picture>,
}

/// What a tile shows of a person.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Shows {
    /// Themselves.
    Face,
    /// What they share of their screen.
    Screen,
}

/// A picture that moves on a tile.
#[derive(Clone, Debug)]
pub struct Picture {
    /// Width and height as decoded.
    pub size: (u64, u64),
    /// The mean of its left upper quarter.
    pub colour: [u8; 3],
    /// How many frames were decoded so far; `None` for the own camera.
    pub frames: Option<u64>,
}

/// What came through one sound slot while it was listened to.
#[derive(Clone, Debug)]
pub struct Sound {
    /// The slot's media line.
    pub mid: String,
    /// The highest RMS; full scale is 1.
    pub loudness: f64,
    /// The highest level of each person's tone in dBFS, in the order of [`CAST`].
    pub levels: Vec<f64>,
}

/// Louder is sound. Silence is all zeros; a beep has 0.1 and more.
const AUDIBLE: f64 = 0.01;

/// By how many decibels the tone of the one who speaks is above everybody else's. Speech reaches
/// into all of them, far below a beep.
const DISTINCT: f64 = 10.0;

impl Sound {
    /// Whose it is: `None` when it is silent, or nobody's.
    pub fn person(&self) -> Option<Person> {
        let mut heard: Vec<_> = CAST.into_iter().zip(&self.levels).collect();
        heard.sort_by(|(_, one), (_, other)| other.total_cmp(one));
        let [(loudest, level), (_, next), ..] = heard.as_slice() else { return None };
        (self.loudness > AUDIBLE && *level - *next > DISTINCT).then_some(*loudest)
    }
}

impl CallPage {
    /// Every tile.
    pub async fn tiles(&self) -> Vec<Tile> {
        let tiles = self.browser().execute("return window.witness.tiles()", Vec::new()).await;
        list(&tiles).iter().map(tile).collect()
    }

    /// The tile with a person's name, not the one of their screen.
    pub async fn tile(&self, person: Person) -> Result<Tile, String> {
        let tiles = self.tiles().await;
        let theirs = |tile: &Tile| tile.shows == Shows::Face && tile.text.contains(person.name);
        match tiles.iter().filter(|tile| theirs(tile)).collect::<Vec<_>>().as_slice() {
            [tile] => Ok((*tile).clone()),
            _ => Err(format!("not exactly one tile of {} in {tiles:?}", person.name)),
        }
    }

    /// Waits until the tile with a person's name shows the picture of that person's camera.
    pub async fn sees(&self, person: Person, within: Duration) {
        let what = format!("{} sees {}'s picture", self.name(), person.name);
        eventually(&what, within, async || {
            let tile = self.tile(person).await?;
            let picture = tile.picture.as_ref().ok_or_else(|| format!("no picture on {tile:?}"))?;
            let whose = Person::of_colour(picture.colour);
            (whose == Some(person)).or_seen(|| format!("a picture of {whose:?} on {tile:?}"))
        })
        .await;
    }

    /// Waits until the tile with a person's name is there without a picture.
    pub async fn sees_no_picture_of(&self, person: Person, within: Duration) {
        let what = format!("{} sees {}'s tile without a picture", self.name(), person.name);
        eventually(&what, within, async || {
            let tile = self.tile(person).await?;
            (tile.picture.is_none()).or_seen(|| format!("{tile:?}"))
        })
        .await;
    }

    /// Waits until nothing on the screen is a tile of this person.
    pub async fn sees_nothing_of(&self, person: Person, within: Duration) {
        let what = format!("{} no longer sees a tile of {}", self.name(), person.name);
        eventually(&what, within, async || {
            let tiles = self.tiles().await;
            let gone = tiles.iter().all(|tile| !tile.text.contains(person.name));
            gone.or_seen(|| format!("{tiles:?}"))
        })
        .await;
    }

    /// Waits until this person is gone, or is said to be away.
    pub async fn misses(&self, person: Person, within: Duration) {
        let what = format!("{} reads that {} is away", self.name(), person.name);
        eventually(&what, within, async || {
            let tiles = self.tiles().await;
            let here = |tile: &Tile| tile.text.contains(person.name) && !tile.away;
            (!tiles.iter().any(here)).or_seen(|| format!("{tiles:?}"))
        })
        .await;
    }

    /// Waits until a tile of its own, with a person's name, shows the screen that they share.
    pub async fn sees_the_screen_of(&self, person: Person, within: Duration) {
        let what = format!("{} sees the screen of {}", self.name(), person.name);
        eventually(&what, within, async || {
            let tiles = self.tiles().await;
            let theirs =
                |tile: &&Tile| tile.shows == Shows::Screen && tile.text.contains(person.name);
            let picture = tiles.iter().find(theirs).and_then(|tile| tile.picture.as_ref());
            let is_screen = picture.is_some_and(|picture| is_screen(picture.colour));
            is_screen.or_seen(|| format!("{tiles:?}"))
        })
        .await;
    }

    /// Waits until nobody's screen is on the stage.
    pub async fn sees_no_screen(&self, within: Duration) {
        let what = format!("{} sees no screen", self.name());
        eventually(&what, within, async || {
            let tiles = self.tiles().await;
            (tiles.iter().all(|tile| tile.shows == Shows::Face)).or_seen(|| format!("{tiles:?}"))
        })
        .await;
    }

    /// Frames decoded so far of the picture on a person's tile.
    pub async fn frames_of(&self, person: Person) -> u64 {
        match self.tile(person).await.map(|tile| tile.picture.and_then(|picture| picture.frames)) {
            Ok(Some(frames)) => frames,
            other => panic!("{} decodes nothing of {}: {other:?}", self.name(), person.name),
        }
    }

    /// The media lines that have decoded pictures, with the number of their frames.
    pub async fn receiving(&self) -> Vec<(String, u64)> {
        let slots = self.browser().execute("return window.witness.receiving()", Vec::new()).await;
        list(&slots).iter().map(|slot| (text(slot, "mid"), number(slot, "frames"))).collect()
    }

    /// Listens to every sound slot for a while.
    pub async fn listens(&self, duration: Duration) -> Vec<Sound> {
        let tones: Vec<u32> = CAST.iter().map(|person| person.tone).collect();
        let script = "return window.witness.listen(...arguments)";
        let millis = u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
        let sounds = self.browser().execute(script, vec![json!(tones), json!(millis)]).await;
        list(&sounds)
            .iter()
            .map(|sound| Sound {
                mid: text(sound, "mid"),
                loudness: field(sound, "loudness").as_f64().unwrap_or_default(),
                levels: list(field(sound, "levels")).iter().filter_map(Value::as_f64).collect(),
            })
            .collect()
    }

    /// Waits until exactly these people are heard, each in a slot of their own; what came through all slots.
    pub async fn hears(&self, people: &[Person], within: Duration) -> Vec<Sound> {
        let what = format!("{} hears exactly {:?}", self.name(), names(people));
        let mut expected: Vec<_> = people.iter().map(|person| person.name).collect();
        expected.sort_unstable();
        eventually(&what, within, async || {
            let sounds = self.listens(Duration::from_secs(2)).await;
            let loud = sounds.iter().filter(|sound| sound.loudness > AUDIBLE);
            let mut heard: Vec<_> = loud
                .map(|sound| sound.person().map_or("a stranger", |person| person.name))
                .collect();
            heard.sort_unstable();
            if heard == expected {
                return Ok(sounds);
            }
            Err(format!("{heard:?} in {sounds:?}"))
        })
        .await
    }

    /// The media cipher of every transport that is up.
    pub async fn ciphers(&self) -> BTreeSet<String> {
        let script = "return window.witness.stats()";
        let stats = self.browser().execute(script, Vec::new()).await;
        let transports = list(&stats).iter().filter(|stat| text(stat, "type") == "transport");
        // Both browsers write `SRTP_` before the name of RFC 7714.
        let cipher = |transport| text(transport, "srtpCipher");
        transports
            .map(|transport| cipher(transport).trim_start_matches("SRTP_").to_owned())
            .collect()
    }

    /// The types of the messages that the page has sent, in order.
    pub async fn said(&self) -> Vec<String> {
        let said = self.browser().execute("return window.witness.said", Vec::new()).await;
        list(&said).iter().map(|message| text(message, "type")).collect()
    }

    /// When the server said something of this type first, on the clock that all browsers share:
    /// milliseconds.
    pub async fn heard_at(&self, kind: &str) -> Option<u64> {
        let heard = self.browser().execute("return window.witness.heard", Vec::new()).await;
        let first = list(&heard).iter().find(|message| text(message, "type") == kind)?;
        Some(number(first, "at"))
    }

    /// Every track the page ever got of a kind: whether it still runs.
    pub async fn running_tracks(&self, kind: &str) -> Vec<bool> {
        let script = "return window.witness.tracks.filter((track) => track.kind === arguments[0]).map((track) => track.readyState === 'live')";
        let tracks = self.browser().execute(script, vec![json!(kind)]).await;
        list(&tracks).iter().map(|track| track.as_bool().unwrap_or_default()).collect()
    }

    /// When the last tile of this person went, on the same clock.
    pub async fn tile_went_at(&self, person: Person) -> Option<u64> {
        let gone = self.browser().execute("return window.witness.gone", Vec::new()).await;
        let last = list(&gone).iter().rfind(|tile| text(tile, "text").contains(person.name))?;
        Some(number(last, "at"))
    }

    /// When something was pressed last, on the same clock.
    pub async fn pressed_at(&self) -> u64 {
        let at = self.browser().execute("return window.witness.pressed", Vec::new()).await;
        at.as_u64().unwrap_or_default()
    }

    /// What the same clock says.
    pub async fn clock(&self) -> u64 {
        let at = self.browser().execute("return Date.now()", Vec::new()).await;
        at.as_u64().unwrap_or_default()
    }

    /// Every address the page has talked to: what it loaded, its sockets, its ICE servers.
    pub async fn addresses(&self) -> BTreeSet<String> {
        let script = "return [location.href, \
            ...performance.getEntriesByType('resource').map((entry) => entry.name), \
            ...window.witness.said.map((message) => message.url.replace(/^ws/, 'http')), \
            ...window.witness.peers.flatMap((peer) => peer.getConfiguration().iceServers ?? []).flatMap((server) => server.urls)]";
        let addresses = self.browser().execute(script, Vec::new()).await;
        let addresses = list(&addresses).iter().filter_map(Value::as_str);
        addresses.map(ToOwned::to_owned).collect()
    }
}

/// The names of people.
pub fn names(people: &[Person]) -> Vec<&'static str> {
    people.iter().map(|person| person.name).collect()
}

fn tile(value: &Value) -> Tile {
    let picture = field(value, "picture");
    let components = list(field(picture, "colour"));
    let component = |at: usize| {
        let component = components.get(at).and_then(Value::as_u64).unwrap_or_default();
        u8::try_from(component).unwrap_or(u8::MAX)
    };
    Tile {
        text: text(value, "text"),
        participant: number(value, "participant"),
        own: field(value, "own").as_bool().unwrap_or_default(),
        shows: if field(value, "screen") == &Value::Bool(true) {
            Shows::Screen
        } else {
            Shows::Face
        },
        away: field(value, "away").as_bool().unwrap_or_default(),
        picture: picture.is_object().then(|| Picture {
            size: (number(picture, "width"), number(picture, "height")),
            colour: [component(0), component(1), component(2)],
            frames: field(picture, "frames").as_u64(),
        }),
    }
}

fn field<'value>(value: &'value Value, name: &str) -> &'value Value {
    value.get(name).unwrap_or(&Value::Null)
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value, name: &str) -> String {
    field(value, name).as_str().unwrap_or_default().to_owned()
}

fn number(value: &Value, name: &str) -> u64 {
    field(value, name).as_u64().unwrap_or_default()
}

// SPDX-License-Identifier: EUPL-1.2
//! Where tiles stand on the screen, measured, and what a person does to see others.

use serde_json::{Value, json};

use crate::{
    browser::SOON,
    cast::Person,
    eventually::{Condition as _, eventually},
    media::Shows,
    page::CallPage,
};

/// A rectangle in pixels of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
    /// How wide.
    pub width: f64,
    /// How high.
    pub height: f64,
}

/// A tile where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Spot {
    /// Whose it is.
    pub participant: u64,
    /// Whether it is the one of the person at this screen.
    pub own: bool,
    /// What of them it shows.
    pub shows: Shows,
    /// What is written on it.
    pub name: String,
    /// Whether it says that it is large.
    pub large: bool,
    /// Where.
    pub place: Rect,
}

/// Everything that stands on the stage.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    /// The stage itself.
    pub stage: Rect,
    /// The tiles.
    pub tiles: Vec<Spot>,
    /// Whether a part of the page is where only scrolling leads.
    pub scrolls: bool,
}

impl Rect {
    /// Whether another one is inside of it, but for a fraction of a pixel.
    pub fn holds(&self, other: &Self) -> bool {
        other.x >= self.x - SLACK
            && other.y >= self.y - SLACK
            && other.x + other.width <= self.x + self.width + SLACK
            && other.y + other.height <= self.y + self.height + SLACK
    }

    /// Whether both have a part in common.
    pub fn meets(&self, other: &Self) -> bool {
        self.x + SLACK < other.x + other.width
            && other.x + SLACK < self.x + self.width
            && self.y + SLACK < other.y + other.height
            && other.y + SLACK < self.y + self.height
    }
}

/// Pixels that are not seen.
const SLACK: f64 = 1.0;

impl CallPage {
    /// Where everything stands at this moment.
    pub async fn layout(&self) -> Layout {
        let layout = self.browser().execute(LAYOUT, Vec::new()).await;
        let tiles = layout.get("tiles").and_then(Value::as_array).into_iter().flatten();
        Layout {
            stage: rect(field(&layout, "stage")),
            tiles: tiles.map(spot).collect(),
            scrolls: is(field(&layout, "scrolls")),
        }
    }

    /// Where something stands at this moment.
    pub async fn place_of(&self, testid: &str) -> Rect {
        let script = "const { x, y, width, height } = document.querySelector(`[data-testid=${arguments[0]}]`).getBoundingClientRect();
            return { x, y, width, height }";
        rect(&self.browser().execute(script, vec![json!(testid)]).await)
    }

    /// Chooses something in the menu of the layouts.
    pub async fn looks_by(&self, testid: &str) {
        self.opens_layouts().await;
        self.browser().press(testid).await;
    }

    /// Opens the menu of the layouts.
    pub async fn opens_layouts(&self) {
        if self.browser().shows("layout-grid").await {
            return;
        }
        if !self.browser().shows("layout").await {
            self.browser().press("bar-more").await;
        }
        self.browser().press("layout").await;
    }

    /// Presses the pin on the tile of somebody.
    pub async fn pins(&self, person: Person) {
        self.presses_in("tile", person.name, "tile-pin").await;
    }

    /// Waits until exactly these people's faces, and so many screens, are large.
    pub async fn sees_large(&self, people: &[Person], screens: usize) {
        let names: Vec<_> = people.iter().map(|person| person.name).collect();
        let what = format!("{} sees {names:?} and {screens} screens large", self.name());
        eventually(&what, SOON, async || {
            let layout = self.layout().await;
            let large =
                |shows| layout.tiles.iter().filter(move |tile| tile.large && tile.shows == shows);
            let faces: Vec<_> = large(Shows::Face).collect();
            let all = people.iter().all(|it| faces.iter().any(|tile| tile.name.contains(it.name)));
            let right =
                all && faces.len() == people.len() && large(Shows::Screen).count() == screens;
            right.or_seen(|| format!("{layout:?}"))
        })
        .await;
    }
}

fn spot(value: &Value) -> Spot {
    Spot {
        participant: field(value, "participant").as_u64().unwrap_or_default(),
        own: is(field(value, "own")),
        shows: if is(field(value, "screen")) { Shows::Screen } else { Shows::Face },
        name: field(value, "name").as_str().unwrap_or_default().to_owned(),
        large: is(field(value, "large")),
        place: rect(field(value, "place")),
    }
}

fn rect(value: &Value) -> Rect {
    let side = |name: &str| field(value, name).as_f64().unwrap_or_default();
    Rect { x: side("x"), y: side("y"), width: side("width"), height: side("height") }
}

fn field<'value>(value: &'value Value, name: &str) -> &'value Value {
    value.get(name).unwrap_or(&Value::Null)
}

fn is(value: &Value) -> bool {
    *value == json!(true)
}

const LAYOUT: &str = r#"
    const place = (element) => {
        const { x, y, width, height } = element.getBoundingClientRect();
        return { x, y, width, height };
    };
    const { scrollWidth, scrollHeight, clientWidth, clientHeight } = document.documentElement;
    return {
        stage: place(document.querySelector("[data-testid=stage]")),
        scrolls: scrollWidth > clientWidth || scrollHeight > clientHeight,
        tiles: [...document.querySelectorAll("[data-testid=tile]")].map((tile) => ({
            participant: Number(tile.dataset.participant.replace(/\D/g, "")),
            own: tile.dataset.self === "true",
            screen: tile.dataset.screen === "true",
            large: tile.dataset.large === "true",
            name: tile.querySelector("[data-testid=tile-name]").textContent,
            place: place(tile),
        })),
    };
"#;

// SPDX-License-Identifier: EUPL-1.2
//! What protects this meeting at this moment: what the browser found when it looked, and what follows from it.
//!
//! A claim is shown beside what was found, so that nobody has to believe it.

use shared::{Enforcement, Judged, Responsible, Source, Statement};

use super::{Call, Effect};

/// What the browser found when it looked.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Found {
    /// How the page came, and so its messages.
    pub carriage: Carriage,
    /// Other hosts that the page asked for something or was kept from asking, each once.
    pub strangers: Vec<String>,
    /// What sounds and pictures are sealed with on their way (`srtpCipher`, W3C WebRTC statistics); nothing
    /// while nothing is connected, or where the browser does not tell.
    pub cipher: Option<String>,
    /// The devices that this page holds.
    pub held: Vec<Source>,
    /// Whether there are cookies.
    pub cookies: bool,
    /// What the browser keeps for the page.
    pub kept: Vec<Kept>,
    /// SHA-256 of the page as the server hands it out, in hexadecimal digits. Everything else of the page is
    /// fixed in it by hashes of its own. Nothing where the browser cannot count it.
    pub page: Option<String>,
    /// What the server says of itself; nothing where it does not answer.
    pub stated: Option<Statement>,
}

/// How something came.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum Carriage {
    /// Over TLS.
    Encrypted,
    /// From this machine.
    OwnMachine,
    /// Open to everybody on the way.
    #[default]
    Open,
}

/// Something that the browser keeps for the page.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Kept {
    /// By what the room knows this tab, until the tab is closed.
    Seat,
    /// The link with which this tab came, until the tab is closed.
    Link,
    /// The name, because the person asked for it.
    Name,
    /// Something that this page does not put there.
    Other,
}

impl Kept {
    /// By the name under which it is kept.
    pub fn of(key: &str) -> Self {
        match key.split('.').collect::<Vec<_>>()[..] {
            ["zooo", "seat", _] => Self::Seat,
            ["zooo", "link", _] => Self::Link,
            ["zooo", "name"] => Self::Name,
            _ => Self::Other,
        }
    }
}

/// Something that can be shown to hold, with what was found of it.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum Proof {
    /// The page speaks with its own server and nobody else; the others, if there are any.
    OwnHost(Vec<String>),
    /// Page and messages are encrypted on their way.
    Carriage(Carriage),
    /// Sounds and pictures are, with 256 bits; with what they are.
    Cipher(Option<String>),
    /// Names and what people write can be read by the invited alone; sounds and pictures not yet.
    Sealed,
    /// The devices that are held are those that are on.
    Devices {
        /// All that are held.
        held: Vec<Source>,
        /// Those among them that are off.
        wrongly: Vec<Source>,
    },
    /// There are no cookies.
    Cookies(bool),
    /// Nothing is kept but what a reload needs and what was asked for.
    Kept(Vec<Kept>),
    /// Nobody records here.
    Recording,
    /// The page is the one that the server says it hands out.
    Page {
        /// Its hash.
        found: Option<String>,
        /// The hash that the server states.
        stated: Option<String>,
    },
    /// Somebody is responsible, who says so, and where the servers stand.
    Responsible(Option<Responsible>),
    /// The kernel keeps the server from what it does not need.
    Enforced(Option<Enforcement>),
}

/// Whether what is claimed holds.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Verdict {
    /// It does.
    Holds,
    /// It does not.
    Broken,
    /// It cannot be told here, or not wholly.
    Open,
}

/// Who says so.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Teller {
    /// This browser, which measured it.
    Measured,
    /// The way in which the software is built.
    Built,
    /// Who operates the server.
    Declared,
    /// The server, which nobody can look into from here.
    Stated,
}

impl Proof {
    /// Whether it holds.
    pub fn verdict(&self) -> Verdict {
        let holds = match self {
            Self::OwnHost(strangers) => strangers.is_empty(),
            Self::Carriage(carriage) => *carriage != Carriage::Open,
            Self::Cipher(Some(cipher)) => cipher == STRONG,
            Self::Devices { wrongly, .. } => wrongly.is_empty(),
            Self::Cookies(there) => !there,
            Self::Kept(kept) => !kept.contains(&Kept::Other),
            Self::Page { found: Some(found), stated: Some(stated) } => found == stated,
            Self::Recording
            | Self::Responsible(Some(_))
            | Self::Enforced(Some(Enforcement::WHOLE)) => true,
            Self::Cipher(None)
            | Self::Sealed
            | Self::Page { .. }
            | Self::Responsible(None)
            | Self::Enforced(_) => return Verdict::Open,
        };
        if holds { Verdict::Holds } else { Verdict::Broken }
    }

    /// Whether it is seen to hold.
    pub fn holds(&self) -> bool {
        self.verdict() == Verdict::Holds
    }

    /// Who says so.
    pub const fn teller(&self) -> Teller {
        match self {
            Self::Sealed | Self::Recording => Teller::Built,
            Self::Responsible(_) => Teller::Declared,
            Self::Enforced(_) => Teller::Stated,
            Self::OwnHost(_)
            | Self::Carriage(_)
            | Self::Cipher(_)
            | Self::Devices { .. }
            | Self::Cookies(_)
            | Self::Kept(_)
            | Self::Page { .. } => Teller::Measured,
        }
    }

    /// The criteria that it is about.
    pub const fn criteria(&self) -> &'static [&'static str] {
        match self {
            Self::OwnHost(_) => &["L1", "L3", "L4"],
            Self::Carriage(_) | Self::Cipher(_) | Self::Sealed => &["T1"],
            Self::Devices { .. } => &["T5", "T6"],
            Self::Cookies(_) | Self::Kept(_) => &["T7"],
            Self::Recording => &["T8", "T9"],
            Self::Page { .. } => &["L3"],
            Self::Responsible(_) => &["L1", "L2"],
            Self::Enforced(_) => &["T7", "T8"],
        }
    }

    /// Its name for tests and style sheets.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::OwnHost(_) => "hosts",
            Self::Carriage(_) => "carriage",
            Self::Cipher(_) => "cipher",
            Self::Sealed => "sealed",
            Self::Devices { .. } => "devices",
            Self::Cookies(_) => "cookies",
            Self::Kept(_) => "kept",
            Self::Recording => "recording",
            Self::Page { .. } => "page",
            Self::Responsible(_) => "responsible",
            Self::Enforced(_) => "enforced",
        }
    }
}

/// What is known of it.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    /// Whether anybody has asked.
    asked: bool,
    /// What was found last; empty before.
    proofs: Vec<Proof>,
    /// How the server said then to stand to each criterion.
    judged: Vec<Judged>,
}

impl Evidence {
    /// What was found when the browser last looked.
    pub(super) fn proofs(&self) -> &[Proof] {
        &self.proofs
    }

    /// How the server said then to stand to each criterion.
    pub(super) fn judged(&self) -> &[Judged] {
        &self.judged
    }
}

impl Call {
    /// Lets the browser look.
    pub(super) fn examine(&mut self) {
        self.evidence.asked = true;
        self.effects.push(Effect::Examine);
    }

    /// Lets the browser look again, if anybody has asked: something else can be found.
    pub(super) fn examine_again(&mut self) {
        if self.evidence.asked {
            self.examine();
        }
    }

    /// Draws the conclusions from what was found: at once, because a device may be switched off a moment later.
    pub(super) fn found(&mut self, found: Found) {
        let Found { carriage, strangers, cipher, held, cookies, kept, page, stated } = found;
        let hash = stated.as_ref().and_then(|stated| stated.page_sha256.clone());
        let enforcement = stated.as_ref().map(|stated| stated.enforcement);
        self.evidence.judged = stated.as_ref().map_or_else(Vec::new, |it| it.criteria.clone());
        let is_off = |source: &&Source| !self.sources.get(**source).is_wanted();
        let wrongly = held.iter().filter(is_off).copied().collect();
        self.evidence.proofs = vec![
            Proof::OwnHost(strangers),
            Proof::Carriage(carriage),
            Proof::Cipher(cipher),
            Proof::Sealed,
            Proof::Devices { held, wrongly },
            Proof::Cookies(cookies),
            Proof::Kept(kept),
            Proof::Recording,
            Proof::Page { found: page, stated: hash },
            Proof::Enforced(enforcement),
            Proof::Responsible(stated.and_then(|stated| stated.responsible)),
        ];
    }
}

/// The name of the one cipher that is used (RFC 7714 §14.2).
const STRONG: &str = "AEAD_AES_256_GCM";

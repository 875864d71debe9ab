// SPDX-License-Identifier: EUPL-1.2
//! What an operator can say on the command line, in the environment and in a file, for every command that
//! asks for it.

use std::{
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
};

use clap::Args;
use server::{
    embedder::{Embedder, EmbedderFault},
    facts::OperatorSettings,
    limits::LimitSettings,
    media::codec::Codec,
    office::Origin,
    settings::{Rooms, Settings, parse_mark},
    transport::own_addresses,
};
use shared::Restriction;

use super::{Failure, room::origin, tls::SaidOfTls, typed::Typed};

/// The flags of all settings.
#[derive(Args, Debug)]
pub(super) struct Said {
    /// A file in which the rest is set; docs/zooo.toml is one. Flags and environment count before it.
    #[arg(long, env = "ZOOO_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    /// The TCP address of page and signalling; a proxy with a certificate stands before it, or there is
    /// --tls-certificate. Usually 127.0.0.1:8080, with a certificate port 443 of every address.
    #[arg(long, env = "ZOOO_HTTP", value_name = "ADDRESS:PORT")]
    http: Option<SocketAddr>,
    /// The UDP address of the media. Usually 127.0.0.1:3478, with a certificate port 443 of every address.
    #[arg(long, env = "ZOOO_MEDIA", value_name = "ADDRESS:PORT")]
    media: Option<SocketAddr>,
    /// The addresses at which browsers reach the media, where they are not the one of --media. With a certificate,
    /// where that is every address of this machine, usually those of them that are public.
    #[arg(long, env = "ZOOO_ANNOUNCE", value_delimiter = ',', value_name = "ADDRESS")]
    announce: Option<Vec<IpAddr>>,
    /// On how many threads media are relayed. Usually as many as there are cores.
    #[arg(long, env = "ZOOO_MEDIA_THREADS", value_name = "COUNT")]
    media_threads: Option<usize>,
    /// Which codecs are used, the preferred ones first. Usually opus,vp8,vp9,av1,h264.
    #[arg(long, env = "ZOOO_CODECS", value_delimiter = ',', value_name = "CODEC")]
    codecs: Option<Vec<Codec>>,
    /// Which rooms are served. Usually open.
    #[arg(long, env = "ZOOO_ROOMS", value_name = "WHICH")]
    rooms: Option<Rooms>,
    /// The public mark of the operator whose licences count.
    #[arg(
        long,
        env = "ZOOO_LICENCE_KEY",
        value_name = "MARK",
        hide_env_values = true,
        allow_hyphen_values = true
    )]
    licence_key: Option<Typed>,
    /// For how long a conference goes on when no moderator is there any more. Usually 120.
    #[arg(long, env = "ZOOO_PAUSE_AFTER", value_name = "SECONDS")]
    pause_after: Option<u32>,
    /// After how long without a moderator it ends, counted from the same moment. Usually 900.
    #[arg(long, env = "ZOOO_END_AFTER", value_name = "SECONDS")]
    end_after: Option<u32>,
    /// The TCP address at which sums are told to this machine, 127.0.0.1:9090 for instance. Usually nowhere.
    #[arg(long, env = "ZOOO_METRICS", value_name = "ADDRESS:PORT")]
    metrics: Option<SocketAddr>,
    /// For how long conferences go on after SIGTERM, at most. Usually 900; with 0 they end at once.
    #[arg(long, env = "ZOOO_DRAIN_AFTER", value_name = "SECONDS")]
    drain_after: Option<u32>,
    /// What no moderator can loosen: lobby, personal, share, chat. Usually nothing.
    #[arg(
        long,
        env = "ZOOO_RESTRICTIONS",
        value_delimiter = ',',
        value_name = "WHAT",
        value_parser = restriction
    )]
    restrictions: Option<Vec<Restriction>>,
    /// Where people reach the page, `https://zooo.example` for instance. With https, browsers are told to
    /// come over nothing else.
    #[arg(long, env = "ZOOO_ORIGIN", value_name = "ORIGIN", value_parser = origin)]
    origin: Option<Origin>,
    /// The origins whose pages may embed this one, `https://school.example` for instance. Usually none.
    #[arg(
        long,
        env = "ZOOO_EMBED",
        value_delimiter = ',',
        value_name = "ORIGIN",
        value_parser = embedder
    )]
    embed: Option<Vec<Embedder>>,
    /// A key of the table `[limits]`, as the file has it: 'participants = 30'. Can be given once for each key; the
    /// environment has a line for each.
    #[arg(long, env = "ZOOO_LIMIT", value_delimiter = '\n', value_name = "KEY = VALUE")]
    limit: Vec<String>,
    #[command(flatten)]
    tls: SaidOfTls,
    /// A key of the table `[operator]`, as the file has it: 'controller = "Ada School"'. Can be given once for
    /// each key; the environment has a line for each.
    #[arg(long, env = "ZOOO_OPERATOR", value_delimiter = '\n', value_name = "KEY = VALUE")]
    operator: Vec<String>,
}

impl Said {
    /// The file, if one is named.
    pub(super) fn file(&self) -> Option<&Path> {
        self.config.as_deref()
    }

    /// Flags and environment, which clap has put in their order, and below them the file.
    pub(super) fn settings(self) -> Result<Settings, Failure> {
        self.settings_below(Settings::default())
    }

    /// The same, below what is decided already.
    pub(super) fn settings_below(self, decided: Settings) -> Result<Settings, Failure> {
        let Self {
            config,
            http,
            media,
            announce,
            media_threads,
            codecs,
            rooms,
            licence_key,
            pause_after,
            end_after,
            metrics,
            drain_after,
            restrictions,
            origin,
            embed,
            limit,
            tls,
            operator,
        } = self;
        let mark = |typed: Typed| parse_mark(typed.as_str()).map_err(Failure::Mark);
        let licence_key = licence_key.map(mark).transpose()?;
        let limits = LimitSettings::parse(&limit.join("\n")).map_err(Failure::Limits)?;
        let operator = OperatorSettings::parse(&operator.join("\n")).map_err(Failure::Operator)?;
        let said = Settings {
            http,
            media,
            announce,
            media_threads,
            codecs,
            rooms,
            licence_key,
            pause_after,
            end_after,
            metrics,
            drain_after,
            restrictions: restrictions.map(|all| all.into_iter().collect()),
            origin,
            embed,
            limits,
            tls: tls.settings().map_err(Failure::Acme)?,
            operator,
        };
        let file = config.map_or_else(|| Ok(Settings::default()), |path| Settings::read(&path))?;
        Ok(decided.or(said).or(file).announcing(own_addresses))
    }
}

fn embedder(text: &str) -> Result<Embedder, EmbedderFault> {
    Embedder::parse(text)
}

fn restriction(name: &str) -> Result<Restriction, String> {
    let names = Restriction::ALL.map(Restriction::name).join(", ");
    Restriction::from_name(name).ok_or_else(|| format!("it is none of {names}"))
}

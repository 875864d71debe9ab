// SPDX-License-Identifier: EUPL-1.2
//! What settings are read as, and what is said of those that are none.

use super::*;
use crate::embedder::frame_ancestors;

const EXAMPLE: &str = include_str!("../../docs/zooo.toml");

fn operator() -> OperatorMark {
    OperatorKey::from_random([9; 32]).mark()
}

#[test]
fn the_example_says_what_is_usual() {
    // Who has a certificate leaves these two out.
    let said = ["http", "media"].iter().fold(EXAMPLE.to_owned(), |text, key| {
        assert_eq!(text.matches(&format!("\n# {key} = ")).count(), 1);
        text.replace(&format!("\n# {key} = "), &format!("\n{key} = "))
    });
    assert_eq!(Settings::parse(&said), Ok(Settings::usual()));
    assert_eq!(
        Settings::parse(EXAMPLE).map(|read| read.or(Settings::usual())),
        Ok(Settings::usual())
    );
}

#[test]
fn the_example_explains_every_key() {
    // A key that is not known is answered with all that are.
    let known = |wrong: &str| {
        let wrong = Settings::parse(wrong).expect_err("no such key").message;
        let keys: Vec<_> = wrong.split('`').skip(1).step_by(2).skip(1).collect();
        keys.into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let (keys, mut declared) = (known("x = 1"), known("[operator]\nx = 1"));
    declared.extend(known("[limits]\nx = 1"));
    let tls = known("[tls]\nx = 1");
    assert!(keys.len() >= 11 && declared.len() >= 11 && tls.len() >= 3, "{keys:?} {declared:?}");
    let is_table = |key: &&String| matches!(key.as_str(), "operator" | "limits" | "tls");
    for key in keys.iter().filter(|key| !is_table(key)).chain(&declared).chain(&tls) {
        let line = |line: &&str| line.trim_start_matches("# ").starts_with(&format!("{key} = "));
        assert_eq!(EXAMPLE.lines().filter(line).count(), 1, "{key}");
    }
    for table in ["[operator]", "[tls]"] {
        assert_eq!(EXAMPLE.lines().filter(|line| *line == table).count(), 1);
    }
}

#[test]
fn the_example_of_an_operator_is_one() {
    let (before, table) = EXAMPLE.split_once("[operator]\n").expect("the table");
    let is_key = |line: &str| {
        let key = line.strip_prefix("# ").and_then(|line| line.split_once(" = "));
        key.is_some_and(|(key, _)| key.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
    };
    let said = table.lines().filter(|line| is_key(line)).map(|line| line.trim_start_matches("# "));
    let said = said.collect::<Vec<_>>().join("\n");
    let origin = before.lines().find_map(|line| line.strip_prefix("# origin = "));
    let text = format!("origin = {}\n[operator]\n{said}", origin.expect("an origin"));
    let config = Settings::parse(&text).expect("settings").into_config().expect("a decision");
    let facts = config.facts.expect("all that people have to be told");
    assert!(!facts.processors.is_empty() && facts.officer.is_some(), "{text}");
    assert!(config.origin.is_some_and(|origin| origin.is_secure()));
}

#[test]
fn nobody_is_served_who_cannot_be_told_who_is_responsible() {
    let declared = "controller = \"Ada School\"\naddress = \"1 Example Street\"\n\
                    contact = \"ada@school.example\"\nplaces = [\"DE\"]";
    for outside in [
        "http = \"192.0.2.1:8080\"",
        "http = \"0.0.0.0:8080\"",
        "http = \"[::]:8080\"",
        "media = \"192.0.2.1:3478\"",
        "media = \"127.0.0.1:3478\"\nannounce = [\"192.0.2.1\"]",
    ] {
        let decide = |operator: &str| {
            let settings = Settings::parse(&format!("{outside}\n[operator]\n{operator}"));
            settings.expect("settings").into_config().map(drop)
        };
        assert_eq!(decide(declared), Ok(()), "{outside}");
        for line in declared.lines() {
            let rest = declared.replace(line, "");
            let said = decide(&rest).expect_err(line).to_string();
            let key = line.split(' ').next().expect("a key");
            assert!(said.contains(&format!("[operator] lacks {key}:")), "{said}");
        }
        let said = decide("").expect_err("nothing").to_string();
        assert!(said.contains("[operator] lacks controller, address, contact, places:"), "{said}");
        let address = outside.rsplit('\n').next().and_then(|line| line.split('"').nth(1));
        assert!(said.contains(address.expect("an address")), "{said}");
    }
    for own in ["", "http = \"[::1]:80\"\nmedia = \"[::1]:3478\"", "announce = [\"127.0.0.2\"]"] {
        let settings = Settings::parse(own).expect("settings");
        assert!(settings.into_config().is_ok_and(|config| config.facts.is_err()), "{own}");
    }
}

#[test]
fn who_has_a_certificate_serves_others_at_the_ports_that_are_open_everywhere() {
    let pair = "[tls]\ncertificate = \"a\"\nkey = \"b\"";
    let decide = |text: &str| {
        let own = || ["10.0.0.1", "93.184.215.14", "2606:2800::1"].map(|ip| ip.parse().expect(ip));
        let settings = Settings::parse(text).expect("settings");
        settings.announcing(|| own().to_vec()).decide()
    };
    let config = decide(pair).expect("a decision");
    let everywhere = "[::]:443".parse().expect("an address");
    assert_eq!((config.http, config.media.listen), (everywhere, everywhere));
    let announced: Vec<_> = config.media.announce.iter().map(IpAddr::to_string).collect();
    assert_eq!(announced, ["93.184.215.14", "2606:2800::1"]);
    assert!(config.tls.is_some_and(|tls| tls.redirect.is_none()));
    // What is said counts.
    let said = format!("media = \"0.0.0.0:1\"\nhttp = \"127.0.0.1:2\"\n{pair}");
    let config = decide(&said).expect("a decision");
    assert_eq!((config.http.port(), config.media.listen.port()), (2, 1));
    assert_eq!(config.media.announce.len(), 1, "by IPv4 alone");
    let said = format!("announce = [\"192.0.2.1\"]\n{pair}");
    assert_eq!(decide(&said).expect("a decision").media.announce.len(), 1);
    // Without one, nobody but this machine.
    let config = decide("").expect("a decision");
    assert!(config.reached_at().is_none() && config.media.announce.is_empty());
    // Behind a NAT nobody knows.
    let hidden = Settings::parse(pair).expect("settings");
    let hidden = hidden.announcing(|| vec!["192.168.1.2".parse().expect("an address")]).decide();
    let said = hidden.expect_err("no public address").to_string();
    assert!(said.contains("NAT") && said.contains("--announce"), "{said}");
    let redirect =
        "origin = \"https://x.example\"\nhttp = \"127.0.0.1:1\"\nmedia = \"127.0.0.1:2\"\n";
    let redirect = format!("{redirect}{pair}\nredirect = \"0.0.0.0:80\"");
    let redirect = Settings::parse(&redirect).expect("settings").into_config().map(drop);
    assert!(matches!(redirect, Err(ConfigError::Undeclared(at, _)) if at.port() == 80));
}

#[test]
fn what_an_operator_declares_is_strict_too() {
    for text in [
        "[operator]\nplaces = [\"Germany\"]",
        "[operator]\ncontroller = \"\"",
        "[operator]\ncontact = \"Ada\"",
        "[operator]\npurpose = { de = \"Zweck\" }",
        "[operator]\nprocessors = [{ name = \"x\" }]",
        "[operator]\nprocessors = [{ name = \"x\", place = \"DE\", task = { de = \"a\", en = \"b\" }, x = 1 }]",
    ] {
        assert_eq!(Settings::parse(text).map_err(|wrong| wrong.line), Err(2), "{text}");
    }
    assert!(Settings::parse("origin = \"zooo.example\"").is_err());
}

#[test]
fn what_is_said_first_counts() {
    let flags = Settings { pause_after: Some(1), ..Settings::default() };
    let file = Settings::parse("pause_after = 2\nend_after = 3\nrooms = \"licensed\"");
    let all = flags.or(file.expect("settings")).or(Settings::usual());
    assert_eq!((all.pause_after, all.end_after), (Some(1), Some(3)));
    assert_eq!((all.rooms, all.http), (Some(Rooms::Licensed), Settings::usual().http));
}

#[test]
fn a_key_that_is_not_known_is_named_with_its_line() {
    let wrong = Settings::parse("http = \"127.0.0.1:80\"\n\nlicense_key = \"x\"\n");
    let wrong = wrong.expect_err("no such key").to_string();
    assert!(wrong.starts_with("line 3: unknown field `license_key`, expected one of"), "{wrong}");
    for (text, line) in [
        ("http = 80", 1),
        ("http = \"localhost\"", 1),
        ("\nrooms = \"closed\"", 2),
        ("pause_after = -1", 1),
        ("pause_after = \"2 min\"", 1),
        ("announce = \"192.0.2.1\"", 1),
        ("end_after = 1\nend_after = 2", 2),
        ("[media]\nport = 3478", 1),
        ("[tls]\ncert = \"x\"", 2),
        ("[tls]\nredirect = 80", 2),
        ("http", 1),
    ] {
        assert_eq!(Settings::parse(text).map_err(|wrong| wrong.line), Err(line), "{text}");
    }
}

#[test]
fn a_secret_in_the_wrong_place_is_not_repeated() {
    let secret = OperatorKey::from_random([9; 32]).to_text();
    for text in [
        format!("licence_key = \"{secret}\""),
        format!("licence_key = \"{secret}x\""),
        format!("licence_key = {secret}"),
    ] {
        let wrong = Settings::parse(&text).expect_err("not a mark").to_string();
        assert!(!wrong.contains(&secret[56..]), "{wrong}");
        let says_what_belongs_there = wrong.contains("the public mark belongs here");
        assert_eq!(says_what_belongs_there, text.contains('"'), "{wrong}");
    }
}

#[test]
fn licences_count_for_whose_mark_is_set() {
    let licensed = Settings { rooms: Some(Rooms::Licensed), ..Settings::default() };
    let refused = licensed.clone().into_config().map(drop);
    assert_eq!(refused, Err(ConfigError::NoOperator));
    let marked = Settings { licence_key: Some(operator()), ..licensed };
    let licensing = marked.clone().into_config().map(|config| config.licensing);
    assert_eq!(licensing, Ok(Licensing::Licensed(operator())));
    let open = Settings { rooms: Some(Rooms::Open), ..marked };
    assert_eq!(open.into_config().map(|config| config.licensing), Ok(Licensing::Open));
}

#[test]
fn media_run_on_one_thread_or_on_as_many_as_can_be_told_apart() {
    let threads = |media_threads| {
        let settings = Settings { media_threads, ..Settings::default() };
        settings.into_config().map(|config| config.media.threads)
    };
    assert!(threads(None).is_ok_and(|usual| usual >= 1));
    assert_eq!((threads(Some(1)), threads(Some(64))), (Ok(1), Ok(64)));
    for wrong in [0, 65] {
        assert_eq!(threads(Some(wrong)), Err(ConfigError::Threads(wrong)));
    }
}

#[test]
fn a_conference_has_sound_and_pictures_and_no_codec_twice() {
    let codecs = |text: &str| {
        let settings = Settings::parse(&format!("codecs = {text}"));
        settings.expect("codecs").into_config().map(|config| config.media.codecs)
    };
    let said = [Codec::Red, Codec::Opus, Codec::Av1, Codec::H264, Codec::Vp9, Codec::Vp8];
    assert_eq!(codecs(r#"["red", "opus", "av1", "h264", "vp9", "vp8"]"#), Ok(said.to_vec()));
    for wrong in [r#"["vp8"]"#, r#"["opus"]"#, r#"["red", "vp8"]"#, "[]"] {
        assert_eq!(codecs(wrong), Err(ConfigError::Codecs), "{wrong}");
    }
    assert_eq!(codecs(r#"["opus", "vp8", "opus"]"#), Err(ConfigError::Codecs));
    assert!(Settings::parse("codecs = [\"h265\"]").is_err());
}

#[test]
fn a_conference_pauses_before_it_ends() {
    let said = |pause_after, end_after| {
        let settings = Settings { pause_after, end_after, ..Settings::default() };
        settings.into_config().map(|config| {
            let limits = config.limits.room;
            (limits.pause_after.as_secs(), limits.end_after.as_secs())
        })
    };
    assert_eq!(said(None, None), Ok((120, 900)));
    assert_eq!(said(Some(5), Some(5)), Ok((5, 5)));
    assert_eq!(said(Some(901), None), Err(ConfigError::EndsBeforeItPauses));
}

#[test]
fn an_operator_names_who_may_embed() {
    let embedders = |text: &str| {
        let settings = Settings::parse(text).map_err(|wrong| wrong.to_string())?;
        let config = settings.into_config().map_err(|error| error.to_string())?;
        Ok::<_, String>(frame_ancestors(&config.embedders))
    };
    assert_eq!(embedders("").as_deref(), Ok("'none'"));
    let said = "embed = [\"https://A.example\", \"https://a.example:443/\", \"https://b.example\"]";
    assert_eq!(embedders(said).as_deref(), Ok("https://a.example https://b.example"));
    let wrong = embedders("\nembed = [\"https://*.example\"]").expect_err("a star");
    assert!(wrong.starts_with("line 2: embed takes exact origins only"), "{wrong}");
    let many: Vec<_> = (0..33).map(|n| format!("\"https://{n}.example\"")).collect();
    let wrong = embedders(&format!("embed = [{}]", many.join(","))).expect_err("too many");
    assert!(wrong.contains("33 origins") && wrong.contains("32 at most"), "{wrong}");
}

#[test]
fn an_operator_restricts_every_room() {
    let restricted = |text: &str| {
        let settings = Settings::parse(text).map_err(|wrong| wrong.message)?;
        let config = settings.into_config().map_err(|error| error.to_string())?;
        Ok::<_, String>(config.limits.room.restrictions.to_text())
    };
    assert_eq!(restricted("").as_deref(), Ok(""));
    assert_eq!(restricted("restrictions = [\"chat\", \"lobby\"]").as_deref(), Ok("lobby.chat"));
    let wrong = restricted("restrictions = [\"camera\"]").expect_err("no such restriction");
    assert!(wrong.contains("expected one of `lobby`, `personal`, `share`, `chat`"), "{wrong}");
}

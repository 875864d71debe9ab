// SPDX-License-Identifier: EUPL-1.2
//! What the answers of a server show.

use super::{answer::Answer, page::page, stated::Stated};
use crate::criteria::{Said, Seen, Sight};

/// The paths that are asked for: the page, what is not there, the notice twice, the statement.
pub const PATHS: [&str; 5] =
    ["/", "/r/nothing", "/datenschutz", "/privacy", "/.well-known/privacy.json"];

/// A visit to a server.
#[derive(Clone, Copy, Debug)]
pub struct Visit<'a> {
    /// Whether it was over TLS.
    pub is_secure: bool,
    /// Whether it went no further than this machine.
    pub is_local: bool,
    /// The answers, in the order of [`PATHS`].
    pub answers: &'a [Answer; 5],
    /// The page that should come, where one is known.
    pub index: Option<&'a [u8]>,
    /// Its hash.
    pub page_hash: Option<&'a str>,
    /// Whose pages may embed it, as the policy says that.
    pub ancestors: &'a str,
}

/// What contradicts a criterion, and what the server says of itself.
pub fn sights(visit: &Visit<'_>) -> (Seen, Option<Stated>) {
    let mut faults = Vec::new();
    if !visit.is_secure && !visit.is_local {
        faults.push(fault("T1", "Die Seite kommt ohne TLS", "The page comes without TLS"));
    }
    faults.extend(of_headers(visit));
    let [index, _, notice_de, notice_en, statement] = visit.answers;
    faults.extend(delivered(index, visit.index));
    if notice_de.status != 200 || notice_en.status != 200 {
        faults.push(fault("G11", "Es gibt keine Datenschutzhinweise", "There is no notice"));
    }
    let stated = Some(statement).filter(|answer| answer.status == 200);
    let stated = stated.and_then(|answer| Stated::parse(&answer.body));
    match &stated {
        Some(stated) => faults.extend(contradictions(stated, visit.page_hash)),
        None => faults.push(fault(
            "G11",
            "/.well-known/privacy.json fehlt oder ist nicht zu verstehen",
            "/.well-known/privacy.json is missing or cannot be understood",
        )),
    }
    (Seen { faults }, stated)
}

fn fault(criterion: &'static str, de: &str, en: &str) -> Sight {
    Sight { criterion, what: Said::new(de, en) }
}

/// What the headers of all answers allow that they should not, each once with the paths at which they do.
fn of_headers(visit: &Visit<'_>) -> Vec<Sight> {
    let mut found: Vec<(Sight, Vec<&str>)> = Vec::new();
    for (path, answer) in PATHS.iter().zip(visit.answers) {
        for sight in headers(answer, visit) {
            match found.iter_mut().find(|(known, _)| *known == sight) {
                Some((_, paths)) => paths.push(path),
                None => found.push((sight, vec![path])),
            }
        }
    }
    let with_paths = |(Sight { criterion, what }, paths): (Sight, Vec<&str>)| {
        let paths = paths.join(" ");
        let with = |text: &str| format!("{text} ({paths})");
        Sight { criterion, what: Said::new(with(&what.de), with(&what.en)) }
    };
    found.into_iter().map(with_paths).collect()
}

/// What the headers of an answer allow that they should not.
fn headers(answer: &Answer, visit: &Visit<'_>) -> Vec<Sight> {
    let said = answer.header("content-security-policy").unwrap_or_default();
    let mut faults = policy(&said, visit.ancestors);
    for (name, wanted, criterion) in [
        ("referrer-policy", "no-referrer", "T7"),
        ("x-content-type-options", "nosniff", "G19"),
        ("cross-origin-opener-policy", "same-origin", "G19"),
        ("cross-origin-resource-policy", "same-origin", "G19"),
    ] {
        if answer.header(name).as_deref() != Some(wanted) {
            let what = format!("{name} ≠ {wanted}");
            faults.push(fault(criterion, &what, &what));
        }
    }
    let permissions = answer.header("permissions-policy").unwrap_or_default();
    let is_own = |device| permissions.contains(&format!("{device}=(self)"));
    if !["camera", "microphone", "display-capture"].into_iter().all(is_own) {
        faults.push(fault(
            "T5",
            "Permissions-Policy gibt Kamera, Mikrofon oder Bildschirm nicht nur der eigenen Seite",
            "Permissions-Policy gives camera, microphone or screen not only to the own page",
        ));
    }
    let hsts = answer.header("strict-transport-security").unwrap_or_default();
    let seconds = hsts.split(';').find_map(|part| part.trim().strip_prefix("max-age="));
    let lasts =
        seconds.and_then(|seconds| seconds.parse().ok()).is_some_and(|age: u64| age >= YEAR);
    if visit.is_secure && !lasts {
        faults.push(fault(
            "T1",
            "Strict-Transport-Security fehlt oder gilt kein Jahr",
            "Strict-Transport-Security is missing or does not last a year",
        ));
    }
    if answer.header("set-cookie").is_some() {
        faults.push(fault("T7", "setzt ein Cookie", "sets a cookie"));
    }
    faults
}

/// What a Content-Security-Policy allows that it should not.
fn policy(policy: &str, ancestors: &str) -> Vec<Sight> {
    let sources = |name: &str| {
        let mut directives = policy.split(';').map(str::trim);
        directives.find_map(|directive| directive.strip_prefix(name)?.strip_prefix(' '))
    };
    let mut faults = Vec::new();
    if sources("connect-src") != Some("'self'") {
        faults.push(fault(
            "L3",
            "Content-Security-Policy: connect-src ist nicht nur 'self'",
            "Content-Security-Policy: connect-src is not 'self' alone",
        ));
    }
    let quoted = ["'none'", "'self'", "'wasm-unsafe-eval'"];
    let is_ours = |source: &str| {
        quoted.contains(&source)
            || source.starts_with("'sha256-")
            || matches!(source, "data:" | "blob:")
    };
    let mut foreign = policy.split(';').filter_map(|directive| {
        let mut words = directive.split_whitespace();
        let name = words.next()?;
        let source = words.find(|source| !is_ours(source))?;
        (name != "frame-ancestors").then(|| format!("{name} {source}"))
    });
    if let Some(source) =
        foreign.next().or_else(|| sources("default-src").is_none().then(String::new))
    {
        faults.push(fault(
            "L3",
            &format!("Content-Security-Policy erlaubt mehr als die eigene Seite: {source}"),
            &format!("Content-Security-Policy allows more than the own page: {source}"),
        ));
    }
    if sources("frame-ancestors") != Some(ancestors) {
        faults.push(fault(
            "L4",
            "Content-Security-Policy: Andere Seiten als gesagt dürfen diese einbetten",
            "Content-Security-Policy: other pages than said may embed this one",
        ));
    }
    faults
}

/// What is wrong with the page that came.
fn delivered(answer: &Answer, expected: Option<&[u8]>) -> Vec<Sight> {
    if answer.status != 200 {
        return vec![fault("G47", "Die Seite kommt nicht", "The page does not come")];
    }
    let mut faults = page(&String::from_utf8_lossy(&answer.body));
    if expected.is_some_and(|expected| expected != answer.body) {
        faults.push(fault(
            "L3",
            "Die Seite ist nicht die dieses Programms: ein anderer Stand, oder verändert",
            "The page is not the one in this program: another version, or changed",
        ));
    }
    faults
}

/// What a server says of itself that contradicts a criterion, or its page.
fn contradictions(stated: &Stated, page_hash: Option<&str>) -> Vec<Sight> {
    let mut faults = Vec::new();
    if stated.retention_seconds != 0 {
        faults.push(fault("G40", "Der Server behält Daten", "The server keeps data"));
    }
    if !stated.hosts_contacted.is_empty() {
        let hosts = stated.hosts_contacted.join(", ");
        faults.push(fault(
            "L3",
            &format!("Der Server nimmt Verbindung auf mit: {hosts}"),
            &format!("The server contacts: {hosts}"),
        ));
    }
    if page_hash.is_some() && stated.page_sha256.as_deref() != page_hash {
        faults.push(fault(
            "L3",
            "Die Prüfsumme der Seite ist nicht die dieses Programms",
            "The hash of the page is not the one of this program",
        ));
    }
    faults
}

/// What browsers ask of whom they list is more; less protects nobody who comes rarely.
const YEAR: u64 = 31_536_000;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::criteria::all;

    const HEADERS: [(&str, &str); 7] = [
        (
            "content-security-policy",
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'sha256-x'; img-src 'self' data: blob:; \
             connect-src 'self'; frame-ancestors 'none'",
        ),
        ("permissions-policy", "camera=(self), microphone=(self), display-capture=(self)"),
        ("referrer-policy", "no-referrer"),
        ("x-content-type-options", "nosniff"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("strict-transport-security", "max-age=63072000"),
    ];
    const STATED: &str = r#"{"format":"zooo.privacy.v1","page_sha256":"ab","retention_seconds":0,
        "hosts_contacted":[],"criteria":[],"enforcement":{"file_writes":"enforced","exec":"missing",
        "connections":"missing","core_dumps":"missing"}}"#;

    fn answer(status: u16, headers: &[(&str, &str)], body: &str) -> Answer {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        Answer { status, headers: headers.iter().map(owned).collect(), body: body.into() }
    }

    fn site(headers: &[(&str, &str)], index: &str, stated: &str) -> [Answer; 5] {
        [
            answer(200, headers, index),
            answer(404, headers, ""),
            answer(200, headers, ""),
            answer(200, headers, ""),
            answer(200, headers, stated),
        ]
    }

    fn found(answers: &[Answer; 5]) -> Vec<&'static str> {
        let (is_secure, is_local) = (true, false);
        let (index, page_hash) = (Some(&b"<p>ours"[..]), Some("ab"));
        let ancestors = "'none'";
        let visit = Visit { is_secure, is_local, answers, index, page_hash, ancestors };
        let (seen, _) = sights(&visit);
        let mut ids: Vec<_> = seen.faults.iter().map(|sight| sight.criterion).collect();
        assert!(ids.iter().all(|id| all().any(|criterion| criterion.id == *id)), "{ids:?}");
        ids.dedup();
        ids
    }

    #[test]
    fn a_server_as_it_should_be_contradicts_nothing() {
        let answers = site(&HEADERS, "<p>ours", STATED);
        assert!(found(&answers).is_empty());
        let visit = Visit {
            is_secure: false,
            is_local: true,
            answers: &answers,
            index: None,
            page_hash: None,
            ancestors: "'none'",
        };
        let (seen, stated) = sights(&visit);
        assert!(seen.faults.is_empty());
        assert!(stated.is_some_and(|stated| stated.enforcement.file_writes.holds()));
    }

    #[test]
    fn each_header_that_is_missing_or_weak_is_found() {
        for (at, criteria) in [
            (0, &["L3", "L4"][..]),
            (1, &["T5"]),
            (2, &["T7"]),
            (3, &["G19"]),
            (4, &["G19"]),
            (5, &["G19"]),
            (6, &["T1"]),
        ] {
            let mut headers = HEADERS.to_vec();
            let (name, _) = headers.remove(at);
            let mut ids = found(&site(&headers, "<p>ours", STATED));
            ids.sort_unstable();
            ids.dedup();
            assert_eq!(ids, criteria, "{name}");
        }
        for (at, instead_of, weak, criterion) in [
            (0, "connect-src 'self'", "connect-src 'self' https://stats.example", "L3"),
            (0, "'sha256-x'", "'unsafe-inline'", "L3"),
            (0, "'sha256-x'", "'unsafe-eval'", "L3"),
            (0, "img-src 'self'", "img-src *", "L3"),
            (0, "frame-ancestors 'none'", "frame-ancestors https://x.example", "L4"),
            (1, "camera=(self)", "camera=*", "T5"),
            (2, "no-referrer", "origin", "T7"),
            (6, "63072000", "86400", "T1"),
        ] {
            let mut headers = HEADERS.to_vec();
            let changed = headers[at].1.replace(instead_of, weak);
            assert_ne!(changed, headers[at].1);
            headers[at].1 = &changed;
            assert_eq!(found(&site(&headers, "<p>ours", STATED)), [criterion], "{weak}");
        }
    }

    #[test]
    fn whoever_embeds_is_whom_the_operator_names() {
        let said = "frame-ancestors https://a.example";
        let policy = HEADERS[0].1.replace("frame-ancestors 'none'", said);
        let mut headers = HEADERS.to_vec();
        headers[0].1 = &policy;
        let answers = site(&headers, "<p>ours", STATED);
        for (ancestors, faults) in
            [("https://a.example", 0), ("https://b.example", 1), ("'none'", 1)]
        {
            let visit = Visit {
                is_secure: true,
                is_local: false,
                answers: &answers,
                index: None,
                page_hash: None,
                ancestors,
            };
            assert_eq!(sights(&visit).0.faults.len(), faults, "{ancestors}");
        }
    }

    #[test]
    fn what_should_not_be_there_is_found() {
        let cookie = [&HEADERS[..], &[("set-cookie", "id=1")]].concat();
        assert_eq!(found(&site(&cookie, "<p>ours", STATED)), ["T7"]);
        assert_eq!(found(&site(&HEADERS, "<p>theirs", STATED)), ["L3"]);
        for (instead_of, said, criterion) in [
            ("\"ab\"", "\"cd\"", "L3"),
            ("\"retention_seconds\":0", "\"retention_seconds\":1", "G40"),
            ("\"hosts_contacted\":[]", "\"hosts_contacted\":[\"x.example\"]", "L3"),
            ("privacy.v1", "privacy.v2", "G11"),
            ("{", "", "G11"),
        ] {
            let stated = STATED.replacen(instead_of, said, 1);
            assert_eq!(found(&site(&HEADERS, "<p>ours", &stated)), [criterion], "{said}");
        }
        let mut without_notice = site(&HEADERS, "<p>ours", STATED);
        without_notice[3].status = 404;
        assert_eq!(found(&without_notice), ["G11"]);
        let answers = site(&HEADERS, "<p>ours", STATED);
        let visit = Visit {
            is_secure: false,
            is_local: false,
            answers: &answers,
            index: None,
            page_hash: None,
            ancestors: "'none'",
        };
        assert_eq!(sights(&visit).0.faults[0].criterion, "T1");
    }
}

// SPDX-License-Identifier: EUPL-1.2
//! Embeds the built page, and the scripts by which other pages embed it: every file once as it is and once compressed, with
//! its hash, the hashes of the inline scripts for the Content-Security-Policy, and the hash of the page itself. `ZOOO_DIST` names another folder than
//! `dist`. A page that was not built is no error: the server then says so in its place.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
};

use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use sha2::{Digest as _, Sha256};

fn main() -> io::Result<()> {
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=ZOOO_DIST");
    let dist = dist();
    println!("cargo::rerun-if-changed={}", dist.display());

    let mut paths = Vec::new();
    list(&dist, "", &mut paths)?;
    let sdk =
        PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("../app/sdk");
    let mut files: Vec<_> = paths.into_iter().map(|path| (dist.join(&path), path)).collect();
    for script in SDK {
        println!("cargo::rerun-if-changed={}", sdk.join(script).display());
        files.push((sdk.join(script), script.to_owned()));
    }
    files.sort_by(|(_, one), (_, other)| one.cmp(other));
    let mut rows = Vec::new();
    let mut hashes = String::new();
    let mut page = None;
    for (place, (file, path)) in files.iter().enumerate() {
        let content = fs::read(file)?;
        if path == "index.html" {
            // Every other file of the page is fixed in it by a hash of its own.
            let hash = Sha256::digest(&content);
            page = Some(hash.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat());
            hashes = script_hashes(&String::from_utf8_lossy(&content));
        }
        fs::write(out.join(format!("{place}.identity")), &content)?;
        let compressed = compress(path, &content)?;
        let brotli = match &compressed {
            Some(compressed) => {
                fs::write(out.join(format!("{place}.br")), compressed)?;
                format!("Some({})", included(place, "br"))
            }
            None => "None".to_owned(),
        };
        rows.push(row(place, path, &content, &brotli));
    }
    let table = format!(
        "pub(super) static ASSETS: &[Asset] = &[{}];\n\
         pub(super) static SCRIPT_HASHES: &str = {hashes:?};\n\
         pub(super) static PAGE_HASH: Option<&str> = {page:?};\n",
        rows.concat()
    );
    fs::write(out.join("assets.rs"), table)
}

/// What other pages load to embed this one.
const SDK: [&str; 2] = ["embed.js", "embed.mjs"];

/// One file as an `Asset`.
fn row(place: usize, path: &str, content: &[u8], brotli: &str) -> String {
    let identity = included(place, "identity");
    let etag = URL_SAFE_NO_PAD.encode(Sha256::digest(content));
    let (content_type, hashed) = (content_type(path), is_hashed(path));
    format!(
        "\nAsset {{ path: {path:?}, content_type: {content_type:?}, etag: {etag:?}, \
         hashed: {hashed}, identity: {identity}, brotli: {brotli} }},"
    )
}

/// What was written for the asset at this place.
fn included(place: usize, kind: &str) -> String {
    format!("include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{place}.{kind}\"))")
}

/// The folder of the built page. The usual one is made when it is missing: Cargo rebuilds a package
/// every time when something that it watches does not exist.
fn dist() -> PathBuf {
    if let Some(dist) = env::var_os("ZOOO_DIST") {
        return dist.into();
    }
    let dist = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("../dist");
    if !dist.exists() && fs::create_dir(&dist).is_err() {
        println!("cargo::warning=the page's folder is missing: every build looks for it again");
    }
    dist
}

/// Every file below a folder, relative to it, except hidden ones.
fn list(root: &Path, below: &str, paths: &mut Vec<String>) -> io::Result<()> {
    let folder = root.join(below);
    if !folder.exists() {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        let path = if below.is_empty() { name } else { format!("{below}/{name}") };
        if entry.file_type()?.is_dir() {
            list(root, &path, paths)?;
        } else {
            paths.push(path);
        }
    }
    Ok(())
}

/// The file in brotli, where that is worth it.
fn compress(path: &str, content: &[u8]) -> io::Result<Option<Vec<u8>>> {
    const ALREADY_SMALL: [&str; 5] = ["png", "webp", "jpg", "woff2", "ico"];
    let extension = Path::new(path).extension().unwrap_or_default();
    if ALREADY_SMALL.iter().any(|known| extension == *known) {
        return Ok(None);
    }
    // 11 takes a second for each megabyte; who builds all day does not want to wait for it.
    let release = env::var("PROFILE").is_ok_and(|profile| profile == "release");
    let quality = if release { 11 } else { 5 };
    let params = brotli::enc::BrotliEncoderParams {
        quality,
        lgwin: 22,
        size_hint: content.len(),
        ..Default::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &*content, &mut compressed, &params)?;
    Ok((compressed.len() < content.len()).then_some(compressed))
}

/// Whether the name holds a hash as Trunk writes it: a dash and 16 hexadecimal digits.
fn is_hashed(path: &str) -> bool {
    path.split('-').skip(1).any(|part| {
        let digits: Vec<u8> = part.bytes().take(17).collect();
        let hash = digits.iter().take_while(|byte| byte.is_ascii_hexdigit()).count();
        hash == 16
    })
}

fn content_type(path: &str) -> &'static str {
    match Path::new(path).extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("webp") => "image/webp",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("json") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// The hashes of the inline scripts (CSP 3 §2.3.1), each preceded by a space.
fn script_hashes(html: &str) -> String {
    let mut hashes = Vec::new();
    for after in html.split("<script").skip(1) {
        let Some((attributes, rest)) = after.split_once('>') else { continue };
        let Some((body, _)) = rest.split_once("</script>") else { continue };
        let external = attributes.split_whitespace().any(|word| word.starts_with("src="));
        if !external && !body.is_empty() {
            let hash = STANDARD.encode(Sha256::digest(body.as_bytes()));
            hashes.push(format!(" 'sha256-{hash}'"));
        }
    }
    hashes.concat()
}

// SPDX-License-Identifier: EUPL-1.2
//! The built page inside the binary, and the scripts by which other pages embed it. `build.rs` writes the table; without a
//! built page it holds those alone.

/// One file of the page.
#[derive(Clone, Copy, Debug)]
pub struct Asset {
    /// Below `/`.
    pub path: &'static str,
    /// Its media type.
    pub content_type: &'static str,
    /// The hash of its content, without quotes.
    pub etag: &'static str,
    /// Whether its name changes with its content.
    pub hashed: bool,
    /// As it is.
    pub identity: &'static [u8],
    /// Compressed, where that is smaller.
    pub brotli: Option<&'static [u8]>,
}

/// What other pages load, whichever they are: it is the same for everybody, and says nothing of anybody.
pub const FOR_OTHERS: [&str; 2] = ["embed.js", "embed.mjs"];

/// Every file of the page, ordered by path.
pub static ASSETS: &[Asset] = generated::ASSETS;

/// The inline scripts of the page, as sources for a Content-Security-Policy.
pub static SCRIPT_HASHES: &str = generated::SCRIPT_HASHES;

/// The SHA-256 of the page, in hexadecimal digits: of `index.html`, which fixes every other file by a hash of its
/// own. Nothing where no page was built.
pub static PAGE_HASH: Option<&str> = generated::PAGE_HASH;

/// The file at this path.
pub fn find(path: &str) -> Option<&'static Asset> {
    let at = ASSETS.binary_search_by_key(&path, |asset| asset.path).ok()?;
    ASSETS.get(at)
}

mod generated {
    use super::Asset;

    include!(concat!(env!("OUT_DIR"), "/assets.rs"));
}

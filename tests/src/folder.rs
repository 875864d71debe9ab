// SPDX-License-Identifier: EUPL-1.2
//! A folder that is gone when its owner is.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process,
    sync::atomic::{AtomicU32, Ordering},
};

/// A fresh folder under the system's temporary one.
#[derive(Debug)]
pub struct Folder(PathBuf);

impl Folder {
    /// Makes one.
    pub fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        // Short: browsers bind Unix sockets inside, whose paths end at 107 bytes.
        let path = env::temp_dir().join(format!("zooo-e2e-{}-{count}", process::id()));
        fs::create_dir_all(&path).expect("a folder for this test");
        Self(path)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Default for Folder {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // A browser may still write while it dies. What remains is the temporary folder's affair.
        drop(fs::remove_dir_all(&self.0));
    }
}

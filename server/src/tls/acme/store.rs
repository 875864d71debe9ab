// SPDX-License-Identifier: EUPL-1.2
//! Account and pair, in the only folder that the keeper can reach; its own user alone can read them.

use std::{
    fs::{self, DirBuilder, OpenOptions},
    io::{self, Read as _, Write as _},
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _},
    path::{Path, PathBuf},
};

use instant_acme::AccountCredentials;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::super::frame::MAX_FILE_LEN;

/// The folder.
pub(super) struct Store {
    folder: PathBuf,
    pair: PathBuf,
}

/// A pair as it is stored and told: both in PEM.
#[derive(Clone)]
pub(super) struct Kept {
    pub(super) certificate: Vec<u8>,
    pub(super) key: Zeroizing<Vec<u8>>,
}

#[derive(Deserialize, Serialize)]
struct Account<T> {
    directory: String,
    account: T,
}

impl Store {
    /// Makes the folder if it is not there, and sees whether something can be kept in it: what was ordered and cannot
    /// be kept is ordered again and again.
    pub(super) fn open(folder: &Path, host: &str) -> io::Result<Self> {
        DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        // The keeper's sandbox is about this folder, whatever links lead to it.
        let folder = fs::canonicalize(folder)?;
        let pair = folder.join(format!("{host}.pem"));
        let store = Self { folder, pair };
        let probe = store.folder.join("probe");
        store.put(&probe, b"")?;
        fs::remove_file(probe)?;
        Ok(store)
    }

    pub(super) fn folder(&self) -> PathBuf {
        self.folder.clone()
    }

    /// The pair, if there is one.
    pub(super) fn pair(&self) -> Option<Kept> {
        let text = read(&self.pair).ok()?;
        let begins = text.windows(CERTIFICATE.len()).position(|part| part == CERTIFICATE)?;
        let (key, certificate) = text.split_at_checked(begins)?;
        let key = Zeroizing::new(key.to_vec());
        Some(Kept { certificate: certificate.to_vec(), key })
    }

    /// Keeps a pair, in one file: there is no moment at which half of it is new.
    pub(super) fn keep_pair(&self, Kept { certificate, key }: &Kept) -> io::Result<()> {
        let whole = certificate.len().saturating_add(key.len());
        let mut text = Zeroizing::new(Vec::with_capacity(whole));
        text.extend_from_slice(key);
        text.extend_from_slice(certificate);
        self.put(&self.pair, &text)
    }

    /// The account at this directory, if there is one.
    pub(super) fn account(&self, directory: &str) -> Option<AccountCredentials> {
        let text = read(&self.account_file()).ok()?;
        let kept: Account<AccountCredentials> = serde_json::from_slice(&text).ok()?;
        (kept.directory == directory).then_some(kept.account)
    }

    /// Keeps an account.
    pub(super) fn keep_account(
        &self,
        directory: &str,
        account: &AccountCredentials,
    ) -> io::Result<()> {
        let kept = Account { directory: directory.to_owned(), account };
        let text = Zeroizing::new(serde_json::to_vec(&kept)?);
        self.put(&self.account_file(), &text)
    }

    fn account_file(&self) -> PathBuf {
        self.folder.join("account.json")
    }

    /// Writes a file beside the one that is there, and puts it in its place.
    fn put(&self, path: &Path, text: &[u8]) -> io::Result<()> {
        let new = self.folder.join("new");
        match fs::remove_file(&new) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            Ok(()) | Err(_) => {}
        }
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&new)?;
        file.write_all(text)?;
        file.sync_all()?;
        fs::rename(&new, path)
    }
}

fn read(path: &Path) -> io::Result<Zeroizing<Vec<u8>>> {
    let most = MAX_FILE_LEN.saturating_mul(2);
    // As long as it can become: what grows leaves copies of a secret behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(most));
    let file = fs::File::open(path)?;
    file.take(u64::try_from(most).unwrap_or(u64::MAX)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

const CERTIFICATE: &[u8] = b"-----BEGIN CERTIFICATE-----";

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn a_pair_is_kept_for_its_host_and_for_nobody_else_to_read() {
        let folder = std::env::temp_dir().join(format!("zooo-store-{}", std::process::id()));
        let store = Store::open(&folder, "a.example").unwrap();
        assert!(store.pair().is_none() && store.account("https://ca.example").is_none());
        let made = rcgen::generate_simple_self_signed(vec!["a.example".to_owned()]).unwrap();
        let certificate = made.cert.pem().into_bytes();
        let key = Zeroizing::new(made.signing_key.serialize_pem().into_bytes());
        store.keep_pair(&Kept { certificate: certificate.clone(), key: key.clone() }).unwrap();
        let kept = store.pair().unwrap();
        assert!(kept.certificate == certificate && kept.key == key);
        assert!(Store::open(&folder, "b.example").unwrap().pair().is_none());
        let all: Vec<_> = fs::read_dir(&folder).unwrap().map(Result::unwrap).collect();
        assert_eq!(all.len(), 1, "{all:?}");
        assert_eq!(all[0].metadata().unwrap().permissions().mode() & 0o777, 0o600);
        fs::remove_dir_all(&folder).unwrap();
    }
}

// SPDX-License-Identifier: EUPL-1.2
//! Reads certificate and key again and again, in a process of its own: the server can open no file.
//!
//! The process can read what is in the folders of these two files, and do nothing else. It looks whether they have
//! changed every few seconds, and at once when it is asked; it ends with its server.

use std::{
    fs::{self, Metadata},
    io::{self, Read as _, Write as _},
    os::{
        fd::AsFd as _,
        unix::{
            fs::{MetadataExt as _, PermissionsExt as _},
            net::UnixStream,
        },
    },
    path::{Path, PathBuf},
};

use core::time::Duration;
use thiserror::Error;
use zeroize::Zeroizing;

use super::frame::{File, Frame, LOOK, MAX_FILE_LEN};
use crate::sandbox::Sandbox;

/// Keeps watch until the server is gone, which is at the other end of the standard input.
pub fn keep(certificate: &Path, key: &Path) -> Result<(), KeeperError> {
    let stdin = io::stdin().as_fd().try_clone_to_owned().map_err(KeeperError::Alone)?;
    let mut server = UnixStream::from(stdin);
    server.set_read_timeout(Some(INTERVAL)).map_err(KeeperError::Alone)?;
    server.set_write_timeout(Some(PATIENCE)).map_err(KeeperError::Alone)?;
    // It says itself what it lacks: the server's words about its own are not repeated.
    let _sandbox = Sandbox::enter_to_read(&folders(&[certificate, key]));
    let files = Files { certificate, key };
    let (mut told, mut before) = (None, Some(files.state()));
    let mut is_asked = true;
    loop {
        let state = files.state();
        // What is being written still changes: it is read when it looks the same twice.
        let is_new = told.as_ref() != Some(&state) && before.as_ref() == Some(&state);
        if is_asked || is_new {
            server.write_all(&files.read().to_bytes()).map_err(KeeperError::Alone)?;
            told = Some(state);
        }
        before = Some(state);
        let mut asked = [0];
        is_asked = match server.read(&mut asked) {
            Ok(0) => return Ok(()),
            Ok(_) => asked == [LOOK],
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => false,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => false,
            Err(error) => return Err(KeeperError::Alone(error)),
        };
    }
}

/// Why nobody keeps watch.
#[derive(Debug, Error)]
pub enum KeeperError {
    /// It was not started by a server, or that does not listen any more.
    #[error("there is no server at the standard input: {0}")]
    Alone(#[source] io::Error),
}

/// The folders of the files, and of what they point to: links are how certificates are usually renewed.
fn folders(files: &[&Path]) -> Vec<PathBuf> {
    let real = files.iter().filter_map(|file| fs::canonicalize(file).ok());
    let named = files.iter().map(|file| file.to_path_buf());
    let all = named.chain(real).filter_map(|file| Some(file.parent()?.to_owned()));
    // The folder of a bare name is the one that we are in.
    all.map(|folder| if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder })
        .collect()
}

struct Files<'a> {
    certificate: &'a Path,
    key: &'a Path,
}

/// What changes with the contents of a file: which it is, when it was changed, how long it is; or that it
/// cannot be looked at.
type State = [Option<(u64, u64, i64, i64, u64)>; 2];

impl Files<'_> {
    fn state(&self) -> State {
        let of =
            |file: Metadata| (file.dev(), file.ino(), file.mtime(), file.mtime_nsec(), file.size());
        [self.certificate, self.key].map(|path| fs::metadata(path).ok().map(of))
    }

    fn read(&self) -> Frame {
        let both = [(File::Certificate, self.certificate), (File::Key, self.key)];
        let [certificate, key] = both.map(|(file, path)| {
            let unreadable = |error: io::Error| {
                let error = error.raw_os_error().unwrap_or(libc::EIO);
                Frame::Unreadable { file, error }
            };
            let (bytes, mode) = contents(path).map_err(unreadable)?;
            if bytes.len() > MAX_FILE_LEN {
                Err(Frame::TooLong { file })
            } else {
                Ok((bytes, mode))
            }
        });
        match (certificate, key) {
            (Ok((certificate, _)), Ok((key, mode))) => {
                let certificate = certificate.to_vec();
                Frame::Read { certificate, key, is_exposed: mode & OTHERS != 0 }
            }
            (Err(frame), _) | (_, Err(frame)) => frame,
        }
    }
}

/// What a file holds, of one that is too long a little more than is allowed; and who may read it.
fn contents(path: &Path) -> io::Result<(Zeroizing<Vec<u8>>, u32)> {
    let file = fs::File::open(path)?;
    let mode = file.metadata()?.permissions().mode();
    let most = MAX_FILE_LEN.saturating_add(1);
    // As long as it can become: what grows leaves copies of a secret behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(most));
    file.take(u64::try_from(most).unwrap_or(u64::MAX)).read_to_end(&mut bytes)?;
    Ok((bytes, mode))
}

/// Longer, a renewed certificate is noticed later. Shorter, a machine that could sleep does not.
const INTERVAL: Duration = Duration::from_secs(2);
/// Longer, a keeper whose server does not listen stays; a server that is busy listens within milliseconds.
const PATIENCE: Duration = Duration::from_secs(30);
/// The right of everybody to read.
const OTHERS: u32 = 0o004;

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn what_links_point_to_can_be_read_too() {
        let root = std::env::temp_dir().join(format!("zooo-keeper-{}", std::process::id()));
        drop(fs::remove_dir_all(&root));
        fs::create_dir_all(root.join("archive")).unwrap();
        fs::create_dir_all(root.join("live")).unwrap();
        fs::write(root.join("archive/key1.pem"), "x").unwrap();
        symlink("../archive/key1.pem", root.join("live/key.pem")).unwrap();
        let link = root.join("live/key.pem");
        let found = folders(&[&link, Path::new("bare.pem")]);
        let archive = fs::canonicalize(root.join("archive")).unwrap();
        assert_eq!(found, [root.join("live"), PathBuf::from("."), archive]);
        fs::remove_dir_all(&root).unwrap();
    }

    #[test]
    fn what_cannot_be_read_is_told_with_its_reason() {
        let (none, long) = (Path::new("no such file"), Path::new("/dev/zero"));
        let read = |certificate, key| Files { certificate, key }.read();
        let missing = |file| Frame::Unreadable { file, error: libc::ENOENT };
        assert!(read(none, long) == missing(File::Certificate));
        assert!(read(long, none) == Frame::TooLong { file: File::Certificate });
        assert!(read(Path::new("/dev/null"), none) == missing(File::Key));
    }
}

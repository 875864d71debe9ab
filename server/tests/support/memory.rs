// SPDX-License-Identifier: EUPL-1.2
//! What lies in the memory of another process.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io;
use std::os::unix::fs::FileExt as _;

use super::secrets::Secret;

/// Looks for secrets in everything that a process can write to; where they are, and what they are.
///
/// An error where the system does not let this process look into the other.
pub fn find(process: u32, secrets: &[Secret]) -> io::Result<Vec<String>> {
    let memory = File::open(format!("/proc/{process}/mem"))?;
    let maps = fs::read_to_string(format!("/proc/{process}/maps"))?;
    let wanted = Wanted::new(secrets);
    let mut found = Vec::new();
    for line in maps.lines().filter(|line| line.contains(" rw")) {
        let (from, rest) = line.split_once('-').unwrap();
        let address = |text: &str| u64::from_str_radix(text, 16).unwrap();
        let to = address(rest.split(' ').next().unwrap());
        let mut bytes = vec![0; LONGEST];
        let mut at = address(from);
        while at < to {
            let len = usize::try_from(to - at).unwrap().min(CHUNK);
            // What was at the end of the chunk before begins this one.
            bytes.drain(..bytes.len() - LONGEST);
            bytes.resize(LONGEST + len, 0);
            if memory.read_exact_at(&mut bytes[LONGEST..], at).is_err() {
                // Unmapped since.
                break;
            }
            let name = line.split_whitespace().nth(5).unwrap_or("anonymous");
            let begin = at.wrapping_sub(u64::try_from(LONGEST).unwrap());
            wanted.search(&bytes, |what, offset| {
                let place = begin.wrapping_add(u64::try_from(offset).unwrap());
                found.push(format!("{what} at {place:#x}, {name} {from}"));
            });
            at += u64::try_from(len).unwrap();
        }
    }
    Ok(found)
}

/// Secrets by their beginnings.
struct Wanted<'secrets> {
    /// Whether any begins with these two bytes.
    begins: Vec<bool>,
    by_beginning: HashMap<[u8; 4], Vec<&'secrets Secret>>,
}

impl<'secrets> Wanted<'secrets> {
    fn new(secrets: &'secrets [Secret]) -> Self {
        let mut wanted = Self { begins: vec![false; 1 << 16], by_beginning: HashMap::new() };
        for secret in secrets {
            let beginning = *secret.bytes.first_chunk::<4>().unwrap();
            wanted.begins[usize::from(u16::from_be_bytes([beginning[0], beginning[1]]))] = true;
            wanted.by_beginning.entry(beginning).or_default().push(secret);
        }
        wanted
    }

    fn search(&self, bytes: &[u8], mut found: impl FnMut(&str, usize)) {
        for (at, pair) in bytes.windows(2).enumerate() {
            if !self.begins[usize::from(u16::from_be_bytes([pair[0], pair[1]]))] {
                continue;
            }
            let Some(beginning) = bytes[at..].first_chunk::<4>() else { continue };
            for secret in self.by_beginning.get(beginning).into_iter().flatten() {
                // What lies in the beginning as a whole was found in the chunk before.
                let is_new = at + secret.bytes.len() > LONGEST;
                if is_new && bytes[at..].starts_with(&secret.bytes) {
                    found(&secret.what, at);
                }
            }
        }
    }
}

const CHUNK: usize = 1 << 20;
/// At least as long as any secret.
const LONGEST: usize = 4_096;

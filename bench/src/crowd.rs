// SPDX-License-Identifier: EUPL-1.2
//! A crowd: people with a camera and no browser, for somebody to look at.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use shared::{MediaKind, RoomSecret};

use crate::{
    Fault,
    recording::{Recording, Show},
    run::{ATTENDANCE, clock, micros},
    sdp::{Form, Line},
    server::Conference as _,
    transport::{Identity, Transport},
    zooo::Zooo,
};

/// People in a room of a running zooo, who show a recorded picture as long as this lives.
#[derive(Debug)]
pub struct Crowd {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<Result<(), Fault>>>,
}

impl Crowd {
    /// Lets so many people into the room, one after the other, all with its bookmark; `picture` is the content of
    /// an IVF file of VP8 whose first frame is a key frame. Returns when all of them are inside and show it.
    pub fn enter(
        http: SocketAddr,
        bookmark: RoomSecret,
        people: u32,
        picture: &[u8],
    ) -> Result<Self, Fault> {
        let recording = Recording::read(picture)?;
        let identity = Identity::generate()?;
        let mut room = Zooo::of(http, bookmark);
        let mut inside = Vec::new();
        for number in 0..people {
            let any = IpAddr::V4(Ipv4Addr::UNSPECIFIED);
            let mut transport = Transport::open(&identity, any, number)?;
            let ssrc = 10_000 + number;
            let camera = Line { kind: MediaKind::Video, ssrc: Some(ssrc), form: Form::Single };
            let remote = room.publisher(&mut transport, &[camera])?;
            transport.connect(&identity, remote)?;
            room.start(inside.len())?;
            // Not all at one moment.
            let first = clock() + Duration::from_millis(100) * number / people;
            inside.push((transport, Show::new(recording.clone(), ssrc, first)));
            room.attend()?;
        }
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let thread = thread::Builder::new()
            .name("crowd".to_owned())
            .spawn(move || show(&mut room, &mut inside, &stopped))?;
        Ok(Self { stop, thread: Some(thread) })
    }

    /// Whether all of them are still there.
    pub fn is_whole(&self) -> bool {
        self.thread.as_ref().is_some_and(|thread| !thread.is_finished())
    }
}

impl Drop for Crowd {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Release);
        if let Some(thread) = self.thread.take() {
            // Whoever wants to know why it ended has asked before.
            drop(thread.join());
        }
    }
}

fn show(room: &mut Zooo, people: &mut [(Transport, Show)], stop: &AtomicBool) -> Result<(), Fault> {
    let mut buffer = [0; 2_048];
    let mut attended = Duration::ZERO;
    while !stop.load(Ordering::Acquire) {
        let now = clock();
        for (transport, show) in people.iter_mut() {
            show.advance(transport, now)?;
            while let Some(received) = transport.receive(&mut buffer) {
                let datagram = buffer.get_mut(..received.len).unwrap_or_default();
                transport.open_media(micros(now), datagram)?;
            }
        }
        room.attend()?;
        if now.saturating_sub(attended) >= ATTENDANCE {
            attended = now;
            people.iter().try_for_each(|(transport, _)| transport.check())?;
        }
        thread::sleep(PAUSE);
    }
    Ok(())
}

/// Longer, frames of many people come at once; shorter, the crowd takes the processor from who looks at it.
const PAUSE: Duration = Duration::from_millis(5);

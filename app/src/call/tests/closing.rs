// SPDX-License-Identifier: EUPL-1.2
//! Stories about a server that goes out of service.

use shared::{CloseReason, Refusal, ServerMessage, WaitingFor};

use super::{
    super::{Event, Intent},
    desk::{ADA, BOB, Desk},
};

/// In how many seconds it ends, as far as the person is told.
fn told(desk: &Desk) -> Option<u64> {
    desk.view().closing.map(|at| at.since(desk.now).as_secs())
}

#[test]
fn who_waits_at_the_door_of_a_meeting_is_told_too() {
    let mut desk = Desk::of(BOB);
    desk.join();
    desk.greet();
    desk.hear(ServerMessage::Closing { within: 900 });
    assert_eq!(told(&desk), None, "nobody has answered yet");
    desk.wait_for(WaitingFor::Admission);
    desk.hear(ServerMessage::Closing { within: 900 });
    assert_eq!(told(&desk), Some(900));
    desk.want(Intent::ReadClosing);
    assert_eq!(told(&desk), None);
    desk.welcome(&[ADA]);
    desk.hear(ServerMessage::Closing { within: 899 });
    assert_eq!(told(&desk), None, "what was read at the door is read inside");
    desk.hear(ServerMessage::Refused { reason: Refusal::OutOfService, pause: 0 });
    assert_eq!(told(&desk), None);
}

#[test]
fn an_end_that_was_read_is_not_told_again_and_another_one_is() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    desk.want(Intent::ReadClosing);
    desk.hear(ServerMessage::Closing { within: 900 });
    assert_eq!(told(&desk), Some(900), "what was not told is not read");
    desk.want(Intent::ReadClosing);
    desk.wait(10_500);
    desk.hear(ServerMessage::Closing { within: 889 });
    assert_eq!(told(&desk), None, "the same one, to the second");
    desk.hear(ServerMessage::Closing { within: 300 });
    assert_eq!(told(&desk), Some(300), "an earlier one");
    desk.want(Intent::ReadClosing);
    desk.hear(ServerMessage::Closing { within: 900 });
    assert_eq!(told(&desk), Some(900), "a later one");
}

#[test]
fn on_another_line_it_counts_when_it_is_said_again() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    desk.hear(ServerMessage::Closing { within: 900 });
    desk.happen(Event::SocketClosed);
    assert_eq!(told(&desk), Some(900), "nothing else is known");
    desk.greet();
    desk.welcome(&[ADA]);
    assert_eq!(told(&desk), None, "it may be another server");
    desk.hear(ServerMessage::Closing { within: 890 });
    assert_eq!(told(&desk), Some(890));
}

#[test]
fn who_comes_back_is_not_told_of_the_end_of_another_server() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    desk.hear(ServerMessage::Closing { within: 900 });
    desk.want(Intent::Leave);
    desk.hear(ServerMessage::Closed { reason: CloseReason::Left });
    desk.want(Intent::Return);
    desk.join();
    assert_eq!(told(&desk), None);
}

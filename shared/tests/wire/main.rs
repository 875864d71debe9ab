// SPDX-License-Identifier: EUPL-1.2
//! The JSON of every message is exactly this: strict towards the server, tolerant in the page,
//! bounded in both directions.

#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod documents;
mod random;
mod strict;
mod to_the_page;
mod to_the_server;
mod tolerant;

use serde::{Serialize, de::DeserializeOwned};
use shared::{
    ChatText, DisplayName, GuestMark, InvitationKey, LiveLine, Mid, ParticipantId, Reaction,
    RoomId, RoomSecret, Sdp, SealedLine, SealedProfile, SealedReaction, SealedText,
};

/// The value is written as exactly this text, and the text is read as exactly this value.
#[track_caller]
fn golden<T: core::fmt::Debug + DeserializeOwned + PartialEq + Serialize>(value: &T, text: &str) {
    assert_eq!(serde_json::to_string(value).unwrap(), text);
    assert_eq!(read::<T>(text).as_ref(), Some(value));
}

fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_str(text).ok()
}

fn mid(text: &str) -> Mid {
    Mid::parse(text).unwrap()
}

fn sdp() -> Sdp {
    Sdp::new("v=0\r\n".into()).unwrap()
}

/// The room of all sevens.
fn room() -> (RoomSecret, InvitationKey, RoomId) {
    let secret = RoomSecret::from_random([7; 32]);
    let (key, id) = (secret.invitation_key(), secret.moderator_key().room_id());
    (secret, key, id)
}

/// Ada, sealed with a nonce of fives.
fn profile() -> SealedProfile {
    let (_, key, room) = room();
    SealedProfile::seal(&DisplayName::from_typed("Ada"), &key, room, [5; 12])
}

/// The mark of everybody invited there.
fn mark() -> GuestMark {
    room().1.guest_key().mark()
}

/// What Ada, who is the first, writes; sealed with a nonce of fives.
fn words() -> SealedText {
    let (_, key, room) = room();
    let text = ChatText::from_typed("Hello, Bob!").unwrap();
    SealedText::seal(&text, &key, (room, ParticipantId(1)), [5; 12])
}

/// What Ada is writing.
fn line() -> SealedLine {
    let (_, key, room) = room();
    SealedLine::seal(&LiveLine::from_typed("Hel"), &key, (room, ParticipantId(1)), [5; 12])
}

/// Ada claps.
fn applause() -> SealedReaction {
    let (_, key, room) = room();
    SealedReaction::seal(Reaction::Applause, &key, (room, ParticipantId(1)), [5; 12])
}

const LINE: &str = "BQUFBQUFBQUFBQUFAswtH-ZfLK_l7J3Xyte7p8WQjShDgcsFR-too8ZLp5VfHRXXxEYZ5TsZgp2e5Klb8YfFhWX950-gid8NhwTyv2M2JZ65ai6KrOTzPBx2uIYH1XB3FhQkhRbWkzxb4b8tQ4zPbFysq5LPrd01Igw55vyMf6QaXtf8_9lyaL2wAsrtRIDM4y6Pz-rQTHCOqhAleHRiw_EAFKp8Z3lP-0oJX7fVaEJTrz7uVoX_vtux5i36KffK9-_hab6iWsUPt-pXFbLytaJyTu8kBHK_u78uODO-AiVbtgOSkQVjjKHJG-WBJWUmPsj2Cdsluw7dYljHbIe2_Ymz73kSN_yx-TIX63SBp_rg8SADhOZzewqoo7s";
const APPLAUSE: &str = "BQUFBQUFBQUFBQUF3_6FmD8WnXo7NEyHtKn_jLE";
const SEVENS: &str = "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc";
const PROFILE: &str = "BQUFBQUFBQUFBQUF_twYkOv0vahjI4vZ2UdCGh86SL-_B_10k0iEh3r4bhI3gFcJEifkSRh6FyiXeW16AODQFcIJZcfMG6-4r6s_qhl47UyeOvUuvBioR_4oKbsj7NJFZ47Tn-un2ar8yholndBYAm1OmChbVKb12oGdH7A";
const KEY: &str = "GRydU8YkZrAEzOLbTW9YbawDVpaeVkwKCmjGnMGTD0M";
const SIGNATURE: &str =
    "eIa60xjPOq0HPklOWO9oPudl3nPxJwPHmPIWCOZfjir6d7hxvoS9RPs5c8N9f2-qJX7H6jewumbsoMo4CK6GDA";
const MARK: &str = "7Q13WZNNhO2bXQFlS7dsdFzPnxkiPXNOKW9qPvQo120";
const GUEST_SIGNATURE: &str =
    "ZwukdxIyeJTcyHi-8dW4TMZnQIGhNK3CSVV5D5G4FHFCTht1-GQYLMMVFxiktEwAc9hUWQooLdRPaz0jlY53CA";
const TICKET: &str = "GRydU8YkZrAEzOLbTW9YbawDVpaeVkwKCmjGnMGTD0MFBQUFBQUFBQUFBQUFBQUFAAAAAGtJ0gCDc35OQ2sBxcm_rT-2fHPkHW-jzvSQ54fg-Sd73-bgyTAFWemzXt8i0GmC6JMfOJD9lGT4tgli3-rkhV7bc8gI";
const LICENCE: &str = "AB4AAAAAa0nSAAAAAAAAABJnKvk5zynBLkuYN6-O1_IlF-Jn5-FoPmbzunGTur7Br-vaBFNDUIvUkEBNIid9FCIEaPyWURYLPMr0ZIOKW4F_Ag";
const WORDS: &str = "BQUFBQUFBQUFBQUFO293-NQ-R9IOMr_0XUHIJA38y2Z9KT4xVmtNGVySxZOJ1Lpe3jPOdK03r1Bs1zzn-wdC39H_CzralRkFs2e6aLeZpqvnodL6ZKQsTrKpaC43oSsIn2z2qhg9dJEQ2oPKuDQi6PgWI_UIZdI9vh3D3xoLEZcqcuMA0MJ6N3yGJpWjKmvN1RtazXisuMWtPDJeibqDRy3bUVlgkx48KE0BHvI0QVVuJmiV5lTDTcQ7ZyABCvM4fvlKFVfaFUJYkqyoFrmxATA8YHjZl9LpVoYXMFuijXzUfXqFYS1AAEC6OU4gIoU6nqJEhWjcMVGfEQr26B3gsl-uYVeuUUbS9HpwHxYY-yMNEFVtUCVMDxAfSaw";

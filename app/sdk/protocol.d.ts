// SPDX-License-Identifier: EUPL-1.2
// Written out of shared/src/embed.rs: ZOOO_GOLDEN=write cargo test -p shared --lib embed

/**
 * What the host page says.
 */
export type HostMessage = { "type": "hello", 
/**
 * The versions.
 */
versions: Array<number>, } | { "type": "command", 
/**
 * Chosen by the host page; the answer carries it.
 */
id: number, 
/**
 * What.
 */
command: Command, };

/**
 * What a host page can want. Nothing of it switches a device on.
 */
export type Command = { "name": "mute_microphone", } | { "name": "stop_camera", } | { "name": "stop_sharing", } | { "name": "hang_up", } | { "name": "set_layout", 
/**
 * Which.
 */
layout: Layout, } | { "name": "set_language", 
/**
 * Which.
 */
language: Language, } | { "name": "set_theme", 
/**
 * Which.
 */
theme: Theme, } | { "name": "pin", 
/**
 * Whose.
 */
participant: ParticipantId, 
/**
 * Whether the screen that they share is meant, not they themselves.
 */
screen: boolean, 
/**
 * Whether it is kept large.
 */
pinned: boolean, } | { "name": "admit", 
/**
 * Whom.
 */
participant: ParticipantId, } | { "name": "refuse", 
/**
 * Whom.
 */
participant: ParticipantId, } | { "name": "open_panel", 
/**
 * Which.
 */
panel: Panel, } | { "name": "close_panel", } | { "name": "set_name", 
/**
 * The name.
 */
display_name: string, } | { "name": "enter", };

/**
 * Who is large.
 */
export type Layout = "grid" | "speaker";

/**
 * A language of the page.
 */
export type Language = "de" | "en";

/**
 * The colours of the page.
 */
export type Theme = "auto" | "light" | "dark";

/**
 * What can be open beside the pictures.
 */
export type Panel = "people" | "chat" | "evidence";

/**
 * What the meeting says.
 */
export type FrameMessage = { "type": "welcome", 
/**
 * The highest that both speak.
 */
version: number, } | { "type": "unsupported", 
/**
 * Those that could be.
 */
versions: Array<number>, } | { "type": "done", 
/**
 * Which.
 */
id: number, } | { "type": "refused", 
/**
 * Which.
 */
id: number, 
/**
 * Why.
 */
reason: Reason, } | { "type": "event", 
/**
 * What.
 */
event: Event, };

/**
 * Why a command is not carried out.
 */
export type Reason = "unknown" | "not_now" | "not_allowed" | "nobody" | "person_decides" | "too_many";

/**
 * What happens in the meeting. Each replaces the one of its name before.
 */
export type Event = { "name": "ready", 
/**
 * What the host page does not pass on to its frame: `allow` or `sandbox` lacks it.
 */
withheld: Array<Feature>, } | { "name": "gate", } | { "name": "entering", } | { "name": "waiting", 
/**
 * For whom.
 */
for_whom: Awaited, } | { "name": "joined", 
/**
 * By what number the room knows them.
 */
participant: ParticipantId, } | { "name": "paused", } | { "name": "connection", 
/**
 * Whether it is lost.
 */
lost: boolean, } | { "name": "left", 
/**
 * Why.
 */
reason: LeftReason, 
/**
 * What was refused, where it was.
 */
refusal?: Refusal, } | { "name": "people", 
/**
 * Everybody.
 */
people: Array<Person>, } | { "name": "devices", 
/**
 * Their microphone.
 */
microphone: DeviceState, 
/**
 * Their camera.
 */
camera: DeviceState, 
/**
 * Their screen.
 */
screen: DeviceState, } | { "name": "knock", 
/**
 * Everybody at the door.
 */
knocks: Array<Knocker>, } | { "name": "speaking", 
/**
 * By their numbers.
 */
participants: Array<ParticipantId>, } | { "name": "quality", 
/**
 * How well.
 */
quality: Quality, } | { "name": "error", 
/**
 * What.
 */
error: Fault, };

/**
 * What a host page passes on to a frame, with `allow` or `sandbox`.
 */
export type Feature = "camera" | "microphone" | "display-capture" | "autoplay" | "fullscreen" | "allow-popups";

/**
 * Who is waited for.
 */
export type Awaited = "moderator" | "admission";

/**
 * Why it is over.
 */
export type LeftReason = "left" | "removed" | "ended" | "abandoned" | "replaced" | "refused" | "unreachable" | "failed";

/**
 * What the server did not grant; the connection ends with it.
 */
export type Refusal = "turned_away" | "full" | "wrong_proof" | "locked" | "too_soon" | "personal_only" | "wrong_ticket" | "ticket_expired" | "ticket_used" | "unlicensed" | "licence_expired" | "weak_cipher" | "unusable_offer" | "out_of_service" | "busy" | "crowded" | "unknown";

/**
 * Somebody inside.
 */
export type Person = { 
/**
 * By what number the room knows them, as long as they stay.
 */
participant: ParticipantId, 
/**
 * Whether they are the person at this screen.
 */
own: boolean, 
/**
 * What they may do.
 */
role: Role, 
/**
 * The name of the person at this screen, if they agreed that this page learns it. Nobody can agree for others.
 */
display_name?: string, };

/**
 * Somebody at the door.
 */
export type Knocker = { 
/**
 * By what number the room knows them.
 */
participant: ParticipantId, 
/**
 * Whether they showed to hold the room's invitation.
 */
invited: boolean, 
/**
 * Whether they showed a personal invitation.
 */
personal: boolean, 
/**
 * Whether their tab was removed from the room before.
 */
removed: boolean, };

/**
 * What a device of the person at this screen does.
 */
export type DeviceState = "off" | "starting" | "preview" | "on" | "held";

/**
 * How well somebody is connected.
 */
export type Quality = "good" | "fair" | "poor";

/**
 * What went wrong.
 */
export type Fault = { "kind": "device", 
/**
 * Which.
 */
device: OwnDevice, 
/**
 * Why.
 */
failure: DeviceFailure, } | { "kind": "flooded", };

/**
 * A device of the person at this screen.
 */
export type OwnDevice = "microphone" | "camera" | "screen";

/**
 * Why a device did not switch on.
 */
export type DeviceFailure = "embedding" | "denied" | "missing" | "in_use" | "failed";

/**
 * One person on one device for one stay. Minted by the room, never reused while the room lives.
 */
export type ParticipantId = number;

/**
 * What a participant may do; each role may do all that the one before it may.
 */
export type Role = "participant" | "presenter" | "moderator";

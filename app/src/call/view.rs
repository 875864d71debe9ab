// SPDX-License-Identifier: EUPL-1.2
//! Everything the screen may show of a call, in the words of the screen.

use shared::{
    Act, ChatText, CloseReason, DisplayName, Judged, LiveLine, Mid, Moderation, ParticipantId,
    Reaction, Refusal, Role, RoomRules, Source, Timestamp,
};

use super::{
    CaptureFailure, Device, DeviceId, HostView, Layout, PersonalLink, Processing, Proof, Rect, Weak,
};

/// One picture of the call. Two equal views look the same.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct CallView {
    /// Which screen.
    pub screen: Screen,
    /// Whether this person came with the room's bookmark.
    pub holder: bool,
    /// Whether this person holds the room's invitation: without it they read nobody, and nobody reads
    /// them. The bookmark holds it too.
    pub invited: bool,
    /// What this person may do; `Participant` outside.
    pub role: Role,
    /// What is decided for the whole room.
    pub rules: RoomRules,
    /// Their own microphone.
    pub microphone: SourceView,
    /// Whether their microphone waits for a key to be held.
    pub push_to_talk: bool,
    /// What is done with its sound.
    pub processing: Processing,
    /// Their own camera.
    pub camera: SourceView,
    /// Whether its background is out of focus; `None` where it cannot be.
    pub blurred: Option<bool>,
    /// Their own screen, as they share it.
    pub sharing: SourceView,
    /// What is to be heard with it, where the browser gives that.
    pub screen_sound: SourceView,
    /// Whether their own hand is up.
    pub hand: bool,
    /// Where they hear the others.
    pub speaker: SpeakerView,
    /// Every device the browser tells of.
    pub devices: Vec<Device>,
    /// How the person looks at the conference.
    pub stage: StageView,
    /// The tiles of the conference: shared screens first, then the own one, then the others in order
    /// of arrival. Where each stands is another matter.
    pub tiles: Vec<TileView>,
    /// Everybody inside: raised hands first, in the order in which they were raised, then the person
    /// at this screen, then the others in order of arrival.
    pub people: Vec<PersonView>,
    /// For moderators: who knocks, in order of arrival.
    pub knocks: Vec<KnockView>,
    /// What was written since this page entered, in order.
    pub chat: Vec<ChatView>,
    /// What this person wrote and nobody has said yet, in order: the line is lost, or it was too much at
    /// once.
    pub unsent: Vec<ChatText>,
    /// What is said for the moment.
    pub moment: MomentView,
    /// Whether so much is on its way that nothing more can be written.
    pub chat_is_full: bool,
    /// The personal invitations made at this page, without the origin, in the order they were made.
    pub invitations: Vec<PersonalLink>,
    /// What was found to protect the meeting when the browser last looked; empty before.
    pub proofs: Vec<Proof>,
    /// How the server said at that moment to stand to each criterion of data protection.
    pub judged: Vec<Judged>,
    /// When the server goes out of service, by the time since the page was opened; nothing while it does not, or once
    /// that has been read.
    pub closing: Option<Timestamp>,
    /// What the person is to see of the page that embeds this one, where one does.
    pub host: Option<HostView>,
    /// After the end: whether the gate is open again. It may open later, by itself.
    pub may_return: bool,
}

/// Which screen is shown.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Screen {
    /// Before the room: devices and name.
    #[default]
    Gate,
    /// Asked to enter; the server has not answered yet.
    Entering,
    /// Begins when a moderator is here.
    WaitingModerator,
    /// A moderator decides.
    WaitingAdmission,
    /// Inside, while no moderator is: nothing is transmitted, everybody keeps their place.
    Paused {
        /// Whether the line is lost and being mended.
        reconnecting: bool,
    },
    /// Inside. `reconnecting`: the line is lost and being mended; the room is still shown.
    Conference {
        /// Whether the line is lost.
        reconnecting: bool,
    },
    /// Over.
    Ended(EndReason),
}

/// Why it is over.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum EndReason {
    /// The person left.
    Left,
    /// The server did not grant the entry. Another knock may be in vain for a while.
    Refused(Refusal),
    /// The server ended the connection.
    Closed(CloseReason),
    /// The server could not be reached again in time.
    Unreachable,
    /// What only a conference needs could not be had. Loading the page again brings another one.
    Incomplete,
}

/// One of the person's own sources.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct SourceView {
    /// Whether the device runs: its light is on. In the conference this is also whether it is sent, unless it is
    /// `withheld`.
    pub on: bool,
    /// Whether it runs and nothing of it is sent, until a key is held.
    pub withheld: bool,
    /// Whether it is being switched on.
    pub starting: bool,
    /// At the gate: whether it will be transmitted from the moment of entry.
    pub transmit_on_entry: bool,
    /// The chosen device, or the one that runs.
    pub device: Option<DeviceId>,
    /// Why it did not switch on, until the next attempt.
    pub failure: Option<CaptureFailure>,
    /// Whether it ended by itself: unplugged, permission withdrawn, or the browser's own button.
    pub vanished: bool,
    /// Whether it comes from another device than was chosen, because that one is gone.
    pub replaced: bool,
    /// Who switched it off, until it is on again or the person has read it.
    pub silenced: Option<Silencer>,
    /// What the person is to know of a microphone that runs.
    pub hint: Option<MicrophoneHint>,
}

/// Where sounds are played.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct SpeakerView {
    /// The chosen device; empty is the browser's choice.
    pub device: DeviceId,
    /// Whether the one that was chosen is gone, until another is.
    pub vanished: bool,
}

/// What is known of a microphone that runs, from how loud it is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum MicrophoneHint {
    /// Nothing at all comes from it.
    Silent,
    /// Somebody seems to speak, and nothing of it is sent.
    Unheard,
}

/// Who switched somebody's source off.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Silencer {
    /// A moderator; by name, which is empty if none was given, and `None` when it cannot be read.
    Moderator(Option<DisplayName>),
    /// The room: it is paused, or does not allow it to this person.
    Room,
}

/// One picture of the conference, or the place for it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TileView {
    /// Whose, and whether it is their screen.
    pub key: TileKey,
    /// Whether it is the person at this screen.
    pub own: bool,
    /// Where it stands; `None` when it is on another page or left out.
    pub place: Option<Rect>,
    /// Whether it is larger than others.
    pub large: bool,
    /// Whether it stays large.
    pub pinned: bool,
    /// The name; empty when none was given. `None` when it cannot be read.
    pub name: Option<DisplayName>,
    /// Whether they run the room: the star.
    pub moderator: bool,
    /// Whether their microphone is off.
    pub muted: bool,
    /// Their place among the raised hands, from 1.
    pub hand: Option<usize>,
    /// Whether their connection is lost and their seat kept.
    pub away: bool,
    /// Whether they speak.
    pub speaking: bool,
    /// That their connection is not good. Nothing is said of a screen's, nor of who is away.
    pub weak: Option<Weak>,
    /// What the picture comes from; `None` when there is none.
    pub picture: Option<Picture>,
}

/// How the person at this screen looks at the conference.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct StageView {
    /// What is chosen.
    pub layout: Layout,
    /// Which page, from 0.
    pub page: usize,
    /// How many pages there are.
    pub pages: usize,
    /// Where pages are turned, if there are several.
    pub pager: Option<Rect>,
    /// The tile that matters most: somebody else's.
    pub leading: Option<TileKey>,
    /// Whether the own face is left out.
    pub hides_self: bool,
    /// Whether the own picture is shown as others see it, and not as a mirror does.
    pub unmirrored: bool,
}

/// Which tile: everybody has one, and one more for a screen they share.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct TileKey {
    /// Whose.
    pub id: ParticipantId,
    /// Whether it is their screen.
    pub screen: bool,
}

/// Somebody inside, as the list of people shows them.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PersonView {
    /// Who.
    pub id: ParticipantId,
    /// Whether it is the person at this screen.
    pub own: bool,
    /// The name; empty when none was given. `None` when it cannot be read.
    pub name: Option<DisplayName>,
    /// Whether somebody else inside or at the door has the same name.
    pub duplicate: bool,
    /// What they may do.
    pub role: Role,
    /// Whether they hold the bookmark.
    pub holder: bool,
    /// Their place among the raised hands, from 1.
    pub hand: Option<usize>,
    /// What they transmit.
    pub live: Vec<Source>,
    /// Whether their connection is lost and their seat kept.
    pub away: bool,
    /// What the person at this screen can do about them as a moderator, in the order of the buttons.
    /// Each is good for something right now.
    pub acts: Vec<Moderation>,
}

/// Something that somebody wrote.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ChatView {
    /// Counts the lines of this page.
    pub line: u64,
    /// Whether the person at this screen wrote it.
    pub own: bool,
    /// The writer's name, as it was then; `None` when it cannot be read.
    pub name: Option<DisplayName>,
    /// What; `None` when it cannot be read.
    pub text: Option<ChatText>,
}

/// What is said for the moment: reactions, and lines while they are written.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct MomentView {
    /// What is shown, by whom; each person at most once.
    pub reactions: Vec<(ParticipantId, Reaction)>,
    /// What of it was read out last.
    pub reactions_told: Option<ReactionsTold>,
    /// Whether others may read along while this person writes.
    pub rtt: bool,
    /// Their line, as others have it; empty when there is none.
    pub own_line: LiveLine,
    /// What others are writing, in order of their arrival.
    pub lines: Vec<LineView>,
    /// What of it was read out last.
    pub line_told: Option<LineTold>,
}

/// Reactions that are read out together.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ReactionsTold {
    /// Counts what was read out.
    pub number: u64,
    /// How many people showed them.
    pub people: usize,
    /// The name of the first, who may be the only one; `None` when it cannot be read.
    pub name: Option<DisplayName>,
    /// How many showed which.
    pub reactions: Vec<(Reaction, usize)>,
}

/// What somebody is writing.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct LineView {
    /// Who.
    pub id: ParticipantId,
    /// Their name; `None` when it cannot be read.
    pub name: Option<DisplayName>,
    /// The whole line, as it is now.
    pub text: LiveLine,
}

/// Words of somebody's line that are read out.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct LineTold {
    /// Counts what was read out.
    pub number: u64,
    /// The writer's name; `None` when it cannot be read.
    pub name: Option<DisplayName>,
    /// The words.
    pub text: LiveLine,
}

/// Where a picture comes from.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Picture {
    /// The own camera.
    Own,
    /// The own screen, as it is shared.
    OwnScreen,
    /// A slot of the peer connection.
    Slot(Mid),
}

/// Somebody at the door.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct KnockView {
    /// Who.
    pub id: ParticipantId,
    /// The name, which may be empty; `None` when they did not show to hold the invitation.
    pub name: Option<DisplayName>,
    /// Whether somebody else inside or at the door has the same name.
    pub duplicate: bool,
    /// Whether they showed a personal invitation.
    pub personal: bool,
    /// Whether this tab was removed from the room before.
    pub removed: bool,
}

impl CallView {
    /// The view of one of the person's own sources.
    pub const fn source(&self, source: Source) -> &SourceView {
        match source {
            Source::Microphone => &self.microphone,
            Source::Camera => &self.camera,
            Source::Screen => &self.sharing,
            Source::ScreenSound => &self.screen_sound,
        }
    }

    /// Whether the person at this screen may do this now.
    pub fn may(&self, act: Act) -> bool {
        self.role.may(act, &self.rules)
    }
}

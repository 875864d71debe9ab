// SPDX-License-Identifier: EUPL-1.2
// The types of embed.mjs. What is said between page and frame is in protocol.d.ts, which is written out of the Rust code.
import type {
  Command,
  DeviceState,
  Event as FrameEvent,
  Language,
  Layout,
  Panel,
  ParticipantId,
  Person,
  Reason,
  Theme,
} from "./protocol";

export type * from "./protocol";

/** What can be left out of the interface. */
export type Part = "chat" | "hand" | "language" | "layout" | "reactions";

/** What can be restricted; nobody in the meeting loosens it. */
export type Restriction = "lobby" | "personal" | "share" | "chat";

export interface ZoooMeetingOptions {
  /** The link of the room: an invitation, or the bookmark of whoever runs it. */
  room: string;
  /** Where the frame is put. */
  parent: Element;
  language?: Language;
  theme?: Theme;
  /** Offered at the gate to whoever has typed no name. It is not part of the address. */
  name?: string;
  layout?: Layout;
  hide?: Part[] | string;
  restrict?: Restriction[] | string;
  /** "lobby" goes on without the gate, as long as no device is on. Then this page tells of data protection itself. */
  start?: "gate" | "lobby";
  /** What the frame is called for whoever does not see it. */
  title?: string;
  width?: string;
  height?: string;
  /** What is passed on to the frame; usually all that a meeting needs. */
  allow?: string[] | string;
  /** Puts the frame into a sandbox with these words; without, it has none: another origin is kept from this page anyway. */
  sandbox?: string[] | string;
}

/** What goes wrong on this side. */
export type OwnFault =
  | { kind: "silent" }
  | { kind: "sandbox"; missing: string[] }
  | { kind: "unsupported"; versions: number[] };

/** Every event, its own and those of the frame. */
export type ZoooEvent = FrameEvent | { name: "error"; error: OwnFault };

/** The event of a name. */
export type Named<N extends ZoooEvent["name"]> = Extract<ZoooEvent, { name: N }>;

/** Why a command was not carried out. */
export declare class ZoooRefusal extends Error {
  readonly reason: Reason | "closed" | "silent" | "unsupported";
}

export declare class ZoooMeeting extends EventTarget {
  constructor(options: ZoooMeetingOptions);
  readonly frame: HTMLIFrameElement | undefined;
  readonly stage: "gate" | "entering" | "waiting" | "joined" | "paused" | "left" | undefined;
  readonly people: Person[];
  readonly devices: { microphone: DeviceState; camera: DeviceState; screen: DeviceState };
  on<N extends ZoooEvent["name"]>(name: N, listener: (event: Named<N>) => void): () => void;
  on(name: "event", listener: (event: ZoooEvent) => void): () => void;
  muteMicrophone(): Promise<void>;
  stopCamera(): Promise<void>;
  stopSharing(): Promise<void>;
  hangUp(): Promise<void>;
  setLayout(layout: Layout): Promise<void>;
  setLanguage(language: Language): Promise<void>;
  setTheme(theme: Theme): Promise<void>;
  pin(participant: ParticipantId, which?: { screen?: boolean }): Promise<void>;
  unpin(participant: ParticipantId, which?: { screen?: boolean }): Promise<void>;
  admit(participant: ParticipantId): Promise<void>;
  refuse(participant: ParticipantId): Promise<void>;
  openPanel(panel: Panel): Promise<void>;
  closePanel(): Promise<void>;
  setName(name: string): Promise<void>;
  enter(): Promise<void>;
  execute(command: Command): Promise<void>;
  dispose(): void;
}

/** `<zooo-meeting room="…">`: attributes are the options, events are those of its meeting. */
export declare class ZoooMeetingElement extends HTMLElement {
  readonly meeting: ZoooMeeting | undefined;
}

export default ZoooMeeting;

declare global {
  interface HTMLElementTagNameMap {
    "zooo-meeting": ZoooMeetingElement;
  }
}

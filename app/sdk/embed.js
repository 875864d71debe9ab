// SPDX-License-Identifier: EUPL-1.2
// Puts a zooo meeting into a page: the class ZoooMeeting and the element <zooo-meeting>. It needs nothing else.
//
//   <script src="https://meet.example/embed.js"></script>                        a classic script
//   import { ZoooMeeting } from "https://meet.example/embed.mjs";                a module
//
// It speaks with its frame only, and only as long as that is of the origin of the room: docs/embedding.md.
(() => {
  "use strict";
  if (globalThis.ZoooMeeting) return;

  // The versions of the protocol that are spoken here.
  const VERSIONS = [1];
  // What a meeting needs of its frame. Without one of the first five it says what is missing.
  const ALLOW = [
    "camera",
    "microphone",
    "display-capture",
    "autoplay",
    "fullscreen",
    "picture-in-picture",
    "screen-wake-lock",
    "clipboard-write",
  ];
  // What a frame that has a `sandbox` has to allow. Without one of them it says less or nothing, so it is said here.
  const SANDBOX = ["allow-scripts", "allow-same-origin", "allow-popups"];
  // How long until a frame that has not answered is asked again, and until it is said to be silent; in milliseconds.
  const AGAIN = 400;
  const SILENT = 20_000;
  // How many commands wait for an answer at once; the frame hears some thirty at once, and ten a second from then on.
  const AT_ONCE = 8;

  const SENTENCES = {
    unknown: "the meeting does not know this command, or not with these arguments",
    not_now: "not on this screen of the meeting, or not while its connection is being mended",
    not_allowed: "the person at this screen has not the right to it",
    nobody: "there is nobody of this number in the meeting",
    person_decides: "only the person at this screen decides that",
    too_many: "too many commands at once",
    closed: "the meeting is not in this page any more",
    silent: "the meeting does not answer",
    unsupported: "the meeting speaks another version of the protocol",
  };

  // Why a command was not carried out: `reason` is a word, the message a sentence.
  class ZoooRefusal extends Error {
    constructor(reason) {
      super(SENTENCES[reason] ?? reason);
      this.name = "ZoooRefusal";
      this.reason = reason;
    }
  }

  const listed = (value) => (typeof value === "string" ? value.split(/[\s,.]+/) : (value ?? [])).filter(Boolean);

  // The address of the frame. Names do not stand in it: it is sent to the server.
  function address({ room, language, theme, hide, restrict }) {
    const url = new URL(room, globalThis.location?.href);
    if (!/^https?:$/.test(url.protocol)) throw new TypeError("a room is a link that begins with https://");
    const asks = { embed: "1", lang: language, theme, hide: listed(hide).join("."), restrict: listed(restrict).join(".") };
    for (const [name, value] of Object.entries(asks)) if (value) url.searchParams.append(name, value);
    return url;
  }

  class ZoooMeeting extends EventTarget {
    #frame;
    #origin;
    #options;
    #welcome = false;
    #number = 0;
    #waiting = [];
    #asked = new Map();
    #last = {};
    #began = Date.now();
    #timer;
    #entered = false;
    // Why nothing is answered any more.
    #lost;

    constructor(options) {
      super();
      const { parent, title = "Meeting", width = "100%", height = "100%", allow = ALLOW, sandbox } = options;
      const url = address(options);
      this.#options = options;
      this.#origin = url.origin;
      const frame = document.createElement("iframe");
      Object.assign(frame, { title, allow: listed(allow).join("; "), referrerPolicy: "no-referrer" });
      if (sandbox !== undefined) frame.setAttribute("sandbox", listed(sandbox).join(" "));
      Object.assign(frame.style, { border: "0", display: "block", width, height });
      frame.addEventListener("load", () => this.#begin());
      globalThis.addEventListener("message", this.#hear);
      this.#frame = frame;
      frame.src = url.href;
      parent.append(frame);
      this.#timer = setInterval(() => this.#ask(), AGAIN);
    }

    // The frame. What is in it belongs to another origin.
    get frame() {
      return this.#frame;
    }

    // Where the person is: "gate", "entering", "waiting", "joined", "paused", "left"; nothing before the meeting answers.
    get stage() {
      return this.#last.stage?.name;
    }

    // Everybody inside, as the meeting said last.
    get people() {
      return this.#last.people?.people ?? [];
    }

    // What the person has switched on, as the meeting said last.
    get devices() {
      const { microphone = "off", camera = "off", screen = "off" } = this.#last.devices ?? {};
      return { microphone, camera, screen };
    }

    // Calls `listener` with each event of this name. What is returned ends that.
    on(name, listener) {
      const heard = (event) => listener(event.detail);
      this.addEventListener(name, heard);
      return () => this.removeEventListener(name, heard);
    }

    muteMicrophone() {
      return this.execute({ name: "mute_microphone" });
    }
    stopCamera() {
      return this.execute({ name: "stop_camera" });
    }
    stopSharing() {
      return this.execute({ name: "stop_sharing" });
    }
    hangUp() {
      return this.execute({ name: "hang_up" });
    }
    setLayout(layout) {
      return this.execute({ name: "set_layout", layout });
    }
    setLanguage(language) {
      return this.execute({ name: "set_language", language });
    }
    setTheme(theme) {
      return this.execute({ name: "set_theme", theme });
    }
    pin(participant, { screen = false } = {}) {
      return this.execute({ name: "pin", participant, screen, pinned: true });
    }
    unpin(participant, { screen = false } = {}) {
      return this.execute({ name: "pin", participant, screen, pinned: false });
    }
    admit(participant) {
      return this.execute({ name: "admit", participant });
    }
    refuse(participant) {
      return this.execute({ name: "refuse", participant });
    }
    openPanel(panel) {
      return this.execute({ name: "open_panel", panel });
    }
    closePanel() {
      return this.execute({ name: "close_panel" });
    }
    setName(name) {
      return this.execute({ name: "set_name", display_name: name });
    }
    enter() {
      return this.execute({ name: "enter" });
    }

    // Says a command as the protocol has it. It is answered: the promise is fulfilled, or refused with a ZoooRefusal.
    execute(command) {
      return new Promise((done, refused) => {
        const lost = this.#frame ? this.#lost : "closed";
        if (lost) return refused(new ZoooRefusal(lost));
        this.#waiting.push({ command, done, refused });
        this.#send();
      });
    }

    // Takes the meeting out of the page. Whoever is in it leaves.
    dispose() {
      if (!this.#frame) return;
      clearInterval(this.#timer);
      globalThis.removeEventListener("message", this.#hear);
      this.#frame.remove();
      this.#frame = undefined;
      this.#fail("closed");
    }

    // The frame has loaded a page, perhaps anew: nothing that was said to the one before is answered.
    #begin() {
      const frame = this.#frame;
      if (!frame) return;
      this.#welcome = false;
      this.#lost = undefined;
      this.#began = Date.now();
      const lost = [...this.#asked.values()];
      this.#asked.clear();
      for (const { refused } of lost) refused(new ZoooRefusal("closed"));
      const missing = SANDBOX.filter((word) => frame.hasAttribute("sandbox") && !frame.sandbox.contains(word));
      if (missing.length > 0) this.#tell({ name: "error", error: { kind: "sandbox", missing } });
      this.#ask();
    }

    #ask() {
      // Whoever was silent may only have been slow.
      if (this.#welcome || (this.#lost && this.#lost !== "silent")) return;
      this.#say({ type: "hello", versions: VERSIONS });
      if (this.#began && Date.now() - this.#began > SILENT) {
        this.#began = 0;
        // No such server, no such origin on its operator's list, or a sandbox without a word that is needed.
        this.#lose("silent");
        this.#tell({ name: "error", error: { kind: "silent" } });
      }
    }

    // Only to the origin of the room: whatever else the frame has come to, it hears nothing.
    #say(message) {
      try {
        this.#frame?.contentWindow?.postMessage(JSON.stringify(message), this.#origin);
      } catch {
        // Of a frame that is just going.
      }
    }

    #send() {
      while (this.#welcome && this.#asked.size < AT_ONCE && this.#waiting.length > 0) {
        const id = (this.#number = (this.#number + 1) >>> 0);
        const next = this.#waiting.shift();
        this.#asked.set(id, next);
        this.#say({ type: "command", id, command: next.command });
      }
    }

    // Nothing is answered until the frame loads a page anew.
    #lose(reason) {
      this.#lost = reason;
      this.#fail(reason);
    }

    #fail(reason) {
      const all = [...this.#asked.values(), ...this.#waiting.splice(0)];
      this.#asked.clear();
      for (const { refused } of all) refused(new ZoooRefusal(reason));
    }

    #hear = ({ source, origin, data }) => {
      if (source !== this.#frame?.contentWindow || origin !== this.#origin || typeof data !== "string") return;
      let message;
      try {
        message = JSON.parse(data);
      } catch {
        return;
      }
      const asked = this.#asked.get(message.id);
      switch (message.type) {
        case "welcome":
          this.#welcome = true;
          this.#lost = undefined;
          break;
        case "unsupported":
          // The second of two hellos is answered, too.
          if (this.#lost === "unsupported") break;
          this.#welcome = false;
          this.#lose("unsupported");
          this.#tell({ name: "error", error: { kind: "unsupported", versions: message.versions } });
          break;
        case "done":
        case "refused":
          this.#asked.delete(message.id);
          if (message.type === "done") asked?.done();
          else asked?.refused(new ZoooRefusal(message.reason));
          break;
        case "event":
          this.#happened(message.event);
          break;
      }
      this.#send();
    };

    #happened(event) {
      const { name } = event;
      if (["gate", "entering", "waiting", "joined", "paused", "left"].includes(name)) this.#last.stage = event;
      this.#last[name] = event;
      if (event.error?.kind === "flooded") this.#lose("too_many");
      const { layout, name: called, start } = this.#options;
      const ignore = () => {};
      if (name === "gate") {
        if (called) this.setName(called).catch(ignore);
        if (start === "lobby" && !this.#entered) {
          this.#entered = true;
          this.enter().catch(ignore);
        }
      }
      if (name === "joined" && layout) this.setLayout(layout).catch(ignore);
      this.#tell(event);
    }

    #tell(event) {
      this.dispatchEvent(new CustomEvent(event.name, { detail: event }));
      this.dispatchEvent(new CustomEvent("event", { detail: event }));
    }
  }

  // <zooo-meeting room="https://meet.example/r/…#…" language="de" theme="dark" name="Ada">
  class ZoooMeetingElement extends (globalThis.HTMLElement ?? class {}) {
    static observedAttributes = ["room", "language", "theme", "layout"];
    #meeting;

    // The meeting in it; nothing while it is in no page or names no room.
    get meeting() {
      return this.#meeting;
    }

    connectedCallback() {
      const room = this.getAttribute("room");
      if (!room || this.#meeting) return;
      const options = { room, parent: this };
      for (const name of ["language", "theme", "name", "layout", "hide", "restrict", "start", "title", "width", "height", "allow", "sandbox"]) {
        if (this.hasAttribute(name)) options[name] = this.getAttribute(name);
      }
      if (!this.style.display) this.style.display = "block";
      this.#meeting = new ZoooMeeting(options);
      this.#meeting.on("event", (event) => {
        this.dispatchEvent(new CustomEvent(event.name, { detail: event }));
      });
    }

    disconnectedCallback() {
      this.#meeting?.dispose();
      this.#meeting = undefined;
    }

    attributeChangedCallback(attribute, before, now) {
      if (before === now || !this.isConnected) return;
      if (attribute === "room") {
        this.disconnectedCallback();
        this.connectedCallback();
        return;
      }
      const ignore = () => {};
      if (attribute === "language") this.#meeting?.setLanguage(now).catch(ignore);
      if (attribute === "theme") this.#meeting?.setTheme(now ?? "auto").catch(ignore);
      if (attribute === "layout") this.#meeting?.setLayout(now ?? "grid").catch(ignore);
    }
  }

  Object.assign(globalThis, { ZoooMeeting, ZoooRefusal, ZoooMeetingElement });
  globalThis.customElements?.define("zooo-meeting", ZoooMeetingElement);
})();

// SPDX-License-Identifier: EUPL-1.2
// How long it takes from the press on the button to the first picture of somebody else, and what happened in
// between. Injected at the gate, behind the witness.
const { witness } = window;
const at = {};
window.RTCPeerConnection = class extends window.RTCPeerConnection {
  constructor(...setup) {
    super(...setup);
    this.addEventListener("connectionstatechange", () => this.connectionState === "connected" && (at.connected ??= Date.now()));
  }
};

const look = () => {
  const video = document.querySelector("[data-testid=tile][data-self=false] video");
  if (video) video.requestVideoFrameCallback(() => (at.picture = Date.now()));
  else requestAnimationFrame(look);
};
look();

// Each step in milliseconds since the press, as far as they were taken.
witness.steps = () => {
  for (const { type, at: when } of [...witness.said, ...witness.heard]) at[type] ??= when;
  const steps = ["enter", "welcome", "offer", "answer", "connected", "picture"];
  return steps.map((step) => (step in at ? at[step] - witness.pressed : null));
};

// SPDX-License-Identifier: EUPL-1.2
// A line that can be cut. Injected at the gate.
let isCut = false;
const open = new Set();

window.WebSocket = class extends window.WebSocket {
  constructor(url, ...setup) {
    super(isCut ? new URL("/nowhere", url).href : url, ...setup);
    open.add(this);
  }
};

// Ends what there is, and lets nothing new through until it is mended.
window.cut = (to) => {
  isCut = to;
  if (isCut) open.forEach((socket) => socket.close());
};

// SPDX-License-Identifier: EUPL-1.2
// A browser without the strong cipher, as its page sees it: the offer is answered by the refusal.
// Injected while the gate is shown.
const send = WebSocket.prototype.send;
WebSocket.prototype.send = function (text) {
  if (JSON.parse(text).type !== "offer") return send.call(this, text);
  const refusal = { type: "refused", reason: "weak_cipher" };
  this.dispatchEvent(new MessageEvent("message", { data: JSON.stringify(refusal) }));
  this.close();
};

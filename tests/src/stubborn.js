// SPDX-License-Identifier: EUPL-1.2
// A browser that no page can bring to stop sending: what was once put on a line stays on it, and no
// device ends. Injected while the gate is shown.
const replace = RTCRtpSender.prototype.replaceTrack;
RTCRtpSender.prototype.replaceTrack = function (track) {
  return track ? replace.call(this, track) : Promise.resolve();
};
MediaStreamTrack.prototype.stop = () => {};

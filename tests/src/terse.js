// SPDX-License-Identifier: EUPL-1.2
// A browser that does not say in front of packets which frame they belong to, whatever its page wants. Injected while
// the gate is shown.
const choose = RTCRtpTransceiver.prototype.setHeaderExtensionsToNegotiate;
RTCRtpTransceiver.prototype.setHeaderExtensionsToNegotiate = function (extensions) {
  for (const extension of extensions) {
    if (extension.uri.includes("dependency-descriptor")) extension.direction = "stopped";
  }
  return choose.call(this, extensions);
};

// SPDX-License-Identifier: EUPL-1.2
// Devices that do not run. Injected while the gate is shown. Arguments: the name of the exception, its message, and
// what the browser calls itself, or null for what it really does.
const [name, message, agent] = arguments;
// Not every browser lets others make its own.
const overconstrained = () => {
  try {
    return new OverconstrainedError("deviceId", message);
  } catch {
    return { name, message, constraint: "deviceId" };
  }
};
const failures = { OverconstrainedError: overconstrained, TypeError: () => new TypeError(message) };
navigator.mediaDevices.getUserMedia = async () => {
  throw failures[name]?.() ?? new DOMException(message, name);
};
navigator.mediaDevices.getDisplayMedia = navigator.mediaDevices.getUserMedia;
if (agent) Object.defineProperty(navigator, "userAgent", { value: agent, configurable: true });

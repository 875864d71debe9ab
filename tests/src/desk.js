// SPDX-License-Identifier: EUPL-1.2
// Devices that a test plugs in and out, and a microphone that is as loud as the test wants it. Injected while the gate
// is shown.
if (window.desk) return;
const desk = { devices: [], asked: [], blurs: false, locks: { asked: 0, held: 0 } };
window.desk = desk;

// -- what is there

const real = navigator.mediaDevices.enumerateDevices.bind(navigator.mediaDevices);
navigator.mediaDevices.enumerateDevices = async () => {
  const added = desk.devices.map(([kind, deviceId, label]) =>
    Object.defineProperties(Object.create(MediaDeviceInfo.prototype), {
      kind: { value: kind },
      deviceId: { value: deviceId },
      label: { value: label },
    }),
  );
  return [...(await real()), ...added];
};

// These are there besides the real ones, from here on.
desk.has = (devices) => {
  desk.devices = devices;
  navigator.mediaDevices.dispatchEvent(new Event("devicechange"));
};

// -- what is captured

const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = async (wish) => {
  desk.asked.push(JSON.parse(JSON.stringify(wish)));
  const stream = await open(wish);
  const [camera] = stream.getVideoTracks();
  if (camera && desk.blurs) lets_blur(camera);
  return wish.audio && desk.tone ? desk.tone.stream : stream;
};

// The next microphone is silent until `desk.sounds` says otherwise: between 0 and 1.
desk.is_silent = () => {
  const context = new AudioContext();
  const [tone, volume, out] = [context.createOscillator(), context.createGain(), context.createMediaStreamDestination()];
  volume.gain.value = 0;
  tone.connect(volume).connect(out);
  tone.start();
  desk.sounds = (loudness) => (volume.gain.value = loudness);
  desk.tone = out;
};

// A camera whose background the platform can blur.
const lets_blur = (camera) => {
  const [capabilities, settings, apply] = ["getCapabilities", "getSettings", "applyConstraints"].map((name) =>
    camera[name].bind(camera),
  );
  let blurred = desk.asked.at(-1).video.backgroundBlur ?? false;
  camera.getCapabilities = () => ({ ...capabilities(), backgroundBlur: [false, true] });
  camera.getSettings = () => ({ ...settings(), backgroundBlur: blurred });
  camera.applyConstraints = async (wish) => {
    desk.applied = JSON.parse(JSON.stringify(wish));
    blurred = wish.backgroundBlur ?? blurred;
    const { backgroundBlur: _, ...rest } = wish;
    return apply(rest);
  };
  desk.camera = camera;
};

// -- whether the screen stays on

const request = navigator.wakeLock?.request.bind(navigator.wakeLock);
if (request)
  navigator.wakeLock.request = async (kind) => {
    desk.locks.asked += 1;
    const lock = await request(kind);
    desk.locks.held += 1;
    lock.addEventListener("release", () => (desk.locks.held -= 1), { once: true });
    return lock;
  };

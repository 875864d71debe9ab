// SPDX-License-Identifier: EUPL-1.2
// When flashes are seen and beeps are heard, in milliseconds of the clock that all browsers share. Injected
// behind the witness.
const { witness } = window;
const now = () => performance.timeOrigin + performance.now();
const claps = { seen: [], heard: [] };

// A flash begins with the first bright picture after dark ones.
const flashes = () => {
  const pen = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  let bright = true;
  return (picture, at) => {
    pen.drawImage(picture, 0, 0, 1, 1);
    const before = bright;
    bright = pen.getImageData(0, 0, 1, 1).data[1] > 140;
    if (bright && !before) claps.seen.push(at);
  };
};

// When it leaves the camera.
const film = async (track) => {
  const found = flashes();
  const pictures = new MediaStreamTrackProcessor({ track }).readable.getReader();
  for (;;) {
    const { value: picture, done } = await pictures.read();
    if (done) return;
    found(picture, now());
    picture.close();
  }
};

// When it is shown.
const see = (video) => {
  const found = flashes();
  const shown = (_, { expectedDisplayTime }) => {
    found(video, performance.timeOrigin + expectedDisplayTime);
    video.requestVideoFrameCallback(shown);
  };
  video.requestVideoFrameCallback(shown);
};

// A beep begins with the first loud piece of sound after quiet ones, at its first loud sample: when it leaves
// the microphone, or the buffer in which it waited to be played.
const hear = async (track) => {
  const pieces = new MediaStreamTrackProcessor({ track }).readable.getReader();
  let quiet = 0;
  for (;;) {
    const { value: piece, done } = await pieces.read();
    if (done) return;
    const at = now();
    const samples = new Float32Array(piece.numberOfFrames);
    const rate = piece.sampleRate;
    piece.copyTo(samples, { planeIndex: 0, format: "f32-planar" });
    piece.close();
    if (tone(samples, rate) < LOUD) {
      quiet += (1000 * samples.length) / rate;
      continue;
    }
    if (quiet > 300) claps.heard.push(at);
    quiet = 0;
  }
};

// The amplitude of the beep's tone (Goertzel): the hum, and speech, leave it alone.
const TONE = 2000;
const LOUD = 0.05;
const tone = (samples, rate) => {
  const turn = 2 * Math.cos((2 * Math.PI * TONE) / rate);
  let [last, before] = [0, 0];
  for (const sample of samples) [last, before] = [sample + turn * last - before, last];
  return (2 * Math.sqrt(Math.max(0, last * last + before * before - turn * last * before))) / samples.length;
};

// To the own camera and microphone.
witness.attendsToSelf = () => {
  const own = (kind) => witness.tracks.findLast((track) => track.kind === kind && track.readyState === "live");
  film(own("video"));
  hear(own("audio"));
  return true;
};

// To somebody else's picture, and to everything that sounds.
witness.attendsToOthers = () => {
  const video = document.querySelector("[data-testid=tile][data-self=false] video");
  const sounds = [...document.querySelectorAll("audio")].flatMap(({ srcObject }) => srcObject?.getAudioTracks() ?? []);
  if (!video || sounds.length === 0) return false;
  see(video);
  for (const track of sounds) hear(track);
  return true;
};

// What was seen and heard since the last call.
witness.claps = () => ({ seen: claps.seen.splice(0), heard: claps.heard.splice(0) });

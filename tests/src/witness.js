// SPDX-License-Identifier: EUPL-1.2
// What a page really does with devices, wires and pictures. Injected while the gate is shown,
// before the page has made a connection. Argument: the person whose camera the browser cannot
// play from a file, as { name, colour }, or null.
const [painter] = arguments;
if (window.witness) return;
const witness = { peers: [], tracks: [], said: [], heard: [], gone: [], pressed: 0 };
window.witness = witness;

// -- connections

window.RTCPeerConnection = class extends window.RTCPeerConnection {
  constructor(...setup) {
    super(...setup);
    witness.peers.push(this);
  }

  // By way of another address, if the test wants it so: `detour` is "ADDRESS PORT".
  setRemoteDescription({ type, sdp }) {
    const there = window.detour ? sdp.replace(/(udp \d+) \S+ \d+ typ host/g, `$1 ${window.detour} typ host`) : sdp;
    return super.setRemoteDescription({ type, sdp: there });
  }
};

const send = WebSocket.prototype.send;
WebSocket.prototype.send = function (text) {
  const message = JSON.parse(text);
  witness.said.push({ type: message.type, live: message.live ?? null, url: this.url, at: Date.now() });
  return send.call(this, text);
};

window.WebSocket = class extends window.WebSocket {
  constructor(...setup) {
    super(...setup);
    this.addEventListener("message", ({ data }) => witness.heard.push({ ...JSON.parse(data), at: Date.now() }));
  }
};

// -- devices

const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = async (wish) => {
  const stream = await open(wish);
  witness.tracks.push(...stream.getTracks());
  if (!painter) return stream;
  return new MediaStream(stream.getTracks().map((track) => (track.kind === "video" ? paint(track) : track)));
};

const share = navigator.mediaDevices.getDisplayMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getDisplayMedia = async (wish) => {
  const stream = await share(wish);
  witness.tracks.push(...stream.getTracks());
  return stream;
};

// A painted picture in place of the device's, which lives and ends as the device does.
const paint = (device) => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 640, height: 360 });
  const pen = canvas.getContext("2d");
  let number = 0;
  const draw = () => {
    pen.fillStyle = `rgb(${painter.colour})`;
    pen.fillRect(0, 0, 640, 360);
    pen.fillStyle = "white";
    pen.font = "220px sans-serif";
    pen.fillText(painter.name[0], 400, 260);
    pen.font = "48px sans-serif";
    pen.fillText(String((number += 1)), 60, 310);
  };
  draw();
  const [painted] = canvas.captureStream().getVideoTracks();
  const timer = setInterval(draw, 40);
  painted.stop = () => {
    clearInterval(timer);
    device.stop();
    MediaStreamTrack.prototype.stop.call(painted);
  };
  painted.getSettings = () => device.getSettings();
  witness.tracks.push(painted);
  return painted;
};

// -- what is done and seen

addEventListener("click", () => (witness.pressed = Date.now()), { capture: true });

new MutationObserver((changes) => {
  for (const change of changes)
    for (const node of change.removedNodes) {
      if (node.nodeType !== Node.ELEMENT_NODE) continue;
      const tiles = node.matches("[data-testid=tile]") ? [node] : node.querySelectorAll("[data-testid=tile]");
      for (const tile of tiles) witness.gone.push({ text: tile.textContent, at: Date.now() });
    }
}).observe(document, { childList: true, subtree: true });

witness.stats = async () => {
  const live = witness.peers.filter((peer) => peer.connectionState !== "closed");
  const reports = await Promise.all(live.map((peer) => peer.getStats()));
  return reports.flatMap((report) => [...report.values()]);
};

const canvas = Object.assign(document.createElement("canvas"), { width: 8, height: 8 });
const pen = canvas.getContext("2d", { willReadFrequently: true });
// The mean of the left upper quarter, without its edges.
const colour = (video) => {
  pen.drawImage(video, video.videoWidth * 0.05, video.videoHeight * 0.05, video.videoWidth * 0.4, video.videoHeight * 0.4, 0, 0, 8, 8);
  const sum = [0, 0, 0];
  pen.getImageData(0, 0, 8, 8).data.forEach((value, at) => at % 4 < 3 && (sum[at % 4] += value));
  return sum.map((component) => Math.round(component / 64));
};

// A picture is there when a track feeds it and it has a size.
const picture = (video, frames) => {
  const track = video?.srcObject?.getVideoTracks?.().find((track) => track.readyState === "live");
  if (!track || !video.videoWidth || video.getClientRects().length === 0) return null;
  const { videoWidth: width, videoHeight: height } = video;
  return { width, height, colour: colour(video), frames: frames.get(track.id) ?? null, playing: !video.paused };
};

// What an attribute says that is `true`, or merely there.
const says = (attribute) => attribute !== undefined && attribute !== "false";

witness.tiles = async () => {
  const inbound = (await witness.stats()).filter((stat) => stat.type === "inbound-rtp" && stat.kind === "video");
  const frames = new Map(inbound.map((stat) => [stat.trackIdentifier, stat.framesDecoded ?? 0]));
  return [...document.querySelectorAll("[data-testid=tile]")].map((tile) => ({
    text: tile.textContent.trim(),
    own: says(tile.dataset.self),
    screen: says(tile.dataset.screen),
    participant: Number(tile.dataset.participant?.replace(/\D/g, "")),
    away: tile.dataset.away === "true",
    picture: picture(tile.querySelector("video"), frames),
  }));
};

// Every slot that decodes pictures, shown or not.
witness.receiving = async () =>
  (await witness.stats())
    .filter((stat) => stat.type === "inbound-rtp" && stat.kind === "video" && stat.framesDecoded > 0)
    .map((stat) => ({ mid: stat.mid, frames: stat.framesDecoded }));

// Every picture that comes, by its slot; how many bytes went; and every encoding that goes.
witness.incoming = async () =>
  (await witness.stats())
    .filter((stat) => stat.type === "inbound-rtp" && stat.kind === "video" && stat.packetsReceived > 0)
    .map(({ mid, frameHeight, framesDecoded, bytesReceived }) => ({ mid, lines: frameHeight ?? 0, frames: framesDecoded ?? 0, bytes: bytesReceived }));
witness.bytesSent = async () =>
  (await witness.stats())
    .filter((stat) => stat.type === "outbound-rtp")
    .reduce((sum, { bytesSent, headerBytesSent }) => sum + (bytesSent ?? 0) + (headerBytesSent ?? 0), 0);
witness.outgoing = async () =>
  (await witness.stats())
    .filter((stat) => stat.type === "outbound-rtp" && stat.kind === "video" && stat.packetsSent > 0)
    .map(({ rid, frameHeight, packetsSent }) => ({ rid: rid ?? "", lines: frameHeight ?? 0, packets: packetsSent }));

// Looks at the largest picture of somebody else's: `stood` says for how many milliseconds it stood still at
// most since the last call.
witness.look = () => {
  const size = (video) => video.getClientRects()[0]?.height ?? 0;
  const videos = [...document.querySelectorAll("[data-testid=tile]:not([data-self=true]) video")];
  const [video] = videos.sort((one, other) => size(other) - size(one));
  let last = performance.now();
  let longest = 0;
  const shown = (now) => {
    longest = Math.max(longest, now - last);
    last = now;
    video.requestVideoFrameCallback(shown);
  };
  video.requestVideoFrameCallback(shown);
  witness.stood = () => {
    const stood = Math.max(longest, performance.now() - last);
    longest = 0;
    return Math.round(stood);
  };
};

// All sound that came: what was played of it, and what had to be made up although somebody spoke.
witness.heardSoFar = async () =>
  (await witness.stats())
    .filter((stat) => stat.type === "inbound-rtp" && stat.kind === "audio" && stat.packetsReceived > 0)
    .map(({ totalSamplesReceived, concealedSamples, silentConcealedSamples }) => ({
      played: totalSamplesReceived ?? 0,
      made: (concealedSamples ?? 0) - (silentConcealedSamples ?? 0),
    }));

// -- how long something arrives

// Looks at every slot until `watched` is called: what each carried when the watch began, and when
// each of its counters grew last: that is when the browser counted, at most a look too late.
witness.watch = (sounds) => {
  const table = witness.heard.findLast(({ type }) => type === "slots")?.slots ?? [];
  const slots = new Map([...table, ...sounds].map(({ mid, participant, source }) => [mid, { participant, source, counters: {}, held: 0 }]));
  let looking = true;
  const look = async () => {
    while (looking) {
      for (const stat of await witness.stats()) {
        const slot = stat.type === "inbound-rtp" && slots.get(stat.mid);
        if (!slot) continue;
        const at = Math.round(stat.timestamp);
        holds(slot, stat);
        for (const [name, now] of Object.entries(counted(stat))) grows((slot.counters[name] ??= { now, at: 0, by: 0 }), now, at);
      }
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  };
  const done = look();
  witness.watched = async () => {
    looking = false;
    await done;
    return [...slots.values()];
  };
};

// Packets are what the server let through; the others are what a person saw and heard of it. Samples
// that a browser makes up for missing ones do not count: they fade over half a second.
const counted = ({ kind, packetsReceived, framesDecoded, jitterBufferEmittedCount }) => ({
  packets: packetsReceived ?? 0,
  decoded: (kind === "audio" ? jitterBufferEmittedCount : framesDecoded) ?? 0,
});

const grows = (counter, now, at) => {
  if (now > counter.now) Object.assign(counter, { now, at, by: counter.by + now - counter.now });
};

// For how many milliseconds the browser itself kept what came before it was played, at most: a listener
// with a busy machine hears late.
const holds = (slot, { jitterBufferDelay: delay = 0, jitterBufferEmittedCount: count = 0 }) => {
  const [delayed, counted] = slot.played ?? [delay, count];
  if (count > counted) slot.held = Math.max(slot.held, Math.round((1000 * (delay - delayed)) / (count - counted)));
  slot.played = [delay, count];
};

// Packets sent so far on each line that leads out, in all encodings.
witness.sent = async () => {
  const lines = new Map();
  for (const stat of await witness.stats())
    if (stat.type === "outbound-rtp") lines.set(stat.mid, (lines.get(stat.mid) ?? 0) + (stat.packetsSent ?? 0));
  return [...lines].map(([mid, packets]) => ({ mid, packets }));
};

// -- what is heard

// For every sound slot: how loud it became (RMS) and the level of each tone in dBFS. It is recorded
// and decoded, for Firefox starts no AudioContext on a machine without a sound card.
witness.listen = async (tones, duration) => {
  const slots = witness.peers
    .filter((peer) => peer.connectionState !== "closed")
    .flatMap((peer) => peer.getTransceivers())
    .filter(({ receiver }) => receiver.track.kind === "audio");
  return Promise.all(
    slots.map(async ({ mid, receiver }) => {
      const samples = await decoded(await recorded(receiver.track, duration));
      return { mid, loudness: loudest(samples, power), levels: tones.map((tone) => decibel(loudest(samples, at(tone)))) };
    }),
  );
};

const recorded = async (track, duration) => {
  const recorder = new MediaRecorder(new MediaStream([track]));
  const pieces = [];
  recorder.ondataavailable = ({ data }) => pieces.push(data);
  const stopped = new Promise((stop) => (recorder.onstop = stop));
  recorder.start();
  setTimeout(() => recorder.state !== "inactive" && recorder.stop(), duration);
  await stopped;
  return new Blob(pieces).arrayBuffer();
};

// A slot that never carried anything records nothing at all.
const decoded = async (recording) => {
  if (recording.byteLength === 0) return new Float32Array(0);
  const decoder = new OfflineAudioContext(1, 1, RATE);
  return decoder.decodeAudioData(recording).then(
    (sound) => sound.getChannelData(0),
    () => new Float32Array(0),
  );
};

const RATE = 48000;
const WINDOW = 8192;

// The highest value of a measure in windows of a sixth of a second, a beep has two of them.
const loudest = (samples, measure) => {
  let highest = 0;
  for (let from = 0; from + WINDOW <= samples.length; from += WINDOW / 2)
    highest = Math.max(highest, measure(samples.subarray(from, from + WINDOW)));
  return highest;
};

const power = (window) => Math.sqrt(window.reduce((sum, value) => sum + value * value, 0) / WINDOW);

// The amplitude at one frequency (Goertzel).
const at = (tone) => (window) => {
  const turn = 2 * Math.cos((2 * Math.PI * tone) / RATE);
  let [last, before] = [0, 0];
  for (const value of window) [last, before] = [value + turn * last - before, last];
  return (2 * Math.sqrt(Math.max(0, last * last + before * before - turn * last * before))) / WINDOW;
};

const decibel = (amplitude) => 20 * Math.log10(amplitude + 1e-10);

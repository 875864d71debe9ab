// SPDX-License-Identifier: EUPL-1.2
// A tab with small print on it, as it is captured and as it arrives: every sample of it. Injected into the
// page of a conference, behind the witness.

// Brightness (BT.601), row by row, one letter for each sample. They begin at 256: from there on no letter has
// a meaning of its own.
const brightness = (video) => {
  const { videoWidth: width, videoHeight: height } = video;
  const pen = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  pen.drawImage(video, 0, 0);
  const { data } = pen.getImageData(0, 0, width, height);
  const rows = [];
  for (let row = 0; row < height; row += 1) {
    const letters = new Uint16Array(width);
    for (let column = 0; column < width; column += 1) {
      const at = 4 * (row * width + column);
      letters[column] = 256 + Math.round(0.299 * data[at] + 0.587 * data[at + 1] + 0.114 * data[at + 2]);
    }
    rows.push(String.fromCharCode(...letters));
  }
  return { width, samples: rows.join("") };
};

// What is captured, before anything is encoded.
window.witness.capturedScreen = async () => {
  const track = window.witness.tracks.findLast(({ kind, readyState }) => kind === "video" && readyState === "live");
  const video = Object.assign(document.createElement("video"), { muted: true, srcObject: new MediaStream([track]) });
  await video.play();
  while (!video.videoWidth) await new Promise((next) => setTimeout(next, 20));
  const captured = brightness(video);
  video.srcObject = null;
  return captured;
};

// How it goes out, and how it comes in: what a likeness that is too small is explained by.
window.witness.screenFares = async () => {
  const told = ["qualityLimitationReason", "targetBitrate", "bytesSent", "retransmittedBytesSent", "framesEncoded", "framesSent", "qpSum",
    "keyFramesEncoded", "pliCount", "firCount", "nackCount", "bytesReceived", "packetsLost", "framesReceived", "framesDecoded",
    "keyFramesDecoded", "framesDropped", "freezeCount", "availableOutgoingBitrate"];
  const moving = (await witness.stats()).filter(({ type, kind, packetsSent, packetsReceived, nominated }) =>
    kind === "video" ? type.endsWith("bound-rtp") && (packetsSent || packetsReceived) : type === "candidate-pair" && nominated);
  return moving.map((stat) => told.filter((name) => stat[name] !== undefined).map((name) => `${name} ${stat[name]}`).join(", ")).join("; ");
};

// What is shown of somebody else's.
window.witness.shownScreen = () => {
  const video = document.querySelector("[data-testid=tile][data-screen=true] video");
  return video?.videoWidth ? brightness(video) : null;
};

// SPDX-License-Identifier: EUPL-1.2
// A tab that plays a tone and shows something that moves. Arguments: the title, the tone.
const [title, tone] = arguments;
document.title = title;
const context = new AudioContext();
const player = new OscillatorNode(context, { frequency: tone });
player.connect(new GainNode(context, { gain: 0.4 })).connect(context.destination);
player.start();
let turn = 0;
setInterval(() => (document.body.textContent = String((turn += 1))), 100);
document.body.style.cssText = "margin:0;font-size:200px;color:#fff;background:#203060";

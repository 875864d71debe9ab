// SPDX-License-Identifier: EUPL-1.2
// Small print in columns, on the page of that number; letters from 9 to 12 pixels. Arguments: the title, the number.
const [title, page] = arguments;
document.title = title;
let chance = page;
const drawn = (below) => (chance = (chance * 1103515245 + 12345) % 2147483648) % below;
const word = () => Array.from({ length: 2 + drawn(8) }, () => "etaoinshrdlucmfwypvbgkjqxz"[Math.min(drawn(26), drawn(26))]).join("");
const cell = () => (drawn(3) ? word() : (drawn(1000000) / 100).toFixed(2));
const line = () => {
  const row = document.createElement("div");
  row.style.fontSize = `${9 + drawn(4)}px`;
  row.textContent = Array.from({ length: 60 }, cell).join(" ");
  return row;
};
document.body.replaceChildren(...Array.from({ length: 120 }, line));
document.body.style.cssText = "margin:0;overflow:hidden;white-space:nowrap;font-family:sans-serif;line-height:1.25;color:#222;background:#fff";

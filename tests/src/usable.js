// SPDX-License-Identifier: EUPL-1.2
// Whether everything on the screen can be got at and read. Argument: what is looked for, by name.
const [asked] = arguments;
const found = [];
const root = document.querySelector("dialog:modal") ?? document.body;
const all = (selector) => [...root.querySelectorAll(selector)].filter(isShown);
const px = (number) => Math.round(number * 10) / 10;

function isShown(it) {
  if (it.closest(".unseen, [inert]") || !it.checkVisibility({ visibilityProperty: true })) return false;
  const { width, height } = it.getBoundingClientRect();
  return width > 0 && height > 0;
}

function name(it) {
  const id = it.dataset?.testid ?? it.closest("[data-testid]")?.dataset.testid ?? "";
  return `${it.localName}.${it.getAttribute("class") ?? ""} in ${id} ${JSON.stringify((it.innerText ?? "").slice(0, 40))}`;
}

// What is pressed: of a box to be ticked, its whole label.
function pressed(it) {
  return (it.matches("[type=radio], [type=checkbox]") && it.closest("label")) || it;
}

function controls() {
  return all("a[href], button, input, select, textarea, summary").filter((it) => !it.disabled);
}

// WCAG 2.2, 1.4.10: nothing is wider than the screen, and nothing scrolls sideways.
function overflow() {
  const { scrollWidth } = document.documentElement;
  if (scrollWidth > innerWidth) {
    const widest = all("*").filter((it) => it.getBoundingClientRect().right > innerWidth + 1).slice(0, 3);
    found.push(`the page is ${scrollWidth} wide on ${innerWidth}: ${widest.map(name).join("; ")}`);
  }
  for (const it of all("*")) {
    const scrolls = ["auto", "scroll"].includes(getComputedStyle(it).overflowX);
    if (scrolls && it.scrollWidth > it.clientWidth + 1) {
      found.push(`${name(it)} scrolls sideways: ${it.scrollWidth} on ${it.clientWidth}`);
    }
  }
}

// Every control can be brought to where it is seen and pressed, and nothing lies on it.
function reach() {
  for (const it of controls()) {
    const target = pressed(it);
    target.scrollIntoView({ block: "center", inline: "nearest" });
    const { left, right, top, bottom } = target.getBoundingClientRect();
    const [x, y] = [(left + right) / 2, (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2];
    const above = document.elementFromPoint(x, y);
    if (left < -1 || right > innerWidth + 1) found.push(`${name(it)} is cut off: ${px(left)} to ${px(right)}`);
    else if (!above) found.push(`${name(it)} cannot be brought into sight`);
    // What a menu covers is there again when it is closed, as it is when anything else is pressed.
    else if (above.closest(":popover-open") && !target.closest(":popover-open")) continue;
    else if (!target.contains(above) && !above.contains(target)) found.push(`${name(it)} lies under ${name(above)}`);
  }
}

// What is pressed may reach beyond what is drawn, as far as nothing cuts it off.
function hit(it) {
  const { left, right, top, bottom } = pressed(it).getBoundingClientRect();
  const beyond = getComputedStyle(it, "::before");
  if (beyond.content === "none" || beyond.position !== "absolute") return [right - left, bottom - top];
  const tile = (it.closest(".tile") ?? document.documentElement).getBoundingClientRect();
  const far = (side) => Math.max(0, -parseFloat(beyond[side]));
  return [
    Math.min(right + far("right"), tile.right) - Math.max(left - far("left"), tile.left),
    Math.min(bottom + far("bottom"), tile.bottom) - Math.max(top - far("top"), tile.top),
  ];
}

// WCAG 2.2, 2.5.8, where a link in a sentence is as tall as its line; for a finger, 2.5.5.
function targets() {
  const least = asked.includes("touch") ? 44 : 24;
  for (const it of controls()) {
    const [width, height] = hit(it);
    const isInline = getComputedStyle(it).display === "inline";
    if (!isInline && Math.min(width, height) < least - 0.5) {
      found.push(`${name(it)} is ${px(width)} by ${px(height)}, less than ${least}`);
    }
  }
}

// What does not fit and cannot be scrolled to. Whole elsewhere: what is on a tile, in the list of people; a link in
// a list of links, where it is copied.
function cut() {
  for (const it of all("*")) {
    if (it.matches(".tile, .tile-name, .invite-links a, .icon, .qr, svg *, video, select, option, input")) continue;
    const { overflowX, overflowY } = getComputedStyle(it);
    const hides = (overflow) => ["hidden", "clip"].includes(overflow);
    const wide = hides(overflowX) && it.scrollWidth > it.clientWidth + 1;
    const tall = hides(overflowY) && it.scrollHeight > it.clientHeight + 1;
    if (wide || tall) {
      found.push(`${name(it)} is cut: ${it.scrollWidth} by ${it.scrollHeight} in ${it.clientWidth} by ${it.clientHeight}`);
    }
  }
}

function motion() {
  for (const it of document.getAnimations()) {
    if (it.playState === "running") found.push(`${name(it.effect.target)} moves: ${it.animationName ?? it.transitionProperty}`);
  }
}

// WCAG 2.2, 2.2.2: what moves by itself rests within five seconds.
function endless() {
  for (const it of document.getAnimations()) {
    if (it.effect.getComputedTiming().endTime > 5000) found.push(`${name(it.effect.target)} moves for longer than five seconds`);
  }
}

// Where colours are the system's, what is on differs from what is off in more than a colour of ours.
function states() {
  const look = (it) => {
    const of = it.querySelector(".switch-track") ?? it;
    const { backgroundColor, borderTopColor, borderTopWidth } = getComputedStyle(of);
    return [backgroundColor, borderTopColor, borderTopWidth].join();
  };
  for (const state of ["aria-pressed", "aria-checked"]) {
    const [on, off] = [true, false].map((is) => all(`button[${state}="${is}"]:not(:disabled)`)[0]);
    if (on && off && look(on) === look(off)) found.push(`${name(on)} looks like ${name(off)}`);
  }
}

// WCAG 2.2, 1.4.12.
const SPACED = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
  p { margin-block-end: 2em !important; }`;

const looks = { overflow, reach, targets, cut, motion, endless, states };
const spaced = new CSSStyleSheet();
if (asked.includes("spaced")) {
  spaced.replaceSync(SPACED);
  document.adoptedStyleSheets.push(spaced);
}
// What is set by how large something is has its place two pictures later.
const drawn = () => new Promise((done) => requestAnimationFrame(done));
return drawn().then(drawn).then(() => {
  for (const look of asked) looks[look]?.();
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== spaced);
  return [...new Set(found)];
});

// SPDX-License-Identifier: EUPL-1.2
// In which order the functions of a program are compressed best: alike ones side by side. The compiler writes a
// function out once more for every type it is used with; what differs is found in a few places.

// How many bytes have to be the same, at least: with fewer everything is alike, with more hardly anything.
const PIECE = 4;
// Short functions are alike by chance: with less here they come first, with more they come last.
const SHORT = 20;

function pieces(body) {
  const found = new Set();
  for (let at = 0; at + PIECE <= body.length; at++) found.add(body.readUIntBE(at, PIECE));
  return found;
}

// Gives the places of the functions in that order: each is followed by the one of which it has the most in it.
export function order(bodies) {
  const all = bodies.map(pieces);
  const holders = new Map();
  all.forEach((found, place) => {
    for (const piece of found) {
      const places = holders.get(piece);
      if (places) places.push(place);
      else holders.set(piece, [place]);
    }
  });
  const isLeft = bodies.map(() => true);
  const ordered = [];
  const shared = new Uint32Array(bodies.length);
  let first = 0;
  while (ordered.length < bodies.length) {
    const touched = [];
    for (const piece of all[ordered.at(-1)] ?? []) {
      for (const place of holders.get(piece)) {
        if (isLeft[place] && shared[place]++ === 0) touched.push(place);
      }
    }
    let [next, best] = [-1, 0];
    for (const place of touched) {
      const part = shared[place] / (all[place].size + SHORT);
      if (part > best) [next, best] = [place, part];
      shared[place] = 0;
    }
    while (next < 0 && !isLeft[first]) first++;
    if (next < 0) next = first;
    isLeft[next] = false;
    ordered.push(next);
  }
  return ordered;
}

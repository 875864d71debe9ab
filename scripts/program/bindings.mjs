// SPDX-License-Identifier: EUPL-1.2
// The script that wasm-bindgen writes for a program: what the program takes from it, and it from the program.

// Leaves out what a script could make of the program and this page does not: it only starts it. wasm-streams, which
// leptos brings along, offers three classes.
export function withoutOffers(script) {
  return script
    .replace(/^export (class|function) [^]*?^\}\n/gm, "")
    .replace(/^if \(Symbol\.dispose\) .*\n/gm, "")
    .replace(/^const (\w+)Finalization = [^]*?;\n/gm, (found, name) => (script.includes(`class ${name} `) ? "" : found));
}

// Between program and script every function has a name of some fifty letters: here they get short ones, what does the
// same gets the same, and what the program does not take is left out. Gives what the program is to import, and the script.
export function shorten(imports, script) {
  // The table of functions, one entry after the other.
  const [begin, end] = ["    const import0 = {\n        __proto__: null,\n", "    };\n    return {\n"].map((mark, nth) => {
    const parts = script.split(mark);
    if (parts.length !== 2) throw new Error(`the table of functions has no ${mark}`);
    return parts[0].length + (nth === 0 ? mark.length : 0);
  });
  const entries = script.slice(begin, end).split(/^(?= {8}\w+: function)/m);
  const known = new Map(entries.map((entry) => entry.trim().split(/: (function[^]*)/)));
  const short = new Map();
  const shorter = imports.map((entry) => {
    if (entry.module !== "./app_bg.js") return entry;
    const body = known.get(entry.name)?.replace(/^ *\/\/.*\n/gm, "");
    if (!body) throw new Error(`nothing is there for ${entry.name}`);
    if (!short.has(body)) short.set(body, `_${short.size.toString(36)}`);
    return { ...entry, name: short.get(body) };
  });
  const table = [...short].map(([body, name]) => `${name}: ${body}\n`);
  return [shorter, script.slice(0, begin) + table.join("") + script.slice(end)];
}

// SPDX-License-Identifier: EUPL-1.2
// What a program is made of, as a bill of materials (CycloneDX 1.6): the crates that are built into it, from what cargo
// says of them and what Cargo.lock holds them to. No time and no path is in it.

// Reads `cargo tree --prefix depth --format '|{p}|{l}'`: the crates by name and version, each with those it needs.
export function readTree(text) {
  const crates = new Map();
  const above = [];
  for (const line of text.split("\n").filter((line) => line !== "")) {
    const [depth, crate, licence] = line.split("|");
    const [name, version] = crate.split(" ");
    if (!/^v\d/.test(version ?? "")) throw new Error(`cargo names no crate: ${line}`);
    const id = `${name}@${version.slice(1)}`;
    if (!crates.has(id)) {
      // What is no crate of a registry is named by its place.
      const isOwn = / \([^)]*[/\\][^)]*\)/.test(crate);
      // A crate that was named before stands there without its licence's end.
      crates.set(id, { id, name, version: version.slice(1), isOwn, licence: licence.replace(/ \(\*\)$/, ""), needs: new Set() });
    }
    above.length = Number(depth);
    if (above.length > 0) crates.get(above.at(-1)).needs.add(id);
    above.push(id);
  }
  return crates;
}

// The checksums of Cargo.lock, by name and version.
export function readLock(text) {
  const sums = new Map();
  for (const part of text.split("[[package]]").slice(1)) {
    const said = (key) => part.match(new RegExp(`^${key} = "(.*)"$`, "m"))?.[1];
    sums.set(`${said("name")}@${said("version")}`, said("checksum"));
  }
  return sums;
}

// The bill of one product: `parts` are pairs of what is delivered in it and the crates of that.
export function bill(product, parts, sums) {
  const all = new Map();
  for (const [place, crates] of parts) {
    for (const [id, crate] of crates) {
      const one = all.get(id) ?? { ...crate, needs: new Set(), places: [] };
      one.places.push(place);
      crate.needs.forEach((needed) => one.needs.add(needed));
      all.set(id, one);
    }
  }
  const each = [...all.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const ref = (id) => (all.get(id).isOwn ? `zooo:${id}` : `pkg:cargo/${id}`);
  const whole = { "bom-ref": "zooo", type: "application", ...product };
  return {
    $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: { component: whole },
    components: each.map((crate) => component(crate, ref(crate.id), sums)),
    dependencies: [
      { ref: "zooo", dependsOn: parts.map(([, crates]) => ref(crates.keys().next().value)).sort() },
      ...each.map(({ id, needs }) => ({ ref: ref(id), dependsOn: [...needs].map(ref).sort() })),
    ],
  };
}

function component({ id, name, version, isOwn, licence, places }, ref, sums) {
  const sum = sums.get(id);
  if (!sums.has(id) || (sum === undefined) !== isOwn) throw new Error(`Cargo.lock does not hold ${id}`);
  return {
    "bom-ref": ref,
    type: "library",
    name,
    version,
    // Older crates separate with a slash what is to be chosen from.
    ...(licence ? { licenses: [{ expression: licence.replaceAll("/", " OR ") }] } : {}),
    ...(isOwn ? {} : { purl: `pkg:cargo/${id}`, hashes: [{ alg: "SHA-256", content: sum }] }),
    properties: places.map((place) => ({ name: "zooo:in", value: place })),
  };
}

// SPDX-License-Identifier: EUPL-1.2
// node --test scripts/program/*.test.mjs
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { bill, readLock, readTree } from "./bill.mjs";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

function run(program, ...given) {
  return execFileSync(program, given, { cwd: root, encoding: "utf8", maxBuffer: 1 << 28 });
}

// Another way to the same: what cargo is about to compile, unit by unit, along what each is linked with. Cargo tells that
// to who says that they know what is unstable.
function compiled(name, target) {
  const asked = ["build", "--unit-graph", "-Zunstable-options", "--locked", "--release", "--package", name];
  const env = { ...process.env, RUSTC_BOOTSTRAP: "1" };
  const told = execFileSync("cargo", [...asked, "--target", target], { cwd: root, env, encoding: "utf8", maxBuffer: 1 << 28 });
  const { units, roots } = JSON.parse(told);
  const found = new Set();
  const follow = (at) => {
    const { mode, target } = units[at];
    // What runs while it is built is not in it.
    if (found.has(at) || mode !== "build" || target.kind.some((kind) => /proc-macro|custom-build/.test(kind))) return;
    found.add(at);
    units[at].dependencies.forEach(({ index }) => follow(index));
  };
  roots.forEach(follow);
  const id = (at) => units[at].pkg_id.match(/[#/]([^#/@]+)(?:#|@)(\d[^@#/]*)$/).slice(1).join("@");
  return new Set([...found].map(id));
}

test("the bill names what is built in and held by Cargo.lock, and nothing else", () => {
  const text = run("scripts/bill");
  const made = JSON.parse(text);
  const lock = readLock(readFileSync(`${root}/Cargo.lock`, "utf8"));
  const host = run("rustc", "-vV").match(/^host: (.*)$/m)[1];
  for (const [place, name, target] of [["binary", "zooo", host], ["page", "app", "wasm32-unknown-unknown"]]) {
    const isIn = ({ properties }) => properties.some(({ value }) => value === place);
    const named = new Set(made.components.filter(isIn).map(({ name, version }) => `${name}@${version}`));
    const all = compiled(name, target);
    assert.deepEqual([...named].filter((id) => !all.has(id)), [], `${place}: it is not built in`);
    assert.deepEqual([...all].filter((id) => !named.has(id)), [], `${place}: missing`);
    assert.ok(named.size > 100 && [...named].every((id) => lock.has(id)));
  }
  for (const { name, version, purl, hashes, licenses } of made.components) {
    assert.ok(licenses?.[0].expression, `${name} has a licence`);
    const sum = lock.get(`${name}@${version}`);
    assert.equal(hashes?.[0].content, sum);
    assert.equal(purl !== undefined, sum !== undefined, "our own are of no registry");
  }
  const refs = new Set(["zooo", ...made.components.map((it) => it["bom-ref"])]);
  assert.equal(refs.size, made.components.length + 1, "each is named once");
  const linked = made.dependencies.flatMap(({ ref, dependsOn }) => [ref, ...dependsOn]);
  assert.ok(linked.every((ref) => refs.has(ref)));
});

test("nothing of a machine or a moment is in it", () => {
  const [once, again] = [run("scripts/bill"), run("scripts/bill")];
  assert.equal(once, again);
  assert.ok(!once.includes(root) && !once.includes("(/") && !/\d{4}-\d\d-\d\dT/.test(once));
});

test("a crate that is needed twice is one, and one that nothing holds is told", () => {
  const tree = readTree("0|zooo v1.0.0 (/zooo/server)|EUPL-1.2\n1|a v1.2.3|MIT/Apache-2.0\n2|b v2.0.0|MIT\n1|b v2.0.0|MIT (*)\n");
  assert.deepEqual([...tree.keys()], ["zooo@1.0.0", "a@1.2.3", "b@2.0.0"]);
  assert.deepEqual([...tree.get("zooo@1.0.0").needs], ["a@1.2.3", "b@2.0.0"]);
  const lock = readLock('[[package]]\nname = "zooo"\nversion = "1.0.0"\n\n[[package]]\nname = "a"\nversion = "1.2.3"\nchecksum = "aa"\n');
  assert.throws(() => bill({ name: "zooo" }, [["binary", tree]], lock), /b@2.0.0/);
  lock.set("b@2.0.0", "bb");
  const { components } = bill({ name: "zooo" }, [["binary", tree]], lock);
  assert.deepEqual(components.map(({ name, purl }) => [name, purl]), [
    ["a", "pkg:cargo/a@1.2.3"], ["b", "pkg:cargo/b@2.0.0"], ["zooo", undefined],
  ]);
  assert.equal(components[0].licenses[0].expression, "MIT OR Apache-2.0");
});

// SPDX-License-Identifier: EUPL-1.2
// node --test scripts/program/*.test.mjs
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";

import { shorten, withoutOffers } from "./bindings.mjs";
import { order } from "./order.mjs";
import { Program } from "./program.mjs";
import { quiet } from "./quiet.mjs";

const written = (text) => new Program(execFileSync("wasm-as", ["-g", "-o", "-", "-"], { input: text }));
const run = (program, imports) => new WebAssembly.Instance(new WebAssembly.Module(program.bytes()), imports).exports;

// A file name, the place of a panic in it, and a text that looks like neither.
const MEMORY = `
  (memory (export "memory") 1)
  (data (i32.const 1024) "/crates/leptos-0.8.23/src/lib.rs/privacy")
  (data (i32.const 1088) "\\00\\04\\00\\00\\20\\00\\00\\00\\07\\00\\00\\00\\09\\00\\00\\00\\20\\04\\00\\00\\08\\00\\00\\00")`;

const PROGRAM = `(module ${MEMORY}
  (func $"core[0123456789abcdef]::panicking::panic_fmt" (export "panic") (param i32)
    (i32.store (i32.const 0) (local.get 0)) (unreachable))
  (func $"std::panicking::set_hook" (export "hook") (i32.store (i32.const 0) (i32.const 7)))
  (func $"<u8 as core::fmt::Debug>::fmt::h0123456789abcdef" (export "debug") (param i32 i32) (result i32)
    (i32.store (i32.const 4) (i32.const 7)) (i32.const 1))
  (func $"<u8 as core::fmt::Display>::fmt" (export "display") (param i32 i32) (result i32) (i32.const 1)))`;

test("a program is written as it was read", () => {
  const program = written(PROGRAM);
  const before = program.bytes();
  program.setBodies(program.functions().map(({ body }) => body));
  program.keepExports(() => true);
  assert.deepEqual(program.bytes(), before);
});

test("a panic stops without a word and without a place, and nothing else changes", () => {
  const program = written(PROGRAM);
  quiet([program]);
  const { memory, panic, hook, debug, display } = run(program);
  const [words, text] = [new Uint32Array(memory.buffer), Buffer.from(memory.buffer)];
  assert.throws(() => panic(7), WebAssembly.RuntimeError);
  assert.equal(words[0], 0);
  hook();
  assert.equal(words[0], 7);
  assert.deepEqual([debug(0, 0), display(0, 0), words[1]], [0, 1, 0]);
  assert.equal(text.toString("latin1", 1024, 1064), `${"\0".repeat(32)}/privacy`);
  assert.deepEqual([...words.subarray(272, 278)], [0, 0, 0, 0, 1056, 8]);
});

test("what is taken for a panic and returns is no panic", () => {
  const program = written(`(module ${MEMORY} (func $"core::option::unwrap_failed" (result i32) (i32.const 1)))`);
  assert.throws(() => quiet([program]), /unwrap_failed returns/);
});

test("a place is forgotten in whichever program its file is named", () => {
  const [named, placed] = MEMORY.split("\n").slice(2).map((data) => written(`(module (memory 1) ${data}
    (func (export "none")))`.replace("(memory 1)", '(import "" "memory" (memory 1))')));
  quiet([named, placed]);
  const memory = new WebAssembly.Memory({ initial: 1 });
  for (const program of [named, placed]) run(program, { "": { memory } });
  assert.deepEqual([...new Uint32Array(memory.buffer, 1088, 6)], [0, 0, 0, 0, 1056, 8]);
});

test("exports that nobody needs are none", () => {
  const program = written(PROGRAM);
  program.keepExports((name) => name === "hook");
  assert.deepEqual(Object.keys(run(program)), ["hook"]);
});

test("functions have the names that they are given", () => {
  const program = written(PROGRAM);
  program.setNames(["d", "c", "b", "a"]);
  assert.deepEqual(program.functions().map(({ name }) => name), ["d", "c", "b", "a"]);
});

test("every function has one place, beside what it is like", () => {
  const bodies = ["abcdefghijkl 1", "mnopqrstuvwx 1", "xyz", "abcdefghijkl 2", "mnopqrstuvwx 2"].map((text) =>
    Buffer.from(text),
  );
  assert.deepEqual(order(bodies), [0, 3, 1, 4, 2]);
});

const SCRIPT = `export class Sink {
    free() {
    }
}
if (Symbol.dispose) Sink.prototype[Symbol.dispose] = Sink.prototype.free;

export function start() {
    wasm.start();
}
function __wbg_get_imports() {
    const import0 = {
        __proto__: null,
        __wbg_value_1: function(arg0) {
            return arg0.value;
        },
        __wbg_text_2: function() { return handleError(function (arg0) {
            return arg0.text();
        }, arguments); },
        __wbg_value_3: function(arg0) {
            // Of something else.
            return arg0.value;
        },
        __wbg_unused_4: function() {
        },
    };
    return {
        "./app_bg.js": import0,
    };
}
const SinkFinalization = (typeof FinalizationRegistry === 'undefined')
    ? { register: () => {}, unregister: () => {} }
    : new FinalizationRegistry(ptr => wasm.__wbg_sink_free(ptr, 1));
`;

test("a script offers nothing, and gives what is taken by a short name", () => {
  const of = (name, module = "./app_bg.js") => ({ module, name });
  const taken = ["__wbg_text_2", "__wbg_value_1", "__wbg_value_3"].map((name) => of(name));
  const [imports, script] = shorten([of("a", "./other.js"), ...taken], withoutOffers(SCRIPT));
  assert.deepEqual(imports, [of("a", "./other.js"), of("_0"), of("_1"), of("_1")]);
  const given = new Function(`const handleError = (f) => f; ${script} return __wbg_get_imports()["./app_bg.js"];`)();
  assert.deepEqual(Object.keys(given), ["_0", "_1"]);
  assert.equal(given._1({ value: 7 }), 7);
  for (const gone of ["Sink", "start", "unused"]) assert.ok(!script.includes(gone), gone);
  assert.throws(() => shorten([of("__wbg_missing_5")], SCRIPT), /nothing is there/);
});

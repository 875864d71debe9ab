// SPDX-License-Identifier: EUPL-1.2
// Takes out of a program what it would say of itself when it panics. Nobody is there to be told: a browser stops it
// and notes where.

export function quiet(programs) {
  programs.forEach(stop);
  forget(programs);
}

// What never returns: the ways from a panic to its words. By its whole name each, since not every one of these modules
// only panics.
const PANIC = new RegExp(
  `^(${[
    "core::panicking::(\\w+::)?(panic|assert_failed|unreachable)\\w*",
    "core::(option|result)::(expect|unwrap)_failed",
    "core::cell::(\\w+::)?panic_\\w+",
    "core::slice::index::slice_\\w+_fail",
    "core::slice::copy_from_slice_impl::len_mismatch_fail",
    "core::str::slice_error_fail(_rt)?",
    "alloc::alloc::handle_alloc_error",
    "alloc::raw_vec::(handle_error|capacity_overflow)",
    "<alloc::vec::Vec<_, _>>::\\w+::assert_failed",
    "std::panicking::(panic_with_hook|begin_panic|panic_handler::\\{closure#0\\})",
    "std::thread::local::panic_access_error",
  ].join("|")})(::<.*>)?$`,
);
// The words; nobody else asks for them.
const PAYLOAD = /^<std::panicking::(begin_panic|panic_handler)::.* as core::(panic::PanicPayload|fmt::Display)>::\w+$/;
// What a value looks like to who works on the program. Everything that people read is made otherwise.
const DEBUG = / as core::fmt::Debug>::fmt$/;

// Each without variables of its own.
const STOPS = Buffer.from([0, 0x00, 0x0b]);
const WRITES_NOTHING = Buffer.from([0, 0x41, 0x00, 0x0b]);

function stop(program) {
  const bodies = program.functions().map(({ name, type, body }) => {
    const plain = name.replace(/\[[0-9a-f]{16}\]/g, "").replace(/::h[0-9a-f]{16}$/, "");
    if (PAYLOAD.test(plain)) return STOPS;
    if (PANIC.test(plain)) {
      // The last instruction says that it is never reached.
      if (!body.subarray(-2).equals(STOPS.subarray(-2))) throw new Error(`${name} returns`);
      return STOPS;
    }
    if (DEBUG.test(plain) && type === "7f7f 7f") return WRITES_NOTHING;
    return body;
  });
  program.setBodies(bodies);
}

// A file of the sources: of a crate, of Rust, of the page.
const FILE = /(\/(crates|rustc|rust\/deps)\/|(app|shared)\/src\/)[\w./-]+?\.rs/g;
// A place in it, as four numbers: address and length of the file's name, line and column.
const PLACE = 16;

// Forgets where in its sources a program could panic. Two programs share one memory.
function forget(programs) {
  const pieces = programs.flatMap((program) => program.data());
  const files = new Set();
  for (const { address, bytes } of pieces) {
    for (const { index, 0: file } of bytes.toString("latin1").matchAll(FILE)) {
      files.add(`${address + index} ${file.length}`);
      bytes.fill(0, index, index + file.length);
    }
  }
  for (const { bytes } of pieces) {
    for (let at = 0; at + PLACE <= bytes.length; at += 4) {
      const isPlace = files.has(`${bytes.readUInt32LE(at)} ${bytes.readUInt32LE(at + 4)}`);
      if (isPlace) bytes.fill(0, at, at + PLACE);
    }
  }
}

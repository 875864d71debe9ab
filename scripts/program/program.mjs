// SPDX-License-Identifier: EUPL-1.2
// A WebAssembly program as its parts, to be changed where no tool changes it (WebAssembly Core 2.0, §5).

const [CUSTOM, TYPES, IMPORTS, FUNCTIONS, EXPORTS, CODE, DATA] = [0, 1, 2, 3, 7, 10, 11];
const [FUNCTION, TABLE, MEMORY, GLOBAL] = [0, 1, 2, 3];

// Numbers are written seven bits at a time (LEB128).
const written = (value) => (value < 128 ? [value] : [(value & 127) | 128, ...written(value >>> 7)]);
const string = (text) => [...written(Buffer.byteLength(text)), ...Buffer.from(text)];
const list = (entries) => Buffer.concat([written(entries.length), ...entries].map((part) => Buffer.from(part)));

class Reader {
  constructor(bytes, at = 0) {
    [this.bytes, this.at] = [bytes, at];
  }

  get ended() {
    return this.at >= this.bytes.length;
  }

  byte() {
    return this.bytes[this.at++];
  }

  take(length) {
    return this.bytes.subarray(this.at, (this.at += length));
  }

  number() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value |= (byte & 127) << shift;
      if (byte < 128) return value >>> 0;
    }
  }

  text() {
    return this.take(this.number()).toString("utf8");
  }

  list(entry) {
    return Array.from({ length: this.number() }, () => entry(this));
  }

  // How large a table or a memory is at least, and at most.
  limits() {
    const hasMost = this.byte() & 1;
    this.number();
    if (hasMost) this.number();
  }
}

export class Program {
  constructor(bytes) {
    this.head = bytes.subarray(0, 8);
    this.sections = [];
    for (const read = new Reader(bytes, 8); !read.ended; ) {
      this.sections.push({ id: read.byte(), body: read.take(read.number()) });
    }
  }

  bytes() {
    const sections = this.sections.flatMap(({ id, body }) => [Buffer.from([id, ...written(body.length)]), body]);
    return Buffer.concat([this.head, ...sections]);
  }

  section(id) {
    return this.sections.find((section) => section.id === id);
  }

  // A section that is not there has nothing in it.
  read(id) {
    return new Reader(this.section(id)?.body ?? Buffer.of(0));
  }

  // Everything that is imported: where from, its name, what it is, and how that is described.
  imports() {
    return this.read(IMPORTS).list((read) => {
      const [module, name, kind, begin] = [read.text(), read.text(), read.byte(), read.at];
      if (kind === FUNCTION) read.number();
      if (kind === TABLE) read.byte();
      if (kind === TABLE || kind === MEMORY) read.limits();
      if (kind === GLOBAL) read.take(2);
      return { module, name, kind, described: read.bytes.subarray(begin, read.at) };
    });
  }

  setImports(imports) {
    const entry = ({ module, name, kind, described }) => [...string(module), ...string(name), kind, ...described];
    this.section(IMPORTS).body = list(imports.map(entry));
  }

  // Keeps the exports with wanted names and no others.
  keepExports(isWanted) {
    const all = this.read(EXPORTS).list((read) => ({ name: read.text(), kind: read.byte(), place: read.number() }));
    const entry = ({ name, kind, place }) => [...string(name), kind, ...written(place)];
    this.section(EXPORTS).body = list(all.filter(({ name }) => isWanted(name)).map(entry));
  }

  // The functions that are not imported: name, body, and type as two lists of numbers in hexadecimal.
  functions() {
    const names = this.names();
    const types = this.read(TYPES).list((read) => {
      if (read.byte() !== 0x60) throw new Error("a type is no function");
      return [read.take(read.number()), read.take(read.number())].map((part) => part.toString("hex")).join(" ");
    });
    const typed = this.read(FUNCTIONS).list((read) => types[read.number()]);
    const first = this.imports().filter(({ kind }) => kind === FUNCTION).length;
    const bodies = this.read(CODE).list((read) => read.take(read.number()));
    return bodies.map((body, place) => ({ name: names.get(first + place) ?? "", type: typed[place], body }));
  }

  setBodies(bodies) {
    this.section(CODE).body = list(bodies.map((body) => Buffer.concat([Buffer.from(written(body.length)), body])));
  }

  // What the memory begins with, piece by piece: the address, and the bytes, which can be written to.
  data() {
    return this.read(DATA).list((read) => {
      if (read.byte() !== 0 || read.byte() !== 0x41) throw new Error("a piece of data has no address");
      const address = read.number();
      if (read.byte() !== 0x0b) throw new Error("an address is computed");
      return { address, bytes: read.take(read.number()) };
    });
  }

  names() {
    const names = new Map();
    for (const { id, body } of this.sections) {
      const read = new Reader(body);
      if (id !== CUSTOM || read.text() !== "name") continue;
      while (!read.ended) {
        const [kind, part] = [read.byte(), new Reader(read.take(read.number()))];
        if (kind === 1) part.list(() => names.set(part.number(), part.text()));
      }
    }
    return names;
  }

  // Gives the functions that are not imported these names, and forgets every other name.
  setNames(names) {
    const first = this.imports().filter(({ kind }) => kind === FUNCTION).length;
    const known = list(names.map((name, place) => [...written(first + place), ...string(name)]));
    const body = Buffer.concat([Buffer.from([...string("name"), 1, ...written(known.length)]), known]);
    const isNames = ({ id, body }) => id === CUSTOM && new Reader(body).text() === "name";
    this.sections = [...this.sections.filter((section) => !isNames(section)), { id: CUSTOM, body }];
  }
}

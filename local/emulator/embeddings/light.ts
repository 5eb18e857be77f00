import { indexWords } from "../search/words.js";
import { normalize, type Embedder } from "./embedder.js";

const DIMENSIONS = 256;

/**
 * An embedding that needs nothing installed: words and their three-letter parts, each hashed to a place. It knows
 * no meaning, but it stands in where the model is missing, and misspelt words still come close.
 */
export function lightEmbedder(): Embedder {
  return {
    name: "light-1",
    // Measured on the sets of bench/retrieval.
    wordWeight: 0.1,
    relevance: 0.6,
    embed: (texts) => Promise.resolve(texts.map(vectorOf)),
    close: () => Promise.resolve(),
  };
}

function vectorOf(text: string): Float32Array {
  const vector = new Float32Array(DIMENSIONS);
  for (const word of indexWords(text)) {
    count(vector, word, 1);
    const edged = `<${word}>`;
    for (let start = 0; start + 3 <= edged.length; start++) count(vector, edged.slice(start, start + 3), 0.3);
  }
  return normalize(vector);
}

/** The sign comes from the hash as well, so that clashes cancel out instead of adding up. */
function count(vector: Float32Array, feature: string, weight: number): void {
  const hash = fnv1a(feature);
  const place = hash % DIMENSIONS;
  vector[place] = (vector[place] ?? 0) + ((hash & 0x10000) === 0 ? weight : -weight);
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

/**
 * Who waits for a vector, the most urgent first: somebody who asks, an item that was added, a file that is ingested.
 */
export type Purpose = "question" | "item" | "file";

/** Turns texts into vectors. */
export interface Embedder {
  /** Names the model; vectors of different names are never compared. Without a name none is kept in the data folder. */
  readonly name: string | undefined;
  /** How much a full match of words adds to the cosine when results are ranked; measured for each model. */
  readonly wordWeight: number;
  /** The least {@link relevanceOf} of a text that has something to do with a question; measured for each model. */
  readonly relevance: number;
  /** A unit vector for each text, all of one length. */
  embed(texts: readonly string[], purpose: Purpose): Promise<Float32Array[]>;
  close(): Promise<void>;
}

/**
 * How much a text has to do with a question: by the share of the question's words that it has, the rare ones first (0
 * to about 1), and by its meaning.
 */
export function relevanceOf(words: number, cosine: number): number {
  return words + 2 * cosine;
}

/** Scales a vector to length one, in place; a zero vector stays zero. */
export function normalize(vector: Float32Array): Float32Array {
  let sum = 0;
  for (const value of vector) sum += value * value;
  if (sum === 0) return vector;
  const scale = 1 / Math.sqrt(sum);
  for (let index = 0; index < vector.length; index++) vector[index] = (vector[index] ?? 0) * scale;
  return vector;
}

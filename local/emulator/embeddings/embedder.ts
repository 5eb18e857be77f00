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
  /** The least cosine of a sentence that has something to do with a question. */
  readonly relevance: number;
  /** A unit vector for each text, all of one length. */
  embed(texts: readonly string[], purpose: Purpose): Promise<Float32Array[]>;
  close(): Promise<void>;
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

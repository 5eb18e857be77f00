/** Turns texts into vectors. */
export interface Embedder {
  /** Names the model; vectors of different names are never compared. */
  readonly name: string;
  /** The length of a vector. */
  readonly dimensions: number;
  /** How much a full match of words adds to the cosine when results are ranked; measured for each model. */
  readonly wordWeight: number;
  /** The least score of a text that has something to do with a question. */
  readonly relevance: number;
  /** The part of a text that stands for the whole of it. */
  passage(text: string): string;
  /** A unit vector for each text. */
  embed(texts: readonly string[]): Promise<Float32Array[]>;
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

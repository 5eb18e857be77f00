import type { Embedder } from "./embedder.js";

/** A model of which no more is known than that it makes vectors. */
export type Model = Pick<Embedder, "embed" | "close">;

/** Sentences that have nothing to do with each other. */
const STRANGERS = [
  "The office is closed on public holidays.",
  "Rinse the rice until the water stays clear.",
  "How do I change my password?",
  "The train to Vienna leaves from platform nine.",
  "A function returns the value of its last expression.",
  "Who pays when a parcel is damaged?",
  "Penguins keep their eggs warm on their feet.",
  "The contract ends after twelve months.",
  "Press the button for three seconds to restart it.",
  "What is the largest planet?",
  "Her second novel was written in exile.",
  "The battery lasts about ten hours.",
];

/**
 * An embedder around a model that was never measured. What a cosine says differs much between models: for one,
 * sentences that have nothing to do with each other are at 0.05, for another at 0.75, each by a spread of its own. The
 * factors are those that fit both of them best on the first halves of the sets of bench/retrieval.
 */
export async function measured(name: string, model: Model): Promise<Embedder> {
  const { mean, spread } = cosinesOf(await model.embed(STRANGERS, "question"));
  return {
    name,
    wordWeight: 0.25 * spread,
    relevance: 0.2 + 2 * (mean + 3.4 * spread),
    embed: (texts, purpose) => model.embed(texts, purpose),
    close: () => model.close(),
  };
}

function cosinesOf(vectors: readonly Float32Array[]): { mean: number; spread: number } {
  const cosines = vectors.flatMap((one, index) =>
    vectors.slice(0, index).map((other) => one.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0)),
  );
  const mean = cosines.reduce((sum, cosine) => sum + cosine, 0) / cosines.length;
  const squares = cosines.reduce((sum, cosine) => sum + (cosine - mean) ** 2, 0);
  return { mean, spread: Math.sqrt(squares / cosines.length) };
}

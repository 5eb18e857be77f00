import { createRequire } from "node:module";
import { join } from "node:path";
import { loadPart } from "../missing-part.js";
import { normalize, type Embedder } from "./embedder.js";
import { measured } from "./measured.js";
import { isTransformers, transformers } from "./transformers.js";

/** Turns texts into vectors, one for each, all of one length. They need not be of length one. */
export type EmbedFunction = (texts: string[]) => Promise<readonly ArrayLike<number>[]> | readonly ArrayLike<number>[];

/** An embedder around a function of the user's own, which is asked for nothing but what the user adds and asks. */
export function givenEmbedder(embed: EmbedFunction): Embedder {
  return {
    name: undefined,
    // Between the models that were measured.
    wordWeight: 0.03,
    relevance: 1,
    embed: (texts) => vectorsBy(embed, texts),
    close: () => Promise.resolve(),
  };
}

/**
 * The embedder that a name stands for: `transformers:<model>` with the model's name or its folder, or a package (or a
 * file) that exports a function `embed`, looked for from the working directory. It is loaded and tried at once.
 *
 * @throws Error with one sentence that says what to do: a missing package, a folder or a name without a model.
 */
export async function namedEmbedder(name: string): Promise<Embedder> {
  if (isTransformers(name)) return measured(name, await transformers(name));
  const embed = await exported(name);
  return measured(name, { embed: (texts) => vectorsBy(embed, texts), close: () => Promise.resolve() });
}

async function vectorsBy(embed: EmbedFunction, texts: readonly string[]): Promise<Float32Array[]> {
  const vectors = await embed([...texts]);
  const [length = 0] = vectors.map((vector) => vector.length);
  if (vectors.length !== texts.length || length === 0 || vectors.some((vector) => vector.length !== length)) {
    throw new Error("The embed function must answer one vector for each text, all of one length.");
  }
  return vectors.map((vector) => normalize(Float32Array.from(vector)));
}

async function exported(name: string): Promise<EmbedFunction> {
  const from = createRequire(join(process.cwd(), "package.json"));
  const module = await loadPart("Searching with it", [name], () =>
    Promise.resolve().then(() => from(name) as Record<string, unknown>),
  );
  const found = [module["embed"], module["default"], propertyOf(module["default"], "embed")].find(
    (value) => typeof value === "function",
  );
  if (found === undefined) throw new Error(`"${name}" exports no function embed(texts) that answers vectors.`);
  return found as EmbedFunction;
}

function propertyOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

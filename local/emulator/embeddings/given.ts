import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, resolve } from "node:path";
import { loadPart } from "../missing-part.js";
import { normalize, type Embedder } from "./embedder.js";

/** Turns texts into vectors, one for each, all of one length. They need not be of length one. */
export type EmbedFunction = (texts: string[]) => Promise<readonly ArrayLike<number>[]> | readonly ArrayLike<number>[];

/** An embedder around a function of the user's own. */
export function givenEmbedder(embed: EmbedFunction, name?: string): Embedder {
  return {
    name,
    // As for the model that comes with the emulator: others were not measured.
    wordWeight: 0.03,
    relevance: 0.5,
    async embed(texts) {
      const vectors = await embed([...texts]);
      const [length = 0] = vectors.map((vector) => vector.length);
      if (vectors.length !== texts.length || length === 0 || vectors.some((vector) => vector.length !== length)) {
        throw new Error("The embed function must answer one vector for each text, all of one length.");
      }
      return vectors.map((vector) => normalize(Float32Array.from(vector)));
    },
    close: () => Promise.resolve(),
  };
}

/** Begins the name of a model that `@huggingface/transformers` runs. */
const TRANSFORMERS = "transformers:";

/**
 * The embedder that a name stands for: `transformers:<model>` with the model's name or its folder, or a package (or a
 * file) that exports a function `embed`, looked for from the working directory.
 */
export function namedEmbedder(name: string): Embedder {
  let loading: Promise<EmbedFunction> | undefined;
  const load = (): Promise<EmbedFunction> =>
    name.startsWith(TRANSFORMERS) ? transformers(name.slice(TRANSFORMERS.length)) : exported(name);
  return givenEmbedder(async (texts) => (await (loading ??= load()))(texts), name);
}

async function exported(name: string): Promise<EmbedFunction> {
  const module = await importFromHere(name, "Searching with it");
  const found = [module["embed"], module["default"], propertyOf(module["default"], "embed")].find(
    (value) => typeof value === "function",
  );
  if (found === undefined) throw new Error(`"${name}" exports no function embed(texts) that answers vectors.`);
  return found as EmbedFunction;
}

function propertyOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

/** What is used of `@huggingface/transformers`. */
interface Transformers {
  readonly env: { allowRemoteModels: boolean; localModelPath: string };
  readonly pipeline: (task: "feature-extraction", model: string) => Promise<Extractor>;
}

type Extractor = (texts: string[], options: { pooling: "mean"; normalize: true }) => Promise<{ tolist(): number[][] }>;

async function transformers(model: string): Promise<EmbedFunction> {
  const { env, pipeline } = (await importFromHere(
    "@huggingface/transformers",
    "Searching with a model of your choice",
  )) as unknown as Transformers;
  const folder = resolve(model);
  const isLocal = existsSync(join(folder, "config.json"));
  if (isLocal) {
    env.allowRemoteModels = false;
    env.localModelPath = dirname(folder);
  }
  const extract = await pipeline("feature-extraction", isLocal ? basename(folder) : model);
  return async (texts) => (await extract(texts, { pooling: "mean", normalize: true })).tolist();
}

/** A package of the user's project, or a file. */
function importFromHere(name: string, need: string): Promise<Record<string, unknown>> {
  const from = createRequire(join(process.cwd(), "package.json"));
  return loadPart(need, [name], () => Promise.resolve().then(() => from(name) as Record<string, unknown>));
}

import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, isAbsolute, join, resolve } from "node:path";
import { loadPart } from "../missing-part.js";
import type { Model } from "./measured.js";
import { ModelThreads } from "./model-threads.js";

/** Begins the name of a model that `@huggingface/transformers` runs. */
const PREFIX = "transformers:";
const PACKAGE = "@huggingface/transformers";

export const isTransformers = (name: string): boolean => name.startsWith(PREFIX);

/** What the model's files are called for each kind of number that they hold, the most exact first. */
const FILES: readonly (readonly [file: string, dtype: string])[] = [
  ["model.onnx", "fp32"],
  ["model_fp16.onnx", "fp16"],
  ["model_quantized.onnx", "q8"],
  ["model_int8.onnx", "int8"],
  ["model_uint8.onnx", "uint8"],
  ["model_q4.onnx", "q4"],
  ["model_q4f16.onnx", "q4f16"],
  ["model_bnb4.onnx", "bnb4"],
];

/** Where a model is, and what its loading is told besides. */
interface Place {
  readonly model: string;
  /** The folder that its folder is in; none for a name of the hub. */
  readonly parent: string | undefined;
  readonly options: { readonly dtype?: string; readonly subfolder?: string };
}

/**
 * The model of a name `transformers:<model>`: a folder, or the name of one that the package downloads and keeps. One
 * thread runs it, since the package takes all cores by itself.
 *
 * @throws MissingPartError without the package. Error with a sentence for a folder that holds no model.
 */
export async function transformers(name: string): Promise<Model> {
  const from = join(process.cwd(), "package.json");
  await loadPart("Searching with a model of your choice", [PACKAGE], () =>
    Promise.resolve().then(() => createRequire(from).resolve(PACKAGE)),
  );
  const wanted = name.slice(PREFIX.length);
  const place = placeOf(wanted);
  const threads = new ModelThreads({ load: loadOf(place), from, threads: 1 });
  const embed = (texts: readonly string[]): Promise<Float32Array[]> => threads.embed(texts, "question");
  try {
    await embed(["A try."]);
  } catch (error) {
    await threads.close();
    const hint = place.parent === undefined ? " Without a network, give the folder of a model." : "";
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The model ${wanted} cannot be used: ${reason.replace(/\.?$/u, ".")}${hint}`);
  }
  return { embed, close: () => threads.close() };
}

function placeOf(wanted: string): Place {
  const folder = resolve(wanted);
  if (!existsSync(folder) && !isPath(wanted)) return { model: wanted, parent: undefined, options: {} };
  const missing = ["config.json", "tokenizer.json", "tokenizer_config.json"].filter(
    (file) => !existsSync(join(folder, file)),
  );
  if (missing.length > 0)
    throw new Error(`${folder} is no folder of a model: it has no ${missing.join(", ")}, which stand beside onnx/.`);
  for (const subfolder of ["onnx", ""]) {
    const files = existsSync(join(folder, subfolder)) ? readdirSync(join(folder, subfolder)) : [];
    const [, dtype] = FILES.find(([file]) => files.includes(file)) ?? [];
    if (dtype !== undefined) return { model: basename(folder), parent: dirname(folder), options: { dtype, subfolder } };
  }
  throw new Error(`${folder} is no folder of a model: it has no onnx/model.onnx, nor a smaller form of it.`);
}

/** Whether it can be nothing but a path: the hub's names are `<owner>/<model>`. */
function isPath(wanted: string): boolean {
  return isAbsolute(wanted) || /^\.{0,2}[/\\]|^\.{1,2}$|^~|[/\\].*[/\\]/u.test(wanted);
}

const loadOf = ({ model, parent, options }: Place): string => `
async (part) => {
  const { env, pipeline } = part(${JSON.stringify(PACKAGE)});
  const parent = ${JSON.stringify(parent ?? null)};
  if (parent !== null) Object.assign(env, { allowRemoteModels: false, localModelPath: parent });
  const extract = await pipeline("feature-extraction", ${JSON.stringify(model)}, ${JSON.stringify(options)});
  return async (texts) => (await extract(texts, { pooling: "mean", normalize: true })).tolist();
}`;

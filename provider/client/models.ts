import { z } from "zod";
import type { ApiPromise } from "./api-promise.js";
import { ask } from "./answer.js";
import { type ModelWish, pickModel } from "./find-model.js";
import type { CallOptions, Http } from "./http/index.js";
import { path } from "./http/path.js";
import type { Model } from "./model.js";
import { quoted } from "../text/clean.js";

/** `client.models` */
export interface Models {
  /** The models of today; they change within weeks. */
  list(options?: CallOptions): ApiPromise<Model[]>;
  /** One model. @throws NotFoundError */
  get(id: string, options?: CallOptions): ApiPromise<Model>;
  /**
   * The best available model that can do what is asked for, so that a program names none that is gone next month.
   *
   * @throws UsageError that lists what there is where none can.
   */
  find(wish?: ModelWish, options?: CallOptions): Promise<Model>;
  /** The models for speech. @throws NotFoundError on a service without this list */
  listAudio(options?: CallOptions): ApiPromise<Model[]>;
}

const words = z.array(z.string());
/** A modality is a word, or an object that has one. */
const modality = z.union([
  z.string().transform((name) => ({ name, supports: [] as string[] })),
  z
    .looseObject({
      type: z.string().optional(),
      name: z.string().optional(),
      modality: z.string().optional(),
      supported_parameters: words.nullish(),
    })
    .transform((known) => ({
      name: known.type ?? known.name ?? known.modality ?? "",
      supports: known.supported_parameters ?? [],
    })),
]);
/** What is of another form than was seen is left out: a program that needs only the id goes on. */
const wire = z.looseObject({
  id: z.string(),
  created: z.number().nullish().catch(undefined),
  owned_by: z.string().nullish().catch(undefined),
  features: words.nullish().catch(undefined),
  input_modalities: z.array(modality).nullish().catch(undefined),
  output_modalities: z.array(modality).nullish().catch(undefined),
  supported_parameters: words.nullish().catch(undefined),
  reasoning: z.unknown().optional(),
  pricing: z.record(z.string(), z.unknown()).nullish().catch(undefined),
  is_ready: z.boolean().nullish().catch(undefined),
});
const all = z.looseObject({ data: z.array(wire) });

export function models(http: Http): Models {
  const list = (options?: CallOptions) =>
    ask(http, options, () => ({
      request: { operation: "listModels", task: "list the models", method: "GET", effect: "safe", path: "/models" },
      shape: all,
      result: ({ data }) => data.map(toModel),
    }));
  return {
    list,
    get: (id, options) =>
      ask(http, options, () => ({
        request: {
          operation: "getModel",
          task: `get model ${quoted(id)}`,
          object: `model ${quoted(id)}`,
          method: "GET",
          effect: "safe",
          path: path`/models/${id}`,
        },
        shape: wire,
        result: toModel,
      })),
    find: async (wish = {}, options) => pickModel(await list(options), wish),
    listAudio: (options) =>
      ask(http, options, () => ({
        request: {
          operation: "listAudioModels",
          task: "list the audio models",
          method: "GET",
          effect: "safe",
          path: "/audio/models",
          object: "the list of audio models",
          mayBeMissing: "look for a model with audio output among all models",
        },
        shape: all,
        result: ({ data }) => data.map(toModel),
      })),
  };
}

function toModel(model: z.infer<typeof wire>): Model {
  const {
    id,
    created,
    owned_by: ownedBy,
    features,
    input_modalities: input,
    output_modalities: output,
    pricing,
    is_ready: isReady,
  } = model;
  const supports = [
    ...new Set([...(model.supported_parameters ?? []), ...(output ?? []).flatMap((known) => known.supports)]),
  ];
  return {
    id,
    ...(typeof created === "number" && { created }),
    ...(typeof ownedBy === "string" && { ownedBy }),
    ...(features && { features }),
    ...(input && { input: namesOf(input) }),
    ...(output && { output: namesOf(output) }),
    ...(supports.length > 0 && { supports }),
    ...(model.reasoning !== undefined && model.reasoning !== null && { reasoning: model.reasoning !== false }),
    ...(pricing && {
      pricing: Object.fromEntries(
        Object.entries(pricing).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
      ),
    }),
    ...(typeof isReady === "boolean" && { isReady }),
  };
}

function namesOf(modalities: readonly { readonly name: string }[]): string[] {
  return modalities.map(({ name }) => name).filter((name) => name !== "");
}

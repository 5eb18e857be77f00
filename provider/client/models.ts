import { z } from "zod";
import { ask } from "./answer.js";
import type { CallOptions, Http } from "./http/index.js";

/** A model that the API offers. */
export interface Model {
  readonly id: string;
  /** Seconds since 1970-01-01 UTC. */
  readonly created?: number;
  readonly ownedBy?: string;
  /** What it can do, in the API's words. */
  readonly features?: readonly string[];
}

/** `client.models` */
export interface Models {
  /** The models of today; they change every year. */
  list(options?: CallOptions): Promise<Model[]>;
  /** The models for speech. */
  listAudio(options?: CallOptions): Promise<Model[]>;
}

const model = z.looseObject({
  id: z.string(),
  created: z.number().nullish(),
  owned_by: z.string().nullish(),
  features: z.array(z.string()).nullish(),
});
const wire = z.looseObject({ data: z.array(model) });

export function models(http: Http): Models {
  return {
    async list(options) {
      const request = { operation: "listModels", task: "list the models", path: "/models" };
      const { data } = await ask(http, { ...request, method: "GET", effect: "safe" }, wire, options);
      return data.map(toModel);
    },
    async listAudio(options) {
      const request = { operation: "listAudioModels", task: "list the audio models", path: "/audio/models" };
      const { data } = await ask(http, { ...request, method: "GET", effect: "safe" }, wire, options);
      return data.map(toModel);
    },
  };
}

function toModel({ id, created, owned_by: ownedBy, features }: z.infer<typeof model>): Model {
  return {
    id,
    ...(typeof created !== "number" ? {} : { created }),
    ...(typeof ownedBy !== "string" ? {} : { ownedBy }),
    ...(!features ? {} : { features }),
  };
}

import { z } from "zod";
import type { ApiPromise } from "./api-promise.js";
import { ask } from "./answer.js";
import type { CallOptions, Http } from "./http/index.js";

/** A voice that speaks. */
export interface Voice {
  /** What `client.speech.create` takes as `voice`. */
  readonly voice: string;
  /** What it is called, where the API says so; and so on. */
  readonly name?: string;
  readonly description?: string;
  readonly mode?: string;
  /** The language that it speaks best. */
  readonly nativeLanguage?: string;
}

/** `client.voices` */
export interface Voices {
  /** The voices of today, of one model or of all. */
  list(query?: { readonly model?: string | undefined }, options?: CallOptions): ApiPromise<Voice[]>;
}

const word = z.string().nullish().catch(undefined);
const wire = z.looseObject({
  data: z.array(z.looseObject({ id: z.string(), name: word, description: word, mode: word, native_language: word })),
});
const older = z.looseObject({ voices: z.array(z.looseObject({ voice: z.string() })) });
const shape = z.preprocess((value) => {
  const { data } = older.safeParse(value);
  return data === undefined ? value : { data: data.voices.map(({ voice: id }) => ({ id })) };
}, wire);

export function voices(http: Http): Voices {
  return {
    list: ({ model } = {}, options) =>
      ask(http, options, () => ({
        request: {
          operation: "listVoices",
          task: "list the voices",
          method: "GET",
          effect: "safe",
          path: `/audio/voices${model === undefined ? "" : `?model=${encodeURIComponent(model)}`}`,
        },
        shape,
        result: ({ data }) => data.map(toVoice),
      })),
  };
}

function toVoice({
  id,
  name,
  description,
  mode,
  native_language: nativeLanguage,
}: z.infer<typeof wire>["data"][number]): Voice {
  return {
    voice: id,
    ...(typeof name === "string" && { name }),
    ...(typeof description === "string" && { description }),
    ...(typeof mode === "string" && { mode }),
    ...(typeof nativeLanguage === "string" && { nativeLanguage }),
  };
}

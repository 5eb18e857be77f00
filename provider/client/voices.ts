import { z } from "zod";
import { ask } from "./answer.js";
import type { CallOptions, Http } from "./http/index.js";

/** A voice that speaks. */
export interface Voice {
  /** What `client.speech.create` takes as `voice`. */
  readonly voice: string;
}

/** `client.voices` */
export interface Voices {
  /** The voices of today. */
  list(options?: CallOptions): Promise<Voice[]>;
}

const wire = z.looseObject({ voices: z.array(z.looseObject({ voice: z.string() })) });

export function voices(http: Http): Voices {
  return {
    async list(options) {
      const request = { operation: "listVoices", task: "list the voices", path: "/audio/voices" };
      const answer = await ask(http, { ...request, method: "GET", effect: "safe" }, wire, options);
      return answer.voices.map(({ voice }) => ({ voice }));
    },
  };
}

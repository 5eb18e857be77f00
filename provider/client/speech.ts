import { misshapen } from "./answer.js";
import { requireText } from "./argument.js";
import type { CallOptions, Http } from "./http/index.js";
import type { ApiRequest } from "./http/request.js";
import { quoted } from "../text/clean.js";

/** What to say, and how. */
export interface SpeechArgs {
  /** E.g. `bark-small`; `client.models.listAudio` knows those of today. */
  readonly model: string;
  /** At most 2,000 characters. */
  readonly input: string;
  /** E.g. `es_speaker_1`; `client.voices.list` knows those of today. */
  readonly voice: string;
}

/** Spoken text. */
export interface SpeechAudio {
  readonly audio: Buffer;
  /** As the API names it, e.g. `audio/wav`. */
  readonly mediaType: string;
}

/** `client.speech` */
export interface Speech {
  /** Speaks a text. Costs; not repeated after an unanswered request. */
  create(args: SpeechArgs, options?: CallOptions): Promise<SpeechAudio>;
}

export function speech(http: Http): Speech {
  return {
    async create({ model, input, voice }, options) {
      const operation = "createSpeech";
      const json = {
        model: requireText(operation, "model", model),
        input: requireText(operation, "input", input),
        voice: requireText(operation, "voice", voice),
      };
      const object = `model ${quoted(model)} or voice ${quoted(voice)}`;
      const request: ApiRequest = {
        operation,
        task: `speak with ${object}`,
        object,
        method: "POST",
        path: "/audio/speech",
        effect: "non-idempotent",
        json,
        documents: [input],
        };
      const answer = await http.send(request, options);
      const mediaType = answer.headers["content-type"];
      if (typeof mediaType !== "string" || !/^(?:audio\/|application\/octet-stream\b)/iu.test(mediaType)) {
        throw misshapen(request, answer.status, `its content type is ${http.settings.confidential ? "another" : quoted(mediaType)} in place of audio`);
      }
      if (answer.body.length === 0) throw misshapen(request, answer.status, "it is empty");
      return { audio: answer.body, mediaType };
    },
  };
}

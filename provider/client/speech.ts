import { type ApiPromise, withResponse } from "./api-promise.js";
import { misshapen } from "./answer.js";
import { requireText } from "./argument.js";
import type { CallOptions, Http } from "./http/index.js";
import type { ApiRequest } from "./http/request.js";
import { quoted } from "../text/clean.js";

/** What to say, and how. What is not given is not sent: the model's default holds. */
export interface SpeechArgs {
  /** `client.models.find({ output: "audio" })` knows one of today. */
  readonly model: string;
  /** The text. How long it may be is the model's: some take 2,000 characters, others more. */
  readonly input: string;
  /** E.g. `es_speaker_1`; `client.voices.list` knows those of today. */
  readonly voice?: string | undefined;
  /** The form of the audio. */
  readonly responseFormat?: "mp3" | "opus" | "flac" | "wav" | "pcm" | undefined;
  /** How fast, 1 being the voice's own. */
  readonly speed?: number | undefined;
  /** The language of the text, e.g. `es`. */
  readonly language?: string | undefined;
  /** How to speak, in words. */
  readonly instructions?: string | undefined;
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
  create(args: SpeechArgs, options?: CallOptions): ApiPromise<SpeechAudio>;
}

export function speech(http: Http): Speech {
  const { confidential } = http.settings;
  return {
    create: (args, options) =>
      withResponse(async (respond) => {
        const request = requestOf(args);
        const answer = await http.send(request, options);
        respond(answer);
        const mediaType = answer.headers["content-type"];
        if (typeof mediaType !== "string" || !/^(?:audio\/|application\/octet-stream\b)/iu.test(mediaType)) {
          throw misshapen(
            request,
            answer.status,
            `its content type is ${confidential ? "another" : quoted(mediaType)} in place of audio`,
          );
        }
        if (answer.body.length === 0) throw misshapen(request, answer.status, "it is empty");
        return { audio: answer.body, mediaType };
      }),
  };
}

function requestOf({ model, input, voice, responseFormat, speed, language, instructions }: SpeechArgs): ApiRequest {
  const operation = "createSpeech";
  const json = {
    model: requireText(operation, "model", model),
    input: requireText(operation, "input", input),
    voice: voice === undefined ? undefined : requireText(operation, "voice", voice),
    response_format: responseFormat,
    speed,
    language,
    instructions,
  };
  const object = `model ${quoted(model)}${voice === undefined ? "" : ` or voice ${quoted(voice)}`}`;
  const documents = [input, ...(instructions === undefined ? [] : [instructions])];
  return {
    operation,
    task: `speak with ${object}`,
    object,
    method: "POST",
    path: "/audio/speech",
    effect: "non-idempotent",
    json,
    documents,
  };
}

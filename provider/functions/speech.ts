import { asset } from "@pulumi/pulumi";
import type { SpeechArgs as SpokenArgs } from "../client/index.js";
import { sha256 } from "../inputs/hash.js";
import { numberFrom, oneOf, text } from "../inputs/arguments.js";
import { keepRecording, prepareFile, recordingIn, type Recording } from "./audio-file.js";
import type { Context } from "../session/context.js";
import { defineFunction } from "./function.js";

/** What to say, and how. */
export interface SpeechArgs extends SpokenArgs {
  /**
   * The path of a file for the audio, from the program's working directory. Folders are made where they are missing. As
   * long as the file is as it was written and the other arguments are the same, nothing is spoken again.
   * Default: no file is written.
   */
  readonly file?: string | undefined;
}

/** Spoken text. */
export interface SpeechResult {
  /** The audio's bytes in Base64. */
  readonly audio: string;
  /** What the bytes are, as the API says it, e.g. `audio/wav`. */
  readonly mediaType: string;
}

/** Spoken text in a file. */
export interface SpeechFileResult extends SpeechResult {
  /** The path of the file, as it was given. */
  readonly file: string;
  /** The file for a resource that takes one, such as an object in a bucket. */
  readonly asset: asset.FileAsset;
}

/** Speaks a text. */
export const speech = defineFunction<SpeechArgs, SpeechResult | SpeechFileResult>({
  name: "speech",
  args: {
    model: text("the name of a model, as listModels lists it"),
    input: text("the text to speak"),
    voice: text("the name of a voice, as listVoices lists it").optional(),
    responseFormat: oneOf(["mp3", "opus", "flac", "wav", "pcm"]).optional(),
    speed: numberFrom(0.1, 10).optional(),
    language: text("a language, such as es").optional(),
    instructions: text("how to speak, in words").optional(),
    file: text("the path of a file").optional(),
  },
  async run(context, args) {
    const { file } = args;
    if (file === undefined) return speak(context, args);
    // Of two calls for one file the second finds what the first has written.
    return context.turns.take(
      `speech ${file}`,
      async () => (await recorded(context, args)) ?? record(context, args, file),
    );
  },
  recorded,
});

async function recorded(context: Context, args: SpeechArgs): Promise<SpeechFileResult | undefined> {
  if (args.file === undefined) return undefined;
  const recording = await recordingIn(args.file, requestOf(context, args));
  return recording && withFile(recording, args.file);
}

async function record(context: Context, args: SpeechArgs, file: string): Promise<SpeechFileResult> {
  await prepareFile(file);
  const recording = await speak(context, args);
  await keepRecording(file, requestOf(context, args), recording);
  return withFile(recording, file);
}

async function speak({ client, confidential }: Context, args: SpeechArgs): Promise<Recording> {
  const { voice } = args;
  const voices = voice === undefined ? [] : (await client.voices.list()).map((known) => known.voice);
  if (voice !== undefined && voices.length > 0 && !voices.includes(voice)) {
    if (confidential)
      throw new Error("speech: voice must be one of those that the API has today, which listVoices answers.");
    throw new Error(
      `speech: voice must be one of those that the API has today, ${voices.join(", ")}, but is "${voice}".`,
    );
  }
  const { audio, mediaType } = await client.speech.create(args);
  return { audio: audio.toString("base64"), mediaType };
}

function withFile(recording: Recording, file: string): SpeechFileResult {
  return { ...recording, file, asset: new asset.FileAsset(file) };
}

/** Stands for all that decides about the audio. What the emulator spoke is not the live API's answer. */
function requestOf(
  { places }: Context,
  { model, input, voice, responseFormat, speed, language, instructions }: SpeechArgs,
): string {
  const how = [responseFormat, speed, language, instructions];
  const asked = [places.current.origin, model, voice, input, ...(how.some((part) => part !== undefined) ? how : [])];
  return sha256(JSON.stringify(asked));
}

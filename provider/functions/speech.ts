import { asset } from "@pulumi/pulumi";
import { sha256 } from "../inputs/hash.js";
import { text } from "../inputs/arguments.js";
import { keepRecording, prepareFile, recordingIn, type Recording } from "./audio-file.js";
import type { Context } from "../session/context.js";
import { defineFunction } from "./function.js";

/** What to say, and how. */
export interface SpeechArgs {
  /** The model's name, as `listModels({ kind: "speech" })` lists it, e.g. `bark-small`. */
  readonly model: string;
  /** The text to speak: not empty, at most 2,000 characters. */
  readonly input: string;
  /** The voice's name, as `listVoices` lists it. */
  readonly voice: string;
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

/** Characters that the API takes at most; an emoji counts as one. */
const LONGEST = 2_000;

/** Speaks a text. */
export const speech = defineFunction<SpeechArgs, SpeechResult | SpeechFileResult>({
  name: "speech",
  args: {
    model: text("the name of a model, as listModels lists it"),
    input: text("the text to speak").refine((input) => lengthOf(input) <= LONGEST, { error: ({ input }) => tooLong(String(input)) }),
    voice: text("the name of a voice, as listVoices lists it"),
    file: text("the path of a file").optional(),
  },
  async run(context, args) {
    const { file } = args;
    if (file === undefined) return speak(context, args);
    // Of two calls for one file the second finds what the first has written.
    return context.turns.take(`speech ${file}`, async () => (await recorded(context, args)) ?? record(context, args, file));
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

async function speak({ client, confidential }: Context, { model, input, voice }: SpeechArgs): Promise<Recording> {
  const voices = (await client.voices.list()).map((known) => known.voice);
  if (voices.length > 0 && !voices.includes(voice)) {
    if (confidential) throw new Error("speech: voice must be one of those that the API has today, which listVoices answers.");
    throw new Error(`speech: voice must be one of those that the API has today, ${voices.join(", ")}, but is "${voice}".`);
  }
  const { audio, mediaType } = await client.speech.create({ model, input, voice });
  return { audio: audio.toString("base64"), mediaType };
}

function withFile(recording: Recording, file: string): SpeechFileResult {
  return { ...recording, file, asset: new asset.FileAsset(file) };
}

/** Stands for all that decides about the audio. What the emulator spoke is not the live API's answer. */
function requestOf({ places }: Context, { model, input, voice }: SpeechArgs): string {
  return sha256(JSON.stringify([places.current.origin, model, voice, input]));
}

function lengthOf(input: string): number {
  return Array.from(input).length;
}

function tooLong(input: string): string {
  return `must have at most ${LONGEST} characters, but has ${lengthOf(input)}: split it into several texts`;
}

import { z } from "zod";
import type { Behavior } from "../behavior.js";
import { unknownName } from "../errors.js";
import { checkModel } from "../models.js";
import type { Operation } from "../operation.js";
import { VOICES, type Speaker } from "../speech/speaker.js";
import { optional, text } from "../wire.js";

/** The limit of the only model for speech. */
const LONGEST = 2_000;

const FORMATS = ["mp3", "opus", "flac", "wav", "pcm"] as const;

const body = z.object({
  model: text(),
  // Characters as a reader counts them: an emoji is one.
  input: text()
    .refine((value) => value !== "", { error: "must not be empty" })
    .refine((value) => Array.from(value).length <= LONGEST, { error: `must have at most ${LONGEST} characters` }),
  voice: optional(text()),
  response_format: optional(z.enum(FORMATS, { error: `must be one of ${FORMATS.join(", ")}` })),
  speed: optional(z.number({ error: "must be a number" })),
  language: optional(text()),
  instructions: optional(text()),
});

const entry = (voice: string): unknown => ({
  id: voice,
  name: voice,
  description: "A voice of the emulator",
  mode: "preset",
  native_language: voice.startsWith("es_") ? "es" : "en",
});

/** `/audio`: speech and its voices. Audio is WAV, or PCM without its header, whatever other format is asked for. */
export const speechOperations = (speaker: Speaker, like: Behavior): Operation[] => [
  {
    id: "createSpeech",
    method: "POST",
    path: "/audio/speech",
    async handle(call) {
      const { model, input, voice, response_format: format } = await call.json(body);
      checkModel(model, like);
      if (voice !== undefined && like.unknownVoice === "refused" && !VOICES.includes(voice))
        throw unknownName("voice", voice);
      const { bytes, type } = encoded(await speaker.speak(input, voice), format);
      return { status: 200, bytes, type };
    },
  },
  {
    id: "listVoices",
    method: "GET",
    path: "/audio/voices",
    handle: () => ({
      status: 200,
      json: like.voiceList === "data" ? { data: VOICES.map(entry) } : { voices: VOICES.map((voice) => ({ voice })) },
    }),
  },
];

/** The header of the synthesizer's WAV files, in bytes. */
const HEADER = 44;

function encoded(wave: Uint8Array, format: (typeof FORMATS)[number] | undefined): { bytes: Uint8Array; type: string } {
  return format === "pcm" ? { bytes: wave.subarray(HEADER), type: "audio/pcm" } : { bytes: wave, type: "audio/wav" };
}

import { z } from "zod";
import type { Operation } from "../operation.js";
import { VOICES, type Speaker } from "../speech/speaker.js";
import { text } from "../wire.js";

const LONGEST = 2_000;

const body = z.object({
  model: text(),
  // Characters as a reader counts them: an emoji is one.
  input: text()
    .refine((value) => value !== "", { error: "must not be empty" })
    .refine((value) => Array.from(value).length <= LONGEST, { error: `must have at most ${LONGEST} characters` }),
  voice: text(),
});

/** `/audio`: speech and its voices. */
export const speechOperations = (speaker: Speaker): Operation[] => [
  {
    id: "createSpeech",
    method: "POST",
    path: "/audio/speech",
    async handle(call) {
      const { input, voice } = await call.json(body);
      return { status: 200, bytes: await speaker.speak(input, voice), type: "audio/wav" };
    },
  },
  {
    id: "listVoices",
    method: "GET",
    path: "/audio/voices",
    handle: () => ({ status: 200, json: { data: VOICES.map((voice) => ({ id: voice, name: voice })) } }),
  },
];

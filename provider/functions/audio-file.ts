import { createHash, randomBytes } from "node:crypto";
import { access, constants, mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { z } from "zod";
import { messageOf } from "../text/error-message.js";

/** Audio as it goes in and comes out. */
export interface Recording {
  /** The bytes in Base64. */
  readonly audio: string;
  readonly mediaType: string;
}

/** What stands beside an audio file about the request that it answers. */
const note = z.object({ request: z.string(), audioHash: z.string(), mediaType: z.string() });

/** The audio in a file, if it is still the answer to this request. */
export async function recordingIn(file: string, request: string): Promise<Recording | undefined> {
  const [known, bytes] = await Promise.all([readNote(file), readFile(file).catch(() => undefined)]);
  if (known?.request !== request || bytes === undefined || known.audioHash !== hashOf(bytes)) return undefined;
  return { audio: bytes.toString("base64"), mediaType: known.mediaType };
}

/**
 * Makes sure that a file can be written, before something is paid for that shall be in it.
 *
 * @throws Error that names the argument.
 */
export async function prepareFile(file: string): Promise<void> {
  await naming(async () => {
    await mkdir(dirname(file), { recursive: true });
    await access(dirname(file), constants.W_OK);
    if ((await stat(file).catch(() => undefined))?.isDirectory()) throw new Error("it is a folder");
  });
}

/**
 * Writes audio to a file, and beside it which request it answers. Each of the two is whole or as it was before. The
 * note holds the audio's hash, so what a process that died between them left behind is not believed.
 *
 * @throws Error that names the argument.
 */
export async function keepRecording(file: string, request: string, { audio, mediaType }: Recording): Promise<void> {
  const bytes = Buffer.from(audio, "base64");
  const about: z.output<typeof note> = { request, audioHash: hashOf(bytes), mediaType };
  await naming(async () => {
    await replaceFile(file, bytes);
    await replaceFile(noteOf(file), `${JSON.stringify(about)}\n`);
  });
}

function noteOf(file: string): string {
  return `${file}.vultr-inference.json`;
}

async function readNote(file: string): Promise<z.output<typeof note> | undefined> {
  try {
    return note.parse(JSON.parse(await readFile(noteOf(file), "utf8")));
  } catch {
    return undefined;
  }
}

/** Whoever reads the file sees the old one or the new one, and never a part of it. */
async function replaceFile(path: string, content: Uint8Array | string): Promise<void> {
  const unfinished = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString("hex")}`);
  try {
    await writeFile(unfinished, content, { flag: "wx" });
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

async function naming(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw new Error(`speech: file cannot be written (${(error as NodeJS.ErrnoException).code ?? messageOf(error)}).`, {
      cause: error,
    });
  }
}

function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

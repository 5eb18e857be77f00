import { closeSync, constants, fstatSync, lstatSync, openSync, readlinkSync, readSync, type Stats } from "node:fs";
import { dirname } from "node:path";

/** A file that is open, and is what its path was when it was looked at. */
export interface OpenFile {
  readonly descriptor: number;
  /** In bytes, when it was opened. */
  readonly size: number;
  close(): void;
}

/** Says that a path leads to something else than it did a moment ago, or to no regular file. */
export class NotThatFile extends Error {
  readonly code = "ENOTTHAT";
}

/**
 * Opens the regular file at a path without links, and makes sure afterwards that it is that file: nobody has put a
 * link, a pipe or a device in its place, or in the place of a folder above.
 *
 * @param real as `follow` answers it.
 * @throws NotThatFile, or Error with the system's code.
 */
export function openFile(real: string): OpenFile {
  // A pipe would block for ever otherwise. Systems without these flags do not have them here, which counts as 0.
  const descriptor = openSync(real, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const opened = fstatSync(descriptor);
    if (!opened.isFile() || !(isSaidToBe(descriptor, real) || isFoundAt(real, opened)))
      throw new NotThatFile("It is another file now, or none.");
    return { descriptor, size: opened.size, close: () => closeSync(descriptor) };
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

/** Whether the system itself says that what is open is at a path: Linux does, in one call whatever the path's depth. */
function isSaidToBe(descriptor: number, real: string): boolean {
  if (process.platform !== "linux") return false;
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`) === real;
  } catch {
    return false;
  }
}

function isFoundAt(real: string, { ino, dev }: Stats): boolean {
  const there = lstatSync(real);
  return ino === there.ino && dev === there.dev && !isBelowLink(real);
}

/** Whether a folder above is a link. To resolve the path as a whole takes as long as to read the file. */
function isBelowLink(path: string): boolean {
  const folder = dirname(path);
  return folder !== path && (lstatSync(folder).isSymbolicLink() || isBelowLink(folder));
}

/** All bytes of an open file. */
export function readAll({ descriptor, size }: OpenFile): Uint8Array {
  const bytes = Buffer.allocUnsafe(size);
  let filled = 0;
  for (let more = -1; more !== 0 && filled < size; filled += more)
    more = readSync(descriptor, bytes, filled, size - filled, filled);
  return bytes.subarray(0, filled);
}

const CHUNK = 256 * 1024;

/** The bytes of an open file from its beginning, one chunk after the other. */
export async function* chunks({ descriptor }: OpenFile): AsyncGenerator<Uint8Array> {
  for (let at = 0; ; ) {
    const chunk = Buffer.allocUnsafe(CHUNK);
    const length = readSync(descriptor, chunk, 0, CHUNK, at);
    if (length === 0) return;
    at += length;
    yield chunk.subarray(0, length);
    // Between two chunks others have their turn.
    await Promise.resolve();
  }
}

import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { extname } from "node:path";
import { causeOf } from "./cause.js";
import { UsageError } from "./errors.js";
import type { Upload } from "./request.js";
import { quoted } from "../../text/clean.js";

/** Bytes of a known number that can be read again and again. */
export interface RereadableSource {
  /** In bytes. */
  readonly size: number;
  /** Begins to read them again. */
  read(): AsyncIterable<Uint8Array>;
}

/**
 * The bytes of a file: themselves, a Blob or File of the web, the path of a file, what reads them again each time, or a
 * stream, which can be read only once.
 */
export type FileSource = Uint8Array | Blob | string | RereadableSource | AsyncIterable<Uint8Array | string>;

/** A source at hand: its size where it is known, and a way to read it. */
interface Opened {
  readonly size: number | undefined;
  readonly once: boolean;
  readonly read: () => AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

const mediaTypes: Readonly<Record<string, string>> = {
  ".txt": "text/plain",
  ".md": "text/markdown",
  ".html": "text/html",
  ".csv": "text/csv",
  ".json": "application/json",
  ".pdf": "application/pdf",
  ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
};

/**
 * A multipart body with one part named `file`. The source is never held in memory as a whole besides the caller's own
 * bytes.
 *
 * @throws UsageError for a file that cannot be read, or a filename that cannot stand in a header.
 */
export async function filePart(operation: string, filename: string, source: FileSource): Promise<Upload> {
  if (/\p{Cc}/u.test(filename)) {
    throw new UsageError(`${operation}: filename ${quoted(filename)} must not have control characters.`, { operation });
  }
  const { size, once, read } = await open(operation, source);
  const boundary = `part-${randomUUID()}`;
  const name = filename.replaceAll('"', "%22");
  const type = mediaTypes[extname(filename).toLowerCase()] ?? "application/octet-stream";
  const head = Buffer.from(
    `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: ${type}\r\n\r\n`,
  );
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  let begun = false;
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    length: size === undefined ? undefined : head.length + size + tail.length,
    get spent() {
      return once && begun;
    },
    async *open() {
      begun = true;
      yield head;
      yield* read();
      yield tail;
    },
  };
}

async function open(operation: string, source: FileSource): Promise<Opened> {
  if (typeof source === "string") return openPath(operation, source);
  if (source instanceof Uint8Array) {
    return { size: source.length, once: false, read: () => slices(source) };
  }
  if (source instanceof Blob) return { size: source.size, once: false, read: () => source.stream() };
  if (isRereadable(source)) return { size: source.size, once: false, read: () => source.read() };
  if (typeof Reflect.get(Object(source), Symbol.asyncIterator) !== "function") {
    throw new UsageError(`${operation}: source must be bytes, the path of a file, or a readable stream.`, {
      operation,
    });
  }
  return { size: undefined, once: true, read: () => bytesOf(source) };
}

function isRereadable(source: unknown): source is RereadableSource {
  return (
    typeof source === "object" &&
    source !== null &&
    "read" in source &&
    "size" in source &&
    typeof source.read === "function" &&
    typeof source.size === "number"
  );
}

async function openPath(operation: string, path: string): Promise<Opened> {
  const unreadable = (why: string, cause?: unknown) =>
    new UsageError(`${operation}: source ${quoted(path)} cannot be sent: ${why}.`, { operation, cause });
  const found = await stat(path).catch((error: unknown) => {
    throw unreadable(`it cannot be read (${causeOf(error).text})`, error);
  });
  if (!found.isFile()) throw unreadable("it is not a file");
  return {
    size: found.size,
    once: false,
    async *read() {
      let sent = 0;
      try {
        for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
          sent += chunk.length;
          if (sent > found.size) break;
          yield chunk;
        }
      } catch (error) {
        throw unreadable(`reading it failed (${causeOf(error).text})`, error);
      }
      if (sent !== found.size) throw unreadable("it changed while it was being sent");
    },
  };
}

/** Small enough that each shows progress; views, not copies. */
function* slices(bytes: Uint8Array): Generator<Uint8Array> {
  const step = 256 * 1024;
  for (let start = 0; start < bytes.length; start += step) yield bytes.subarray(start, start + step);
}

async function* bytesOf(source: AsyncIterable<Uint8Array | string>): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) yield typeof chunk === "string" ? Buffer.from(chunk) : chunk;
}

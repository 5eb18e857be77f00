import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";
import type { AnswerHeaders, BodyReader } from "./request.js";
import { TransportError } from "./transport-error.js";

/** Bytes of an answer at most: a runaway answer ends before the process does. */
export const LONGEST_ANSWER = 256 * 1024 * 1024;

/** So much of a body that a reader has read is kept, in bytes: enough to tell a web page. */
const KEPT = 1_024;

/** Collects the body of an answer: whole, or as far as the request's reader wants it. */
export class Body {
  readonly #chunks: Uint8Array[] = [];
  #length = 0;

  /** @param reader none where the answer is no success. */
  constructor(readonly reader: BodyReader | undefined) {}

  /** Takes a chunk. Answers true once no more are needed. @throws TransportError where the answer is too long */
  take(chunk: Uint8Array): boolean {
    if (this.#length + chunk.length > LONGEST_ANSWER) throw new TransportError("oversized", true);
    if (this.reader === undefined || this.#length < KEPT)
      this.#chunks.push(this.reader ? Buffer.from(chunk.subarray(0, KEPT)) : chunk);
    this.#length += chunk.length;
    return this.reader?.take(chunk) === true;
  }

  bytes(): Buffer {
    const [only] = this.#chunks;
    return this.#chunks.length === 1 && Buffer.isBuffer(only) ? only : Buffer.concat(this.#chunks);
  }
}

const DECODERS: Readonly<Record<string, typeof gunzipSync>> = {
  gzip: gunzipSync,
  "x-gzip": gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
};

/** How a body is compressed, which some proxies do though nobody asks for it; undefined where it is not. */
export function compressionOf({ "content-encoding": encoding = "" }: AnswerHeaders): string | undefined {
  const name = String(encoding).trim().toLowerCase();
  return Object.hasOwn(DECODERS, name) ? name : undefined;
}

/** A body as it was before it was compressed. @throws TransportError where that fails */
export function decompressed(compression: string, bytes: Buffer): Buffer {
  try {
    return DECODERS[compression]?.(bytes, { maxOutputLength: LONGEST_ANSWER }) ?? bytes;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new TransportError(code === "ERR_BUFFER_TOO_LARGE" ? "oversized" : "broken", true, error);
  }
}

export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

export function isEventStream(status: number, headers: AnswerHeaders): boolean {
  const type = headers["content-type"];
  return isSuccess(status) && typeof type === "string" && /^text\/event-stream\b/iu.test(type);
}

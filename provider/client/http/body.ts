import type { AnswerHeaders, BodyReader } from "./request.js";

/** So much of a body that a reader has read is kept, in bytes: enough to tell a web page. */
const KEPT = 1_024;

/** Collects the body of an answer: whole, or as far as the request's reader wants it. */
export class Body {
  readonly #chunks: Uint8Array[] = [];
  #length = 0;

  /** @param reader none where the answer is no success. */
  constructor(readonly reader: BodyReader | undefined) {}

  /** Takes a chunk. Answers true once no more are needed. */
  take(chunk: Uint8Array): boolean {
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

export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

export function isEventStream(status: number, headers: AnswerHeaders): boolean {
  const type = headers["content-type"];
  return isSuccess(status) && typeof type === "string" && /^text\/event-stream\b/iu.test(type);
}

import type { BodyReader } from "./http/request.js";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);

/**
 * Bodies of up to so many bytes are read whole: the connection can be used again then, and what comes last is known,
 * too.
 */
const SMALL = 128 * 1024;

/**
 * Reads a JSON object up to so many entries of one of its lists. What is between them and the end of the list is left
 * out. A body is no longer read where enough has come of a large one.
 *
 * It looks for quotes, brackets and commas alone: whether it is JSON, its parser says.
 */
export class FirstOf implements BodyReader {
  readonly #kept: Uint8Array[] = [];
  #read = 0;
  #depth = 0;
  #isInText = false;
  #isEscaped = false;
  /** The last text right within the object, as far as it can be the list's name. */
  #word = "";
  #isInList = false;
  #entries = 0;
  #isFull = false;
  #isCut = false;

  constructor(
    private readonly list: string,
    private readonly limit: number,
  ) {}

  /** Whether the end was not read. */
  get isCut(): boolean {
    return this.#isCut;
  }

  take(bytes: Uint8Array): boolean {
    let from = 0;
    for (let at = 0; at < bytes.length; at++) {
      const wasFull = this.#isFull;
      this.#step(bytes[at] ?? 0);
      if (wasFull === this.#isFull) continue;
      if (this.#isFull) this.#kept.push(bytes.slice(from, at));
      from = at;
    }
    if (!this.#isFull) this.#kept.push(bytes.slice(from));
    this.#read += bytes.length;
    this.#isCut = this.#isFull && this.#read > SMALL;
    return this.#isCut;
  }

  /** What was read, without what is left out. */
  text(): string {
    return `${Buffer.concat(this.#kept).toString("utf8")}${this.#isCut ? "]}" : ""}`;
  }

  #step(byte: number): void {
    if (this.#isInText) this.#stepInText(byte);
    else if (byte === QUOTE) {
      this.#isInText = true;
      if (this.#depth === 1) this.#word = "";
    } else if (OPENING.has(byte)) {
      this.#depth++;
      if (this.#depth === 2 && byte === 0x5b && this.#word === this.list) this.#isInList = true;
    } else if (CLOSING.has(byte)) {
      this.#depth--;
      if (this.#depth === 1) this.#isInList = this.#isFull = false;
    } else if (byte === COMMA && this.#depth === 2 && this.#isInList) {
      this.#entries++;
      if (this.#entries >= this.limit) this.#isFull = true;
    }
  }

  #stepInText(byte: number): void {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (byte === BACKSLASH) this.#isEscaped = true;
    else if (byte === QUOTE) this.#isInText = false;
    else if (this.#depth === 1 && this.#word.length <= this.list.length) this.#word += String.fromCharCode(byte);
  }
}

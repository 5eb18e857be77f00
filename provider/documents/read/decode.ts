import { DocumentError } from "../document-error.js";
import { declaredDecoder } from "./charset.js";

/** What a document may have at most, in bytes. */
const LARGEST = 32 * 1024 * 1024;

/** @throws DocumentError for more bytes than a document may have. */
export function requireSize(bytes: number): void {
  if (bytes > LARGEST)
    throw new DocumentError(
      `has more than ${LARGEST / 1024 / 1024} MiB: split it into several documents, or exclude it`,
    );
}

/** Where one sign of so many is a NUL, a page is none. */
const NULS = 100;

/**
 * The text that bytes hold: UTF-8, or UTF-16 where a byte order mark says so. In NFC, lines ended by LF.
 *
 * @param isMarkup whether it is HTML: what is no UTF-8 is what it declares, and single NULs are passed over, as
 * browsers do; manuals of programs have some.
 * @throws DocumentError where they are something else.
 */
export function decode(bytes: Uint8Array, isMarkup = false): string {
  const text = isUtf16(bytes) ? decodeUtf16(bytes) : decodeUtf8(bytes, isMarkup);
  const nul = text.indexOf("\0");
  if (nul >= 0 && !(isMarkup && text.replaceAll("\0", "").length > text.length * (1 - 1 / NULS)))
    throw new DocumentError(`is not text: it holds a NUL at character ${nul}. Exclude it, or name it by what it is`);
  return clean(text);
}

const BEYOND_PLAIN = /[^\t\n -~]/u;

/** What tells a terminal which colour it writes in, or where. */
const COLOUR = /\u001b\[[\d;?]*[a-z]/giu;

/** Text as every document has it, also where escapes or a reader's library brought in what no file may hold. */
export function clean(text: string): string {
  if (!BEYOND_PLAIN.test(text)) return text;
  const lines = text.includes("\r") ? text.replace(/\r\n?/gu, "\n") : text;
  const plain = lines.includes("\u001b") ? lines.replace(COLOUR, "") : lines;
  return (plain.includes("\0") ? plain.replaceAll("\0", "") : plain).toWellFormed().normalize("NFC");
}

function isUtf16([first, second]: Uint8Array): boolean {
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}

function decodeUtf16(bytes: Uint8Array): string {
  try {
    return new TextDecoder(bytes[0] === 0xff ? "utf-16le" : "utf-16be", { fatal: true }).decode(bytes);
  } catch {
    throw new DocumentError("begins like UTF-16, but is not: save it as UTF-8");
  }
}

function decodeUtf8(bytes: Uint8Array, isMarkup: boolean): string {
  const isPaired = isMarkup && (bytes[0] === 0 || bytes[1] === 0);
  const text =
    (isPaired ? undefined : decodedBy(UTF8, bytes)) ??
    (isMarkup ? decodedBy(declaredDecoder(bytes), bytes) : undefined);
  if (text !== undefined) return text;
  throw new DocumentError(
    `is not UTF-8 text: the byte at ${placeOf(bytes, firstInvalid(bytes))} does not belong. Save it as UTF-8, ` +
      `${isMarkup ? "declare its character encoding, " : ""}or exclude it`,
  );
}

const UTF8 = new TextDecoder("utf-8", { fatal: true });

function decodedBy(decoder: TextDecoder | undefined, bytes: Uint8Array): string | undefined {
  try {
    return decoder?.decode(bytes);
  } catch {
    return undefined;
  }
}

function placeOf(bytes: Uint8Array, offset: number): string {
  let line = 1;
  for (let at = 0; at < offset; at++) if (bytes[at] === 10) line++;
  return `offset ${offset} (line ${line})`;
}

const REPLACEMENT = "\uFFFD";

/** Decoding puts a replacement where bytes are invalid; one that the text holds itself stands in the bytes, too. */
function firstInvalid(bytes: Uint8Array): number {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  let offset = 0;
  let from = 0;
  for (let at = text.indexOf(REPLACEMENT); at >= 0; at = text.indexOf(REPLACEMENT, from)) {
    offset += Buffer.byteLength(text.slice(from, at));
    if (bytes[offset] !== 0xef || bytes[offset + 1] !== 0xbf || bytes[offset + 2] !== 0xbd) return offset;
    offset += 3;
    from = at + 1;
  }
  return offset;
}

/** Whether bytes are text. */
export function isText(bytes: Uint8Array): boolean {
  try {
    decode(bytes);
    return true;
  } catch {
    return false;
  }
}

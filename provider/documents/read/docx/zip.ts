import { inflateRawSync } from "node:zlib";
import { DocumentError } from "../../document-error.js";

/** What a document's parts may be together once unpacked, in bytes. */
const LIMIT = 64 * 1024 * 1024;

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const DEFLATED = 8;

/**
 * Unpacks an archive's parts and lets them go: what its table of contents says of their sizes need not be true.
 *
 * @throws DocumentError where it is no archive, or is more than 64 MiB once unpacked.
 */
export function checkInflatedSize(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { start, count } = tableOf(view);
  let [left, found] = [LIMIT, 0];
  for (let at = start; at + 46 <= view.byteLength && view.getUint32(at, true) === ENTRY; ) {
    left -= Math.max(view.getUint32(at + 24, true), inflatedSize(bytes, view, at, left));
    if (left < 0) throw tooLarge();
    found++;
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  // A reader that is more forgiving would find parts where nothing was checked.
  if (found === 0 || found !== count) throw damaged();
}

function inflatedSize(bytes: Uint8Array, view: DataView, entry: number, limit: number): number {
  const size = view.getUint32(entry + 20, true);
  const local = view.getUint32(entry + 42, true);
  if (local + 30 > view.byteLength) throw damaged();
  const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  if (start + size > view.byteLength) throw damaged();
  if (view.getUint16(entry + 10, true) !== DEFLATED) return size;
  try {
    return inflateRawSync(bytes.subarray(start, start + size), { maxOutputLength: Math.max(1, limit) }).byteLength;
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE" ? tooLarge() : damaged();
  }
}

function tableOf(view: DataView): { start: number; count: number } {
  const earliest = Math.max(0, view.byteLength - 22 - 0xffff);
  for (let at = view.byteLength - 22; at >= earliest; at--) {
    if (view.getUint32(at, true) === END)
      return { start: view.getUint32(at + 16, true), count: view.getUint16(at + 10, true) };
  }
  throw new DocumentError("is no readable DOCX: it is no ZIP archive. Save it again as DOCX, or exclude it");
}

const damaged = (): DocumentError =>
  new DocumentError("is no readable DOCX: its archive is damaged. Save it again as DOCX, or exclude it");

const tooLarge = (): DocumentError =>
  new DocumentError(
    `is more than ${LIMIT / 1024 / 1024} MiB once unpacked, which no document should be: split it into several, ` +
      "or exclude it",
  );

import { IngestionError } from "./ingestion-error.js";

/** What a DOCX may grow to when it is unpacked, in bytes. */
const LIMIT = 256 * 1024 * 1024;

const END = 0x06054b50;
const ENTRY = 0x02014b50;

/** Refuses an archive that would unpack to more than the machine should hold, by its own table of contents. */
export function checkInflatedSize(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = startOfTable(view);
  let total = 0;
  while (at + 46 <= view.byteLength && view.getUint32(at, true) === ENTRY) {
    total += view.getUint32(at + 24, true);
    if (total > LIMIT) throw new IngestionError(`The file unpacks to more than ${LIMIT} bytes`);
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
}

function startOfTable(view: DataView): number {
  const earliest = Math.max(0, view.byteLength - 22 - 0xffff);
  for (let at = view.byteLength - 22; at >= earliest; at--) {
    if (view.getUint32(at, true) === END) return view.getUint32(at + 16, true);
  }
  throw new IngestionError("The file is no readable DOCX: it is no ZIP archive");
}

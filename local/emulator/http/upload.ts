import type { IncomingMessage } from "node:http";
import { ApiError } from "../errors.js";
import type { Upload } from "../operation.js";
import { readBody } from "./body.js";

/** The largest upload, in bytes. The live API's limit is unknown. */
export const UPLOAD_LIMIT = 32 * 1024 * 1024;

/** What the parts' headers and boundaries may take besides. */
const OVERHEAD = 64 * 1024;

/** Parts that a body may have; the API knows one. */
const PARTS = 16;

const LINE = Buffer.from("\r\n");
const HEAD_END = Buffer.from("\r\n\r\n");

/** Reads the part called `name` of a multipart/form-data body. */
export async function readUpload(request: IncomingMessage, name: string): Promise<Upload> {
  const boundary = boundaryOf(request.headers["content-type"] ?? "");
  const body = await readBody(request, UPLOAD_LIMIT + OVERHEAD);
  for (const part of parts(body, boundary)) {
    if (part.name !== name) continue;
    if (part.bytes.length > UPLOAD_LIMIT) throw new ApiError(413, `${name}: is larger than ${UPLOAD_LIMIT} bytes`);
    return { filename: part.filename ?? name, bytes: part.bytes };
  }
  throw new ApiError(422, `${name}: is required`);
}

function boundaryOf(type: string): string {
  if (!/^multipart\/form-data\s*(;|$)/i.test(type))
    throw new ApiError(415, "The body must be multipart/form-data with one part named file");
  const match = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(type);
  const boundary = match?.[1] ?? match?.[2];
  if (boundary === undefined) throw new ApiError(400, "The Content-Type has no usable boundary");
  return boundary;
}

interface Part {
  readonly name: string | undefined;
  readonly filename: string | undefined;
  readonly bytes: Buffer;
}

function* parts(body: Buffer, boundary: string): Generator<Part> {
  const malformed = (): ApiError => new ApiError(400, "The body is not well-formed multipart/form-data");
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  const opening = delimiter.subarray(LINE.length);
  let at = body.subarray(0, opening.length).equals(opening) ? opening.length : after(body, delimiter, 0);
  for (let count = 0; at !== -1; count++) {
    if (body.toString("latin1", at, at + 2) === "--") return;
    if (count === PARTS) throw new ApiError(413, `The body has more than ${PARTS} parts`);
    const headStart = body.indexOf(LINE, at);
    const headEnd = headStart === -1 ? -1 : body.indexOf(HEAD_END, headStart);
    const end = headEnd === -1 ? -1 : body.indexOf(delimiter, headEnd + LINE.length);
    if (end === -1) throw malformed();
    const disposition = dispositionOf(body.toString("utf8", headStart, headEnd));
    yield { ...disposition, bytes: body.subarray(headEnd + HEAD_END.length, Math.max(end, headEnd + HEAD_END.length)) };
    at = end + delimiter.length;
  }
  throw malformed();
}

function after(body: Buffer, delimiter: Buffer, from: number): number {
  const at = body.indexOf(delimiter, from);
  return at === -1 ? -1 : at + delimiter.length;
}

function dispositionOf(head: string): { name: string | undefined; filename: string | undefined } {
  const line = /^content-disposition:(.*)$/im.exec(head)?.[1] ?? "";
  return { name: parameter(line, "name"), filename: extended(line) ?? parameter(line, "filename") };
}

function parameter(line: string, name: string): string | undefined {
  const match = new RegExp(`;\\s*${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^\\s;"]+))`, "i").exec(line);
  // Browsers and fetch escape these three and nothing else.
  return (match?.[1]?.replace(/\\(["\\])/g, "$1") ?? match?.[2])?.replace(/%22|%0D|%0A/gi, decodeURIComponent);
}

/** A name written as in RFC 5987: filename*=UTF-8''na%C3%AFve.txt. */
function extended(line: string): string | undefined {
  const value = /;\s*filename\*=utf-8''([^\s;]+)/i.exec(line)?.[1];
  try {
    return value === undefined ? undefined : decodeURIComponent(value);
  } catch {
    return undefined;
  }
}

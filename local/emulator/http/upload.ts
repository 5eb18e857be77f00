import type { IncomingMessage } from "node:http";
import busboy from "busboy";
import { ApiError } from "../errors.js";
import type { Upload } from "../operation.js";
import { readBody } from "./body.js";

/** The largest upload, in bytes. The live API's limit is unknown. */
export const UPLOAD_LIMIT = 32 * 1024 * 1024;

/** What the parts' headers and boundaries may take besides. */
const OVERHEAD = 64 * 1024;

/** Parts that a body may have; the API knows one. */
const PARTS = 16;

/** A file that reaches its limit counts as over it. */
const LIMITS = { parts: PARTS, fileSize: UPLOAD_LIMIT + 1, fieldSize: UPLOAD_LIMIT };

/** Reads the part called `name` of a multipart/form-data body. */
export async function readUpload(request: IncomingMessage, name: string): Promise<Upload> {
  const parser = parserFor(request.headers["content-type"] ?? "");
  const upload = partOf(parser, name);
  parser.end(await readBody(request, UPLOAD_LIMIT + OVERHEAD));
  return upload;
}

function parserFor(type: string): busboy.Busboy {
  if (!/^multipart\/form-data\s*(;|$)/i.test(type))
    throw new ApiError(415, "The body must be multipart/form-data with one part named file");
  try {
    return busboy({ headers: { "content-type": type }, limits: LIMITS, defParamCharset: "utf8", preservePath: true });
  } catch {
    throw new ApiError(400, "The Content-Type has no usable boundary");
  }
}

function partOf(parser: busboy.Busboy, name: string): Promise<Upload> {
  return new Promise((resolve, reject) => {
    const tooLarge = (): void => reject(new ApiError(413, `${name}: is larger than ${UPLOAD_LIMIT} bytes`));
    parser.on("file", (part, stream, { filename }) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => part === name && chunks.push(chunk));
      stream.on("limit", tooLarge);
      // The parser tells the same.
      stream.on("error", () => undefined);
      stream.on(
        "end",
        () => part === name && resolve({ filename: unescaped(filename ?? name), bytes: Buffer.concat(chunks) }),
      );
    });
    // A part without a file name, as some clients send a text.
    parser.on("field", (part, text) => part === name && resolve({ filename: name, bytes: Buffer.from(text) }));
    parser.on("partsLimit", () => reject(new ApiError(413, `The body has more than ${PARTS} parts`)));
    parser.on("error", () => reject(new ApiError(400, "The body is not well-formed multipart/form-data")));
    parser.on("close", () => reject(new ApiError(422, `${name}: is required`)));
  });
}

/** Browsers and fetch escape these three in a file's name and nothing else. */
function unescaped(filename: string): string {
  return filename.replace(/%22|%0D|%0A/gi, decodeURIComponent);
}

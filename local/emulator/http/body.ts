import type { IncomingMessage } from "node:http";
import type { z } from "zod";
import { ApiError, invalidBody } from "../errors.js";

/** The longest JSON body, in bytes. */
const JSON_LIMIT = 4 * 1024 * 1024;

/** Reads a whole body. What is over the limit is refused, and its rest is thrown away unread. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const tooLarge = (): ApiError => new ApiError(413, `The body is larger than ${limit} bytes`, { connection: "close" });
  if (Number(request.headers["content-length"] ?? 0) > limit) throw tooLarge();
  const chunks: Buffer[] = [];
  let length = 0;
  // The connection is still needed for the answer, so leaving the loop must not destroy it.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > limit) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

/** Reads the text of a JSON body. */
export async function readJsonText(request: IncomingMessage): Promise<Buffer> {
  const type = request.headers["content-type"] ?? "";
  if (!/^application\/([\w.-]+\+)?json\s*(;|$)/i.test(type)) {
    throw new ApiError(415, "The body must be JSON: set the header Content-Type: application/json");
  }
  return readBody(request, JSON_LIMIT);
}

/** Checks the text of a JSON body. */
export function parseJson<T>(body: Buffer, schema: z.ZodType<T>): T {
  const result = schema.safeParse(parse(body));
  if (!result.success) throw invalidBody(result.error);
  return result.data;
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    throw new ApiError(400, "The body is not valid JSON");
  }
}

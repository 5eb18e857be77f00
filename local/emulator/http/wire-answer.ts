import type { OutgoingHttpHeaders } from "node:http";
import { ApiError, type ErrorShape } from "../errors.js";
import type { Answer } from "../operation.js";

/** An answer as bytes, or as a stream of server-sent events. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer | AsyncIterable<string>;
}

/** The bytes of what an operation answered. */
export function encodeAnswer(answer: Answer): WireAnswer {
  if ("json" in answer) return encodeJson(answer.status, answer.json);
  if ("bytes" in answer) {
    return { status: answer.status, headers: { "content-type": answer.type }, body: Buffer.from(answer.bytes) };
  }
  if ("events" in answer) {
    const headers = { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache" };
    return { status: answer.status, headers, body: answer.events };
  }
  return { status: answer.status, headers: {}, body: Buffer.alloc(0) };
}

/** The bytes of a refusal; anything but an {@link ApiError} is the emulator's own mistake, a 500. */
export function encodeError(error: unknown, shape: ErrorShape): WireAnswer {
  const refusal =
    error instanceof ApiError ? error : new ApiError(500, error instanceof Error ? error.message : String(error));
  const { status, headers, body } = encodeJson(refusal.status, refusal.body(shape));
  return { status, headers: { ...headers, ...refusal.headers }, body };
}

/** A JSON answer. */
export function encodeJson(status: number, json: unknown): WireAnswer {
  return { status, headers: { "content-type": "application/json" }, body: Buffer.from(JSON.stringify(json)) };
}

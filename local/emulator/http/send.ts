import type { ServerResponse } from "node:http";
import type { Clock } from "../clock.js";
import type { WireAnswer } from "./wire-answer.js";

/** How an answer is spoilt on its way. */
export interface Spoiling {
  readonly truncate?: number | undefined;
  readonly dripMs?: number | undefined;
}

/** Writes an answer. @returns what was sent of the body, for the request log. */
export async function send(
  response: ServerResponse,
  answer: WireAnswer,
  spoiling: Spoiling,
  clock: Clock,
): Promise<string> {
  const { status, headers, body } = answer;
  if (!Buffer.isBuffer(body)) return sendEvents(response, answer, body, spoiling, clock);
  response.writeHead(status, status === 204 ? headers : { ...headers, "content-length": body.length });
  if (spoiling.truncate === undefined && spoiling.dripMs === undefined) response.end(body);
  else await sendSlowly(response, body, spoiling, clock);
  return loggable(headers["content-type"], body);
}

async function sendSlowly(
  response: ServerResponse,
  body: Buffer,
  { truncate, dripMs }: Spoiling,
  clock: Clock,
): Promise<void> {
  const sent = body.subarray(0, truncate);
  response.flushHeaders();
  if (dripMs === undefined) response.write(sent);
  else {
    for (const byte of sent) {
      if (response.destroyed) return;
      response.write(Buffer.of(byte));
      await clock.sleep(dripMs);
    }
  }
  if (truncate === undefined) response.end();
  // A graceful end would be a complete answer; the peer must see that bytes are missing.
  else response.socket?.end();
}

async function sendEvents(
  response: ServerResponse,
  { status, headers }: WireAnswer,
  events: AsyncIterable<string>,
  { truncate = Infinity, dripMs }: Spoiling,
  clock: Clock,
): Promise<string> {
  response.writeHead(status, headers);
  let sent = "";
  for await (const event of events) {
    if (response.destroyed) break;
    const part = event.slice(0, Math.max(0, truncate - sent.length));
    sent += part;
    await written(response, part);
    if (part.length < event.length) {
      response.socket?.end();
      return sent;
    }
    if (dripMs !== undefined) await clock.sleep(dripMs);
  }
  response.end();
  return sent;
}

/** Waits for a slow reader, but not for one that went away. */
function written(response: ServerResponse, text: string): Promise<void> {
  if (response.write(text)) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      response.off("drain", done).off("close", done);
      resolve();
    };
    response.on("drain", done).on("close", done);
  });
}

function loggable(type: unknown, body: Buffer): string {
  return typeof type === "string" && type.startsWith("application/json") ? body.toString() : "";
}

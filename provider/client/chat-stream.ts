import { misshapen, nameOf } from "./answer.js";
import { type RawResponse, rawOf } from "./api-promise.js";
import { Assembly } from "./chat-assembly.js";
import type { ChatChunk, ChatStream } from "./chat-types.js";
import { chunkWire, type ChunkWire } from "./chat-wire.js";
import { StreamInterruptedError, VultrInferenceError } from "./http/errors.js";
import { failure } from "./http/failure.js";
import type { Incoming } from "./http/incoming.js";
import type { CallOptions, Http } from "./http/index.js";
import { messageIn } from "./http/refusal.js";
import type { ApiRequest } from "./http/request.js";
import { TransportError } from "./http/transport-error.js";
import { eventData } from "./http/sse.js";
import { clean, quoted, shorten } from "../text/clean.js";
import { withoutDocuments } from "../text/redact.js";

/** A stream that has begun. */
interface Begun {
  readonly request: ApiRequest;
  readonly stream: Incoming;
  readonly response: RawResponse;
}

/** Streams a completion; nothing is sent before the first chunk, or what came with it, is asked for. */
export function chatStream(http: Http, makeRequest: () => ApiRequest, options?: CallOptions): ChatStream {
  const assembly = new Assembly();
  let begun: Promise<Begun> | undefined;
  const begin = (): Promise<Begun> => (begun ??= open(http, makeRequest, options));
  const chunks = read(http, begin, assembly);
  return Object.assign(chunks, {
    async completion() {
      while (!(await chunks.next()).done);
      return assembly.completion();
    },
    toReadableStream: () => asLines(chunks),
    async withResponse(this: ChatStream) {
      const { response } = await begin();
      return { data: this, response };
    },
  });
}

async function open(http: Http, makeRequest: () => ApiRequest, options?: CallOptions): Promise<Begun> {
  const request = makeRequest();
  const answer = await http.send(request, options);
  const { stream, status, headers } = answer;
  if (stream !== undefined) return { request, stream, response: rawOf(answer) };
  throw misshapen(
    request,
    status,
    `its content type is ${quoted(headers["content-type"])} in place of text/event-stream`,
  );
}

async function* read(
  http: Http,
  begin: () => Promise<Begun>,
  assembly: Assembly,
): AsyncGenerator<ChatChunk, void, undefined> {
  const { request, stream } = await begin();
  try {
    for await (const data of eventData(stream)) {
      if (data === "[DONE]") return;
      yield assembly.add(chunkOf(http, request, data));
    }
    throw stream.fault ?? new Interruption("it ended without [DONE]");
  } catch (error) {
    throw interrupted(http, request, error, assembly);
  } finally {
    stream.destroy();
  }
}

function asLines(chunks: AsyncGenerator<ChatChunk, void, undefined>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(`${JSON.stringify(value)}\n`));
    },
    async cancel() {
      await chunks.return();
    },
  });
}

/** Why a stream cannot go on. */
class Interruption extends Error {}

function chunkOf(http: Http, request: ApiRequest, data: string): ChunkWire {
  const value = parsed(data);
  const result = chunkWire.safeParse(value);
  if (result.success) return result.data;
  const said = messageIn(value);
  if (said !== undefined) {
    const text = http.settings.confidential
      ? ""
      : withoutDocuments(http.settings.redact(clean(said)), request.documents);
    throw new Interruption(`the API broke it off with "${shorten(text, 200)}"`);
  }
  const [issue] = result.error.issues;
  throw new Interruption(`a chunk of it has no proper ${nameOf(issue?.path ?? [])}`);
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    throw new Interruption("a chunk of it is not JSON");
  }
}

function interrupted(http: Http, request: ApiRequest, error: unknown, assembly: Assembly): unknown {
  if (VultrInferenceError.isInstance(error)) return error;
  if (error instanceof TransportError && error.reason === "aborted") {
    return failure(http.settings, request, { last: error, attempts: 1, outcomeUnknown: true });
  }
  const why = `the stream stopped before its end, ${whyOf(error)}`;
  return new StreamInterruptedError(
    `Could not ${request.task}: ${why}; what had arrived is in the error's "partial", and it may have been charged.`,
    { operation: request.operation, outcomeUnknown: true, partial: assembly.completion() },
  );
}

function whyOf(error: unknown): string {
  if (error instanceof Interruption || error instanceof RangeError) return error.message;
  if (error instanceof TransportError)
    return error.reason === "timeout" ? "no chunk came within attemptTimeoutSeconds" : "the connection broke";
  throw error;
}

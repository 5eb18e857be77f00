import { Readable } from "node:stream";
import { Body, isEventStream, isSuccess } from "./body.js";
import { causeOf } from "./cause.js";
import { type Flow, Incoming } from "./incoming.js";
import type { Answer, ApiRequest, Attempt, Send } from "./request.js";
import type { FetchLike } from "./settings.js";
import { TransportError } from "./transport-error.js";

/** Codes of failures before anything was sent. */
const UNSENT = /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT)$/u;

/** One request on the wire, by a function such as `fetch`. */
export function exchangeByFetch(
  fetch: FetchLike,
  base: string,
  headersOf: (request: ApiRequest) => Record<string, string>,
  bodyOf: (request: ApiRequest, attempt: Attempt) => string | Readable | null,
): Send {
  return async (request, attempt) => {
    const controller = new AbortController();
    let cancelled: TransportError | undefined;
    let flow: WebFlow | undefined;
    attempt.cancel = (reason) => {
      // It is our reader that is slow, not the API.
      if (reason === "timeout" && flow?.paused) {
        attempt.progress();
        return;
      }
      cancelled = new TransportError(reason, true, reason === "aborted" ? attempt.signal?.reason : undefined);
      controller.abort(cancelled);
    };
    const faultOf = (error: unknown): TransportError =>
      cancelled ?? (error instanceof TransportError ? error : broken(error));
    try {
      const body = bodyOf(request, attempt);
      const response = await fetch(base + request.path, {
        method: request.method,
        headers: headersOf(request),
        redirect: "manual",
        signal: controller.signal,
        ...(typeof body === "string" && { body }),
        ...(body instanceof Readable && { body: Readable.toWeb(body) as ReadableStream, duplex: "half" }),
      });
      const headers = Object.fromEntries(response.headers);
      const { status } = response;
      if (request.streams && response.body !== null && isEventStream(status, headers)) {
        attempt.progress();
        flow = new WebFlow(response.body, attempt, controller, faultOf);
        return { status, headers, body: Buffer.alloc(0), stream: flow.stream };
      }
      return await whole(response, headers, isSuccess(status) ? request : undefined);
    } catch (error) {
      throw faultOf(error);
    }
  };
}

async function whole(response: Response, headers: Answer["headers"], success: ApiRequest | undefined): Promise<Answer> {
  const body = new Body(success?.reader?.());
  // Leaving the loop early closes the connection.
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) if (body.take(chunk)) break;
  const { reader } = body;
  return { status: response.status, headers, body: body.bytes(), ...(reader && { reader }) };
}

function broken(error: unknown): TransportError {
  const cause: unknown = error instanceof Error && error.cause !== undefined ? error.cause : error;
  return new TransportError("broken", !UNSENT.test(causeOf(cause).code), cause);
}

/** Hands the chunks of a web stream on as they are wanted. */
class WebFlow implements Flow {
  readonly stream = new Incoming(this);
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  #isReading = false;
  paused = false;

  constructor(
    body: ReadableStream<Uint8Array>,
    private readonly attempt: Attempt,
    private readonly controller: AbortController,
    private readonly faultOf: (error: unknown) => TransportError,
  ) {
    this.#reader = body.getReader();
  }

  pause(): void {
    this.paused = true;
  }

  resume(): void {
    this.paused = false;
    if (!this.#isReading) void this.#read();
  }

  abort(reason: Error): void {
    this.controller.abort(reason);
  }

  async #read(): Promise<void> {
    this.#isReading = true;
    try {
      while (!this.paused) {
        const { value, done } = await this.#reader.read();
        if (done) {
          this.stream.finish();
          return;
        }
        this.attempt.progress();
        this.stream.receive(Buffer.from(value));
      }
    } catch (error) {
      this.stream.finish(this.faultOf(error));
    } finally {
      this.#isReading = false;
    }
  }
}

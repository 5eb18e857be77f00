import { Readable } from "node:stream";
import type { Dispatcher } from "undici";
import { auth } from "./auth.js";
import { Body, compressionOf, decompressed, isEventStream, isSuccess } from "./body.js";
import { connectionsTo } from "./connections.js";
import { exchangeByFetch } from "./exchange-by-fetch.js";
import { Incoming } from "./incoming.js";
import type { Answer, ApiRequest, Attempt, Send, Upload } from "./request.js";
import { TransportError } from "./transport-error.js";
import type { Settings } from "./settings.js";

/** The innermost step: one request on the wire. */
export function exchange(settings: Settings): Send {
  const { origin, prefix } = settings;
  const headersOf = auth(settings.apiKey);
  if (settings.fetch !== undefined) return exchangeByFetch(settings.fetch, origin + prefix, headersOf, bodyOf);
  return (request, attempt) =>
    new Promise((resolve, reject) => {
      const dispatcher = settings.dispatcher ?? connectionsTo(origin);
      const { method, path } = request;
      dispatcher.dispatch(
        {
          origin,
          path: prefix + path,
          method,
          headers: { ...PLAIN, ...headersOf(request) },
          body: bodyOf(request, attempt),
        },
        new Receiver(request, attempt, resolve, reject),
      );
    });
}

/** Without this a server may choose a compression. */
const PLAIN = { "accept-encoding": "identity" };

/** What is sent: a text, or the chunks of an upload. */
function bodyOf(request: ApiRequest, attempt: Attempt): string | Readable | null {
  if (request.json !== undefined) return JSON.stringify(request.json);
  return request.upload === undefined ? null : Readable.from(counted(request.upload, attempt));
}

async function* counted(upload: Upload, attempt: Attempt): AsyncGenerator<Uint8Array> {
  for await (const chunk of upload.open()) {
    attempt.progress();
    yield chunk;
  }
}

/** Takes what undici reports about one request. */
class Receiver implements Dispatcher.DispatchHandler {
  #controller: Dispatcher.DispatchController | undefined;
  #cancelled: TransportError | undefined;
  #status = 0;
  #headers: Answer["headers"] = {};
  #body = new Body(undefined);
  #stream: Incoming | undefined;

  constructor(
    readonly request: ApiRequest,
    readonly attempt: Attempt,
    readonly resolve: (answer: Answer) => void,
    readonly reject: (fault: TransportError) => void,
  ) {
    attempt.cancel = (reason) => this.#cancel(reason);
  }

  #cancel(reason: "timeout" | "aborted"): void {
    if (reason === "timeout" && this.#stream !== undefined && this.#controller?.paused) {
      // It is our reader that is slow, not the API.
      this.attempt.progress();
      return;
    }
    const cause: unknown = reason === "aborted" ? this.attempt.signal?.reason : undefined;
    this.#cancelled = new TransportError(reason, this.#controller !== undefined, cause);
    // Without a connection yet, undici reports back only once there is one: the caller does not wait for that.
    if (this.#controller === undefined) this.reject(this.#cancelled);
    else this.#controller.abort(this.#cancelled);
  }

  /** Called with a connection at hand, right before the first byte is written: a failure before is provably unsent. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#cancelled !== undefined) controller.abort(this.#cancelled);
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, headers: Answer["headers"]): void {
    // Informational answers come here too; the real one comes last.
    this.#status = status;
    this.#headers = headers;
    const isReadable = isSuccess(status) && compressionOf(headers) === undefined;
    this.#body = new Body(isReadable ? this.request.reader?.() : undefined);
    if (!this.request.streams || !isEventStream(status, headers)) return;
    this.attempt.progress();
    this.#stream = new Incoming(controller);
    this.resolve({ status, headers, body: Buffer.alloc(0), stream: this.#stream });
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#stream !== undefined) {
      this.attempt.progress();
      this.#stream.receive(chunk);
    } else if (this.#isEnough(controller, chunk)) {
      this.#answer();
      controller.abort(new TransportError("aborted", true));
    }
  }

  onResponseEnd(): void {
    if (this.#stream === undefined) this.#answer();
    else this.#stream.finish();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    const sent = this.#controller !== undefined;
    const fault =
      this.#cancelled ?? (error instanceof TransportError ? error : new TransportError("broken", sent, error));
    if (this.#stream === undefined) this.reject(fault);
    else this.#stream.finish(fault);
  }

  #isEnough(controller: Dispatcher.DispatchController, chunk: Buffer): boolean {
    try {
      return this.#body.take(chunk);
    } catch (error) {
      controller.abort(error as TransportError);
      return false;
    }
  }

  #answer(): void {
    const { reader } = this.#body;
    const compression = compressionOf(this.#headers);
    try {
      const bytes = this.#body.bytes();
      const body = compression === undefined ? bytes : decompressed(compression, bytes);
      this.resolve({ status: this.#status, headers: this.#headers, body, ...(reader && { reader }) });
    } catch (error) {
      this.reject(error as TransportError);
    }
  }
}

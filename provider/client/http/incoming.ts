import { Readable } from "node:stream";
import { TransportError } from "./transport-error.js";

/** What brings a body, and can be told to wait. */
export interface Flow {
  pause(): void;
  resume(): void;
  abort(reason: Error): void;
}

/** The body of an answer, chunk by chunk. Destroying it before its end closes the connection. */
export class Incoming extends Readable {
  /** Why it ended early, to be looked at after its end: what had come before is handed out first. */
  fault: TransportError | undefined;
  #whole = false;

  constructor(private readonly flow: Flow) {
    super();
    // Whoever reads it gets its error; one that comes before must not end the process.
    this.on("error", () => undefined);
  }

  /** Takes a chunk, and slows the server down where nobody reads. */
  receive(chunk: Buffer): void {
    if (!this.push(chunk)) this.flow.pause();
  }

  /** No more comes: it is whole, or it is not because of `fault`. */
  finish(fault?: TransportError): void {
    if (this.destroyed) return;
    this.#whole = true;
    this.fault = fault;
    if (fault?.reason === "aborted") this.destroy(fault);
    else this.push(null);
  }

  override _read(): void {
    this.flow.resume();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    if (!this.#whole) this.flow.abort(error ?? new TransportError("aborted", true));
    done(error);
  }
}

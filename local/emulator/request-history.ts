import type { OperationId } from "./operation-id.js";

/** A request and its answer, as the page shows them. */
export interface PastRequest {
  readonly operation: OperationId;
  readonly method: string;
  /** Behind the base URL, without the query. */
  readonly path: string;
  /** Null when the connection was reset instead. */
  readonly status: number | null;
  /** When it came, milliseconds since 1970 of the emulator's clock. */
  readonly at: number;
  /** How long the answer took, in milliseconds of the machine's clock. */
  readonly ms: number;
  /** The beginning of the body. */
  readonly requestBody: string;
  readonly responseBody: string;
}

/** The history keeps this many requests, and of each body this many characters. */
const LENGTH = 1_000;
const CHARACTERS = 4_000;

/** The last requests, numbered from 0. */
export class RequestHistory {
  readonly #requests: (PastRequest & { readonly number: number })[] = [];
  #next = 0;

  write(request: PastRequest): void {
    const { requestBody, responseBody } = request;
    this.#requests.push({
      ...request,
      number: this.#next++,
      requestBody: short(requestBody),
      responseBody: short(responseBody),
    });
    if (this.#requests.length > LENGTH) this.#requests.shift();
  }

  /** What was written since a number, at most the last `most`, and the number to ask with the next time. */
  since(number: number, most: number): { readonly requests: readonly PastRequest[]; readonly next: number } {
    // Whoever was at more than there ever was comes from before a restart.
    const from = number > this.#next ? 0 : number;
    return { requests: this.#requests.filter((request) => request.number >= from).slice(-most), next: this.#next };
  }
}

const short = (body: string): string => (body.length > CHARACTERS ? `${body.slice(0, CHARACTERS)}…` : body);

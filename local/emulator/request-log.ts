/** A request and its answer, as the API's log look-up tells it. */
export interface LoggedRequest {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly method: string;
  /** The path with the base path: `/v1/vector_store`. */
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly requestBody: string;
  readonly responseBody: string;
  readonly status: number;
}

/** Look-ups reach back an hour, so nothing older is kept. */
const AGE_MS = 60 * 60_000;

/** Bodies of all kept requests together, in characters. */
const CHARACTERS = 16_000_000;

/** The requests of the last hour; the oldest go first when they grow too large. In memory only. */
export class RequestLog {
  readonly #requests: LoggedRequest[] = [];
  #characters = 0;

  write(request: LoggedRequest): void {
    this.#requests.push(request);
    this.#characters += size(request);
    while (this.#characters > CHARACTERS || this.#oldest(request.at - AGE_MS)) {
      const dropped = this.#requests.shift();
      if (dropped === undefined) return;
      this.#characters -= size(dropped);
    }
  }

  /** Requests with `from < at <= to`, oldest first. */
  between(from: number, to: number): LoggedRequest[] {
    return this.#requests.filter(({ at }) => at > from && at <= to);
  }

  #oldest(limit: number): boolean {
    const [first] = this.#requests;
    return first !== undefined && first.at < limit;
  }
}

const size = ({ requestBody, responseBody }: LoggedRequest): number => requestBody.length + responseBody.length + 500;

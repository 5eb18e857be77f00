/** So many requests in a row that failed after all their repeats. */
const IN_A_ROW = 5;

/**
 * Tells whether repeating is of use: a circuit breaker that never refuses. Where an operation has failed so many times
 * in a row for good, the next ones are sent once each, so that a run with many objects does not wait out an outage with
 * each of them. Every request is still sent, and so the first answer of whatever kind ends it.
 *
 * What counts is that there is no answer of the API's own: a broken connection, a timeout, a 5xx. A refused key (401,
 * 403) is an answer, and is not repeated anyway; a 429 says that the API is there. Operations count apart, since one
 * may fail alone.
 */
export class Outage {
  readonly #failed = new Map<string, number>();

  isOn(operation: string): boolean {
    return (this.#failed.get(operation) ?? 0) >= IN_A_ROW;
  }

  /** Notes a request that failed after all repeats. */
  failed(operation: string): void {
    this.#failed.set(operation, (this.#failed.get(operation) ?? 0) + 1);
  }

  /** Notes that the API has answered. */
  answered(operation: string): void {
    this.#failed.delete(operation);
  }
}

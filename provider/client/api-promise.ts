import type { Answer } from "./http/request.js";

/** Status and headers of an answer. */
export interface RawResponse {
  /** The HTTP status. */
  readonly status: number;
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/** The answer of a method, which can be asked for what came with it. */
export interface ApiPromise<Result> extends Promise<Result> {
  /** The answer with the status and the headers that it came with. */
  withResponse(): Promise<{ readonly data: Result; readonly response: RawResponse }>;
}

/** What an answer came with, as the transport has it; read only for who asks. */
type Came = Pick<Answer, "status" | "headers">;

/** Runs an operation that says what it was answered with. */
export function withResponse<Result>(run: (respond: (answer: Came) => void) => Promise<Result>): ApiPromise<Result> {
  let came: Came = { status: 0, headers: {} };
  const promise = run((answer) => {
    came = answer;
  });
  return Object.assign(promise, { withResponse: () => promise.then((data) => ({ data, response: rawOf(came) })) });
}

/** Status and headers of an answer. */
export function rawOf({ status, headers }: Came): RawResponse {
  const told = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(", ") : value] as const],
  );
  return { status, headers: Object.fromEntries(told) };
}

/** The same operation with another answer, and with what came with it. */
export function mapped<Before, Result>(
  operation: ApiPromise<Before>,
  change: (answer: Before) => Result,
): ApiPromise<Result> {
  return withResponse(async (respond) => {
    const { data, response } = await operation.withResponse();
    respond(response);
    return change(data);
  });
}

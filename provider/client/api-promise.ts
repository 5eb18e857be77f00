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

/** Runs an operation that says what it was answered with. */
export function withResponse<Result>(
  run: (respond: (response: RawResponse) => void) => Promise<Result>,
): ApiPromise<Result> {
  let response: RawResponse = { status: 0, headers: {} };
  const promise = run((came) => {
    response = came;
  });
  return Object.assign(promise, { withResponse: () => promise.then((data) => ({ data, response })) });
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

import type { ZodType } from "zod";
import { type ApiPromise, withResponse } from "./api-promise.js";
import type { Answer, ApiRequest } from "./http/request.js";
import { BaseUrlError, NotFoundError, ResponseShapeError } from "./http/errors.js";
import type { CallOptions, Http } from "./http/index.js";
import { isHtml } from "./http/refusal.js";
import { addressAdvice } from "./http/advice.js";
import { placeIn } from "../text/clean.js";

/** How an operation is asked for: what is sent, how the answer looks, and what becomes of it. */
export interface Question<Wire, Result> {
  readonly request: ApiRequest;
  /** Fields that it does not know are ignored. */
  readonly shape: ZodType<Wire>;
  readonly result: (wire: Wire) => Result;
}

/**
 * Asks the API and reads its JSON.
 *
 * @param question makes what is sent; what it throws is the answer.
 * @throws ResponseShapeError that names the first field that is missing or has another type.
 */
export function ask<Wire, Result>(
  http: Http,
  options: CallOptions | undefined,
  question: () => Question<Wire, Result> | Promise<Question<Wire, Result>>,
): ApiPromise<Result> {
  return withResponse(async (respond) => {
    const { request, shape, result } = await question();
    const answer = await http.send(request, options);
    respond(answer);
    return result(read(request, answer.status, json(http, request, answer), shape));
  });
}

/** What an answer says, by its shape. */
export function read<Wire>(request: ApiRequest, status: number, value: unknown, shape: ZodType<Wire>): Wire {
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw misshapen(request, status, `${nameOf(issue?.path ?? [])} is not as expected (${issue?.message ?? "unknown"})`);
}

/** Sends a request of which only the success counts; whatever comes with it is ignored. */
export function tell<Result>(
  http: Http,
  options: CallOptions | undefined,
  request: ApiRequest,
  result: Result,
): ApiPromise<Result> {
  return withResponse(async (respond) => {
    const answer = await http.send(request, options);
    refuseHtml(http, request, answer);
    respond(answer);
    return result;
  });
}

/**
 * Deletes an object. A 200 without a word is also what something between here and the API answers: then it is looked
 * for.
 *
 * @throws ResponseShapeError where it is still there.
 */
export function remove(
  http: Http,
  options: CallOptions | undefined,
  request: () => Omit<ApiRequest, "method" | "effect">,
): ApiPromise<void> {
  return withResponse(async (respond) => {
    const made = request();
    const deletion: ApiRequest = { ...made, method: "DELETE", effect: "idempotent" };
    const answer = await http.send(deletion, options);
    refuseHtml(http, deletion, answer);
    respond(answer);
    if (answer.status !== 200 || answer.body.length > 0) return;
    const look: ApiRequest = { ...made, method: "GET", effect: "safe" };
    const isThere = await http.send(look, options).then(
      () => true,
      (error: unknown) => {
        if (NotFoundError.isInstance(error)) return false;
        throw error;
      },
    );
    if (isThere) throw misshapen(deletion, answer.status, "it is empty, and what was to be deleted is still there");
  });
}

/** A web server's page is a success too, but not the API's. */
export function refuseHtml(http: Http, request: ApiRequest, answer: Answer): void {
  if (!isHtml(answer)) return;
  const { origin } = http.settings;
  throw new BaseUrlError(
    `Could not ${request.task}: ${origin} answered with a web page; ${addressAdvice(http.settings)}.`,
    {
      operation: request.operation,
      status: answer.status,
    },
  );
}

function json(http: Http, request: ApiRequest, answer: Answer): unknown {
  refuseHtml(http, request, answer);
  return parsed(request, answer.status, answer.body.toString("utf8"));
}

/** @throws ResponseShapeError for what is no JSON. */
export function parsed(request: ApiRequest, status: number, text: string): unknown {
  try {
    // Some servers begin with a byte order mark.
    return JSON.parse(text.replace(/^\ufeff/u, ""));
  } catch {
    // The parser's own message would quote the answer.
    throw misshapen(request, status, "it is not JSON");
  }
}

/** The error for a success that cannot be used: a write has been carried out, but what it made is not known. */
export function misshapen(request: ApiRequest, status: number, what: string): ResponseShapeError {
  const outcomeUnknown = request.effect !== "safe";
  const advice = outcomeUnknown
    ? "check what it did before you repeat it"
    : "check that baseUrl is the API's and this package is up to date";
  return new ResponseShapeError(
    `Could not read the answer to ${request.operation} (${request.task}): ${what}; ${advice}.`,
    {
      operation: request.operation,
      status,
      outcomeUnknown,
    },
  );
}

/** A field's name for a message: `"items[2].id"`. */
export function nameOf(path: readonly PropertyKey[]): string {
  const name = placeIn(path);
  return name === "" ? "JSON object" : `field "${name.replace(/^\./u, "")}"`;
}

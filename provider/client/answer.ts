import type { ZodType } from "zod";
import { type Answer, type ApiRequest } from "./http/request.js";
import { BaseUrlError, NotFoundError, ResponseShapeError } from "./http/errors.js";
import type { CallOptions, Http } from "./http/index.js";
import { isHtml } from "./http/refusal.js";
import { addressAdvice } from "./http/status-error.js";
import { placeIn } from "../text/clean.js";

/**
 * Sends a request and reads its JSON by `shape`: fields that the shape does not know are ignored.
 *
 * @throws ResponseShapeError that names the first field that is missing or has another type.
 */
export async function ask<T>(http: Http, request: ApiRequest, shape: ZodType<T>, options?: CallOptions): Promise<T> {
  const answer = await http.send(request, options);
  const parsed = shape.safeParse(json(http, request, answer));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw misshapen(request, answer.status, `${nameOf(issue?.path ?? [])} is not as expected (${issue?.message ?? "unknown"})`);
}

/** Sends a request of which only the success counts; whatever comes with it is ignored. */
export async function tell(http: Http, request: ApiRequest, options?: CallOptions): Promise<void> {
  refuseHtml(http, request, await http.send(request, options));
}

/**
 * Deletes an object. A 200 without a word is also what something between here and the API answers: then it is looked for.
 *
 * @throws ResponseShapeError where it is still there.
 */
export async function remove(http: Http, request: Omit<ApiRequest, "method" | "effect">, options?: CallOptions): Promise<void> {
  const deletion: ApiRequest = { ...request, method: "DELETE", effect: "idempotent" };
  const answer = await http.send(deletion, options);
  refuseHtml(http, deletion, answer);
  if (answer.status !== 200 || answer.body.length > 0) return;
  const look: ApiRequest = { ...request, method: "GET", effect: "safe" };
  const isThere = await http.send(look, options).then(
    () => true,
    (error: unknown) => {
      if (NotFoundError.isInstance(error)) return false;
      throw error;
    },
  );
  if (isThere) throw misshapen(deletion, answer.status, "it is empty, and what was to be deleted is still there");
}

/** A web server's page is a success too, but not the API's. */
function refuseHtml(http: Http, request: ApiRequest, answer: Answer): void {
  if (!isHtml(answer)) return;
  const { origin } = http.settings;
  throw new BaseUrlError(`Could not ${request.task}: ${origin} answered with a web page; ${addressAdvice(http.settings)}.`, {
    operation: request.operation,
    status: answer.status,
  });
}

function json(http: Http, request: ApiRequest, answer: Answer): unknown {
  refuseHtml(http, request, answer);
  try {
    return JSON.parse(answer.body.toString("utf8"));
  } catch {
    // The parser's own message would quote the answer.
    throw misshapen(request, answer.status, "it is not JSON");
  }
}

/** The error for a success that cannot be used: a write has been carried out, but what it made is not known. */
export function misshapen(request: ApiRequest, status: number, what: string): ResponseShapeError {
  const outcomeUnknown = request.effect !== "safe";
  const advice = outcomeUnknown ? "look what it did before repeating it" : "check that baseUrl is the API's and this package is up to date";
  return new ResponseShapeError(`Could not read the answer to ${request.operation} (${request.task}): ${what}; ${advice}.`, {
    operation: request.operation,
    status,
    outcomeUnknown,
  });
}

/** A field's name for a message: `"items[2].id"`. */
export function nameOf(path: readonly PropertyKey[]): string {
  const name = placeIn(path);
  return name === "" ? "JSON object" : `field "${name.replace(/^\./u, "")}"`;
}

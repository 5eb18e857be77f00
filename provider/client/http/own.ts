import { UsageError } from "./errors.js";
import type { ApiRequest } from "./request.js";
import { quoted } from "../../text/clean.js";

/** What a caller adds to a request. */
interface Additions {
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly extraBody?: Readonly<Record<string, unknown>> | undefined;
}

/** Headers that belong to the client: the key goes out in one place only, and a wrong length ends the connection. */
const OURS = /^(?:authorization|host|connection|content-length|content-type|transfer-encoding)$/iu;
const NAME = /^[\w!#$%&'*+.^`|~-]+$/u;
const VALUE = /^[\t\u0020-\u007e]*$/u;

/**
 * A request with what its caller adds to it.
 *
 * @throws UsageError for a header that cannot be sent or is the client's own, and for a body where there is none.
 */
export function ownOf(request: ApiRequest, { headers, extraBody }: Additions): ApiRequest {
  if (headers === undefined && extraBody === undefined) return request;
  return {
    ...request,
    ...(headers !== undefined && { headers: checkHeaders(request.operation, headers) }),
    ...(extraBody !== undefined && { json: withFields(request, extraBody) }),
  };
}

/** Values are not told: one may be a secret. */
function checkHeaders(operation: string, headers: Readonly<Record<string, string>>): Record<string, string> {
  const wrong = (problem: string): UsageError => new UsageError(`${operation}: headers ${problem}.`, { operation });
  const known = Object.entries(headers).map(([name, value]) => {
    if (!NAME.test(name)) throw wrong(`must not have one named ${quoted(name)}`);
    if (OURS.test(name)) throw wrong(`must not have ${name}, which the client sets itself`);
    if (typeof value !== "string" || !VALUE.test(value))
      throw wrong(`must have a text of printable ASCII characters as ${name}`);
    return [name.toLowerCase(), value] as const;
  });
  return Object.fromEntries(known);
}

function withFields({ operation, json }: ApiRequest, extraBody: Readonly<Record<string, unknown>>): unknown {
  if (typeof extraBody !== "object" || Array.isArray(extraBody))
    throw new UsageError(`${operation}: extraBody must be an object.`, { operation });
  if (typeof json !== "object" || json === null)
    throw new UsageError(`${operation}: extraBody has no body to go into: this operation sends none.`, { operation });
  return { ...json, ...extraBody };
}

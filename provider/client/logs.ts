import { z } from "zod";
import type { ApiPromise } from "./api-promise.js";
import { ask } from "./answer.js";
import { UsageError } from "./http/errors.js";
import type { CallOptions, Http } from "./http/index.js";
import { quoted } from "../text/clean.js";

/** Which requests to look up. */
export interface LogQuery {
  /** Minutes to search back from `timestamp`. */
  readonly period: 15 | 30 | 45 | 60;
  /** The end of the period: a Date, or ISO 8601 in UTC. Default: now. */
  readonly timestamp?: Date | string | undefined;
  /** Narrows to one endpoint. */
  readonly endpoint?: string | undefined;
}

/** A request that the API has logged. */
export interface LoggedRequest {
  /** When it came, as the API says it: ISO 8601. */
  readonly timestamp: string;
  /** The HTTP method. */
  readonly method: string;
  /** The path. */
  readonly endpoint: string;
  /**
   * Its headers as one text. The client gives all; the function `requestLogs` leaves out those that carry credentials.
   */
  readonly requestHeaders: string;
  /** Its body, which can hold the caller's data; without credentials where the function `requestLogs` gives it. */
  readonly requestBody: string;
  /** The answer's body, as the request's. */
  readonly responseBody: string;
  /** The answer's HTTP status. */
  readonly responseCode: number;
}

/** `client.logs` */
export interface Logs {
  /** Looks up what was asked of the API. @throws NotFoundError on a service without request logs */
  lookUp(query: LogQuery, options?: CallOptions): ApiPromise<LoggedRequest[]>;
}

const wire = z.looseObject({
  requests: z.array(
    z.looseObject({
      timestamp: z.string(),
      method: z.string(),
      endpoint: z.string(),
      request_headers: z.string(),
      request_body: z.string(),
      response_body: z.string(),
      response_code: z.number(),
    }),
  ),
});

/** The API's description assumes this path; nothing public names it. */
const assumedPath = "/logs";

/** @throws UsageError for a `logsPath` that is no path. */
export function logs(http: Http, logsPath: string = assumedPath): Logs {
  const operation = "lookUpRequests";
  if (!/^(?:\/(?!\.{1,2}(?:\/|$))[\w.~-]+)+$/u.test(logsPath)) {
    const message = `logsPath must be a path below baseUrl like ${assumedPath}, not ${quoted(logsPath)}.`;
    throw new UsageError(message, { operation: "createClient" });
  }
  return {
    lookUp: ({ period, timestamp, endpoint }, options) =>
      ask(http, options, () => ({
        request: {
          operation,
          task: "look up the request log",
          object: "the request log",
          method: "POST",
          effect: "safe",
          path: logsPath,
          json: { period, timestamp: timestamp instanceof Date ? timestamp.toISOString() : timestamp, endpoint },
          mayBeMissing: `where its logs have another path, name it by the setting logsPath (now ${quoted(logsPath)})`,
        },
        shape: wire,
        result: ({ requests }) => requests.map(toLoggedRequest),
      })),
  };
}

function toLoggedRequest(entry: z.infer<typeof wire>["requests"][number]): LoggedRequest {
  return {
    timestamp: entry.timestamp,
    method: entry.method,
    endpoint: entry.endpoint,
    requestHeaders: entry.request_headers,
    requestBody: entry.request_body,
    responseBody: entry.response_body,
    responseCode: entry.response_code,
  };
}

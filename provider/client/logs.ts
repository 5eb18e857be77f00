import { z } from "zod";
import { ask } from "./answer.js";
import { UsageError } from "./http/errors.js";
import type { CallOptions, Http } from "./http/index.js";
import { quoted } from "../text/clean.js";

/** Which requests to look up. */
export interface LogQuery {
  /** Minutes to search back from `timestamp`. */
  readonly period: 15 | 30 | 45 | 60;
  /** UTC, ISO 8601; default now. */
  readonly timestamp?: string | undefined;
  /** Narrows to one endpoint. */
  readonly endpoint?: string | undefined;
}

/** A request that the API has logged. Headers and bodies are text and can hold the caller's key and data. */
export interface LoggedRequest {
  readonly timestamp: string;
  readonly method: string;
  readonly endpoint: string;
  readonly requestHeaders: string;
  readonly requestBody: string;
  readonly responseBody: string;
  readonly responseCode: number;
}

/** `client.logs` */
export interface Logs {
  /** Looks up what was asked of the API. */
  lookUp(query: LogQuery, options?: CallOptions): Promise<LoggedRequest[]>;
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
  const object = `the request log (setting logsPath, ${quoted(logsPath)})`;
  return {
    async lookUp({ period, timestamp, endpoint }, options) {
      const json = { period, timestamp, endpoint };
      const request = { operation, task: "look up the request log", object, path: logsPath, json };
      const answer = await ask(http, { ...request, method: "POST", effect: "safe" }, wire, options);
      return answer.requests.map(toLoggedRequest);
    },
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

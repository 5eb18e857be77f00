import { z } from "zod";
import type { LoggedRequest } from "../client/index.js";
import { mustSay, oneOf, text } from "../inputs/arguments.js";
import { defineFunction } from "./function.js";
import { withoutCredentials, withoutCredentialHeaders } from "./credentials.js";

/** Which requests to look up. */
export interface RequestLogsArgs {
  /** Minutes to look back from `timestamp`. */
  readonly period: 15 | 30 | 45 | 60;
  /** The end of the period, not in the future: ISO 8601 with a zone, e.g. `2026-01-31T12:00:00Z`. Default: now. */
  readonly timestamp?: string | undefined;
  /** The one path to look at, e.g. `/v1/chat/completions`. Default: all. */
  readonly endpoint?: string | undefined;
}

/** What the API has logged. */
export interface RequestLogsResult {
  /** The requests of the period, in the API's order. */
  readonly requests: readonly LoggedRequest[];
}

const time = mustSay("a time such as 2026-01-31T12:00:00Z");

/** Looks up what was asked of the API. */
export const requestLogs = defineFunction<RequestLogsArgs, RequestLogsResult>({
  name: "requestLogs",
  args: {
    period: oneOf([15, 30, 45, 60]),
    timestamp: z.iso.datetime({ offset: true, error: time }).optional(),
    endpoint: text("a path such as /v1/chat/completions").optional(),
  },
  async run({ client, clock }, { timestamp, ...query }) {
    if (timestamp !== undefined && Date.parse(timestamp) > clock.now()) {
      throw new Error(`requestLogs: timestamp must not be in the future.`);
    }
    const utc = timestamp === undefined ? {} : { timestamp: new Date(timestamp).toISOString() };
    const found = await client.logs.lookUp({ ...query, ...utc });
    const requests = found.map((request) => ({
      ...request,
      endpoint: withoutCredentials(request.endpoint),
      requestHeaders: withoutCredentials(withoutCredentialHeaders(request.requestHeaders)),
      requestBody: withoutCredentials(request.requestBody),
      responseBody: withoutCredentials(request.responseBody),
    }));
    return { requests };
  },
});

import { z } from "zod";
import type { Clock } from "../clock.js";
import type { Operation } from "../operation.js";
import type { LoggedRequest, RequestLog } from "../request-log.js";
import { text } from "../wire.js";

const PERIODS = [15, 30, 45, 60];

const body = z.object({
  period: z
    .number({ error: (issue) => (issue.input === undefined ? "is required" : "must be a number") })
    .refine((period) => PERIODS.includes(period), { error: `must be one of ${PERIODS.join(", ")} (minutes)` }),
  timestamp: z.iso.datetime({ offset: true, error: "must be a time in ISO 8601, as 2026-01-31T12:00:00Z" }).optional(),
  endpoint: text().optional(),
});

const wire = (request: LoggedRequest): unknown => ({
  timestamp: new Date(request.at).toISOString(),
  method: request.method,
  endpoint: request.endpoint,
  // As the live API: with the caller's own Authorization header.
  request_headers: JSON.stringify(request.headers),
  request_body: request.requestBody,
  response_body: request.responseBody,
  response_code: request.status,
});

/** `/logs`: what was asked of the API in the minutes up to a time. */
export const logOperations = (requests: RequestLog, clock: Clock): Operation[] => [
  {
    id: "lookUpRequests",
    method: "POST",
    path: "/logs",
    async handle(call) {
      const { period, timestamp, endpoint } = await call.json(body);
      const until = timestamp === undefined ? clock.now() : Date.parse(timestamp);
      const found = requests.between(until - period * 60_000, until);
      const wanted = found.filter((request) => endpoint === undefined || [request.endpoint, request.endpoint.replace("/v1", "")].includes(endpoint));
      return { status: 200, json: { requests: wanted.map(wire) } };
    },
  },
];

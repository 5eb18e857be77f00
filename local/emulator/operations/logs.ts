import { z } from "zod";
import type { Clock } from "../clock.js";
import type { Operation } from "../operation.js";
import type { LoggedRequest, RequestLog } from "../request-log.js";
import { optional, text } from "../wire.js";

const PERIODS = [15, 30, 45, 60];

const NO_TIME = "must be a time in ISO 8601, as 2026-01-31T12:00:00Z";

const DATE = String.raw`(\d{4})-?(\d\d)-?(\d\d)`;
const TIME = String.raw`(\d\d)(?::?(\d\d)(?::?(\d\d)(?:[.,](\d{1,9}))?)?)?`;
const ISO = new RegExp(`^${DATE}(?:[T ]${TIME} ?(Z|[+-]\\d\\d(?::?\\d\\d)?)?)?$`, "i");

/**
 * Milliseconds of a time in one of the usual forms of ISO 8601: a date alone, with or without signs between, seconds,
 * fractions and an offset. Without an offset it is UTC. NaN for anything else.
 */
function timeOf(text: string): number {
  const found = ISO.exec(text.trim());
  if (found === null) return Number.NaN;
  const [, year, month, day, hour = "00", minute = "00", second = "00", fraction = "0", zone = "Z"] = found;
  const offset =
    zone.toUpperCase() === "Z"
      ? "Z"
      : zone.replace(/^(.\d\d):?(\d\d)?$/, (_, hours: string, minutes = "00") => `${hours}:${minutes}`);
  const time = Date.parse(
    `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.padEnd(3, "0").slice(0, 3)}${offset}`,
  );
  // 31 April is no day, though a date may be made of it.
  const isDay = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDate() === Number(day);
  return isDay ? time : Number.NaN;
}

const body = z.object({
  period: z
    .number({ error: (issue) => (issue.input === undefined ? "is required" : "must be a number") })
    .refine((period) => PERIODS.includes(period), { error: `must be one of ${PERIODS.join(", ")} (minutes)` }),
  timestamp: optional(
    z
      .string()
      .transform((value) => timeOf(value))
      .pipe(z.number({ error: NO_TIME })),
  ),
  endpoint: optional(text()),
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
      const until = timestamp ?? clock.now();
      const found = requests.between(until - period * 60_000, until);
      const wanted = found.filter(
        (request) =>
          endpoint === undefined || [request.endpoint, request.endpoint.replace("/v1", "")].includes(endpoint),
      );
      return { status: 200, json: { requests: wanted.map(wire) } };
    },
  },
];

import { retryAfter } from "../../../../provider/client/http/retry-after.js";

const now = Date.parse("2026-01-01T00:00:00Z");

test.each([
  ["3", 3_000],
  ["0", 0],
  [" 1.5 ", 1_500],
  ["Thu, 01 Jan 2026 00:00:10 GMT", 10_000],
  ["Wed, 31 Dec 2025 23:59:00 GMT", 0],
  ["9".repeat(400), 31_536_000_000],
  ["-5", undefined],
  ["soon", undefined],
  ["", undefined],
  [undefined, undefined],
])("Retry-After %j asks for %j ms", (value, ms) => {
  expect(retryAfter(value, now)).toBe(ms);
});

test("the first of several counts", () => {
  expect(retryAfter(["2", "9"], now)).toBe(2_000);
});

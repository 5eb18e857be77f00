import { ago } from "../../../../local/engine/display/ago.js";

it.each([
  [0, "now"],
  [1, "1 second ago"],
  [59, "59 seconds ago"],
  [60, "1 minute ago"],
  [3 * 3600, "3 hours ago"],
  [15 * 86_400, "2 weeks ago"],
  [800 * 86_400, "2 years ago"],
])("%d seconds back are %s", (seconds, words) => {
  const now = new Date("2026-01-01T00:00:00Z");
  expect(ago(new Date(now.getTime() - seconds * 1000), now)).toBe(words);
});

/** A year, in seconds: whatever is more than that says the same, also where it is no number any more. */
const LONGEST = 31_536_000;

/**
 * How long the server asks to be left alone, in milliseconds; undefined where it does not say, or not intelligibly.
 * Both forms of RFC 9110 are read: seconds and an HTTP date.
 */
export function retryAfter(value: string | string[] | undefined, now: number): number | undefined {
  const text = (Array.isArray(value) ? value[0] : value)?.trim();
  if (text === undefined || text === "") return undefined;
  if (/^\d+(\.\d+)?$/u.test(text)) return Math.min(Number(text), LONGEST) * 1000;
  // Dates begin with the weekday; Date.parse alone would take "-5" for a year.
  const date = /^[A-Za-z]/u.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

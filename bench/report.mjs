// What every benchmark prints, and how it measures.

/** Whether it takes its time: `npm run bench -- --full`. */
export const FULL = process.env.BENCH_FULL === "1";

/** A number for a quick run and one for a full one. */
export const either = (quick, full) => (FULL ? full : quick);

export const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** Seconds. */
export async function timed(operation) {
  const start = performance.now();
  await operation();
  return (performance.now() - start) / 1000;
}

/** The median of three times, in seconds. */
export const thrice = async (operation) =>
  median([await timed(operation), await timed(operation), await timed(operation)]);

const rounded = (number) => (typeof number === "number" ? Number(number.toPrecision(4)) : null);

/**
 * Prints a line of JSON.
 *
 * @param ratio of the value to what is named in `peer`, or of the peer to it; null where there is none on this machine.
 * @param goal that the ratio, or the value where there is no peer, must not exceed; `isAtLeast`: must reach.
 */
export function report({ name, value, unit, peer = null, ratio = null, goal = null, isAtLeast = false }) {
  const measured = peer === null ? value : ratio;
  const ok = measured === null || goal === null || (isAtLeast ? measured >= goal : measured <= goal);
  console.log(
    JSON.stringify({
      name,
      value: rounded(value),
      unit,
      peer,
      ratio: rounded(ratio),
      goal: goal === null ? null : `${isAtLeast ? "≥" : "≤"} ${goal}`,
      ok,
    }),
  );
  if (!ok) process.exitCode = 1;
}

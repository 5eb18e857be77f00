/** Parses the first records with a delimiter; throws where it cannot. */
type Parse = (delimiter: string) => readonly (readonly string[])[];

const DELIMITERS = [",", ";", "\t", "|"];

/** What no text file has: all that a line holds is one value. */
const NONE = "\u001f";

/** A number as it is written with a comma or a point, and with signs of currencies and units around. */
const NUMBER = /^[^\d,;|]*\d[\d.,' ]*[^\d,;|]*$/u;

/** A delimiter with no white space on either side, as none is in prose. */
const DELIMITING = /[^\s][,;\t|][^\s]/u;

/**
 * Tells which sign parts the values of a table, by parsing it with each: it is the one that makes the most records as
 * wide as the others, and leaves the fewest values with something in them that parts values, too.
 */
export function delimiterOf(parse: Parse): string {
  let [best, top] = [NONE, 0];
  const broken: string[] = [];
  for (const delimiter of DELIMITERS) {
    try {
      const score = scoreOf(parse(delimiter));
      if (score > top) [best, top] = [delimiter, score];
    } catch {
      broken.push(delimiter);
    }
  }
  // Whoever parses it with that is told what is wrong.
  return best === NONE ? (broken[0] ?? NONE) : best;
}

function scoreOf(records: readonly (readonly string[])[]): number {
  const widths = new Map<number, number>();
  for (const { length } of records) if (length > 1) widths.set(length, (widths.get(length) ?? 0) + 1);
  const evenness = Math.max(0, ...widths.values()) / records.length;
  // Where neither most records nor the first have several values, the sign is one of prose.
  if (evenness < 0.5 && (records[0]?.length ?? 0) < 2) return 0;
  const values = records.flat();
  const clean = values.filter((value) => NUMBER.test(value) || !DELIMITING.test(value)).length;
  return (evenness * clean) / values.length;
}

import { makeChunk, type Chunk } from "./chunk.js";
import { headingPath } from "./heading-path.js";
import { finer, LOOSE, type Unit } from "./unit.js";

/**
 * Splits one chunk into at most `n` about equal ones, each under the heading path, for an API that counts more tokens
 * than the estimate. The same chunk always becomes the same ones; fewer than `n` where there is nothing left to split.
 */
export function parts(whole: Chunk, n: number): Chunk[] {
  const { text, content, headings, tokens } = whole;
  const first = content.slice(0, content.length - text.length);
  const later = leadBelow(first, headingPath(headings, tokens / 4));
  const total: Unit = {
    start: 0,
    end: text.length,
    weight: Infinity,
    kind: "prose",
    glue: LOOSE,
    heads: [],
    depth: 0,
    step: 1,
  };
  return grouped(fine(text, total, tokens / n / 4), n).map(([start, end], index) =>
    makeChunk(index === 0 ? first : later, text.slice(start, end).trim(), headings),
  );
}

/** The first part has the chunk's own heading in its text; the others have it in the path. A table's head stays. */
function leadBelow(lead: string, line: string): string {
  const gap = lead.indexOf("\n\n");
  return `${line === "" ? "" : `${line}\n\n`}${gap < 0 ? lead : lead.slice(gap + 2)}`;
}

function fine(text: string, unit: Unit, weight: number): Unit[] {
  if (unit.weight <= weight) return [unit];
  const units = finer(text, unit);
  return units.length === 0 ? [unit] : units.flatMap((part) => fine(text, part, weight));
}

function grouped(units: readonly Unit[], n: number): [start: number, end: number][] {
  const share = units.reduce((sum, { weight }) => sum + weight, 0) / n;
  const groups: [number, number][] = [];
  let [start, weight] = [0, 0];
  for (const [index, unit] of units.entries()) {
    weight += unit.weight;
    const isLast = index === units.length - 1;
    if (
      !isLast &&
      (groups.length === n - 1 || weight + (units[index + 1]?.weight ?? 0) / 2 < share * (groups.length + 1))
    )
      continue;
    groups.push([start, unit.end]);
    start = unit.end;
  }
  return groups;
}

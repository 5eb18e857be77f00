import { estimateTokensIn } from "../../text/tokens.js";

const LONGEST_ENTRY = 120;

/** The headings in one line, as long as it takes no more than `limit`: the outermost are left out first. */
export function headingPath(headings: readonly string[], limit: number): string {
  const entries = headings.map(shorten);
  for (let from = 0; from < entries.length; from++) {
    const line = entries.slice(from).join(" › ");
    if (estimateTokensIn(line, 0, line.length) <= limit) return line;
  }
  return "";
}

function shorten(heading: string): string {
  const characters = Array.from(heading.slice(0, LONGEST_ENTRY * 2));
  return characters.length <= LONGEST_ENTRY
    ? heading
    : `${characters
        .slice(0, LONGEST_ENTRY - 1)
        .join("")
        .trimEnd()}…`;
}

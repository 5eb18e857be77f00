/** A line of reStructuredText, without what it is indented by. */
export interface Line {
  readonly text: string;
  /** Columns that it is indented by; endless for an empty one. */
  readonly indent: number;
}

const TAB = 8;

export function linesOf(source: string): Line[] {
  return source.split("\n").map((line) => {
    const expanded = line.includes("\t") ? line.replace(/\t/gu, (_, at: number) => " ".repeat(TAB - (at % TAB))) : line;
    const text = expanded.trim();
    return {
      text: expanded.trimEnd().slice(expanded.length - expanded.trimStart().length),
      indent: text === "" ? Infinity : expanded.length - expanded.trimStart().length,
    };
  });
}

/** Behind the last line that stands in as far as `indent`, from a line on; empty lines at the end are not counted. */
export function endOf(lines: readonly Line[], from: number, indent: number): number {
  let end = from;
  for (let at = from; at < lines.length && (lines[at]?.indent ?? 0) >= indent; at++)
    if (lines[at]?.text !== "") end = at + 1;
  return end;
}

/** The lines as they were, the outermost of them not indented. */
export function written(lines: readonly Line[]): string {
  const left = lines.reduce((least, { indent }) => Math.min(least, indent), Infinity);
  return lines.map(({ text, indent }) => (text === "" ? "" : " ".repeat(indent - left) + text)).join("\n");
}

import { BETWEEN } from "../../provider/ownership/title.js";
import { clean } from "../../provider/text/clean.js";
import { pc } from "./color.js";

/** What is found for a question, best first. */
export interface Answer {
  readonly question: string;
  readonly hits: readonly Hit[];
}

interface Hit {
  readonly document?: string;
  readonly section?: string;
  readonly content: string;
}

/** How many lines of a terminal a text may fill: much of the best, a glance at the others. */
const LINES = [3, 1];

const INDENT = "     ";

/** Prints each question with the documents that answer it best and the beginning of what they say. */
export function printAnswers(
  answers: readonly Answer[],
  write: (text: string) => void = (text) => void process.stdout.write(text),
  columns = Math.min(process.stdout.columns || 100, 140),
): void {
  for (const { question, hits } of answers) {
    write(`\n${pc.bold(`? ${clean(question)}`)}\n`);
    if (hits.length === 0) write("  nothing found\n");
    for (const [index, { document, section, content }] of hits.entries()) {
      const where = [document, section].filter(Boolean).join(BETWEEN);
      const lines = LINES[index] ?? 1;
      write(`  ${index + 1}  ${pc.cyan(clean(where))}\n`);
      for (const line of wrap(textOf(content, section), columns - INDENT.length, lines)) write(`${INDENT}${line}\n`);
    }
  }
  write("\n");
}

/** A chunk without its headings, which are said above it. Whatever could steer a terminal is left out. */
function textOf(content: string, section: string | undefined): string {
  const lines = content.split("\n");
  const first = lines.findIndex((line) => !/^(?:#{1,6} .*)?$/u.test(line) && section?.startsWith(line) !== true);
  return clean(lines.slice(Math.max(first, 0)).join("\n"));
}

/** A text in at most so many lines, parted between words. */
function wrap(text: string, width: number, most: number): string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest.length > width && lines.length < most) {
    const end = rest.lastIndexOf(" ", width);
    const cut = end > 0 ? end : width;
    lines.push(rest.slice(0, cut));
    rest = rest.slice(cut).trimStart();
  }
  if (lines.length < most) return [...lines, rest];
  return [...lines.slice(0, -1), `${(lines.at(-1) ?? "").slice(0, width - 2)} …`];
}

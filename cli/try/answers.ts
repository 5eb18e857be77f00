import { clean } from "../../provider/text/clean.js";
import { pc } from "./color.js";

/** What the quickstart exports for each question. */
export interface Answer {
  readonly question: string;
  readonly document: string;
  readonly snippet: string;
}

const SNIPPET = 280;

/** Prints each question with the document that answers it best and the beginning of what it says. */
export function printAnswers(
  answers: readonly Answer[],
  write: (text: string) => void = (text) => void process.stdout.write(text),
): void {
  for (const { question, document, snippet } of answers) {
    write(`\n${pc.bold(`? ${clean(question)}`)}\n  ${pc.cyan(clean(document))}\n  ${shorten(snippet)}\n`);
  }
  write("\n");
}

/** One line, cut at a word. Whatever could steer a terminal is left out. */
function shorten(text: string): string {
  const line = clean(text);
  return line.length <= SNIPPET ? line : `${line.slice(0, SNIPPET).replace(/\s+\S*$/u, "")} …`;
}

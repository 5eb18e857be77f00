import { createInterface } from "node:readline/promises";
import { isatty } from "node:tty";

/**
 * Asks on the terminal whether to go on; "yes" and "y" are the answers that do.
 *
 * @param yes whether that was said already. @param why what asks, for where there is no terminal to ask on.
 * @throws Error there.
 */
export async function confirmed(yes: boolean, question: string, why: string): Promise<boolean> {
  if (yes) return true;
  if (!isatty(0)) throw new Error(`${why}, and there is no terminal to ask on. Add --yes.`);
  const questions = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await questions.question(`${question} (yes/no) `).finally(() => questions.close());
  return /^y(es)?$/iu.test(answer.trim());
}

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./project-copy.js";

/** The blocks of a language in a page of the docs. */
export function blocksOf(page: string, language: string): string[] {
  const text = readFileSync(join(ROOT, page), "utf8");
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, "gmu"))].map(([, block = ""]) => block);
}

/** What a page shows of a terminal: what was typed, and what was printed after each. */
export function sessionOf(page: string): { readonly typed: string; readonly printed: string }[] {
  return blocksOf(page, "console").flatMap((block) =>
    block
      .split(/^\$ /mu)
      .slice(1)
      .map((part) => {
        const [typed = "", ...printed] = part.split("\n");
        return { typed, printed: printed.join("\n") };
      }),
  );
}

import { DocumentError } from "../document-error.js";
import type { DocumentTree } from "../tree.js";
import { entriesOf, nestedTooDeeply } from "./entries.js";

/**
 * The entries of each document in it as `path: value` lines, each value as it is written.
 *
 * @throws DocumentError where it is not YAML, or too much is written.
 */
export async function yaml(source: string): Promise<DocumentTree> {
  const { LineCounter, parseAllDocuments } = await import("yaml");
  const lines = new LineCounter();
  try {
    // Any other schema would make 1.1 of 1.10, and a number of an id.
    const documents = parseAllDocuments(source, {
      schema: "failsafe",
      merge: true,
      prettyErrors: false,
      logLevel: "silent",
      lineCounter: lines,
    });
    const faults = "empty" in documents ? [] : documents.flatMap(({ errors }) => errors);
    const [first] = faults;
    if (first) {
      const others = faults.length === 1 ? "" : `, and ${faults.length - 1} more`;
      throw new DocumentError(
        `is not YAML (line ${lines.linePos(first.pos[0]).line}): ${first.message.replace(/\.$/u, "")}${others}. ` +
          "Fix it, or exclude it",
      );
    }
    return {
      blocks: Array.from(documents).flatMap((document) =>
        entriesOf(document.toJS({ maxAliasCount: 100 }) ?? undefined),
      ),
    };
  } catch (error) {
    if (error instanceof DocumentError) throw error;
    if (error instanceof RangeError) throw nestedTooDeeply();
    throw new DocumentError(
      `is not YAML that can be read: ${(error as Error).message.replace(/\.$/u, "")}. Fix it, or exclude it`,
    );
  }
}

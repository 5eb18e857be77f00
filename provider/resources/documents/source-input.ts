import { z } from "zod";
import { misspelt } from "../../pulumi/check.js";
import type { PreparedDocuments } from "../../documents/prepared.js";
import { placeIn } from "../../text/clean.js";
import { mustBe } from "../../inputs/arguments.js";
import { sha256 } from "../../inputs/hash.js";
import { DEFAULT_MAX_TOKENS } from "../../documents/split/limits.js";
import type { SplitOptions } from "../../documents/split/split.js";
import type { CheckedSource, SourceInput } from "./schema.js";
import type { Source, SourceProblem } from "./source/source.js";

const parts = { name: z.string({ error: mustBe("the text's name") }), text: z.string({ error: mustBe("a text") }) };
const entry = z
  .object(parts, { error: mustBe("an object { name, text }") })
  .catchall(misspelt(Object.keys(parts), "a text"));
const list = z.array(entry, { error: mustBe("a list of { name, text }") });

/** What stands for a source in the state, and everything that is wrong with texts. */
export function checkedSource(
  input: SourceInput,
  { texts }: PreparedDocuments,
): { readonly source: CheckedSource; readonly problems: readonly SourceProblem[] } {
  if (typeof input === "string" || !("texts" in input)) return { source: input, problems: [] };
  const { text = "null" } = input.texts;
  const parsed = list.safeParse(JSON.parse(text));
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => ({
      property: `source.texts${placeIn(path)}`,
      documents: [],
      reason: message,
    }));
    return { source: { texts: "" }, problems };
  }
  const hash = sha256(text);
  texts.set(hash, text);
  return { source: { texts: hash }, problems: [] };
}

/**
 * The source itself.
 *
 * @throws Error for texts that this process has not checked.
 */
export function sourceOf(checked: CheckedSource, { texts }: PreparedDocuments): Source {
  if (typeof checked === "string" || !("texts" in checked)) return checked;
  const text = texts.get(checked.texts);
  if (text === undefined)
    throw new Error('source: the texts are not at hand any more. Nothing was changed; run "pulumi up" again.');
  return { texts: list.parse(JSON.parse(text)) };
}

/** How the inputs say that documents are split. */
export function splitOptionsOf({
  maxTokens = DEFAULT_MAX_TOKENS,
  overlapTokens = 0,
}: {
  readonly maxTokens?: number | undefined;
  readonly overlapTokens?: number | undefined;
}): SplitOptions {
  return { maxTokens, overlapTokens };
}

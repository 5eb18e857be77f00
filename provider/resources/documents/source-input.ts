import { z } from "zod";
import { mustBe } from "../../functions/arguments.js";
import type { CutSettings } from "./cut/cut.js";
import { DEFAULT_MAX_TOKENS, type SourceInput } from "./schema.js";
import type { Source, SourceProblem } from "./source/source.js";

const entry = z.strictObject({
  name: z.string({ error: mustBe("the text's name") }),
  text: z.string({ error: mustBe("a text") }),
}, { error: mustBe("an object { name, text }") });
const list = z.array(entry, { error: mustBe("a list of { name, text }") });

/** Packed texts that this process has checked, by their hash. */
const checked = new Map<string, string>();

/**
 * The source as the state is to hold it. The engine writes an asset's text into the state, and shows it in errors: of
 * texts the hash takes its place, and this process remembers them until it uploads them.
 */
export function withoutTexts(input: SourceInput): SourceInput {
  if (typeof input === "string" || !("texts" in input) || typeof input.texts === "string") return input;
  const { hash, text } = input.texts;
  if (text !== undefined) checked.set(hash, text);
  return { texts: hash };
}

/** Unpacks the texts that the class has packed, and says what is wrong with them. */
export function unpack(input: SourceInput): { readonly source: Source; readonly problems: readonly SourceProblem[] } {
  if (typeof input === "string" || !("texts" in input)) return { source: input, problems: [] };
  const packed = typeof input.texts === "string" ? checked.get(input.texts) : input.texts.text;
  if (packed === undefined) return { source: { texts: [] }, problems: [{ property: "source.texts", reason: 'is not at hand any more: run "pulumi up" again' }] };
  const parsed = list.safeParse(JSON.parse(packed));
  if (parsed.success) return { source: { texts: parsed.data }, problems: [] };
  const problems = parsed.error.issues.map(({ path, message }) => ({ property: ["source.texts", ...path.map(propertyOf)].join(""), reason: message }));
  return { source: { texts: [] }, problems };
}

function propertyOf(part: PropertyKey): string {
  return typeof part === "number" ? `[${part}]` : `.${String(part)}`;
}

/** How the inputs say that documents are cut. */
export function cutSettingsOf({ maxTokens = DEFAULT_MAX_TOKENS, overlapTokens = 0 }: { readonly maxTokens?: number | undefined; readonly overlapTokens?: number | undefined }): CutSettings {
  return { maxTokens, overlapTokens };
}

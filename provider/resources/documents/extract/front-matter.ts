import { parseDocument } from "yaml";
import { DocumentError } from "./document-error.js";
import { messageOf } from "../../../text/error-message.js";

/** What stands before a Markdown document's text, and where that begins. */
export interface FrontMatter {
  readonly title?: string;
  readonly description?: string;
  readonly end: number;
}

/** What front matter may have at most, in characters: two rules that are further apart have a text between them. */
const LONGEST = 65_536;

const FENCED = /^---[^\S\n]*\n([^]*?)^(?:---|\.\.\.)[^\S\n]*(?:\n|$)/mu;

/**
 * Reads the YAML between two lines `---` at the very beginning. What is a plain text between two rules is left where it is.
 *
 * @throws DocumentError where it is not YAML.
 */
export function frontMatter(text: string): FrontMatter {
  const match = text.startsWith("---") ? FENCED.exec(text.slice(0, LONGEST)) : null;
  if (match?.index !== 0) return { end: 0 };
  const [whole, yaml = ""] = match;
  const values = valuesOf(yaml);
  if (typeof values !== "object" || values === null || Array.isArray(values)) return { end: 0 };
  const { title, description } = values as Record<string, unknown>;
  return { ...(isText(title) && { title: oneLine(title) }), ...(isText(description) && { description: oneLine(description) }), end: whole.length };
}

function valuesOf(yaml: string): unknown {
  if (yaml.trim() === "") return {};
  try {
    const parsed = parseDocument(yaml, { prettyErrors: false, logLevel: "silent" });
    const [error] = parsed.errors;
    if (error) throw notYaml(`${error.message.replace(/\.$/u, "")} (line ${yaml.slice(0, error.pos[0]).split("\n").length + 1})`);
    return parsed.toJS({ maxAliasCount: 100 });
  } catch (error) {
    if (error instanceof DocumentError) throw error;
    throw notYaml(error instanceof RangeError ? "it is nested too deeply" : messageOf(error));
  }
}

const notYaml = (reason: string): DocumentError => new DocumentError(`has front matter that is not YAML: ${reason}. Mend what stands between the lines ---`);

const isText = (value: unknown): value is string | number => (typeof value === "string" && value.trim() !== "") || typeof value === "number";

const oneLine = (value: string | number): string => String(value).replace(/\s+/gu, " ").trim().normalize("NFC");

import { parseDocument } from "yaml";
import { DocumentError } from "./document-error.js";

/** What stands before a Markdown document's text, and where that begins. */
export interface FrontMatter {
  readonly title?: string;
  readonly description?: string;
  readonly end: number;
}

const FENCED = /^---[^\S\n]*\n([^]*?)^(?:---|\.\.\.)[^\S\n]*(?:\n|$)/mu;

/**
 * Reads the YAML between two lines `---` at the very beginning. What is a plain text between two rules is left where it is.
 *
 * @throws DocumentError where it is not YAML.
 */
export function frontMatter(text: string): FrontMatter {
  const match = text.startsWith("---") ? FENCED.exec(text) : null;
  if (match?.index !== 0) return { end: 0 };
  const [whole, yaml = ""] = match;
  const parsed = parseDocument(yaml, { prettyErrors: false, logLevel: "silent" });
  const [error] = parsed.errors;
  if (error) {
    const line = yaml.slice(0, error.pos[0]).split("\n").length + 1;
    throw new DocumentError(`has front matter that is not YAML: ${error.message.replace(/\.$/u, "")} (line ${line}). Mend what stands between the lines ---`);
  }
  const values: unknown = yaml.trim() === "" ? {} : parsed.toJS({ maxAliasCount: 100 });
  if (typeof values !== "object" || values === null || Array.isArray(values)) return { end: 0 };
  const { title, description } = values as Record<string, unknown>;
  return { ...(isText(title) && { title: oneLine(title) }), ...(isText(description) && { description: oneLine(description) }), end: whole.length };
}

const isText = (value: unknown): value is string | number => (typeof value === "string" && value.trim() !== "") || typeof value === "number";

const oneLine = (value: string | number): string => String(value).replace(/\s+/gu, " ").trim().normalize("NFC");

import { DocumentError } from "../../document-error.js";
import { messageOf } from "../../../text/error-message.js";

/** What stands before a Markdown document's text, and where that begins. */
export interface FrontMatter {
  readonly title?: string;
  readonly description?: string;
  readonly end: number;
}

/** What front matter may have at most, in characters: two rules that are further apart have a text between them. */
const LONGEST = 65_536;

const YAML = /^---[^\S\n]*\n([^]*?)^(?:---|\.\.\.)[^\S\n]*(?:\n|$)/mu;
const TOML = /^\+\+\+[^\S\n]*\n([^]*?)^\+\+\+[^\S\n]*(?:\n|$)/mu;

/**
 * Reads the YAML between two lines `---`, or the TOML between two lines `+++`, at the very beginning. What is a plain
 * text between two rules is left where it is.
 *
 * @throws DocumentError where it is neither.
 */
export async function frontMatter(text: string): Promise<FrontMatter> {
  const isToml = text.startsWith("+++");
  if (!isToml && !text.startsWith("---")) return { end: 0 };
  const match = (isToml ? TOML : YAML).exec(text.slice(0, LONGEST));
  if (match?.index !== 0) return { end: 0 };
  const [whole, inner = ""] = match;
  const values = await (isToml ? tomlValues(inner) : yamlValues(inner));
  if (typeof values !== "object" || values === null || Array.isArray(values)) return { end: 0 };
  const { title, description } = values as Record<string, unknown>;
  return {
    ...(isText(title) && { title: oneLine(title) }),
    ...(isText(description) && { description: oneLine(description) }),
    end: whole.length,
  };
}

async function yamlValues(source: string): Promise<unknown> {
  if (source.trim() === "") return {};
  const { parseDocument } = await import("yaml");
  try {
    const parsed = parseDocument(source, { prettyErrors: false, logLevel: "silent" });
    const [error] = parsed.errors;
    if (error)
      throw broken(
        "YAML",
        "---",
        `${error.message.replace(/\.$/u, "")} (line ${source.slice(0, error.pos[0]).split("\n").length + 1})`,
      );
    return parsed.toJS({ maxAliasCount: 100 });
  } catch (error) {
    if (error instanceof DocumentError) throw error;
    throw broken("YAML", "---", error instanceof RangeError ? "it is nested too deeply" : messageOf(error));
  }
}

async function tomlValues(source: string): Promise<unknown> {
  const { parse, TomlError } = await import("smol-toml");
  try {
    return parse(source);
  } catch (error) {
    if (error instanceof RangeError) throw broken("TOML", "+++", "it is nested too deeply");
    if (!(error instanceof TomlError)) throw error;
    // Behind the first line, the message quotes the document.
    const [reason = ""] = error.message.split("\n", 1);
    throw broken(
      "TOML",
      "+++",
      `${reason.replace(/^Invalid TOML document: /u, "").replace(/\.$/u, "")} (line ${error.line + 1})`,
    );
  }
}

const broken = (language: string, rule: string, reason: string): DocumentError =>
  new DocumentError(`has front matter that is not ${language}: ${reason}. Fix what stands between the lines ${rule}`);

const isText = (value: unknown): value is string | number =>
  (typeof value === "string" && value.trim() !== "") || typeof value === "number";

const oneLine = (value: string | number): string => String(value).replace(/\s+/gu, " ").trim().normalize("NFC");

import { DocumentError } from "../../document-error.js";
import { faultIn } from "../json-fault.js";
import { messageOf } from "../../../text/error-message.js";

/** What stands before a Markdown document's text, and where that begins. */
export interface FrontMatter {
  readonly title?: string;
  readonly description?: string;
  readonly end: number;
}

/** What front matter may have at most, in characters: two rules that are further apart have a text between them. */
const LONGEST = 65_536;

const YAML = /^---(?:ya?ml)?[^\S\n]*\n([^]*?)^(?:---|\.\.\.)[^\S\n]*(?:\n|$)/mu;
const TOML = /^\+\+\+[^\S\n]*\n([^]*?)^\+\+\+[^\S\n]*(?:\n|$)/mu;
const TOML_NAMED = /^---toml[^\S\n]*\n([^]*?)^---[^\S\n]*(?:\n|$)/mu;
const JSON_NAMED = /^---json[^\S\n]*\n([^]*?)^---[^\S\n]*(?:\n|$)/mu;
const JSON_BARE = /^(\{[^\S\n]*\n[^]*?^\})[^\S\n]*(?:\n|$)/mu;

type Values = (source: string, rule: string) => unknown;

/** How front matter is written, and how that is read. */
const FORMS: readonly (readonly [form: RegExp, rule: string, values: Values])[] = [
  [YAML, "---", yamlValues],
  [TOML, "+++", tomlValues],
  [TOML_NAMED, "---", tomlValues],
  [JSON_NAMED, "---", jsonValues],
  [JSON_BARE, "", bareValues],
];

/**
 * Reads what stands at the very beginning: YAML between two lines `---`, TOML between two lines `+++`, JSON in braces
 * that have lines of their own, or any of them between `---` behind its name. What is a plain text between two rules is
 * left where it is.
 *
 * @throws DocumentError where it is none of them.
 */
export async function frontMatter(text: string): Promise<FrontMatter> {
  if (!/^(?:---|\+\+\+|\{)/u.test(text)) return { end: 0 };
  const start = text.slice(0, LONGEST);
  for (const [form, rule, valuesOf] of FORMS) {
    const match = form.exec(start);
    if (match?.index !== 0) continue;
    const [whole, inner = ""] = match;
    const values = await valuesOf(inner, rule);
    if (typeof values !== "object" || values === null || Array.isArray(values)) return { end: 0 };
    const { title, description } = values as Record<string, unknown>;
    return {
      ...(isText(title) && { title: oneLine(title) }),
      ...(isText(description) && { description: oneLine(description) }),
      end: whole.length,
    };
  }
  return { end: 0 };
}

/** Braces may begin a text as well. */
function bareValues(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    return undefined;
  }
}

function jsonValues(source: string, rule: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    const line = source.slice(0, faultIn(source)).split("\n").length + 1;
    throw broken("JSON", rule, `a value or a sign does not belong (line ${line})`);
  }
}

async function yamlValues(source: string, rule: string): Promise<unknown> {
  if (source.trim() === "") return {};
  const { parseDocument } = await import("yaml");
  try {
    const parsed = parseDocument(source, { prettyErrors: false, logLevel: "silent" });
    const [error] = parsed.errors;
    if (error)
      throw broken(
        "YAML",
        rule,
        `${error.message.replace(/\.$/u, "")} (line ${source.slice(0, error.pos[0]).split("\n").length + 1})`,
      );
    return parsed.toJS({ maxAliasCount: 100 });
  } catch (error) {
    if (error instanceof DocumentError) throw error;
    throw broken("YAML", rule, error instanceof RangeError ? "it is nested too deeply" : messageOf(error));
  }
}

async function tomlValues(source: string, rule: string): Promise<unknown> {
  const { parse, TomlError } = await import("smol-toml");
  try {
    return parse(source);
  } catch (error) {
    if (error instanceof RangeError) throw broken("TOML", rule, "it is nested too deeply");
    if (!(error instanceof TomlError)) throw error;
    // Behind the first line, the message quotes the document.
    const [reason = ""] = error.message.split("\n", 1);
    throw broken(
      "TOML",
      rule,
      `${reason.replace(/^Invalid TOML document: /u, "").replace(/\.$/u, "")} (line ${error.line + 1})`,
    );
  }
}

const broken = (language: string, rule: string, reason: string): DocumentError =>
  new DocumentError(`has front matter that is not ${language}: ${reason}. Fix what stands between the lines ${rule}`);

const isText = (value: unknown): value is string | number =>
  (typeof value === "string" && value.trim() !== "") || typeof value === "number";

const oneLine = (value: string | number): string => String(value).replace(/\s+/gu, " ").trim().normalize("NFC");

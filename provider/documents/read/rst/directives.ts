import type { Block } from "../../tree.js";
import { listTable } from "./list-table.js";
import { plain } from "./inline.js";
import { written, type Line } from "./lines.js";

/** A directive: what its name is given, and what stands in below it. */
export interface Directive {
  readonly name: string;
  readonly argument: string;
  readonly body: readonly Line[];
  readonly read: (lines: readonly Line[]) => Block[];
}

const OPTION = /^:[\w-]+:/u;

/** What a page shows nothing of, or what another file holds. */
const SILENT =
  /^(?:toctree|contents|sectnum|index|highlight|currentmodule|module|py:currentmodule|default-domain|include|literalinclude|raw|meta|target-notes|role|default-role|tabularcolumns|auto\w+|unicode|replace|image|header|footer|class|rst-class|testsetup|testcleanup|plot|graphviz|inheritance-diagram|sidebar-links)$/u;

const CODE =
  /^(?:code-block|code|sourcecode|parsed-literal|prompt|ipython|doctest|testcode|testoutput|productionlist|math|console|highlight-block)$/u;

/** What describes something: its argument is a term. */
const DESCRIBING =
  /^(?:[\w-]+:)?(?:function|class|method|classmethod|staticmethod|attribute|data|exception|module|decorator|property|macro|type|struct|enum|enumerator|member|var|option|program|envvar|confval|setting|describe|object|glossary|cmdoption|directive|role|opcode|c?function|rst:\w+)$/u;

/** What has a name of its own, as a tab has. */
const NAMED = /^(?:(?:group-|code-)?tab|tab-item|dropdown|details|collapse|admonition|topic|sidebar)$/u;

/** What shows its argument, though there is nothing below. */
const SHOWN = /^(?:rubric|centered|title|only|figure|topic|admonition|sidebar|epigraph|highlights|pull-quote)$/u;

/** Makes blocks of a directive. One that is not known is shown with what is in it. */
export function directive({ name, argument, body, read }: Directive): Block[] {
  const key = name.toLowerCase();
  if (SILENT.test(key)) return [];
  const { signatures, content } = parted(body, DESCRIBING.test(key));
  if (CODE.test(key)) return code(key, argument, content);
  // A note may begin beside its name.
  const isNote = NOTES.test(key) && argument !== "";
  const blocks = read(isNote ? [{ text: argument, indent: 0 }, ...content] : content);
  if (key === "glossary") return blocks;
  if (DESCRIBING.test(key)) return [{ kind: "definition", term: plain([argument, ...signatures].join("\n")), blocks }];
  if (NAMED.test(key) && argument !== "" && blocks.length > 0)
    return [{ kind: "definition", term: plain(argument), blocks }];
  // What is not known and has nothing below is a target, as those are that a project makes for its own settings.
  if (body.length === 0 && argument !== "" && !SHOWN.test(key) && !(key in LABELS) && !NOTES.test(key)) return [];
  if (key.endsWith("table")) return captioned(key, argument, [...headOf(body), ...content], blocks);
  return labelled(key, isNote || key === "figure" || key === "only" ? "" : plain(argument), blocks);
}

const LABELS: Readonly<Record<string, string>> = {
  versionadded: "Added in version",
  versionchanged: "Changed in version",
  deprecated: "Deprecated since version",
  seealso: "See also",
};
const NOTES = /^(?:note|warning|tip|hint|important|caution|danger|attention|error|todo)$/u;

/** A note says what it is, as it does on the page. */
function labelled(name: string, title: string, blocks: readonly Block[]): Block[] {
  const label = LABELS[name] ?? (NOTES.test(name) ? name.charAt(0).toUpperCase() + name.slice(1) : "");
  const first = [label, title].filter((part) => part !== "").join(" ");
  const [below, ...others] = blocks;
  if (first === "") return [...blocks];
  return label !== "" && below?.kind === "paragraph"
    ? [{ ...below, text: `${first}: ${below.text}` }, ...others]
    : [{ kind: "paragraph", text: first }, ...blocks];
}

/** More signatures may stand below the first, and options before the content. */
function parted(body: readonly Line[], isDescribing: boolean): { signatures: string[]; content: readonly Line[] } {
  let at = 0;
  const signatures: string[] = [];
  while (isDescribing && at < body.length && body[at]?.text !== "" && !OPTION.test(body[at]?.text ?? ""))
    signatures.push(body[at++]?.text ?? "");
  // Where nothing follows, it was the content.
  if (at === body.length) at = signatures.length = 0;
  while (at < body.length && OPTION.test(body[at]?.text ?? "")) at++;
  return { signatures, content: body.slice(at) };
}

function code(name: string, argument: string, content: readonly Line[]): Block[] {
  const text = written(content).replace(/^\n+|\s+$/gu, "");
  const all =
    name === "math" || name === "productionlist" ? [argument, text].filter((part) => part !== "").join("\n") : text;
  return all === "" ? [] : [{ kind: "code", text: all }];
}

/** What a table of CSV has for its head stands among its options. */
function headOf(body: readonly Line[]): Line[] {
  return body.flatMap(({ text, indent }) =>
    text.startsWith(":header:") ? [{ text: text.slice(":header:".length).trim(), indent }] : [],
  );
}

/** A table's title is its caption; values of CSV stay as they are written. */
function captioned(name: string, argument: string, content: readonly Line[], blocks: readonly Block[]): Block[] {
  const caption = plain(argument);
  const listed = name === "list-table" ? listTable(content) : undefined;
  if (listed) return [{ ...listed, ...(caption !== "" && { caption }) }];
  const isWritten = name === "csv-table";
  const own: readonly Block[] =
    isWritten && content.some(({ text }) => text !== "") ? [{ kind: "code", text: written(content).trim() }] : blocks;
  return own
    .map((block, index) => (index === 0 && block.kind === "table" && caption !== "" ? { ...block, caption } : block))
    .flatMap((block, index): Block[] =>
      index === 0 && block.kind !== "table" && caption !== "" ? [{ kind: "paragraph", text: caption }, block] : [block],
    );
}

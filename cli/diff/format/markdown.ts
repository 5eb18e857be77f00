import { count } from "../../../provider/resources/documents/words.js";
import { plain } from "../../markdown.js";
import type { DiffReport, ResourceDiff } from "../report.js";
import { documentInWords, headline, isUnchanged, SIGNS, sumsInWords } from "./words.js";

/** By which a bot finds its comment again, to write over it. */
const MARK = "<!-- vultr-inference diff -->";
/** So many rows are there to see; more are folded. */
const OPEN_ROWS = 10;
/** A comment may have 65,536 characters. */
const ROWS = 150;

/** A report as a comment on a pull request. */
export function toMarkdown(report: DiffReport): string {
  const { base, resources, problems, status, tests = [] } = report;
  const sign = { failed: "❗", changed: "📚", same: "✅" }[status];
  const list = (title: string, entries: readonly string[]): string[] => (entries.length === 0 ? [] : ["", `**${title}**`, "", ...entries.map((entry) => `- ${entry}`)]);
  return [
    MARK,
    `### ${sign} ${plain(headline(report))}`,
    ...list("A deployment would fail, or is not known", problems.map(({ resource, message }) => plain(resource === undefined ? message : `${resource}: ${message}`))),
    ...resources.filter((resource) => !isUnchanged(resource)).flatMap(table),
    ...list("Retrieval tests of the deployed stack", tests.map(({ resource, holds, message }) => `${holds ? "✅" : "❌"} ${plain(`${resource}: ${message}`)}`)),
    "",
    `<sub>Compared with ${plain(base.ref)} at ${base.commit.slice(0, 7)}. Tokens are estimates.</sub>`,
    "",
  ].join("\n");
}

function table(resource: ResourceDiff): string[] {
  const title = `**${plain(resource.resource)}**: ${plain(sumsInWords(resource))}`;
  const rows = resource.documents.slice(0, ROWS).map((document) => `| ${plain(SIGNS[document.change])} | ${plain(document.name)} | ${plain(documentInWords(document))} |`);
  if (rows.length === 0) return ["", title];
  const more = resource.documents.length > ROWS ? ["", `… and ${count(resource.documents.length - ROWS, "more document")}`] : [];
  const lines = ["| | Document | |", "|---|---|---|", ...rows, ...more];
  if (rows.length <= OPEN_ROWS) return ["", title, "", ...lines];
  return ["", title, "", `<details><summary>${count(resource.documents.length, "document")}</summary>`, "", ...lines, "", "</details>"];
}

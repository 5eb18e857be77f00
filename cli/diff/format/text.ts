import type { Colors } from "picocolors/types";
import { shown } from "../../../provider/resources/documents/review.js";
import type { DiffReport, DocumentDiff } from "../report.js";
import { documentInWords, headline, isUnchanged, SIGNS, sumsInWords } from "./words.js";

/** A report for a person at a terminal or in a log. */
export function toText(report: DiffReport, pc: Colors): string {
  const { base, resources, problems, tests = [] } = report;
  const paint: Readonly<Record<DocumentDiff["change"], (text: string) => string>> = { added: pc.green, changed: pc.yellow, removed: pc.red, moved: pc.cyan };
  const lines: string[] = [];
  for (const resource of resources.filter((one) => !isUnchanged(one))) {
    lines.push(`${pc.bold(resource.resource)}: ${sumsInWords(resource)}`);
    lines.push(...resource.documents.map((document) => `  ${paint[document.change](SIGNS[document.change])} ${shown(document.name)}  ${documentInWords(document)}`), "");
  }
  const section = (title: string, entries: readonly string[]): void => {
    if (entries.length > 0) lines.push(pc.bold(title), ...entries.map((entry) => `  ${entry}`), "");
  };
  section("A deployment would fail, or is not known:", problems.map(({ resource, message }) => `${pc.red("!")} ${resource === undefined ? "" : `${resource}: `}${message}`));
  section("Retrieval tests of the deployed stack:", tests.map(({ resource, holds, message }) => `${holds ? pc.green("✓") : pc.red("✗")} ${resource}: ${message}`));
  lines.push(`Against ${base.ref} (${base.commit.slice(0, 7)}). ${headline(report)}.`);
  return `${lines.join("\n")}\n`;
}

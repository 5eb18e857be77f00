import type { Colors } from "picocolors/types";
import { shown } from "../../../provider/resources/documents/review.js";
import { count } from "../../../provider/text/quantity.js";
import type { DiffReport, DocumentDiff, Kind, TestResult } from "../report.js";
import {
  about,
  documentInWords,
  headline,
  isUnchanged,
  sectionInWords,
  sectionName,
  SIGNS,
  sumsInWords,
} from "./words.js";

const SECTIONS_SHOWN = 12;

/** A report for a person at a terminal or in a log. */
export function toText(report: DiffReport, pc: Colors): string {
  const { base, resources, others, problems, tests = [] } = report;
  const paint: Readonly<Record<Kind, (text: string) => string>> = {
    added: pc.green,
    changed: pc.yellow,
    removed: pc.red,
    moved: pc.cyan,
  };
  const sign = (change: Kind): string => paint[change](SIGNS[change]);
  const lines: string[] = [];
  const section = (title: string, entries: readonly string[]): void => {
    if (entries.length > 0) lines.push(title, ...entries.map((entry) => `  ${entry}`), "");
  };
  const documentLines = (document: DocumentDiff): string[] => {
    const sections = document.change === "changed" ? document.sections : [];
    const more =
      sections.length > SECTIONS_SHOWN ? [`    … ${count(sections.length - SECTIONS_SHOWN, "more section")}`] : [];
    return [
      `${sign(document.change)} ${shown(document.name)}  ${documentInWords(document)}`,
      ...sections
        .slice(0, SECTIONS_SHOWN)
        .map((one) => `    ${sign(one.change)} ${sectionName(one)}  ${sectionInWords(one)}`),
      ...more,
    ];
  };
  for (const resource of resources.filter((one) => !isUnchanged(one))) {
    lines.push(
      `${pc.bold(resource.resource)}: ${sumsInWords(resource)}`,
      ...resource.documents.flatMap(documentLines).map((line) => `  ${line}`),
      "",
    );
  }
  section(
    pc.bold("Other resources:"),
    others.map(({ change, type, resource }) => `${sign(change)} ${type} ${resource}`),
  );
  const said = (severity: string): string[] =>
    problems
      .filter((problem) => problem.severity === severity)
      .map(({ resource, message }) => about(resource, message));
  section(
    pc.bold("Errors:"),
    said("error").map((line) => `${pc.red("!")} ${line}`),
  );
  section(pc.bold("Good to know:"), said("warning"));
  section(
    pc.bold("Questions to what is deployed:"),
    tests.flatMap((test) => testLines(test, pc)),
  );
  lines.push(`Against ${base.ref} (${base.commit.slice(0, 7)}). ${headline(report)}.`);
  return `${lines.join("\n")}\n`;
}

function testLines({ resource, holds, message, questions }: TestResult, pc: Colors): string[] {
  const sign = holds === undefined ? pc.red("!") : holds ? pc.green("✓") : pc.yellow("✗");
  return [
    `${sign} ${about(resource, message)}`,
    ...questions.map(
      (one) => `    ${one.holds ? pc.green("✓") : pc.yellow("✗")} ${one.query}${one.isNew ? "  (new)" : ""}`,
    ),
  ];
}

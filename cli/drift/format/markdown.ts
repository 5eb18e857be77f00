import { plain } from "../../markdown.js";
import type { DriftReport } from "../report.js";
import { counted, resources } from "./text.js";

/** A report for an issue, a comment or a job's summary. */
export function toMarkdown({ project, stack, status, checked, findings, plan, unchecked, notes }: DriftReport): string {
  const name = plain(`${project}/${stack}`);
  const head = {
    failed: `### ❗ Drift of ${name}: not everything could be checked`,
    drift: `### ⚠️ Drift of ${name}: ${counted(findings.length)} in ${resources(checked)}`,
    clean: `### ✅ Drift of ${name}: none in ${resources(checked)}`,
  }[status];
  const list = (title: string, entries: readonly string[]): string[] =>
    entries.length === 0 ? [] : ["", `**${title}**`, "", ...entries.map((entry) => `- ${entry}`)];
  return [
    head,
    ...list(
      "Could not be checked",
      unchecked.map(({ resource, reason }) => plain(resource === undefined ? reason : `${resource}: ${reason}`)),
    ),
    ...table(findings.map(({ type, resource, message }) => [type, resource, message])),
    ...list(
      "Not deployed yet (no drift)",
      (plan ?? []).map(({ step, type, resource }) => plain(`${step} ${type} ${resource}`)),
    ),
    ...list("Good to know", notes.map(plain)),
    "",
  ].join("\n");
}

function table(rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  return [
    "",
    "| Type | Resource | What is different |",
    "|---|---|---|",
    ...rows.map((row) => `| ${row.map(plain).join(" | ")} |`),
  ];
}

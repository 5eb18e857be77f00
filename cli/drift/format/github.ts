import { appendFileSync } from "node:fs";
import type { DriftReport } from "../report.js";

/**
 * In a job of GitHub Actions: an annotation for each finding, and the Markdown as the job's summary. Annotations go to
 * standard error, which the runner reads as well, so that standard output stays what was asked for.
 */
export function tellGitHub({ findings, plan = [], unchecked }: DriftReport, markdown: string, env: NodeJS.ProcessEnv = process.env): void {
  if (env["GITHUB_ACTIONS"] !== "true") return;
  const lines = [
    ...unchecked.map(({ resource, reason }) => annotation("error", "Could not be checked", resource === undefined ? reason : `${resource}: ${reason}`)),
    ...findings.map(({ message }) => annotation("warning", "Drift", message)),
    ...plan.map(({ step, type, resource }) => annotation("notice", "Not deployed yet", `${step} ${type} ${resource}`)),
  ];
  process.stderr.write(lines.map((line) => `${line}\n`).join(""));
  const summary = env["GITHUB_STEP_SUMMARY"];
  if (summary !== undefined && summary !== "") appendFileSync(summary, `${markdown}\n`);
}

function annotation(level: "error" | "warning" | "notice", title: string, message: string): string {
  return `::${level} title=${data(title).replaceAll(":", "%3A").replaceAll(",", "%2C")}::${data(message)}`;
}

function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

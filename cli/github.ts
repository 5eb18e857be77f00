import { appendFileSync } from "node:fs";
import { cleanLines } from "../provider/text/clean.js";

/** What stands beside a run in GitHub Actions. */
export interface Annotation {
  readonly level: "error" | "warning" | "notice";
  readonly title: string;
  readonly message: string;
}

/**
 * In a job of GitHub Actions: annotations, and Markdown as the job's summary. Annotations go to standard error, which
 * the runner reads as well, so that standard output stays what was asked for.
 */
export function tellGitHub(
  annotations: readonly Annotation[],
  markdown: string,
  env: NodeJS.ProcessEnv = process.env,
): void {
  if (env["GITHUB_ACTIONS"] !== "true") return;
  process.stderr.write(annotations.map((one) => `${line(one)}\n`).join(""));
  const summary = env["GITHUB_STEP_SUMMARY"];
  if (summary !== undefined && summary !== "") appendFileSync(summary, `${markdown}\n`);
}

function line({ level, title, message }: Annotation): string {
  return `::${level} title=${data(title).replaceAll(":", "%3A").replaceAll(",", "%2C")}::${data(message)}`;
}

function data(text: string): string {
  return cleanLines(text).replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

import type { Colors } from "picocolors/types";
import type { DriftReport } from "../report.js";

/** A report for a person at a terminal or in a log. */
export function toText(
  { project, stack, status, checked, findings, plan, unchecked, notes }: DriftReport,
  pc: Colors,
): string {
  const lines: string[] = [];
  const section = (title: string, entries: readonly string[]): void => {
    if (entries.length > 0) lines.push(title, ...entries.map((entry) => `  ${entry}`), "");
  };
  section(
    pc.bold("Could not be checked:"),
    unchecked.map(({ resource, reason }) => `${pc.red("!")} ${resource === undefined ? "" : `${resource}: `}${reason}`),
  );
  section(
    pc.bold("Drift:"),
    findings.map(({ message }) => `${pc.yellow("~")} ${message}`),
  );
  section(
    pc.bold("Not deployed yet (no drift):"),
    (plan ?? []).map(({ step, type, resource }) => `${pc.cyan("+")} ${step} ${type} ${resource}`),
  );
  section(pc.bold("Good to know:"), notes);
  const stackName = `${project}/${stack}`;
  lines.push(
    status === "failed"
      ? pc.red(
          `${stackName}: not everything could be checked, so whether it drifted is not ` +
            `known${findings.length > 0 ? "; what was found stands above" : ""}.`,
        )
      : status === "drift"
        ? pc.yellow(`${stackName}: ${counted(findings.length)} found in ${resources(checked)}.`)
        : pc.green(`${stackName}: no drift in ${resources(checked)}.`),
  );
  return `${lines.join("\n")}\n`;
}

export function counted(findings: number): string {
  return findings === 1 ? "1 difference" : `${findings} differences`;
}

export function resources(count: number): string {
  return count === 1 ? "1 resource" : `${count} resources`;
}

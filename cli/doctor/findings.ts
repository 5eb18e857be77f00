import type { Colors } from "picocolors/types";
import { clean } from "../../provider/text/clean.js";
import { table } from "../table.js";

/** `problem`: something does not work. `warning`: it works, and will surprise. */
export type Status = "ok" | "warning" | "problem";

/** What was looked at, and what came of it. */
export interface Finding {
  /** In one or two words: `key`, `address`. */
  readonly check: string;
  readonly status: Status;
  /** What was found, in one line. Never a key. */
  readonly found: string;
  /** What to do; there wherever the status is not `ok`. */
  readonly advice?: string;
}

/** What `--format json` prints. */
export interface DoctorReport {
  readonly version: 1;
  /** The worst of all. */
  readonly status: Status;
  readonly checks: readonly Finding[];
}

const ORDER: readonly Status[] = ["ok", "warning", "problem"];

export function reportOf(checks: readonly Finding[]): DoctorReport {
  const worst = Math.max(0, ...checks.map(({ status }) => ORDER.indexOf(status)));
  return { version: 1, status: ORDER[worst] ?? "ok", checks };
}

/** A table with a line for each check, and under it what to do. */
export function toText({ checks }: DoctorReport, pc: Colors): string {
  const signs: Record<Status, string> = {
    ok: pc.green("ok"),
    warning: pc.yellow("warning"),
    problem: pc.red("problem"),
  };
  const lines = table(checks.map(({ check, status, found }) => [signs[status], check, clean(found)]));
  const more = checks.map(({ advice }) => (advice === undefined ? [] : [`         ${pc.dim("→")} ${clean(advice)}`]));
  return `${lines.flatMap((line, index) => [line, ...(more[index] ?? [])]).join("\n")}\n`;
}

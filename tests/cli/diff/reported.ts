import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv/dist/2020.js";
import type { DiffReport } from "../../../cli/diff/report.js";
import type { Ended } from "../../support/command.js";
import { ROOT } from "../../support/project-copy.js";

const validate = new Ajv().compile(JSON.parse(readFileSync(join(ROOT, "docs/diff.schema.json"), "utf8")) as object);

/** What a run printed as JSON, which must be as the published schema says. */
export function report({ stdout, stderr }: Ended): DiffReport {
  const value = JSON.parse(stdout || JSON.stringify({ stderr })) as DiffReport;
  expect([validate(value), validate.errors]).toEqual([true, null]);
  return value;
}

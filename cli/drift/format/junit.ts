import { clean } from "../../../provider/text/clean.js";
import type { DriftReport } from "../report.js";

/**
 * A report in the JUnit form that CI systems read: a case for each finding, and one that passes where there is none.
 */
export function toJunit({ project, stack, checked, findings, plan = [], unchecked, status }: DriftReport): string {
  const suite = xml(`${project}/${stack}`);
  const failed = [
    ...findings.map(({ type, resource, kind, message }) =>
      testcase(`${type} ${resource}`, `<failure message="${xml(message)}" type="${kind}"/>`),
    ),
    ...plan.map(({ type, resource, step }) =>
      testcase(
        `${type} ${resource} (not deployed)`,
        `<failure message="${xml(`An up would ${step} it.`)}" type="plan"/>`,
      ),
    ),
  ];
  const errors = unchecked.map(({ resource, reason }) =>
    testcase(resource ?? "the whole stack", `<error message="${xml(reason)}" type="unchecked"/>`),
  );
  const passed = status === "clean" && failed.length === 0 ? [testcase(`no drift in ${checked} resources`, "")] : [];
  const cases = [...passed, ...failed, ...errors];
  const counts = `tests="${cases.length}" failures="${failed.length}" errors="${errors.length}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="drift" ${counts}>`,
    `  <testsuite name="${suite}" ${counts} skipped="0" time="0">`,
    ...cases,
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

function testcase(name: string, inside: string): string {
  const head = `    <testcase name="${xml(name)}" classname="vultr-inference.drift" time="0"`;
  return inside === "" ? `${head}/>` : `${head}>${inside}</testcase>`;
}

function xml(text: string): string {
  return clean(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll(/[\uFFFE\uFFFF]/gu, " ");
}

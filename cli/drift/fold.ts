import type { StepEventMetadata } from "@pulumi/pulumi/automation";
import type { Finding } from "./report.js";
import { kindOf } from "../seen.js";
import { outputsOf, textOf } from "./values.js";

/** What is gone since its collection is gone is told with the collection, and not once more by itself. */
export function foldRemovals(findings: readonly Finding[], steps: readonly StepEventMetadata[]): Finding[] {
  const byUrn = new Map(steps.map((step) => [step.urn, step]));
  const gone = new Map<string, string>();
  for (const { urn, kind } of findings) {
    const id = kind === "collection-removed" ? textOf(outputsOf(byUrn.get(urn)?.old), "collectionId") : undefined;
    if (id !== undefined) gone.set(id, urn);
  }
  const contained = new Map<string, string[]>();
  const kept = findings.filter(({ urn, kind }) => {
    const step = byUrn.get(urn);
    const home = gone.get(textOf(outputsOf(step?.old), "collectionId") ?? "");
    if (home === undefined || home === urn || !kind.endsWith("-removed")) return true;
    contained.set(home, [...(contained.get(home) ?? []), kindOf(step?.type ?? "")]);
    return false;
  });
  return kept.map((finding) => {
    const inside = finding.kind === "collection-removed" ? contained.get(finding.urn) : undefined;
    return inside === undefined
      ? finding
      : { ...finding, message: finding.message.replace(/\.$/u, `, with ${counted(inside)} of this stack.`) };
  });
}

function counted(kinds: readonly string[]): string {
  return [...new Set(kinds)]
    .map((kind) => ({ kind, count: kinds.filter((other) => other === kind).length }))
    .map(({ kind, count }) =>
      kind === "Documents" ? "the documents" : `${count} ${kind.toLowerCase()}${count === 1 ? "" : "s"}`,
    )
    .join(", ");
}
